// SPDX-License-Identifier: Apache-2.0
#include "redaction/plaintext.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace runsheet::redaction
{

namespace
{

constexpr char kEscape = '\x1b';

constexpr std::array<uint8_t, 256> countingBytes()
{
    std::array<uint8_t, 256> counts{};
    counts.fill(1);
    for (const char c : {' ', '\t', '\n', '\r', '\v', '\f'})
        counts[static_cast<unsigned char>(c)] = 0;
    return counts;
}

constexpr std::array<uint8_t, 256> kCounts = countingBytes();

bool counts(char c)
{
    return kCounts[static_cast<unsigned char>(c)] != 0;
}

bool isWithin(std::string_view text, size_t at, char low, char high)
{
    return at < text.size() && text[at] >= low && text[at] <= high;
}

/// The end of the escape sequence that begins at `at`. Colours, cursor movements and character sets
/// are known; of the rest (window titles, links) only the escape itself is taken away, because a
/// secret may stand behind it.
size_t endOfEscape(std::string_view text, size_t at)
{
    size_t end = at + 1;
    if (isWithin(text, end, '(', ')'))
        return isWithin(text, end + 1, '0', 'B') ? end + 2 : end + 1;
    if (!isWithin(text, end, '[', '['))
        return end;
    ++end;
    while (isWithin(text, end, '\x30', '\x3f'))
        ++end;
    while (isWithin(text, end, '\x20', '\x2f'))
        ++end;
    return isWithin(text, end, '\x40', '\x7e') ? end + 1 : end;
}

template <typename Visit>
void visitCounting(std::string_view text, Omit omit, const Visit &visit)
{
    for (size_t at = 0; at < text.size();) {
        if (text[at] == kEscape && omit == Omit::SpaceAndEscapes) {
            at = endOfEscape(text, at);
            continue;
        }
        if (counts(text[at]))
            visit(at);
        ++at;
    }
}

/// Whether one of eight bytes may be a blank: is at most one. Sometimes says so without need.
bool mayHoldBlank(uint64_t eight)
{
    constexpr uint64_t kOnes = 0x0101010101010101;
    return ((eight - kOnes * (' ' + 1)) & ~eight & kOnes * 0x80) != 0;
}

/// Every byte of a log goes through here, so words are copied in pieces of eight.
char *copyCounting(std::string_view text, char *out)
{
    const char *in = text.data();
    const char *const end = in + text.size();
    while (in != end) {
        uint64_t eight = 0;
        if (end - in >= 8)
            std::memcpy(&eight, in, 8);
        if (end - in >= 8 && !mayHoldBlank(eight)) {
            std::memcpy(out, &eight, 8);
            in += 8;
            out += 8;
            continue;
        }
        for (const char *const stop = in + std::min<std::ptrdiff_t>(8, end - in); in != stop;
             ++in) {
            *out = *in;
            out += kCounts[static_cast<unsigned char>(*in)];
        }
    }
    return out;
}

} // namespace

void reduce(std::string_view text, Omit omit, std::string &plain)
{
    plain.resize(text.size());
    char *out = plain.data();
    if (omit == Omit::Space) {
        out = copyCounting(text, out);
    } else {
        visitCounting(text, omit, [&](size_t at) { *out++ = text[at]; });
    }
    plain.resize(static_cast<size_t>(out - plain.data()));
}

std::string reduced(std::string_view text, Omit omit)
{
    std::string plain;
    reduce(text, omit, plain);
    return plain;
}

std::vector<uint32_t> placesOfReduced(std::string_view text, Omit omit)
{
    std::vector<uint32_t> places;
    places.reserve(text.size());
    visitCounting(text, omit, [&](size_t at) { places.push_back(static_cast<uint32_t>(at)); });
    return places;
}

size_t openEscape(std::string_view text)
{
    const size_t last = text.rfind(kEscape);
    const bool isOpen = last != std::string_view::npos && endOfEscape(text, last) == text.size();
    return isOpen ? last : text.size();
}

} // namespace runsheet::redaction
