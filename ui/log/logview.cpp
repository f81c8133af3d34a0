// SPDX-License-Identifier: Apache-2.0
#include "log/logview.h"

#include "log/logviewaccessible.h"

#include <QAction>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

constexpr auto kFrame = 16ms;
constexpr int kTopMargin = 4;
constexpr qsizetype kKeptLines = 512;

} // namespace

LogView::LogView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_painter(fixedFont(), themeOf(palette()))
{
    installLogViewAccessibility();
    setObjectName(u"commandLog"_s);
    setAccessibleName(tr("Command log"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setViewportMargins(0, kTopMargin, 0, 0);
    setBackgroundRole(QPalette::Base);
    viewport()->setCursor(Qt::IBeamCursor);
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_frame, &QTimer::timeout, this, &LogView::showFrame);
    connectTail();
    addEditActions();
    new LogAnnouncer(this);
    updateLook();
}

LogView::~LogView() = default;

void LogView::connectTail()
{
    connect(&m_tail, &LogTail::grew, this, [this] {
        scheduleFrame();
        Q_EMIT grew();
    });
    connect(&m_tail, &LogTail::linesCameBefore, this, &LogView::shiftLines);
    connect(&m_tail, &LogTail::restarted, this, [this] {
        m_selection = {};
        m_currentLine.reset();
        m_expanded.clear();
        scheduleFrame();
        Q_EMIT grew();
    });
    connect(&m_tail, &LogTail::searched, this, [this] {
        jumpToAwaitedMatch();
        scheduleFrame();
        Q_EMIT searchChanged();
    });
    connect(&m_tail, &LogTail::errorsFound, this, &LogView::errorsChanged);
    connect(&m_tail, &LogTail::failed, this, &LogView::failed);
}

void LogView::open(const QString &file, bool growing)
{
    close();
    m_tail.open(file, growing);
    setFollowing(true);
}

void LogView::close()
{
    m_tail.close();
    m_selection = {};
    m_currentLine.reset();
    m_expanded.clear();
    m_stamps.close();
    m_query = {};
    m_finder = {};
    m_awaitsMatch = false;
    m_widest = 0;
    showFrame();
}

void LogView::setEnded()
{
    m_tail.setGrowing(false);
    scheduleFrame();
}

void LogView::setTiming(const QString &timingFile, const QDateTime &started)
{
    m_stamps.open(timingFile, started);
    scheduleFrame();
}

void LogView::setStamps(StampKind kind)
{
    m_stamps.setKind(kind);
    scheduleFrame();
}

/// Until now the lines counted from somewhere near the end of a large log.
void LogView::shiftLines(qint64 before)
{
    const qint64 first = firstVisibleLine() + before;
    m_selection.anchor.line += before;
    m_selection.cursor.line += before;
    if (m_currentLine)
        *m_currentLine += before;
    const auto expanded = std::exchange(m_expanded, {});
    for (auto line = expanded.begin(); line != expanded.end(); ++line)
        m_expanded.insert(line.key() + before, line.value());
    const bool wasFollowing = m_following;
    forgetLines();
    updateScrollBars();
    scrollTo(first);
    setFollowing(wasFollowing);
    viewport()->update();
}

void LogView::setFollowing(bool following)
{
    const bool changed = m_following != following;
    m_following = following;
    if (following)
        updateScrollBars();
    if (changed)
        Q_EMIT followingChanged(following);
}

void LogView::scheduleFrame()
{
    if (!m_frame.isActive())
        m_frame.start(kFrame);
}

void LogView::showFrame()
{
    m_frame.stop();
    forgetLines();
    updateScrollBars();
    tellSize(); // the first time of day takes columns away
    viewport()->update();
    Q_EMIT contentShown();
}

/// Decoded lines are cheap to make again, and the last one may have changed.
void LogView::forgetLines()
{
    m_lines.clear();
}

void LogView::updateScrollBars()
{
    const QScopedValueRollback guard(m_adjusting, true);
    constexpr qint64 kMost = std::numeric_limits<int>::max();
    const qint64 last = std::max<qint64>(0, displayRows() - rowCount());
    verticalScrollBar()->setPageStep(std::max(1, rowCount()));
    verticalScrollBar()->setRange(0, static_cast<int>(std::min(last, kMost)));
    horizontalScrollBar()->setPageStep(std::max(1, columnCount()));
    horizontalScrollBar()->setRange(0, std::max(0, m_widest - columnCount() + 1));
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void LogView::scrollContentsBy(int /*dx*/, int dy)
{
    viewport()->update();
    if (!m_adjusting && dy != 0)
        setFollowing(verticalScrollBar()->value() == verticalScrollBar()->maximum());
    scheduleFrame();
}

const ShownLine &LogView::shownLine(qint64 line)
{
    const auto known = m_lines.constFind(line);
    if (known != m_lines.constEnd())
        return *known;
    if (m_lines.size() >= kKeptLines)
        m_lines.clear();
    ShownLine shown;
    shown.decoded = log().line(line, m_expanded.value(line, kShownLineBytes));
    shown.columns = TextColumns(shown.decoded.text);
    shown.isError = m_errorMatcher.find(shown.decoded.text.toUtf8(), 0) >= 0;
    return m_lines[line] = std::move(shown);
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
    tellSize();
}

void LogView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    const auto type = event->type();
    if (type == QEvent::PaletteChange || type == QEvent::FontChange || type == QEvent::StyleChange)
        updateLook();
}

void LogView::updateLook()
{
    m_painter = LinePainter(fixedFont(), themeOf(palette()));
    horizontalScrollBar()->setSingleStep(4);
    updateScrollBars();
    tellSize();
    viewport()->update();
}

/// A log has no screen, so that programs which need one get more lines than a low pane shows.
QSize LogView::terminalSize() const
{
    constexpr int kFewestRows = 10;
    return {columnCount(), std::max(kFewestRows, rowCount())};
}

void LogView::tellSize()
{
    const QSize size = terminalSize();
    if (size == m_toldSize || size.isEmpty())
        return;
    m_toldSize = size;
    Q_EMIT sizeInCharactersChanged(size.width(), size.height());
}

qint64 LogView::displayRows() const
{
    const LogIndex &index = log().index();
    const bool caretNeedsLine = m_tail.isGrowing() && index.completeLines() == index.lineCount();
    return index.lineCount() + (caretNeedsLine ? 1 : 0);
}

qint64 LogView::firstVisibleLine() const
{
    return verticalScrollBar()->value();
}

qint64 LogView::lastVisibleLine() const
{
    const int rows = viewport()->height() / m_painter.lineHeight() + 1;
    return std::min(firstVisibleLine() + rows, log().lineCount()) - 1;
}

int LogView::columnCount() const
{
    return std::max(0, static_cast<int>((viewport()->width() - left()) / m_painter.columnWidth()));
}

int LogView::rowCount() const
{
    return viewport()->height() / m_painter.lineHeight();
}

QString LogView::lineText(qint64 line)
{
    return line >= 0 && line < log().lineCount() ? shownLine(line).decoded.text : QString();
}

QStringList LogView::visibleText()
{
    QStringList lines;
    for (qint64 line = firstVisibleLine(); line <= lastVisibleLine(); ++line)
        lines.append(lineText(line));
    return lines;
}

} // namespace runsheet
