// SPDX-License-Identifier: Apache-2.0
// Clipboard of LogView: what the command printed, and none of the view's own words.
#include "log/logview.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr qint64 kCopyLines = 50'000;
constexpr qsizetype kCopyCharacters = 8 * 1024 * 1024;

} // namespace

void LogView::selectAll()
{
    const qint64 last = log().lineCount() - 1;
    if (last >= 0)
        select({{0, 0}, {last, lineText(last).size()}});
}

QString LogView::selectedText()
{
    const LogPosition start = m_selection.start();
    const LogPosition end = m_selection.end();
    QString text;
    for (qint64 line = start.line; line <= end.line && !m_selection.isEmpty(); ++line) {
        const qint64 room = kCopyCharacters - text.size();
        if (line - start.line >= kCopyLines || room <= 0) {
            Q_EMIT copyCut(line - start.line, false);
            break;
        }
        const LineText piece = selectedPart(line, room);
        text += piece.text;
        if (piece.hiddenBytes > 0) {
            Q_EMIT copyCut(line - start.line, true);
            break;
        }
        if (line < end.line)
            text += u'\n';
    }
    return text;
}

/// The words about what is hidden of a line stand for that rest of it.
LineText LogView::selectedPart(qint64 line, qint64 room)
{
    const LogPosition start = m_selection.start();
    const LogPosition end = m_selection.end();
    if (line != start.line && line != end.line)
        return log().longText(line, room);
    const DecodedLine &shown = shownLine(line).decoded;
    const qsizetype length = lengthWithoutRest(shown);
    const qsizetype from = line == start.line ? std::min(start.index, length) : 0;
    const bool isToTheEnd = line != end.line || end.index > length;
    if (shown.hiddenBytes == 0 || !isToTheEnd)
        return {textWithoutNotes(shown, from, isToTheEnd ? length : end.index), 0};
    LineText whole = log().longText(line, room);
    whole.text.remove(0, textWithoutNotes(shown, 0, from).size());
    return whole;
}

void LogView::copy()
{
    if (hasSelection())
        QGuiApplication::clipboard()->setText(selectedText());
}

} // namespace runsheet
