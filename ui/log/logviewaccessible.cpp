// SPDX-License-Identifier: Apache-2.0
#include "log/logviewaccessible.h"

#include "log/logview.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

constexpr auto kAnnounceInterval = 250ms;

QAccessibleInterface *createInterface(const QString & /*className*/, QObject *object)
{
    auto *const view = qobject_cast<LogView *>(object);
    return view ? new LogViewAccessible(view) : nullptr;
}

void tell(QObject *view, int offset, const QString &removed, const QString &added)
{
    if (removed.isEmpty()) {
        QAccessibleTextInsertEvent event(view, offset, added);
        QAccessible::updateAccessibility(&event);
    } else if (added.isEmpty()) {
        QAccessibleTextRemoveEvent event(view, offset, removed);
        QAccessible::updateAccessibility(&event);
    } else {
        QAccessibleTextUpdateEvent event(view, offset, removed, added);
        QAccessible::updateAccessibility(&event);
    }
}

int lengthOf(const QStringList &lines)
{
    return static_cast<int>(lines.join(u'\n').size());
}

} // namespace

LogViewAccessible::LogViewAccessible(LogView *logView)
    : QAccessibleWidget(logView, QAccessible::Terminal)
{
}

LogView *LogViewAccessible::view() const
{
    return static_cast<LogView *>(widget());
}

void *LogViewAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QString LogViewAccessible::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Value ? content() : QAccessibleWidget::text(kind);
}

QAccessible::State LogViewAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    return state;
}

QString LogViewAccessible::content() const
{
    return view()->visibleText().join(u'\n');
}

int LogViewAccessible::characterCount() const
{
    return static_cast<int>(content().size());
}

QString LogViewAccessible::text(int start, int end) const
{
    const QString whole = content();
    const qsizetype from = std::clamp<qsizetype>(start, 0, whole.size());
    const qsizetype to = end < 0 ? whole.size() : std::clamp<qsizetype>(end, from, whole.size());
    return whole.sliced(from, to - from);
}

/// Offset in the visible text; lines above count as its start, lines below as its end.
int LogViewAccessible::offsetOf(qint64 line, qsizetype index) const
{
    const QStringList lines = view()->visibleText();
    const qint64 row = line - view()->firstVisibleLine();
    if (row < 0)
        return 0;
    if (row >= lines.size())
        return lengthOf(lines);
    const QStringList above = lines.first(row);
    return lengthOf(above) + (above.isEmpty() ? 0 : 1)
        + static_cast<int>(std::min(index, lines[row].size()));
}

void LogViewAccessible::selection(int index, int *start, int *end) const
{
    const LogSelection selected = view()->selection();
    const bool known = index == 0 && !selected.isEmpty();
    *start = known ? offsetOf(selected.start().line, selected.start().index) : 0;
    *end = known ? offsetOf(selected.end().line, selected.end().index) : 0;
}

int LogViewAccessible::selectionCount() const
{
    return view()->hasSelection() ? 1 : 0;
}

void LogViewAccessible::addSelection(int start, int end)
{
    select(start, end);
}

void LogViewAccessible::removeSelection(int /*index*/)
{
    const LogPosition cursor = view()->selection().cursor;
    view()->select({cursor, cursor});
}

void LogViewAccessible::setSelection(int index, int start, int end)
{
    if (index == 0)
        select(start, end);
}

void LogViewAccessible::select(int start, int end)
{
    const QString whole = content();
    const auto position = [&](int offset) {
        const QStringView before =
            QStringView(whole).first(std::clamp<qsizetype>(offset, 0, whole.size()));
        return LogPosition{view()->firstVisibleLine() + before.count(u'\n'),
                           before.size() - 1 - before.lastIndexOf(u'\n')};
    };
    view()->select({position(start), position(end)});
}

int LogViewAccessible::cursorPosition() const
{
    if (view()->isFollowing())
        return characterCount();
    const LogPosition cursor = view()->selection().cursor;
    return offsetOf(cursor.line, cursor.index);
}

void LogViewAccessible::setCursorPosition(int position)
{
    select(position, position);
}

QRect LogViewAccessible::characterRect(int offset) const
{
    const QString before = text(0, offset);
    const QRect line = view()->lineRect(view()->firstVisibleLine() + before.count(u'\n'));
    const QPoint origin = view()->viewport()->mapToGlobal(line.topLeft());
    return {origin, line.size()};
}

int LogViewAccessible::offsetAtPoint(const QPoint &point) const
{
    const LogPosition position = view()->positionAt(view()->viewport()->mapFromGlobal(point));
    return offsetOf(position.line, position.index);
}

void LogViewAccessible::scrollToSubstring(int /*start*/, int /*end*/)
{
    // The text is what is visible.
}

QString LogViewAccessible::attributes(int /*offset*/, int *start, int *end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

LogAnnouncer::LogAnnouncer(LogView *view)
    : QObject(view)
    , m_view(view)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LogAnnouncer::announce);
    connect(view, &LogView::contentShown, this, [this] {
        if (QAccessible::isActive() && !m_timer.isActive())
            m_timer.start(kAnnounceInterval);
    });
}

QList<LogTextChange> textChanges(const QStringList &before, const QStringList &after, qint64 gone)
{
    const qint64 kept = before.size() - gone;
    const bool scrolledOn =
        gone >= 0 && kept > 0 && kept <= after.size() && before.sliced(gone) == after.first(kept);
    if (before == after)
        return {};
    if (!scrolledOn)
        return {{0, before.join(u'\n'), after.join(u'\n')}};
    QList<LogTextChange> changes;
    if (gone > 0)
        changes.append({0, before.first(gone).join(u'\n') + u'\n', {}});
    if (after.size() > kept)
        changes.append({lengthOf(after.first(kept)), {}, u'\n' + after.sliced(kept).join(u'\n')});
    return changes;
}

void LogAnnouncer::announce()
{
    const QStringList before = std::exchange(m_lines, m_view->visibleText());
    const qint64 firstBefore = std::exchange(m_first, m_view->firstVisibleLine());
    for (const auto &[offset, removed, added] : textChanges(before, m_lines, m_first - firstBefore))
        tell(m_view, offset, removed, added);
}

void installLogViewAccessibility()
{
    static const bool kInstalled = [] {
        QAccessible::installFactory(createInterface);
        return true;
    }();
    Q_UNUSED(kInstalled)
}

} // namespace runsheet
