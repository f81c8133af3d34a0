// SPDX-License-Identifier: Apache-2.0
#include "output/terminalline.h"

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr size_t kTabWidth = 8;

TextStyle noteStyle()
{
    TextStyle style;
    style.dim = style.isNote = true;
    return style;
}

void append(DecodedLine &line, QStringView text, const TextStyle &style)
{
    const qsizetype at = line.text.size();
    line.text.append(text);
    if (style == TextStyle{})
        return;
    if (!line.runs.isEmpty() && line.runs.last().style == style
        && line.runs.last().start + line.runs.last().length == at)
        line.runs.last().length += text.size();
    else
        line.runs.append({at, text.size(), style});
}

} // namespace

void TerminalLine::put(char32_t character, const TextStyle &style)
{
    overwriteNotes();
    if (m_cursor >= m_cells.size())
        m_cells.resize(m_cursor + 1);
    m_cells[m_cursor++] = {character, style};
}

void TerminalLine::put(QStringView text, const TextStyle &style)
{
    for (const QChar c : text)
        put(c.unicode(), style);
}

void TerminalLine::note(const QString &text)
{
    overwriteNotes();
    m_notes.emplace(m_cursor, Note{text, m_visit});
}

/// Those that were said here before the cursor went elsewhere and came back.
void TerminalLine::overwriteNotes()
{
    if (m_notes.empty())
        return; // as nearly always
    for (auto [at, end] = m_notes.equal_range(m_cursor); at != end;)
        at = at->second.visit == m_visit ? std::next(at) : m_notes.erase(at);
}

void TerminalLine::tab()
{
    const size_t column = (m_cursor / kTabWidth + 1) * kTabWidth;
    moveTo(static_cast<qint64>(column));
}

void TerminalLine::moveTo(qint64 column)
{
    const auto farthest =
        std::max<qint64>(kShownLineBytes, static_cast<qint64>(m_cells.size() + kTabWidth));
    m_cursor = static_cast<size_t>(std::clamp<qint64>(column, 0, farthest));
    ++m_visit;
}

void TerminalLine::erase(int which)
{
    const auto cursor = static_cast<std::ptrdiff_t>(std::min(m_cursor, m_cells.size()));
    if (which == 0) {
        m_cells.erase(m_cells.begin() + cursor, m_cells.end());
        overwriteNotes();
        m_notes.erase(m_notes.upper_bound(m_cursor), m_notes.end());
    } else if (which == 1) {
        std::fill(m_cells.begin(), m_cells.begin() + cursor, Cell{});
        m_notes.erase(m_notes.begin(), m_notes.lower_bound(m_cursor));
    } else if (which == 2) {
        m_cells.clear();
        m_notes.clear();
    }
}

void TerminalLine::writeTo(DecodedLine &line) const
{
    line.text.reserve(static_cast<qsizetype>(m_cells.size()));
    auto note = m_notes.begin();
    for (size_t column = 0; column < m_cells.size(); ++column) {
        for (; note != m_notes.end() && note->first <= column; ++note)
            append(line, note->second.text, noteStyle());
        const Cell &cell = m_cells[column];
        append(line, QChar::fromUcs4(cell.character), cell.style);
    }
    for (; note != m_notes.end(); ++note)
        append(line, note->second.text, noteStyle());
}

} // namespace runsheet
