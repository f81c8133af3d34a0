// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/linepainter.h"
#include "log/logselection.h"
#include "output/linestamps.h"
#include "output/logtail.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QHash>
#include <QStringList>

#include <optional>

namespace runsheet
{

/// Shows a log file of any size, growing or finished. Decodes and paints the visible lines only.
///
/// While following, the end stays in view. Whoever scrolls away from the end, selects or jumps to a
/// match leaves following; End, setFollowing() or scrolling back to the end brings it back.
class LogView final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit LogView(QWidget *parent = nullptr);
    ~LogView() override;

    void open(const QString &file, bool growing);
    void close();
    /// The writer has ended: reads the rest and stops looking at the file.
    void setEnded();

    [[nodiscard]] const LogTail &tail() const { return m_tail; }
    [[nodiscard]] const LogFile &log() const { return m_tail.log(); }
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setFollowing(bool following);

    /// Times in front of the lines, from the file that notes them. Not part of the text.
    void setTiming(const QString &timingFile, const QDateTime &started);
    void setStamps(StampKind kind);
    [[nodiscard]] StampKind stamps() const { return m_stamps.kind(); }

    /// Looks from the first visible line on; an empty query ends the search.
    void setSearch(const LogQuery &query);
    [[nodiscard]] QString searchProblem() const { return m_finder.problem(); }
    void findNext();
    void findPrevious();
    [[nodiscard]] qint64 matchCount() const;
    [[nodiscard]] std::optional<qint64> currentMatch() const; ///< from 0
    /// The line that was found is in view, what was found in it is not.
    [[nodiscard]] bool isMatchHidden() const;
    void goToNextError();
    void goToPreviousError();
    void goToStart();
    void goToEnd(); ///< and follow
    /// Shows more of the line that was cut, and of it again; of the first such line in view where
    /// the cursor is on none.
    void expandLine();
    /// Brings the line into view and marks it.
    void goToLine(qint64 line);

    [[nodiscard]] bool hasSelection() const { return !m_selection.isEmpty(); }
    [[nodiscard]] LogSelection selection() const { return m_selection; }
    void select(const LogSelection &selection);
    /// What the command printed, also where it is cut on screen, up to a bound that keeps the
    /// window alive; `copyCut` tells when it was reached.
    [[nodiscard]] QString selectedText();
    void copy();
    void selectAll();

    [[nodiscard]] qint64 firstVisibleLine() const;
    /// As shown, without those below the end.
    [[nodiscard]] QStringList visibleText();
    [[nodiscard]] QString lineText(qint64 line);
    [[nodiscard]] LogPosition positionAt(QPoint point); ///< in viewport coordinates
    [[nodiscard]] QRect lineRect(qint64 line) const; ///< in viewport coordinates
    [[nodiscard]] int columnCount() const; ///< of the visible area
    [[nodiscard]] int rowCount() const; ///< whole lines in the visible area
    [[nodiscard]] QSize terminalSize() const; ///< columns and lines of the terminal of its command

Q_SIGNALS:
    void followingChanged(bool following);
    void grew();
    void errorsChanged();
    void searchChanged();
    void sizeInCharactersChanged(int columns, int rows);
    /// lines: how many of them were copied whole; partOfNext: and the beginning of the next.
    void copyCut(qint64 lines, bool partOfNext);
    void contentShown(); ///< what is visible has changed; at most once per frame
    void failed(const runsheet::Error &error);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void connectTail();
    void addEditActions();
    void updateLook();
    void scheduleFrame();
    void showFrame();
    void updateScrollBars();
    void forgetLines();
    void paintCaret(QPainter &painter);
    void tellSize();

    const ShownLine &shownLine(qint64 line);
    [[nodiscard]] LineMarks marksOf(qint64 line, const ShownLine &shown) const;
    [[nodiscard]] qint64 displayRows() const;
    [[nodiscard]] qint64 lastVisibleLine() const;
    [[nodiscard]] int left() const;
    [[nodiscard]] QPointF placeOf(const LogPosition &position);

    void scrollTo(qint64 line);
    void scrollBy(int lines);
    void ensureVisible(const LogPosition &position);
    void extendSelection(int key);
    void scrollByKey(int key);
    [[nodiscard]] LogPosition moved(LogPosition from, int key);
    void paintStamps(QPainter &painter);
    void shiftLines(qint64 before);
    [[nodiscard]] LineText selectedPart(qint64 line, qint64 room);
    [[nodiscard]] bool isRestOf(const LogPosition &position);
    void expandLine(qint64 line);
    void showBytesOf(qint64 line, qint64 bytes);
    void showColumns(qint64 line, TextSpan span);
    void expandToMatch(qint64 line);
    [[nodiscard]] QList<TextSpan> matchesIn(const DecodedLine &line) const;
    void showMatch(std::optional<qint64> match, qint64 wrapped);
    void jumpToAwaitedMatch();
    [[nodiscard]] qint64 searchOrigin() const;

    LogTail m_tail;
    LinePainter m_painter;
    ErrorMatcher m_errorMatcher;
    QHash<qint64, ShownLine> m_lines; // decoded, about those that are visible
    QTimer m_frame;
    QBasicTimer m_dragTimer;
    LogSelection m_selection;
    mutable LineStamps m_stamps; // looks them up when asked
    LogQuery m_query;
    QueryFinder m_finder;
    QHash<qint64, qint64> m_expanded; // bytes shown of lines that are cut later than usual
    std::optional<qint64> m_currentLine;
    qint64 m_searchFrom = 0;
    QSize m_toldSize;
    int m_widest = 0; // columns of the widest line seen
    bool m_following = true;
    bool m_adjusting = false; // the scroll bar moves because the log grew, not by a person
    bool m_dragging = false;
    bool m_awaitsMatch = false;
    bool m_isMatchHidden = false; // of the line that was jumped to last
};

} // namespace runsheet
