// SPDX-License-Identifier: Apache-2.0
#include "logviewfixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

/// What is selected in a log by mouse and keys, and what a copy of it holds.
class LogSelectionTest : public LogViewFixture
{
    Q_OBJECT

private Q_SLOTS:
    void draggingLeavesFollowing();
    void shiftAndArrowsSelect();
    void mouseSelectsAndCopyIsClean();
    void doubleClickSelectsAWord();
    void selectAllCopiesEverything();
    void copyOfAHugeSelectionIsBounded();
    void copyTakesTheWholeOfALineThatIsCut_data();
    void copyTakesTheWholeOfALineThatIsCut();
    void copyNeverHoldsTheWordsAboutTheRest();
    void aLineBeyondTheBoundIsTold();
    void pagesOfSelection();
    void shiftClickExtendsTheSelection();
    void doubleClickLeavesFollowing();
    void draggingBeyondTheEdgeScrolls();
    void copyingNothingKeepsTheClipboard();
};

void LogSelectionTest::draggingLeavesFollowing()
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

void LogSelectionTest::shiftAndArrowsSelect()
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

void LogSelectionTest::mouseSelectsAndCopyIsClean()
{
    show("\x1b[31mred\x1b[0m \xe2\x80\xaetail\x07\nsecond\n", false);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, placeOf(0, 0));
    QTest::mouseMove(m_view->viewport(), placeOf(1, 3));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, placeOf(1, 3));
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"red ⟨U+202E⟩tail␇\nsec"_s);
}

void LogSelectionTest::doubleClickSelectsAWord()
{
    show("CREATE TABLE order_items (\n", false);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(0, 16));
    QCOMPARE(m_view->selectedText(), u"order_items"_s);
}

void LogSelectionTest::selectAllCopiesEverything()
{
    show("one\r\ntwo\r\nthree", false);
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"one\ntwo\nthree"_s);
}

void LogSelectionTest::copyOfAHugeSelectionIsBounded()
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

void LogSelectionTest::copyTakesTheWholeOfALineThatIsCut_data()
{
    const QString giant(250'000, u'x');
    const qsizetype words = kShownLineBytes + 3; // in those about the rest
    QTest::addColumn<LogSelection>("selection");
    QTest::addColumn<QString>("copied");
    QTest::newRow("alone") << LogSelection{{1, 0}, {1, words}} << giant;
    QTest::newRow("first") << LogSelection{{1, 10}, {2, 1}} << giant.sliced(10) + u"\ne"_s;
    QTest::newRow("in the middle")
        << LogSelection{{2, 3}, {0, 0}} << u"start\n"_s + giant + u"\nend"_s;
    QTest::newRow("last") << LogSelection{{0, 4}, {1, words}} << u"t\n"_s + giant;
    QTest::newRow("the words alone")
        << LogSelection{{1, words}, {1, words + 4}} << giant.sliced(kShownLineBytes);
    QTest::newRow("what is seen") << LogSelection{{1, 5}, {1, kShownLineBytes}}
                                  << giant.first(kShownLineBytes - 5);
}

void LogSelectionTest::copyTakesTheWholeOfALineThatIsCut()
{
    QFETCH(LogSelection, selection);
    QFETCH(QString, copied);
    show("start\n" + QByteArray(250'000, 'x') + "\nend\n", false);
    QSignalSpy cut(m_view.get(), &LogView::copyCut);
    m_view->select(selection);
    const QString text = m_view->selectedText();
    QVERIFY2(text == copied, qPrintable(text.right(100)));
    QVERIFY(cut.isEmpty());
}

void LogSelectionTest::copyNeverHoldsTheWordsAboutTheRest()
{
    show(QByteArray(20'000, 'a') + "\x1b[31m\tb\n" + QByteArray(9'000, 'c'), false);
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(!copied.contains(u"more bytes"_s));
    QCOMPARE(copied.count(u'a'), 20'000);
    QVERIFY(copied.contains(u"b\nc"_s));
    QCOMPARE(copied.count(u'c'), 9'000);
}

void LogSelectionTest::aLineBeyondTheBoundIsTold()
{
    show("short\n" + QByteArray(9'000'000, 'x') + "\nend\n", false);
    QTRY_VERIFY(m_view->log().isWhole());
    QSignalSpy cut(m_view.get(), &LogView::copyCut);
    m_view->selectAll();
    const QString text = m_view->selectedText();
    QCOMPARE(cut.count(), 1);
    QCOMPARE(cut.first(), (QVariantList{qint64{1}, true}));
    QVERIFY(text.startsWith(u"short\nxxx"_s) && text.endsWith(u'x'));
    QCOMPARE(text.size(), 8 * 1024 * 1024);
}

void LogSelectionTest::pagesOfSelection()
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

void LogSelectionTest::shiftClickExtendsTheSelection()
{
    show("alpha\nbeta\n", false);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(0, 1));
    QVERIFY(!m_view->hasSelection());
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, placeOf(1, 2));
    QCOMPARE(m_view->selectedText(), u"lpha\nbe"_s);
    QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, placeOf(0, 0));
    QCOMPARE(m_view->selectedText(), u"lpha\nbe"_s); // for its menu
}

void LogSelectionTest::doubleClickLeavesFollowing()
{
    show(numberedLines(100), true);
    const qint64 line = m_view->firstVisibleLine() + 1;
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(line, 1));
    QCOMPARE(m_view->selectedText(), u"line"_s);
    QVERIFY(!m_view->isFollowing());
}

void LogSelectionTest::draggingBeyondTheEdgeScrolls()
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

void LogSelectionTest::copyingNothingKeepsTheClipboard()
{
    show("alpha\n", false);
    QGuiApplication::clipboard()->setText(u"kept"_s);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"kept"_s);
}

QTEST_MAIN(LogSelectionTest)
#include "tst_logselection.moc"
