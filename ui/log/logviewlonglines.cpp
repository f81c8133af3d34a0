// SPDX-License-Identifier: Apache-2.0
// Lines that are cut, in LogView.
#include "log/logview.h"

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr qint64 kStep = 8; // each time so many times as much
constexpr qint64 kMostBytes = 512 * 1024; // the whole of it is one "Save as" away

} // namespace

/// On the words that say how much is hidden.
bool LogView::isRestOf(const LogPosition &position)
{
    if (position.line < 0 || position.line >= log().lineCount())
        return false;
    const DecodedLine &line = shownLine(position.line).decoded;
    return line.hiddenBytes > 0 && !line.runs.isEmpty() && position.index >= line.runs.last().start
        && position.index < line.text.size();
}

void LogView::expandLine()
{
    const qint64 cursor = m_currentLine.value_or(m_selection.cursor.line);
    const auto isCut = [this](qint64 line) {
        return line >= firstVisibleLine() && line <= lastVisibleLine()
            && shownLine(line).decoded.hiddenBytes > 0
            && m_expanded.value(line, kShownLineBytes) < kMostBytes;
    };
    if (isCut(cursor))
        return expandLine(cursor);
    for (qint64 line = firstVisibleLine(); line <= lastVisibleLine(); ++line)
        if (isCut(line))
            return expandLine(line);
}

void LogView::expandLine(qint64 line)
{
    const qint64 shown = m_expanded.value(line, kShownLineBytes);
    m_expanded.insert(line, std::min(shown * kStep, kMostBytes));
    forgetLines();
    setFollowing(false); // else the next line would take it away
    viewport()->update();
    scheduleFrame();
}

} // namespace runsheet
