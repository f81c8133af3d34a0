// SPDX-License-Identifier: Apache-2.0
#include "runbook/emoji.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace runsheet
{

namespace
{

struct Range
{
    char32_t first = 0;
    char32_t last = 0;
};

// Unicode 14 emoji-data.txt, Extended_Pictographic, which keeps room for later emoji.
constexpr std::array kPictures = std::to_array<Range>({
    {0x00a9, 0x00a9},   {0x00ae, 0x00ae},   {0x203c, 0x203c},   {0x2049, 0x2049},
    {0x2122, 0x2122},   {0x2139, 0x2139},   {0x2194, 0x2199},   {0x21a9, 0x21aa},
    {0x231a, 0x231b},   {0x2328, 0x2328},   {0x2388, 0x2388},   {0x23cf, 0x23cf},
    {0x23e9, 0x23f3},   {0x23f8, 0x23fa},   {0x24c2, 0x24c2},   {0x25aa, 0x25ab},
    {0x25b6, 0x25b6},   {0x25c0, 0x25c0},   {0x25fb, 0x25fe},   {0x2600, 0x2605},
    {0x2607, 0x2612},   {0x2614, 0x2685},   {0x2690, 0x2705},   {0x2708, 0x2712},
    {0x2714, 0x2714},   {0x2716, 0x2716},   {0x271d, 0x271d},   {0x2721, 0x2721},
    {0x2728, 0x2728},   {0x2733, 0x2734},   {0x2744, 0x2744},   {0x2747, 0x2747},
    {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},   {0x2757, 0x2757},
    {0x2763, 0x2767},   {0x2795, 0x2797},   {0x27a1, 0x27a1},   {0x27b0, 0x27b0},
    {0x27bf, 0x27bf},   {0x2934, 0x2935},   {0x2b05, 0x2b07},   {0x2b1b, 0x2b1c},
    {0x2b50, 0x2b50},   {0x2b55, 0x2b55},   {0x3030, 0x3030},   {0x303d, 0x303d},
    {0x3297, 0x3297},   {0x3299, 0x3299},   {0x1f000, 0x1f0ff}, {0x1f10d, 0x1f10f},
    {0x1f12f, 0x1f12f}, {0x1f16c, 0x1f171}, {0x1f17e, 0x1f17f}, {0x1f18e, 0x1f18e},
    {0x1f191, 0x1f19a}, {0x1f1ad, 0x1f1e5}, {0x1f201, 0x1f20f}, {0x1f21a, 0x1f21a},
    {0x1f22f, 0x1f22f}, {0x1f232, 0x1f23a}, {0x1f23c, 0x1f23f}, {0x1f249, 0x1f3fa},
    {0x1f400, 0x1f53d}, {0x1f546, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f774, 0x1f77f},
    {0x1f7d5, 0x1f7ff}, {0x1f80c, 0x1f80f}, {0x1f848, 0x1f84f}, {0x1f85a, 0x1f85f},
    {0x1f888, 0x1f88f}, {0x1f8ae, 0x1f8ff}, {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945},
    {0x1f947, 0x1faff}, {0x1fc00, 0x1fffd},
});

constexpr char32_t kEmojiSelector = 0xfe0f;
constexpr Range kSkinTones{0x1f3fb, 0x1f3ff};

bool isPicture(char32_t c)
{
    const auto *const range = std::ranges::lower_bound(kPictures, c, {}, &Range::last);
    return range != kPictures.end() && range->first <= c;
}

bool isModifier(char32_t c)
{
    return c == kEmojiSelector || (c >= kSkinTones.first && c <= kSkinTones.last);
}

/// The character that ends right before `end`, which is left where it begins; 0 at the start.
char32_t takeLast(QStringView text, qsizetype &end)
{
    if (end < 1)
        return 0;
    const QChar last = text.at(--end);
    if (!last.isLowSurrogate() || end < 1 || !text.at(end - 1).isHighSurrogate())
        return last.unicode();
    return QChar::surrogateToUcs4(text.at(--end), last);
}

char32_t firstOf(QStringView text)
{
    if (text.size() > 1 && text.front().isHighSurrogate())
        return QChar::surrogateToUcs4(text.front(), text.at(1));
    return text.isEmpty() ? 0 : text.front().unicode();
}

} // namespace

bool joinsEmoji(QStringView text, qsizetype at)
{
    qsizetype start = at;
    char32_t before = takeLast(text, start);
    while (isModifier(before))
        before = takeLast(text, start);
    return isPicture(before) && isPicture(firstOf(text.mid(at + 1)));
}

} // namespace runsheet
