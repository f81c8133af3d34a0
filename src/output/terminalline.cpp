// SPDX-License-Identifier: Apache-2.0
#include "output/terminalline.h"

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr size_t kTabWidth = 8;

} // namespace

void TerminalLine::put(char32_t character, const TextStyle &style)
{
    if (m_cursor >= m_cells.size())
        m_cells.resize(m_cursor + 1);
    m_cells[m_cursor++] = {character, style};
}

void TerminalLine::put(QStringView text, const TextStyle &style)
{
    for (const QChar c : text)
        put(c.unicode(), style);
}

void TerminalLine::tab()
{
    const size_t column = (m_cursor / kTabWidth + 1) * kTabWidth;
    moveTo(static_cast<qint64>(column));
}

void TerminalLine::moveTo(qint64 column)
{
    m_cursor = static_cast<size_t>(std::clamp<qint64>(column, 0, kShownLineBytes));
}

void TerminalLine::erase(int which)
{
    const auto cursor = static_cast<std::ptrdiff_t>(std::min(m_cursor, m_cells.size()));
    if (which == 0)
        m_cells.erase(m_cells.begin() + cursor, m_cells.end());
    else if (which == 1)
        std::fill(m_cells.begin(), m_cells.begin() + cursor, Cell{});
    else if (which == 2)
        m_cells.clear();
}

void TerminalLine::writeTo(DecodedLine &line) const
{
    line.text.reserve(static_cast<qsizetype>(m_cells.size()));
    for (const Cell &cell : m_cells) {
        const qsizetype at = line.text.size();
        line.text.append(QChar::fromUcs4(cell.character));
        if (cell.style == TextStyle{})
            continue;
        const qsizetype length = line.text.size() - at;
        if (!line.runs.isEmpty() && line.runs.last().style == cell.style
            && line.runs.last().start + line.runs.last().length == at)
            line.runs.last().length += length;
        else
            line.runs.append({at, length, cell.style});
    }
}

} // namespace runsheet
