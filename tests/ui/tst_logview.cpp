// SPDX-License-Identifier: Apache-2.0
#include "logviewfixture.h"

#include <QSignalSpy>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

/// What a log shows, and how it follows, scrolls and finds.
class LogViewTest : public LogViewFixture
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheEndOfAFinishedLog();
    void followsWhatIsAppended();
    void scrollingUpLeavesFollowing_data();
    void scrollingUpLeavesFollowing();
    void endBringsFollowingBack();
    void scrollingBackToTheEndFollowsAgain();
    void keysScroll();
    void findGoesFromMatchToMatchAndAround();
    void findKeepsItsPlaceWhileTheLogGrows();
    void errorsAreVisitedInTurn();
    void wideLinesScrollSideways();
    void truncationStartsOver();
    void anEmptyLogTakesEveryKey();
    void caretStandsWhereACommandWillWrite();
    void goingToALineMarksIt();
    void searchFindsTheNextOneBelowTheView();
    void findNextWaitsForASearchThatGoesOn();
    void theEndOfALargeLogComesFirst();
    void timesStandBesideTheText();
};

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

/// Beginning again at the top would say that there are no more.
void LogViewTest::findNextWaitsForASearchThatGoesOn()
{
    const QByteArray slow = (QByteArray(400, 'x') + '\n').repeated(8000); // many slices
    show("needle\n" + slow + "needle\n", false);
    m_view->goToLine(0);
    std::optional<bool> wasSearching;
    connect(m_view.get(), &LogView::searchChanged, this, [&] {
        if (wasSearching || m_view->currentMatch() != 0)
            return;
        wasSearching = m_view->tail().isSearching();
        m_view->findNext();
    });
    m_view->setSearch({u"needle|x.*[qr]"_s, true, true});
    QTRY_COMPARE(m_view->currentMatch(), 1);
    QCOMPARE(wasSearching, true);
    QTRY_VERIFY(!m_view->tail().isSearching());
    m_view->findNext();
    QCOMPARE(m_view->currentMatch(), 0);
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

QTEST_MAIN(LogViewTest)
#include "tst_logview.moc"
