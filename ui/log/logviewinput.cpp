// SPDX-License-Identifier: Apache-2.0
// Keyboard, mouse and selection of LogView.
#include "log/logview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kDragInterval = 40; // ms between scroll steps while dragging beyond an edge

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
}

} // namespace

void LogView::addEditActions()
{
    const auto add = [this](const QString &name, const QString &text, QKeySequence::StandardKey key,
                            void (LogView::*command)()) {
        auto *const action = new QAction(text, this);
        action->setObjectName(name);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, command);
        addAction(action);
    };
    add(u"copyLog"_s, tr("&Copy"), QKeySequence::Copy, &LogView::copy);
    add(u"selectWholeLog"_s, tr("Select &all"), QKeySequence::SelectAll, &LogView::selectAll);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

LogPosition LogView::positionAt(QPoint point)
{
    const qint64 count = log().lineCount();
    const auto row =
        static_cast<qint64>(std::floor(static_cast<double>(point.y()) / m_painter.lineHeight()));
    const qint64 line = firstVisibleLine() + row;
    if (line < 0 || count == 0)
        return {};
    if (line >= count)
        return {count - 1, lineText(count - 1).size()};
    const double column = (point.x() - left()) / m_painter.columnWidth();
    return {line,
            shownLine(line).columns.indexAt(horizontalScrollBar()->value()
                                            + static_cast<int>(std::lround(column)))};
}

QPointF LogView::placeOf(const LogPosition &position)
{
    const int column = position.line < log().lineCount()
        ? shownLine(position.line).columns.columnOf(position.index)
        : 0;
    const qreal x = left() + (column - horizontalScrollBar()->value()) * m_painter.columnWidth();
    return {x, static_cast<qreal>(lineRect(position.line).top())};
}

void LogView::select(const LogSelection &selection)
{
    m_selection = selection;
    viewport()->update();
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Home:
    case Qt::Key_End:
        if (event->modifiers() & Qt::ShiftModifier)
            extendSelection(event->key());
        else
            scrollByKey(event->key());
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        expandLine();
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LogView::scrollByKey(int key)
{
    QScrollBar *const horizontal = horizontalScrollBar();
    if (key == Qt::Key_Up || key == Qt::Key_Down)
        scrollBy(key == Qt::Key_Up ? -1 : 1);
    else if (key == Qt::Key_PageUp || key == Qt::Key_PageDown)
        scrollBy((key == Qt::Key_PageUp ? -1 : 1) * std::max(1, rowCount() - 1));
    else if (key == Qt::Key_Left || key == Qt::Key_Right)
        horizontal->triggerAction(key == Qt::Key_Left ? QAbstractSlider::SliderSingleStepSub
                                                      : QAbstractSlider::SliderSingleStepAdd);
    else if (key == Qt::Key_Home)
        goToStart();
    else
        goToEnd();
}

void LogView::scrollBy(int lines)
{
    verticalScrollBar()->setValue(verticalScrollBar()->value() + lines);
}

void LogView::extendSelection(int key)
{
    if (log().lineCount() == 0)
        return;
    LogSelection selection = m_selection;
    const bool isVisible =
        selection.cursor.line >= firstVisibleLine() && selection.cursor.line <= lastVisibleLine();
    if (selection.isEmpty() && !isVisible)
        selection.anchor = selection.cursor = {firstVisibleLine(), 0};
    selection.cursor = moved(selection.cursor, key);
    setFollowing(false);
    select(selection);
    ensureVisible(selection.cursor);
}

LogPosition LogView::moved(LogPosition from, int key)
{
    const qint64 last = log().lineCount() - 1;
    const auto toLine = [&](qint64 line) {
        from.line = std::clamp<qint64>(line, 0, last);
        from.index = std::min(from.index, lineText(from.line).size());
    };
    if (key == Qt::Key_Up || key == Qt::Key_Down)
        toLine(from.line + (key == Qt::Key_Up ? -1 : 1));
    else if (key == Qt::Key_PageUp || key == Qt::Key_PageDown)
        toLine(from.line + (key == Qt::Key_PageUp ? -rowCount() : rowCount()));
    else if (key == Qt::Key_Home)
        from.index = 0;
    else if (key == Qt::Key_End)
        from.index = lineText(from.line).size();
    else if (key == Qt::Key_Left && from.index == 0 && from.line > 0)
        from = {from.line - 1, lineText(from.line - 1).size()};
    else if (key == Qt::Key_Right && from.index >= lineText(from.line).size() && from.line < last)
        from = {from.line + 1, 0};
    else if (key == Qt::Key_Left || key == Qt::Key_Right)
        from.index = std::clamp<qsizetype>(from.index + (key == Qt::Key_Left ? -1 : 1), 0,
                                           lineText(from.line).size());
    return from;
}

void LogView::ensureVisible(const LogPosition &position)
{
    if (position.line < firstVisibleLine())
        scrollTo(position.line);
    else if (position.line >= firstVisibleLine() + rowCount())
        scrollTo(position.line - rowCount() + 1);
    if (position.line >= log().lineCount())
        return;
    const TextColumns &columns = shownLine(position.line).columns;
    const int column = columns.columnOf(position.index);
    m_widest = std::max(m_widest, columns.count()); // also where it has never been painted
    updateScrollBars();
    QScrollBar *const bar = horizontalScrollBar();
    if (column < bar->value())
        bar->setValue(column);
    else if (column > bar->value() + columnCount() - 1)
        bar->setValue(column - columnCount() + 1);
}

void LogView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragging = true;
    const LogPosition position = positionAt(event->position().toPoint());
    const bool extends = event->modifiers() & Qt::ShiftModifier;
    select({extends ? m_selection.anchor : position, position});
}

void LogView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragging)
        return;
    const QPoint point = event->position().toPoint();
    if (!viewport()->rect().contains(point) && !m_dragTimer.isActive())
        m_dragTimer.start(kDragInterval, this);
    const LogPosition position = positionAt(point);
    if (position == m_selection.cursor)
        return;
    setFollowing(false); // else the text would run away under the pointer
    select({m_selection.anchor, position});
}

void LogView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragging = false;
    m_dragTimer.stop();
    if (!hasSelection() && isRestOf(m_selection.cursor))
        expandLine(m_selection.cursor.line);
    QClipboard *const clipboard = QGuiApplication::clipboard();
    if (clipboard->supportsSelection() && hasSelection())
        clipboard->setText(selectedText(), QClipboard::Selection);
}

void LogView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const LogPosition at = positionAt(event->position().toPoint());
    const QString text = lineText(at.line);
    qsizetype start = std::min(at.index, text.size());
    qsizetype end = start;
    while (start > 0 && isWordCharacter(text[start - 1]))
        --start;
    while (end < text.size() && isWordCharacter(text[end]))
        ++end;
    if (end > start)
        setFollowing(false);
    select({{at.line, start}, {at.line, end}});
}

void LogView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_dragTimer.timerId())
        return QAbstractScrollArea::timerEvent(event);
    const QPoint point = viewport()->mapFromGlobal(QCursor::pos());
    if (viewport()->rect().contains(point))
        return m_dragTimer.stop();
    if (point.y() < 0 || point.y() > viewport()->height())
        scrollBy(point.y() < 0 ? -1 : 1);
    if (point.x() < 0 || point.x() > viewport()->width())
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + (point.x() < 0 ? -4 : 4));
    select({m_selection.anchor, positionAt(point)});
}

} // namespace runsheet
