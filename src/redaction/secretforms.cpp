// SPDX-License-Identifier: Apache-2.0
#include "redaction/secretforms.h"

#include "redaction/plaintext.h"
#include "redaction/textencodings.h"
#include "redaction/urlpasswords.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace runsheet::redaction
{

namespace
{

constexpr std::string_view kBlank = " \t\r\n\v\f";

std::string_view trimmed(std::string_view text)
{
    const size_t begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

/// The value and, when there are several, each of its lines.
std::vector<std::string_view> pieces(std::string_view value)
{
    std::vector<std::string_view> found{trimmed(value)};
    for (size_t begin = 0; begin < value.size();) {
        const size_t end = std::min(value.find('\n', begin), value.size());
        found.push_back(trimmed(value.substr(begin, end - begin)));
        begin = end + 1;
    }
    return found;
}

void addForm(std::set<std::string> &forms, std::string_view text)
{
    for (const Omit omit : {Omit::Space, Omit::SpaceAndEscapes}) {
        std::string form = reduced(text, omit);
        if (form.size() >= kShortestSecret)
            forms.insert(std::move(form));
    }
}

void addPiece(std::set<std::string> &forms, std::string_view piece)
{
    constexpr std::array kEncodings{jsonForms,    shellForms, sqlForms,   xmlForms,
                                    percentForms, hexForms,   base64Forms};
    if (!isMaskable(piece))
        return;
    addForm(forms, piece);
    for (const auto encode : kEncodings) {
        for (const std::string &form : encode(piece))
            addForm(forms, form);
    }
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The value behind "password=", as libpq reads it: in single quotes or up to a blank or "&".
std::string parameterAt(std::string_view text, size_t at)
{
    const bool quoted = at < text.size() && text[at] == '\'';
    std::string value;
    for (size_t i = at + (quoted ? 1 : 0); i < text.size(); ++i) {
        const bool ends = quoted ? text[i] == '\''
                                 : text[i] == '&' || kBlank.find(text[i]) != std::string_view::npos;
        if (ends)
            break;
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        value += text[i];
    }
    return value;
}

} // namespace

bool isMaskable(std::string_view value)
{
    return reduced(value, Omit::Space).size() >= kShortestSecret;
}

std::vector<std::string> secretForms(std::string_view value)
{
    std::set<std::string> forms;
    for (const std::string_view piece : pieces(value))
        addPiece(forms, piece);
    return {forms.begin(), forms.end()};
}

namespace
{

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    for (size_t at = 0; at < text.size(); ++at) {
        unsigned code = 0;
        const char *digits = text.data() + at + 1;
        const bool isCoded = text[at] == '%' && text.size() - at > 2
            && std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2;
        decoded += isCoded ? static_cast<char>(code) : text[at];
        at += isCoded ? 2 : 0;
    }
    return decoded;
}

} // namespace

std::vector<std::string> passwordsWithin(std::string_view value)
{
    constexpr std::string_view kParameter = "password=";
    std::vector<std::string> found;
    for (const UrlPassword &password : urlPasswords(value)) {
        const std::string written(value.substr(password.begin, password.end - password.begin));
        found.push_back(written);
        // What the client takes it for, and may print.
        if (const std::string meant = percentDecoded(written); meant != written)
            found.push_back(meant);
    }
    std::string text(value);
    std::ranges::transform(text, text.begin(), lower);
    for (size_t at = 0; (at = text.find(kParameter, at)) != std::string::npos; ++at) {
        std::string password = parameterAt(value, at + kParameter.size());
        if (!password.empty())
            found.push_back(std::move(password));
    }
    return found;
}

} // namespace runsheet::redaction
