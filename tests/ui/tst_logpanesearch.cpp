// SPDX-License-Identifier: Apache-2.0
#include "logpanefixture.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

/// Finding in the log that is shown, and going from error to error.
class LogPaneSearchTest : public LogPaneFixture
{
    Q_OBJECT

private Q_SLOTS:
    void findCountsAndMoves();
    void aBrokenExpressionIsExplained();
    void manyMatchesInALineAreOneLine();
    void aMatchThatCannotBeShownIsSaid();
    void keysGoFromErrorToError();
    void escapeClosesFind();
    void anOpenSearchGoesOnInTheNextLog();
    void clearingClosesTheSearch();
};

void LogPaneSearchTest::findCountsAndMoves()
{
    show(numberedLines(100), false, false);
    m_pane->view()->setFocus();
    QTest::keyClick(m_pane->view(), Qt::Key_F, Qt::ControlModifier);
    auto *const field = child<QLineEdit>("findInLog");
    auto *const status = child<QLabel>("findStatus");
    QVERIFY(field->isVisible());
    QVERIFY(field->hasFocus());
    QCOMPARE(field->accessibleName(), u"Find in log"_s);
    QTest::keyClicks(field, u"LINE 1"_s);
    QTRY_COMPARE(status->text(), u"1 of 11 lines"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(status->text(), u"2 of 11 lines"_s);
    QTest::keyClick(field, Qt::Key_F3);
    QCOMPARE(status->text(), u"3 of 11 lines"_s);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    child<QPushButton>("findPrevious")->click();
    QCOMPARE(status->text(), u"1 of 11 lines"_s);
    child<QPushButton>("findNext")->click();
    QCOMPARE(status->text(), u"2 of 11 lines"_s);
    child<QPushButton>("findMatchCase")->click();
    QTRY_COMPARE(status->text(), u"Not found"_s);
}

void LogPaneSearchTest::aBrokenExpressionIsExplained()
{
    show("batch 12\nbatch x\n", false, false);
    m_pane->findAction()->trigger();
    child<QPushButton>("findExpression")->click();
    auto *const field = child<QLineEdit>("findInLog");
    auto *const status = child<QLabel>("findStatus");
    auto *const message = child<QLabel>("findMessage");
    const auto widths = [&] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        return QList<int>{m_pane->minimumSizeHint().width(), m_pane->sizeHint().width(),
                          m_pane->view()->height(), field->width()};
    };
    QTest::keyClicks(field, u"batch "_s);
    const QList<int> before = widths();
    QTest::keyClicks(field, u"[0-9"_s);
    QVERIFY2(message->text().startsWith(u"At character 11:"_s), qPrintable(message->text()));
    QCOMPARE(widths(), before);
    QCOMPARE(status->text(), u"Not searched"_s);
    QCOMPARE(m_pane->view()->matchCount(), 0);
    QTest::keyClicks(field, u"]"_s);
    QTRY_COMPARE(status->text(), u"1 of 1 line"_s);
}

void LogPaneSearchTest::manyMatchesInALineAreOneLine()
{
    show("ERROR one ERROR two ERROR three\n", false, false);
    m_pane->findAction()->trigger();
    QTest::keyClicks(child<QLineEdit>("findInLog"), u"ERROR"_s);
    QTRY_COMPARE(child<QLabel>("findStatus")->text(), u"1 of 1 line"_s);
    QVERIFY(!child<QLabel>("findMessage")->isVisible());
}

void LogPaneSearchTest::aMatchThatCannotBeShownIsSaid()
{
    show("needle\n" + QByteArray(600'000, 'x') + "needle\n", false, false);
    m_pane->findAction()->trigger();
    auto *const field = child<QLineEdit>("findInLog");
    auto *const message = child<QLabel>("findMessage");
    QTest::keyClicks(field, u"needle"_s);
    QTRY_COMPARE(child<QLabel>("findStatus")->text(), u"1 of 2 lines"_s);
    QVERIFY(!message->isVisible());
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(child<QLabel>("findStatus")->text(), u"2 of 2 lines"_s);
    QVERIFY(message->isVisible());
    QVERIFY(message->text().contains(u"not shown"_s));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(!message->isVisible());
}

void LogPaneSearchTest::keysGoFromErrorToError()
{
    show("ERROR: one\n" + numberedLines(200) + "ERROR: two\n" + numberedLines(200), false, false);
    QTRY_COMPARE(m_pane->view()->tail().errors().count(), 2);
    const auto shows = [this](const QString &text) {
        return m_pane->view()->visibleText().contains(text);
    };
    QTRY_VERIFY(shows(u"line 199"_s));
    m_pane->view()->setFocus();
    QTest::keyClick(m_pane->view(), Qt::Key_F8, Qt::ShiftModifier);
    QVERIFY(shows(u"ERROR: two"_s)); // above the end
    QTest::keyClick(m_pane->view(), Qt::Key_F8, Qt::ShiftModifier);
    QVERIFY(shows(u"ERROR: one"_s));
    QTest::keyClick(m_pane->view(), Qt::Key_F8);
    QVERIFY(shows(u"ERROR: two"_s));
    QTest::keyClick(m_pane->view(), Qt::Key_End, Qt::ControlModifier);
    QVERIFY(shows(u"line 199"_s));
    QTest::keyClick(m_pane->view(), Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(m_pane->view()->firstVisibleLine(), 0);
}

void LogPaneSearchTest::escapeClosesFind()
{
    show(numberedLines(20), false, false);
    m_pane->findAction()->trigger();
    auto *const field = child<QLineEdit>("findInLog");
    QTest::keyClicks(field, u"line"_s);
    QTRY_COMPARE(m_pane->view()->matchCount(), 20);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
    QVERIFY(m_pane->view()->hasFocus());
    QCOMPARE(m_pane->view()->matchCount(), 0);
    m_pane->findAction()->trigger(); // the text is still there
    QTRY_COMPARE(m_pane->view()->matchCount(), 20);
}

void LogPaneSearchTest::anOpenSearchGoesOnInTheNextLog()
{
    show("alpha\n", false, false);
    m_pane->findAction()->trigger();
    QTest::keyClicks(child<QLineEdit>("findInLog"), u"beta"_s);
    QTRY_COMPARE(child<QLabel>("findStatus")->text(), u"Not found"_s);
    const QString second = m_folder->filePath(u"second.log"_s);
    QVERIFY(writeLog(second, "beta\nbeta\n"));
    m_pane->showLog(u"Second"_s, second, false, false);
    QTRY_COMPARE(child<QLabel>("findStatus")->text(), u"1 of 2 lines"_s);
}

void LogPaneSearchTest::clearingClosesTheSearch()
{
    show("alpha\n", false, false);
    m_pane->findAction()->trigger();
    QVERIFY(child<QLineEdit>("findInLog")->isVisible());
    m_pane->clear();
    QVERIFY(!child<QLineEdit>("findInLog")->isVisible());
    QVERIFY(!child<QLabel>("logState")->isVisible());
    QVERIFY(!m_pane->view()->log().isOpen());
}

QTEST_MAIN(LogPaneSearchTest)
#include "tst_logpanesearch.moc"
