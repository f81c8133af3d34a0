// SPDX-License-Identifier: Apache-2.0
// Painting of LogView, and where things are.
#include "log/logview.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace runsheet
{

namespace
{

constexpr int kMargin = 12; // left of the text; holds the error marks
constexpr int kErrorMark = 3;
constexpr int kStampGap = 2; // columns between a time and the text

} // namespace

void LogView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_painter.colours().ground());
    const Theme &theme = m_painter.colours().theme();
    const int widestBefore = m_widest;
    for (qint64 line = firstVisibleLine(); line <= lastVisibleLine(); ++line) {
        const ShownLine &shown = shownLine(line);
        const LineMarks marks = marksOf(line, shown);
        const QRect box = lineRect(line);
        if (marks.isCurrent)
            painter.fillRect(box, theme.accentGround);
        painter.save();
        painter.setClipRect(box.adjusted(left() - 1, 0, 0, 0));
        m_painter.paint(painter, QRectF(box).adjusted(left(), 0, 0, 0),
                        horizontalScrollBar()->value(), shown, marks);
        painter.restore();
        if (shown.isError)
            painter.fillRect(QRect(0, box.top(), kErrorMark, box.height()), theme.bad);
        m_widest = std::max(m_widest, shown.columns.count());
    }
    paintStamps(painter);
    paintCaret(painter);
    if (m_widest > widestBefore)
        scheduleFrame(); // the horizontal range has grown
}

void LogView::paintStamps(QPainter &painter)
{
    const int columns = m_stamps.columns();
    if (columns == 0)
        return;
    painter.setFont(fixedFont());
    painter.setPen(m_painter.colours().theme().dim);
    const int width = static_cast<int>(std::ceil(columns * m_painter.columnWidth()));
    for (qint64 line = firstVisibleLine(); line <= lastVisibleLine(); ++line) {
        QRect box = lineRect(line);
        box.setLeft(kMargin);
        box.setWidth(width);
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, m_stamps.textFor(log(), line));
    }
}

/// Where a running command will write next.
void LogView::paintCaret(QPainter &painter)
{
    if (!m_tail.isGrowing() || !log().isOpen())
        return;
    const bool onNewLine = log().index().completeLines() == log().lineCount();
    const qint64 line = onNewLine ? log().lineCount() : log().lineCount() - 1;
    const QPointF place = placeOf({line, onNewLine ? 0 : lineText(line).size()});
    const QSizeF size(2, m_painter.lineHeight() - 2);
    painter.fillRect(QRectF(place + QPointF(0, 1), size), m_painter.colours().theme().text);
}

LineMarks LogView::marksOf(qint64 line, const ShownLine &shown) const
{
    LineMarks marks;
    const qsizetype length = shown.decoded.text.size();
    const LogPosition start = m_selection.start();
    const LogPosition end = m_selection.end();
    if (!m_selection.isEmpty() && line >= start.line && line <= end.line) {
        marks.selection = {line == start.line ? std::min(start.index, length) : 0,
                           line == end.line ? std::min(end.index, length) : length};
        marks.selectionGoesOn = line < end.line;
    }
    marks.isCurrent = m_currentLine == line;
    marks.matches = matchesIn(shown.decoded);
    return marks;
}

int LogView::left() const
{
    const int columns = m_stamps.columns();
    return kMargin
        + (columns == 0
               ? 0
               : static_cast<int>(std::ceil((columns + kStampGap) * m_painter.columnWidth())));
}

QRect LogView::lineRect(qint64 line) const
{
    const auto row = static_cast<int>(line - firstVisibleLine());
    const int height = m_painter.lineHeight();
    return {0, row * height, viewport()->width(), height};
}

} // namespace runsheet
