// SPDX-License-Identifier: Apache-2.0
#include "log/logview.h"

#include "output/logtesting.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

class LogViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsTheEndOfAFinishedLog();
    void followsWhatIsAppended();
    void scrollingUpLeavesFollowing_data();
    void scrollingUpLeavesFollowing();
    void endBringsFollowingBack();
    void scrollingBackToTheEndFollowsAgain();
    void keysScroll();
    void shiftAndArrowsSelect();
    void mouseSelectsAndCopyIsClean();
    void doubleClickSelectsAWord();
    void draggingLeavesFollowing();
    void selectAllCopiesEverything();
    void copyOfAHugeSelectionIsBounded();
    void findGoesFromMatchToMatchAndAround();
    void findKeepsItsPlaceWhileTheLogGrows();
    void errorsAreVisitedInTurn();
    void wideLinesScrollSideways();
    void truncationStartsOver();
    void paintsInBothThemes_data();
    void paintsInBothThemes();
    void coloursStayReadable();
    void piecesAreCutWhereTheLookChanges();
    void tellsItsSizeInCharacters();
    void tabsStandOnTheirColumns();
    void wideCharactersTakeTwoColumns();
    void pagesOfSelection();
    void shiftClickExtendsTheSelection();
    void doubleClickLeavesFollowing();
    void draggingBeyondTheEdgeScrolls();
    void anEmptyLogTakesEveryKey();
    void caretStandsWhereACommandWillWrite();
    void copyingNothingKeepsTheClipboard();
    void goingToALineMarksIt();
    void searchFindsTheNextOneBelowTheView();
    void theEndOfALargeLogComesFirst();
    void timesStandBesideTheText();
    void aLongLineShowsMoreOnRequest();

private:
    void show(const QByteArray &bytes, bool growing)
    {
        QVERIFY(writeLog(m_path, bytes));
        m_view->open(m_path, growing);
        QTRY_COMPARE(m_view->log().index().size(), bytes.size());
        // The frame after the last bytes; a running command's caret has a line of its own.
        const qint64 rows = m_view->log().lineCount() + (growing && bytes.endsWith('\n') ? 1 : 0);
        QTRY_COMPARE(scrollMaximum(), static_cast<int>(qMax(0LL, rows - m_view->rowCount())));
    }
    [[nodiscard]] qint64 lastWholeLine() const
    {
        return m_view->firstVisibleLine() + m_view->rowCount() - 1;
    }
    [[nodiscard]] int scrollValue() const { return m_view->verticalScrollBar()->value(); }
    [[nodiscard]] int scrollMaximum() const { return m_view->verticalScrollBar()->maximum(); }
    [[nodiscard]] QPoint placeOf(qint64 line, int column) const
    {
        const LinePainter painter(fixedFont(), themeOf(m_view->palette()));
        const QRect box = m_view->lineRect(line);
        return {12 + static_cast<int>(column * painter.columnWidth()), box.center().y()};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LogView> m_view;
    QString m_path;
};

void LogViewTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"output.log"_s);
    m_view = std::make_unique<LogView>();
    m_view->resize(600, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_view->setFocus();
}

void LogViewTest::cleanup()
{
    m_view.reset();
}

void LogViewTest::showsTheEndOfAFinishedLog()
{
    show(numberedLines(1000), false);
    QVERIFY(m_view->isFollowing());
    QCOMPARE(lastWholeLine(), 999);
    QVERIFY(m_view->visibleText().contains(u"line 999"_s));
}

void LogViewTest::followsWhatIsAppended()
{
    show(numberedLines(1000), true);
    QVERIFY(appendLog(m_path, numberedLines(500, 1000)));
    QTRY_VERIFY(m_view->visibleText().contains(u"line 1499"_s));
    QCOMPARE(scrollValue(), scrollMaximum());
}

void LogViewTest::scrollingUpLeavesFollowing_data()
{
    QTest::addColumn<int>("key"); // 0: the wheel
    QTest::newRow("up") << static_cast<int>(Qt::Key_Up);
    QTest::newRow("page up") << static_cast<int>(Qt::Key_PageUp);
    QTest::newRow("home") << static_cast<int>(Qt::Key_Home);
    QTest::newRow("wheel") << 0;
}

void LogViewTest::scrollingUpLeavesFollowing()
{
    QFETCH(int, key);
    show(numberedLines(1000), true);
    QSignalSpy changed(m_view.get(), &LogView::followingChanged);
    if (key != 0) {
        QTest::keyClick(m_view.get(), static_cast<Qt::Key>(key));
    } else {
        const QPointF centre(200, 200);
        QWheelEvent wheel(centre, m_view->mapToGlobal(centre), {}, {0, 120}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_view->viewport(), &wheel);
    }
    QVERIFY(!m_view->isFollowing());
    QCOMPARE(changed.count(), 1);
    const qint64 first = m_view->firstVisibleLine();
    QVERIFY(appendLog(m_path, numberedLines(100)));
    QTRY_COMPARE(m_view->log().lineCount(), 1100);
    QTRY_VERIFY(scrollMaximum() > 1000);
    QCOMPARE(m_view->firstVisibleLine(), first);
}

void LogViewTest::endBringsFollowingBack()
{
    show(numberedLines(1000), true);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QVERIFY(!m_view->isFollowing());
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QVERIFY(m_view->isFollowing());
    QCOMPARE(scrollValue(), scrollMaximum());
}

void LogViewTest::scrollingBackToTheEndFollowsAgain()
{
    show(numberedLines(1000), true);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QVERIFY(!m_view->isFollowing());
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QVERIFY(m_view->isFollowing());
}

void LogViewTest::keysScroll()
{
    show(numberedLines(1000), false);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(m_view->firstVisibleLine(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QCOMPARE(m_view->firstVisibleLine(), 1);
    QTest::keyClick(m_view.get(), Qt::Key_PageDown);
    QCOMPARE(m_view->firstVisibleLine(), m_view->rowCount());
    QTest::keyClick(m_view.get(), Qt::Key_PageUp);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(m_view->firstVisibleLine(), 0);
}

void LogViewTest::shiftAndArrowsSelect()
{
    show("alpha\nbeta\ngamma\n", false);
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText(), u"al"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText(), u"alpha\nbe"_s);
    QTest::keyClick(m_view.get(), Qt::Key_End, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText(), u"alpha\nbeta"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText(), u"alpha\nbeta\n"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Home, Qt::ShiftModifier);
    QVERIFY(!m_view->hasSelection());
}

void LogViewTest::mouseSelectsAndCopyIsClean()
{
    show("\x1b[31mred\x1b[0m \xe2\x80\xaetail\x07\nsecond\n", false);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, placeOf(0, 0));
    QTest::mouseMove(m_view->viewport(), placeOf(1, 3));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, placeOf(1, 3));
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"red ⟨U+202E⟩tail␇\nsec"_s);
}

void LogViewTest::doubleClickSelectsAWord()
{
    show("CREATE TABLE order_items (\n", false);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(0, 16));
    QCOMPARE(m_view->selectedText(), u"order_items"_s);
}

void LogViewTest::draggingLeavesFollowing()
{
    show(numberedLines(100), true);
    const qint64 first = m_view->firstVisibleLine();
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, placeOf(first, 0));
    QVERIFY(m_view->isFollowing());
    QTest::mouseMove(m_view->viewport(), placeOf(first + 2, 2));
    QVERIFY(!m_view->isFollowing());
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, placeOf(first + 2, 2));
    QCOMPARE(m_view->selection().end(), (LogPosition{first + 2, 2}));
}

void LogViewTest::selectAllCopiesEverything()
{
    show("one\r\ntwo\r\nthree", false);
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"one\ntwo\nthree"_s);
}

void LogViewTest::copyOfAHugeSelectionIsBounded()
{
    show(numberedLines(60'000), false);
    QSignalSpy cut(m_view.get(), &LogView::copyCut);
    m_view->selectAll();
    m_view->copy();
    QCOMPARE(cut.count(), 1);
    const QString copied = QGuiApplication::clipboard()->text();
    QCOMPARE(copied.count(u'\n'), cut.first().first().toLongLong());
    QVERIFY(copied.startsWith(u"line 0\nline 1\n"_s));
}

void LogViewTest::findGoesFromMatchToMatchAndAround()
{
    QByteArray bytes;
    for (int line = 0; line < 300; ++line)
        bytes += line % 100 == 50 ? "found it\n" : "nothing\n";
    show(bytes, false);
    m_view->setSearch({u"FOUND"_s, false, false});
    QTRY_COMPARE(m_view->matchCount(), 3);
    QTRY_COMPARE(m_view->currentMatch(), 0); // none below the end: around to the first
    QVERIFY(!m_view->isFollowing());
    QVERIFY(m_view->visibleText().contains(u"found it"_s));
    m_view->findNext();
    QCOMPARE(m_view->currentMatch(), 1);
    m_view->findNext();
    m_view->findNext();
    QCOMPARE(m_view->currentMatch(), 0);
    m_view->findPrevious();
    QCOMPARE(m_view->currentMatch(), 2);
    m_view->setSearch({});
    QCOMPARE(m_view->matchCount(), 0);
    QCOMPARE(m_view->currentMatch(), std::nullopt);
}

void LogViewTest::findKeepsItsPlaceWhileTheLogGrows()
{
    show(numberedLines(500), true);
    m_view->setSearch({u"line 499"_s, true, false});
    QTRY_COMPARE(m_view->currentMatch(), 0);
    const qint64 first = m_view->firstVisibleLine();
    QVERIFY(appendLog(m_path, "line 4990\n"));
    QTRY_COMPARE(m_view->matchCount(), 2);
    QCOMPARE(m_view->currentMatch(), 0);
    QCOMPARE(m_view->firstVisibleLine(), first);
}

void LogViewTest::errorsAreVisitedInTurn()
{
    show("ok\nERROR: one\n" + numberedLines(200) + "ERROR: two\n", false);
    QTRY_COMPARE(m_view->tail().errors().count(), 2);
    m_view->goToNextError();
    QVERIFY(m_view->visibleText().contains(u"ERROR: one"_s));
    m_view->goToNextError();
    QVERIFY(m_view->visibleText().contains(u"ERROR: two"_s));
    QVERIFY(!m_view->isFollowing());
    m_view->goToNextError();
    QVERIFY(m_view->visibleText().contains(u"ERROR: one"_s));
}

void LogViewTest::wideLinesScrollSideways()
{
    show(QByteArray(500, 'x') + "end\n", false);
    QTRY_VERIFY(m_view->horizontalScrollBar()->maximum() > 400);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QVERIFY(m_view->horizontalScrollBar()->value() > 0);
    m_view->setSearch({u"end"_s, true, false});
    QTRY_VERIFY(m_view->horizontalScrollBar()->value() > 400);
    QCOMPARE(m_view->horizontalScrollBar()->value() + m_view->columnCount() - 1, 503);
}

void LogViewTest::truncationStartsOver()
{
    show(numberedLines(500), true);
    m_view->selectAll();
    QVERIFY(writeLog(m_path, "anew\n"));
    QTRY_COMPARE(m_view->visibleText(), QStringList{u"anew"_s});
    QVERIFY(!m_view->hasSelection());
    QCOMPARE(scrollMaximum(), 0);
}

void LogViewTest::paintsInBothThemes_data()
{
    QTest::addColumn<ThemeChoice>("choice");
    QTest::newRow("light") << ThemeChoice::Light;
    QTest::newRow("dark") << ThemeChoice::Dark;
}

void LogViewTest::paintsInBothThemes()
{
    QFETCH(ThemeChoice, choice);
    applyTheme(*qApp, choice);
    const Theme &theme = choice == ThemeChoice::Dark ? darkTheme() : lightTheme();
    show("\x1b[7m    \x1b[0m\nFATAL: x\n", false);
    const QImage image = m_view->viewport()->grab().toImage();
    QCOMPARE(image.pixelColor(590, 390), AnsiColours(theme).ground());
    QCOMPARE(image.pixelColor(placeOf(0, 1)), theme.text); // inverse blank
    QCOMPARE(image.pixelColor(1, m_view->lineRect(1).center().y()), theme.bad); // error mark
    qApp->setStyleSheet({});
}

void LogViewTest::coloursStayReadable()
{
    for (const Theme *theme : {&lightTheme(), &darkTheme()}) {
        AnsiColours colours(*theme);
        for (quint32 index = 0; index < 256; ++index) {
            TextStyle style;
            style.foreground = {TextColour::Kind::Palette, index};
            QVERIFY(contrast(colours.foreground(style, colours.ground()), colours.ground()) >= 4.5);
            style.background = {TextColour::Kind::Palette, (index * 37 + 11) % 256};
            const QColor ground = colours.background(style);
            QVERIFY(contrast(colours.foreground(style, ground), ground) >= 4.5);
        }
        for (quint32 value = 0; value < 0x1000000; value += 0x2F1D3) { // all over the cube
            TextStyle style;
            style.foreground = {TextColour::Kind::Rgb, value};
            QVERIFY(contrast(colours.foreground(style, colours.ground()), colours.ground()) >= 4.5);
            style.background = {TextColour::Kind::Rgb, 0xffffff - value / 3};
            const QColor ground = colours.background(style);
            QCOMPARE(ground.rgb() & 0xffffff, 0xffffff - value / 3); // a ground stays what it is
            QVERIFY(contrast(colours.foreground(style, ground), ground) >= 4.5);
        }
    }
}

void LogViewTest::piecesAreCutWhereTheLookChanges()
{
    ShownLine line;
    line.decoded = decodeLine("ab\x1b[31mcdef\x1b[0mgh");
    line.columns = TextColumns(line.decoded.text);
    LineMarks marks;
    marks.selection = {1, 3};
    marks.matches = {{4, 5}};
    QCOMPARE(LinePainter::cuts(line, marks, {0, 8}), (QList<qsizetype>{1, 2, 3, 4, 5, 6, 8}));
    QCOMPARE(LinePainter::cuts(line, marks, {3, 5}), (QList<qsizetype>{4, 5}));
    QCOMPARE(LinePainter::cuts(line, {}, {7, 8}), QList<qsizetype>{8});
    QCOMPARE(LinePainter::cuts(ShownLine{}, {}, {0, 0}), QList<qsizetype>{});
}

void LogViewTest::tellsItsSizeInCharacters()
{
    QSignalSpy told(m_view.get(), &LogView::sizeInCharactersChanged);
    m_view->resize(900, 500);
    QCOMPARE(told.count(), 1);
    QCOMPARE(told.first().at(0).toInt(), m_view->columnCount());
    QCOMPARE(told.first().at(1).toInt(), m_view->rowCount());
    QVERIFY(m_view->columnCount() > 60);
}

/// psql indents the lines of a CONTEXT, logs of the server put a tab before them.
void LogViewTest::tabsStandOnTheirColumns()
{
    show("ERROR:  x\n\tSQL statement \"SELECT 1\"\nab\tc\td\n12345678\tx\n", false);
    QCOMPARE(m_view->visibleText(),
             (QStringList{u"ERROR:  x"_s, u"        SQL statement \"SELECT 1\""_s,
                          u"ab      c       d"_s, u"12345678        x"_s}));
    // A click on the column of a character finds that character.
    const auto characterAt = [this](qint64 line, int column) {
        const LogPosition at = m_view->positionAt(placeOf(line, column));
        return m_view->lineText(at.line).mid(at.index, 1);
    };
    QCOMPARE(characterAt(1, 8), u"S"_s);
    QCOMPARE(characterAt(2, 16), u"d"_s);
    QCOMPARE(characterAt(3, 16), u"x"_s);
}

void LogViewTest::wideCharactersTakeTwoColumns()
{
    show("日本x\ne\xcc\x81x\n", false);
    QCOMPARE(m_view->positionAt(placeOf(0, 4)), (LogPosition{0, 2}));
    QCOMPARE(m_view->positionAt(placeOf(1, 1)), (LogPosition{1, 2}));
}

void LogViewTest::pagesOfSelection()
{
    show(numberedLines(1000), false);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QTest::keyClick(m_view.get(), Qt::Key_PageDown, Qt::ShiftModifier);
    QCOMPARE(m_view->selection().end().line, m_view->rowCount());
    QVERIFY(m_view->firstVisibleLine() > 0); // the cursor stays in view
    QTest::keyClick(m_view.get(), Qt::Key_PageUp, Qt::ShiftModifier);
    QVERIFY(!m_view->hasSelection());
    QCOMPARE(m_view->firstVisibleLine(), 0);
}

void LogViewTest::shiftClickExtendsTheSelection()
{
    show("alpha\nbeta\n", false);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(0, 1));
    QVERIFY(!m_view->hasSelection());
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, placeOf(1, 2));
    QCOMPARE(m_view->selectedText(), u"lpha\nbe"_s);
    QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, placeOf(0, 0));
    QCOMPARE(m_view->selectedText(), u"lpha\nbe"_s); // for its menu
}

void LogViewTest::doubleClickLeavesFollowing()
{
    show(numberedLines(100), true);
    const qint64 line = m_view->firstVisibleLine() + 1;
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(line, 1));
    QCOMPARE(m_view->selectedText(), u"line"_s);
    QVERIFY(!m_view->isFollowing());
}

void LogViewTest::draggingBeyondTheEdgeScrolls()
{
    show(numberedLines(1000), false);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, placeOf(0, 0));
    const QPoint below(50, m_view->viewport()->height() + 40);
    QCursor::setPos(m_view->viewport()->mapToGlobal(below));
    QTest::mouseMove(m_view->viewport(), below);
    QTRY_VERIFY(m_view->firstVisibleLine() > 3);
    QVERIFY(m_view->selection().end().line > m_view->rowCount());
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, below);
}

void LogViewTest::anEmptyLogTakesEveryKey()
{
    show({}, true);
    for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right, Qt::Key_PageUp,
                              Qt::Key_PageDown, Qt::Key_Home, Qt::Key_End}) {
        QTest::keyClick(m_view.get(), key);
        QTest::keyClick(m_view.get(), key, Qt::ShiftModifier);
    }
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, QPoint(50, 50));
    m_view->goToNextError();
    m_view->goToLine(5);
    m_view->findNext();
    m_view->selectAll();
    QVERIFY(!m_view->hasSelection());
    QVERIFY(m_view->visibleText().isEmpty());
    QVERIFY(m_view->isFollowing());
}

void LogViewTest::caretStandsWhereACommandWillWrite()
{
    const auto caretAt = [this](qint64 line, int column) {
        const QImage image = m_view->viewport()->grab().toImage();
        return image.pixelColor(placeOf(line, column)) == themeOf(m_view->palette()).text;
    };
    show("Continue? ", true);
    QVERIFY(caretAt(0, 10));
    show("done\n", true);
    QVERIFY(caretAt(1, 0));
    m_view->setEnded();
    QTRY_VERIFY(!caretAt(1, 0));
}

void LogViewTest::copyingNothingKeepsTheClipboard()
{
    show("alpha\n", false);
    QGuiApplication::clipboard()->setText(u"kept"_s);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"kept"_s);
}

void LogViewTest::goingToALineMarksIt()
{
    show(numberedLines(1000), false);
    m_view->goToLine(400);
    QVERIFY(m_view->firstVisibleLine() <= 400 && lastWholeLine() >= 400);
    const QImage image = m_view->viewport()->grab().toImage();
    const QPoint right =
        m_view->lineRect(400).center() + QPoint(m_view->viewport()->width() / 3, 0);
    QCOMPARE(image.pixelColor(right), themeOf(m_view->palette()).accentGround);
    m_view->goToLine(1'000'000); // no further than the last
    QVERIFY(m_view->visibleText().contains(u"line 999"_s));
    QVERIFY(!m_view->isFollowing());
}

void LogViewTest::searchFindsTheNextOneBelowTheView()
{
    show(numberedLines(1000), false);
    m_view->goToLine(500);
    m_view->setSearch({u"line"_s, true, false});
    QTRY_COMPARE(m_view->currentMatch(), 500);
    m_view->setSearch({u"line 50"_s, true, false}); // typed on: stays where it is
    QTRY_COMPARE(m_view->matchCount(), 11);
    QTRY_VERIFY(m_view->currentMatch().has_value());
    QCOMPARE(m_view->tail().matches().lineAt(*m_view->currentMatch()), 500);
}

/// Before the beginning has been read nobody knows the numbers of the lines at the end.
void LogViewTest::theEndOfALargeLogComesFirst()
{
    QByteArray bytes;
    for (int line = 0; line < 400'000; ++line)
        bytes += "line number " + QByteArray::number(line) + '\n';
    QVERIFY(writeLog(m_path, bytes));
    QStringList before;
    // As soon as the end is there: the numbers may come before the next frame.
    connect(m_view.get(), &LogView::grew, this, [&] {
        if (!before.isEmpty() || m_view->log().isWhole())
            return;
        m_view->goToEnd();
        QTest::keyClick(m_view.get(), Qt::Key_PageUp);
        m_view->select({{m_view->firstVisibleLine(), 0}, {m_view->firstVisibleLine(), 4}});
        before = m_view->visibleText();
    });
    m_view->open(m_path, false);
    QTRY_COMPARE(m_view->log().lineCount(), 400'000);
    QVERIFY(!before.isEmpty() && before.last().startsWith(u"line number 3999"_s));
    QCOMPARE(m_view->visibleText(), before);
    QVERIFY(m_view->firstVisibleLine() > 390'000);
    QCOMPARE(m_view->selection().start().line, m_view->firstVisibleLine());
    QCOMPARE(m_view->selectedText(), u"line"_s);
    QVERIFY(!m_view->isFollowing());
    m_view->setSearch({u"number 12345"_s, true, false});
    QTRY_COMPARE(m_view->matchCount(), 11);
}

void LogViewTest::timesStandBesideTheText()
{
    const QString timing = m_folder->filePath(u"timing"_s);
    QVERIFY(writeLog(timing, "0 1000\n6 5000000\n"));
    show("alpha\nbeta\n", false);
    m_view->setTiming(timing, QDateTime::fromString(u"2026-11-20T02:08:23Z"_s, Qt::ISODate));
    const int columns = m_view->columnCount();
    const QImage without = m_view->viewport()->grab().toImage();
    QSignalSpy told(m_view.get(), &LogView::sizeInCharactersChanged);
    m_view->setStamps(StampKind::SinceStart);
    QVERIFY(told.wait()); // the command's terminal gets narrower
    QCOMPARE(m_view->columnCount(), columns - 15);
    QVERIFY(m_view->viewport()->grab().toImage() != without);
    // The text has moved aside, and a click and a copy still mean the text.
    const QPoint place = placeOf(1, 15);
    QCOMPARE(m_view->positionAt(place), (LogPosition{1, 0}));
    m_view->selectAll();
    QCOMPARE(m_view->selectedText(), u"alpha\nbeta"_s);
    QCOMPARE(m_view->visibleText().first(), u"alpha"_s);
    m_view->setTiming(m_folder->filePath(u"nothing"_s), {});
    QCOMPARE(m_view->columnCount(), columns); // no times, no room for them
}

void LogViewTest::aLongLineShowsMoreOnRequest()
{
    const QByteArray giant(3'000'000, 'x');
    show("short\n" + giant + "\n" + giant + "\n", false);
    const auto shown = [this](qint64 line = 1) { return m_view->lineText(line).count(u'x'); };
    QCOMPARE(shown(), 8192);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(shown(), 8192 * 8);
    m_view->expandLine();
    QCOMPARE(shown(), 512 * 1024);
    m_view->expandLine(); // no further: that is what saving is for; the next one has its turn
    QCOMPARE(shown(), 512 * 1024);
    QCOMPARE(shown(2), 8192 * 8);
    QVERIFY(m_view->lineText(1).endsWith(u" more bytes"_s));
    m_view->select({{1, 0}, {1, 20'000}});
    QCOMPARE(m_view->selectedText().size(), 20'000); // what is seen is what is copied
    m_view->open(m_path, false);
    QTRY_COMPARE(m_view->log().lineCount(), 3);
    QCOMPARE(shown(), 8192);
    // A click on the words that say so does the same, one on the text does not.
    QTRY_VERIFY(m_view->horizontalScrollBar()->maximum() > 8000);
    m_view->horizontalScrollBar()->setValue(m_view->horizontalScrollBar()->maximum());
    const int first = m_view->horizontalScrollBar()->value();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(1, 8190 - first));
    QCOMPARE(shown(), 8192);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(1, 8195 - first));
    QCOMPARE(shown(), 8192 * 8);
    QVERIFY(!m_view->isFollowing());
}

QTEST_MAIN(LogViewTest)
#include "tst_logview.moc"
