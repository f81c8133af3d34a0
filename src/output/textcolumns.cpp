// SPDX-License-Identifier: Apache-2.0
#include "output/textcolumns.h"

#include <algorithm>
#include <array>

namespace runsheet
{

namespace
{

struct Range
{
    char32_t first;
    char32_t last;
};

// Unicode 15 EastAsianWidth.txt, classes W and F, neighbouring ranges joined where the gap between
// them is unassigned or never seen in output.
constexpr std::array kWide = std::to_array<Range>({
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x23f0, 0x23f0},
    {0x23f3, 0x23f3},   {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},
    {0x267f, 0x267f},   {0x2693, 0x2693},   {0x26a1, 0x26a1},   {0x26aa, 0x26ab},
    {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26ce, 0x26ce},   {0x26d4, 0x26d4},
    {0x26ea, 0x26ea},   {0x26f2, 0x26f3},   {0x26f5, 0x26f5},   {0x26fa, 0x26fa},
    {0x26fd, 0x26fd},   {0x2705, 0x2705},   {0x270a, 0x270b},   {0x2728, 0x2728},
    {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},   {0x2757, 0x2757},
    {0x2795, 0x2797},   {0x27b0, 0x27b0},   {0x27bf, 0x27bf},   {0x2b1b, 0x2b1c},
    {0x2b50, 0x2b50},   {0x2b55, 0x2b55},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
    {0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe10, 0xfe19},
    {0xfe30, 0xfe6b},   {0xff01, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18cff},
    {0x1b000, 0x1b2fb}, {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e},
    {0x1f191, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c},
    {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0},
    {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc},
    {0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f567}, {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596},
    {0x1f5a4, 0x1f5a4}, {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc},
    {0x1f6d0, 0x1f6df}, {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7f0},
    {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945}, {0x1f947, 0x1faff}, {0x20000, 0x3fffd},
});

bool isWide(char32_t c)
{
    const auto *const range =
        std::lower_bound(kWide.begin(), kWide.end(), c, [](const Range &candidate, char32_t value) {
            return candidate.last < value;
        });
    return range != kWide.end() && range->first <= c;
}

bool isZeroWidth(char32_t c)
{
    const auto category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing
        || category == QChar::Other_Format;
}

} // namespace

int columnsOf(char32_t character)
{
    if (character < 0x300)
        return 1;
    if (isZeroWidth(character))
        return 0;
    return isWide(character) ? 2 : 1;
}

TextColumns::TextColumns(const QString &text)
    : m_count(static_cast<int>(text.size()))
{
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x300; }))
        return;
    m_starts.reserve(static_cast<size_t>(text.size()));
    m_count = 0;
    for (qsizetype at = 0; at < text.size();) {
        const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size();
        const int columns = columnsOf(isPair ? QChar::surrogateToUcs4(text[at], text[at + 1])
                                             : char32_t{text[at].unicode()});
        // A combining mark stays with the character it sits on.
        const int start = columns == 0 && !m_starts.empty() ? m_starts.back() : m_count;
        m_starts.insert(m_starts.end(), isPair ? 2 : 1, start);
        m_count += columns;
        at += isPair ? 2 : 1;
    }
}

int TextColumns::columnOf(qsizetype index) const
{
    if (m_starts.empty())
        return static_cast<int>(std::min<qsizetype>(index, m_count));
    const auto at = static_cast<size_t>(index);
    return at < m_starts.size() ? m_starts[at] : m_count;
}

qsizetype TextColumns::indexAt(int column) const
{
    if (column < 0)
        return 0;
    if (m_starts.empty())
        return std::min(column, m_count);
    if (column >= m_count)
        return static_cast<qsizetype>(m_starts.size());
    // The first unit of the character that covers the column.
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), column);
    const int start = *std::prev(after);
    return std::lower_bound(m_starts.begin(), after, start) - m_starts.begin();
}

} // namespace runsheet
