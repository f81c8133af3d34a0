// SPDX-License-Identifier: Apache-2.0
#include "redaction/textencodings.h"

#include <array>
#include <cstdint>
#include <span>

namespace runsheet::redaction
{

namespace
{

constexpr std::string_view kLowerHex = "0123456789abcdef";
constexpr std::string_view kUpperHex = "0123456789ABCDEF";

unsigned int byteOf(char c)
{
    return static_cast<unsigned char>(c);
}

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

void appendHex(std::string &text, unsigned int byte, std::string_view digits)
{
    text += digits[byte >> 4 & 0xf];
    text += digits[byte & 0xf];
}

struct Replacement
{
    char what = 0;
    std::string_view with;
};

std::string replaced(std::string_view text, std::span<const Replacement> table)
{
    std::string out;
    for (const char c : text) {
        std::string_view with(&c, 1);
        for (const Replacement &entry : table) {
            if (entry.what == c)
                with = entry.with;
        }
        out += with;
    }
    return out;
}

std::string backslashed(std::string_view text, std::string_view special)
{
    std::string out;
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos)
            out += '\\';
        out += c;
    }
    return out;
}

/// The code point that begins at `at`, which then stands behind it; text that is no UTF-8 is taken
/// byte by byte.
uint32_t nextCodePoint(std::string_view text, size_t &at)
{
    const unsigned int first = byteOf(text[at++]);
    const size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    if (more == 0 || at + more > text.size())
        return first;
    uint32_t point = first & (0x3fU >> more);
    for (size_t i = 0; i < more; ++i)
        point = point << 6 | (byteOf(text[at++]) & 0x3f);
    return point;
}

void appendUnicodeEscape(std::string &out, uint32_t unit)
{
    out += "\\u";
    appendHex(out, unit >> 8, kLowerHex);
    appendHex(out, unit & 0xff, kLowerHex);
}

std::string jsonText(std::string_view text)
{
    constexpr std::array<Replacement, 7> kNamed{{{'"', "\\\""},
                                                 {'\\', "\\\\"},
                                                 {'\n', "\\n"},
                                                 {'\r', "\\r"},
                                                 {'\t', "\\t"},
                                                 {'\b', "\\b"},
                                                 {'\f', "\\f"}}};
    std::string out;
    for (const char c : replaced(text, kNamed)) {
        if (byteOf(c) < 0x20)
            appendUnicodeEscape(out, byteOf(c));
        else
            out += c;
    }
    return out;
}

/// `json` with everything beyond ASCII as \u, in pairs above the basic plane.
std::string asciiJson(std::string_view json)
{
    std::string out;
    for (size_t at = 0; at < json.size();) {
        const uint32_t point = nextCodePoint(json, at);
        if (point < 0x80) {
            out += static_cast<char>(point);
        } else if (point < 0x10000) {
            appendUnicodeEscape(out, point);
        } else {
            appendUnicodeEscape(out, 0xd800 + ((point - 0x10000) >> 10));
            appendUnicodeEscape(out, 0xdc00 + ((point - 0x10000) & 0x3ff));
        }
    }
    return out;
}

/// With a backslash before everything that a shell could take for its own: printf %q.
std::string shellWord(std::string_view text)
{
    constexpr std::string_view kPlain = "_@%+:,./-";
    std::string out;
    for (const char c : text) {
        if (!isAlphanumeric(c) && kPlain.find(c) == std::string_view::npos && byteOf(c) < 0x80)
            out += '\\';
        out += c;
    }
    return out;
}

std::string percentText(std::string_view text, std::string_view kept, std::string_view digits)
{
    std::string out;
    for (const char c : text) {
        if (isAlphanumeric(c) || kept.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            appendHex(out, byteOf(c), digits);
        }
    }
    return out;
}

std::string base64Core(std::string_view bytes, size_t before, std::string_view alphabet)
{
    std::string padded(before, '\0');
    padded += bytes;
    const size_t first = (before * 8 + 5) / 6; // the first character that `before` has no part in
    const size_t end = padded.size() * 8 / 6; // behind the last one that is all ours
    std::string core;
    for (size_t i = first; i < end; ++i) {
        const size_t bit = i * 6;
        const unsigned int high = byteOf(padded[bit / 8]) << 8;
        const unsigned int low = bit / 8 + 1 < padded.size() ? byteOf(padded[bit / 8 + 1]) : 0;
        core += alphabet[(high | low) >> (10 - bit % 8) & 0x3f];
    }
    return core;
}

} // namespace

std::vector<std::string> jsonForms(std::string_view text)
{
    constexpr std::array<Replacement, 1> kSlash{{{'/', "\\/"}}};
    constexpr std::array<Replacement, 3> kHtmlSafe{
        {{'<', "\\u003c"}, {'>', "\\u003e"}, {'&', "\\u0026"}}};
    const std::string json = jsonText(text);
    return {json, asciiJson(json), replaced(json, kSlash), asciiJson(replaced(json, kSlash)),
            replaced(json, kHtmlSafe)};
}

std::vector<std::string> shellForms(std::string_view text)
{
    constexpr std::array<Replacement, 1> kEnded{{{'\'', "'\\''"}}};
    constexpr std::array<Replacement, 1> kChanged{{{'\'', "'\"'\"'"}}};
    return {replaced(text, kEnded), replaced(text, kChanged), backslashed(text, "\\\"$`"),
            backslashed(text, "\\\"$`!"), shellWord(text)};
}

std::vector<std::string> sqlForms(std::string_view text)
{
    constexpr std::array<Replacement, 1> kDoubled{{{'\'', "''"}}};
    constexpr std::array<Replacement, 2> kBoth{{{'\'', "''"}, {'\\', "\\\\"}}};
    constexpr std::array<Replacement, 1> kName{{{'"', "\"\""}}};
    return {replaced(text, kDoubled), replaced(text, kBoth), replaced(text, kName),
            backslashed(text, "\\'")};
}

std::vector<std::string> xmlForms(std::string_view text)
{
    constexpr std::array<Replacement, 3> kText{{{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}}};
    constexpr std::array<Replacement, 5> kNumbered{
        {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&#34;"}, {'\'', "&#39;"}}};
    constexpr std::array<Replacement, 5> kNamed{
        {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}}};
    constexpr std::array<Replacement, 5> kMixed{
        {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}}};
    constexpr std::array<Replacement, 5> kHex{
        {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#x27;"}}};
    constexpr std::array<Replacement, 4> kQuoteOnly{
        {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}}};
    return {replaced(text, kText),  replaced(text, kNumbered), replaced(text, kNamed),
            replaced(text, kMixed), replaced(text, kHex),      replaced(text, kQuoteOnly)};
}

std::vector<std::string> percentForms(std::string_view text)
{
    constexpr std::string_view kUnreserved = "-._~";
    constexpr std::array<std::string_view, 5> kKept{kUnreserved, "-._~/", "-._~!'()*", "-._*",
                                                    "-._~!'()*;,/?:@&=+$#"};
    std::vector<std::string> forms;
    for (const std::string_view kept : kKept) {
        for (const std::string_view digits : {kUpperHex, kLowerHex}) {
            forms.push_back(percentText(text, kept, digits));
            // A form's "+" for a space.
            std::string plus;
            for (const char c : text)
                plus += c == ' ' ? "+" : percentText({&c, 1}, kept, digits);
            forms.push_back(std::move(plus));
        }
    }
    return forms;
}

std::vector<std::string> hexForms(std::string_view bytes)
{
    struct Style
    {
        std::string_view before; ///< every byte
        std::string_view between; ///< two bytes
    };
    constexpr std::array<Style, 3> kStyles{{{"", ""}, {"", ":"}, {"\\x", ""}}};
    std::vector<std::string> forms;
    for (const Style &style : kStyles) {
        for (const std::string_view digits : {kLowerHex, kUpperHex}) {
            std::string &form = forms.emplace_back();
            for (const char c : bytes) {
                form += form.empty() ? std::string_view() : style.between;
                form += style.before;
                appendHex(form, byteOf(c), digits);
            }
        }
    }
    return forms;
}

std::vector<std::string> base64Forms(std::string_view bytes)
{
    constexpr std::array<std::string_view, 2> kAlphabets{
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"};
    std::vector<std::string> forms;
    for (const std::string_view alphabet : kAlphabets) {
        for (const size_t before : {0U, 1U, 2U})
            forms.push_back(base64Core(bytes, before, alphabet));
    }
    return forms;
}

} // namespace runsheet::redaction
