// SPDX-License-Identifier: Apache-2.0
// Finding and jumping in LogView.
#include "log/logview.h"

#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace runsheet
{

void LogView::setSearch(const LogQuery &query)
{
    m_query = query;
    m_finder = QueryFinder(query);
    m_searchFrom = searchOrigin();
    m_awaitsMatch = !query.text.isEmpty();
    m_currentLine.reset();
    m_tail.find(query);
    viewport()->update();
    Q_EMIT searchChanged();
}

/// Typing on narrows the search where it is; it must not run ahead with every letter.
qint64 LogView::searchOrigin() const
{
    return m_currentLine.value_or(firstVisibleLine());
}

void LogView::jumpToAwaitedMatch()
{
    if (!m_awaitsMatch || !m_tail.hasSearch())
        return;
    const auto match = m_tail.matches().firstAfter(m_searchFrom - 1);
    if (match || !m_tail.isSearching()) {
        m_awaitsMatch = false;
        showMatch(match, 0);
    }
}

void LogView::findNext()
{
    const qint64 from = m_currentLine.value_or(firstVisibleLine() - 1);
    const auto match = m_tail.matches().firstAfter(from);
    if (match || !m_tail.isSearching()) {
        showMatch(match, 0);
    } else { // it may yet come: too early to begin again at the top
        m_searchFrom = from + 1;
        m_awaitsMatch = true;
    }
}

void LogView::findPrevious()
{
    showMatch(m_tail.matches().lastBefore(searchOrigin()), matchCount() - 1);
}

/// Beyond the last match comes the first again, which `wrapped` names.
void LogView::showMatch(std::optional<qint64> match, qint64 wrapped)
{
    const FoundLines &matches = m_tail.matches();
    if (matches.count() == 0)
        return;
    goToLine(matches.lineAt(match.value_or(wrapped)));
    expandToMatch(*m_currentLine);
    const QList<TextSpan> spans = matchesIn(shownLine(*m_currentLine).decoded);
    m_isMatchHidden = spans.isEmpty();
    if (!spans.isEmpty())
        showColumns(*m_currentLine, spans.first());
    Q_EMIT searchChanged();
}

/// With as much of what stands before them as there is room for, unless they are in view already.
void LogView::showColumns(qint64 line, TextSpan span)
{
    const TextColumns &columns = shownLine(line).columns;
    const int left = horizontalScrollBar()->value();
    if (columns.columnOf(span.start) >= left && columns.columnOf(span.end) < left + columnCount())
        return;
    horizontalScrollBar()->setValue(0);
    ensureVisible({line, span.end});
    ensureVisible({line, span.start});
}

/// The words about what is hidden of a line are no find.
QList<TextSpan> LogView::matchesIn(const DecodedLine &line) const
{
    QString text = line.text;
    text.truncate(lengthWithoutRest(line)); // which copies nothing where there is none
    return m_finder.spansIn(text);
}

bool LogView::isMatchHidden() const
{
    return m_isMatchHidden && currentMatch();
}

qint64 LogView::matchCount() const
{
    return m_tail.matches().count();
}

std::optional<qint64> LogView::currentMatch() const
{
    if (!m_currentLine)
        return std::nullopt;
    const auto match = m_tail.matches().firstAfter(*m_currentLine - 1);
    if (!match || m_tail.matches().lineAt(*match) != *m_currentLine)
        return std::nullopt;
    return match;
}

void LogView::goToNextError()
{
    const FoundLines &errors = m_tail.errors();
    if (errors.count() == 0)
        return;
    const qint64 from = m_currentLine.value_or(-1);
    goToLine(errors.lineAt(errors.firstAfter(from).value_or(0)));
}

/// Without a line to start from: the last one above the end of what is seen.
void LogView::goToPreviousError()
{
    const FoundLines &errors = m_tail.errors();
    if (errors.count() == 0)
        return;
    const qint64 from = m_currentLine.value_or(lastVisibleLine() + 1);
    goToLine(errors.lineAt(errors.lastBefore(from).value_or(errors.count() - 1)));
}

void LogView::goToStart()
{
    verticalScrollBar()->setValue(0);
}

void LogView::goToEnd()
{
    setFollowing(true);
}

void LogView::goToLine(qint64 line)
{
    if (log().lineCount() == 0)
        return;
    m_currentLine = std::clamp<qint64>(line, 0, log().lineCount() - 1);
    m_isMatchHidden = false;
    m_awaitsMatch = false;
    setFollowing(false);
    const qint64 below = firstVisibleLine() + rowCount();
    if (*m_currentLine < firstVisibleLine() || *m_currentLine >= below)
        scrollTo(*m_currentLine - rowCount() / 3);
    m_selection = {{*m_currentLine, 0}, {*m_currentLine, 0}};
    setFollowing(false); // also when that was the end
    viewport()->update();
    scheduleFrame();
}

void LogView::scrollTo(qint64 line)
{
    constexpr qint64 kMost = std::numeric_limits<int>::max();
    verticalScrollBar()->setValue(static_cast<int>(std::clamp<qint64>(line, 0, kMost)));
}

} // namespace runsheet
