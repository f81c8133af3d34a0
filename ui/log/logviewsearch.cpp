// SPDX-License-Identifier: Apache-2.0
// Finding and jumping in LogView.
#include "log/logview.h"

#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace runsheet
{

void LogView::setSearch(const QString &text, Qt::CaseSensitivity caseSensitivity)
{
    m_searchText = text;
    m_searchCase = caseSensitivity;
    m_searchFrom = searchOrigin();
    m_awaitsMatch = !text.isEmpty();
    m_currentLine.reset();
    m_tail.find(text, caseSensitivity);
    viewport()->update();
    Q_EMIT searchChanged();
}

/// Typing on narrows the search where it is; it must not run ahead with every letter.
qint64 LogView::searchOrigin() const
{
    return m_currentLine.value_or(firstVisibleLine());
}

void LogView::jumpToFirstMatch()
{
    if (!m_awaitsMatch || !m_tail.search())
        return;
    const auto match = m_tail.search()->firstAfter(m_searchFrom - 1);
    if (match || !m_tail.isSearching()) {
        m_awaitsMatch = false;
        showMatch(match, 0);
    }
}

void LogView::findNext()
{
    if (const LogSearch *const search = m_tail.search())
        showMatch(search->firstAfter(m_currentLine.value_or(firstVisibleLine() - 1)), 0);
}

void LogView::findPrevious()
{
    if (const LogSearch *const search = m_tail.search())
        showMatch(search->lastBefore(searchOrigin()), search->count() - 1);
}

/// Beyond the last match comes the first again, which `wrapped` names.
void LogView::showMatch(std::optional<qint64> match, qint64 wrapped)
{
    const LogSearch *const search = m_tail.search();
    if (!search || search->count() == 0)
        return;
    goToLine(search->lineAt(match.value_or(wrapped)));
    const QString text = lineText(*m_currentLine);
    const qsizetype at = text.indexOf(m_searchText, 0, m_searchCase);
    if (at >= 0)
        ensureVisible({*m_currentLine, at + m_searchText.size()});
    Q_EMIT searchChanged();
}

qint64 LogView::matchCount() const
{
    return m_tail.search() ? m_tail.search()->count() : 0;
}

std::optional<qint64> LogView::currentMatch() const
{
    if (!m_tail.search() || !m_currentLine)
        return std::nullopt;
    const auto match = m_tail.search()->firstAfter(*m_currentLine - 1);
    if (!match || m_tail.search()->lineAt(*match) != *m_currentLine)
        return std::nullopt;
    return match;
}

void LogView::goToNextError()
{
    const LogSearch &errors = m_tail.errors();
    if (errors.count() == 0)
        return;
    const qint64 from = m_currentLine.value_or(-1);
    goToLine(errors.lineAt(errors.firstAfter(from).value_or(0)));
}

void LogView::goToLine(qint64 line)
{
    if (log().lineCount() == 0)
        return;
    m_currentLine = std::clamp<qint64>(line, 0, log().lineCount() - 1);
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
