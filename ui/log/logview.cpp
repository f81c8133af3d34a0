// SPDX-License-Identifier: Apache-2.0
#include "log/logview.h"

#include "log/logviewaccessible.h"

#include <QAction>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

constexpr auto kFrame = 16ms;
constexpr int kMargin = 12; // left of the text; holds the error marks
constexpr int kTopMargin = 4;
constexpr int kErrorMark = 3;
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
    connect(&m_tail, &LogTail::restarted, this, [this] {
        m_selection = {};
        m_currentLine.reset();
        scheduleFrame();
        Q_EMIT grew();
    });
    connect(&m_tail, &LogTail::searched, this, [this] {
        jumpToFirstMatch();
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
    m_searchText.clear();
    m_awaitsMatch = false;
    m_widest = 0;
    showFrame();
}

void LogView::setEnded()
{
    m_tail.setGrowing(false);
    scheduleFrame();
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
    paintCaret(painter);
    if (m_widest > widestBefore)
        scheduleFrame(); // the horizontal range has grown
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

const ShownLine &LogView::shownLine(qint64 line)
{
    const auto known = m_lines.constFind(line);
    if (known != m_lines.constEnd())
        return *known;
    if (m_lines.size() >= kKeptLines)
        m_lines.clear();
    ShownLine shown;
    shown.decoded = log().line(line);
    shown.columns = TextColumns(shown.decoded.text);
    shown.isError = m_errorMatcher.find(shown.decoded.text.toUtf8(), 0) >= 0;
    return *m_lines.insert(line, std::move(shown));
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
    if (m_searchText.isEmpty())
        return marks;
    for (qsizetype at = 0; at >= 0; at += m_searchText.size()) {
        at = shown.decoded.text.indexOf(m_searchText, at, m_searchCase);
        if (at < 0)
            break;
        marks.matches.append({at, at + m_searchText.size()});
    }
    return marks;
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

void LogView::tellSize()
{
    const QSize size(columnCount(), rowCount());
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

int LogView::left() const
{
    return kMargin;
}

QRect LogView::lineRect(qint64 line) const
{
    const auto row = static_cast<int>(line - firstVisibleLine());
    const int height = m_painter.lineHeight();
    return {0, row * height, viewport()->width(), height};
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
