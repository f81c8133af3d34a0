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
    return position.index >= lengthWithoutRest(line) && position.index < line.text.size();
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

/// As far as it takes to show the first match, and not at all where that is too far.
void LogView::expandToMatch(qint64 line)
{
    qint64 bytes = m_expanded.value(line, kShownLineBytes);
    const DecodedLine *const shown = &shownLine(line).decoded;
    bool isCut = shown->hiddenBytes > 0 && matchesIn(*shown).isEmpty();
    while (isCut && bytes < kMostBytes) {
        bytes = std::min(bytes * kStep, kMostBytes);
        const DecodedLine more = log().line(line, bytes);
        if (matchesIn(more).isEmpty()) {
            isCut = more.hiddenBytes > 0;
            continue;
        }
        showBytesOf(line, bytes);
        return;
    }
}

void LogView::expandLine(qint64 line)
{
    const qint64 shown = m_expanded.value(line, kShownLineBytes);
    showBytesOf(line, std::min(shown * kStep, kMostBytes));
}

void LogView::showBytesOf(qint64 line, qint64 bytes)
{
    m_expanded.insert(line, bytes);
    forgetLines();
    setFollowing(false); // else the next line would take it away
    viewport()->update();
    scheduleFrame();
}

} // namespace runsheet
