// SPDX-License-Identifier: Apache-2.0
#include "run/environmentband.h"
#include "run/runpage.h"
#include "support/eventbuilder.h"
#include "window/windowharness.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

QDialog *openDialog()
{
    return qobject_cast<QDialog *>(QApplication::activeModalWidget());
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_harness = std::make_unique<WindowHarness>(); }
    void cleanup() { m_harness.reset(); }

    void savedIsShownOnlyWhenDurable();
    void refusedSignOffSaysWhy();
    void storeFailureIsShownAndNothingIsSigned();
    void keysWalkSignAndStayOutOfFields();
    void spacePressesAFocusedButton();
    void nothingRunsBeforeApproval();
    void whereACommandRunsIsSeenAndApproved();
    void closedGateNamesWhatIsOpen();
    void succeededCommandAsksForTheWord();
    void stopSendsAnInterruptFirst();
    void withdrawingAsksForAReason();
    void rollbackIsDeclaredWithAReason();
    void placeSurvivesACrash();
    void narrowWindowStacksThePanes();
    void paletteFindsAnAction();
    void errorStandsOnTheStartPage();
    void bandSaysProductionInWords();

private:
    [[nodiscard]] QPushButton *button(const QString &name) const
    {
        return m_harness->named<QPushButton>(name);
    }
    void signAll();
    void approveAndRun();

    std::unique_ptr<WindowHarness> m_harness;
};

void TestMainWindow::savedIsShownOnlyWhenDurable()
{
    m_harness->createRun(kTwoPhases);
    m_harness->journal.hold();
    QTest::mouseClick(button(u"Sign off: First check"_s), Qt::LeftButton);
    QVERIFY(!button(u"Sign off: First check"_s)->isEnabled());
    QCOMPARE(button(u"Sign off: First check"_s)->text(), u"Saving…"_s);
    QVERIFY(!m_harness->shows(u"1 of 2 signed"_s));
    QVERIFY(!m_harness->shows(u"Saved"_s));

    m_harness->journal.release();
    QTRY_VERIFY(m_harness->shows(u"1 of 2 signed"_s));
    QTRY_VERIFY(m_harness->shows(u"Saved 02:00:00 UTC · 2 events"_s));
    QTRY_VERIFY(m_harness->shows(u"release · 02:00 UTC"_s));
}

void TestMainWindow::refusedSignOffSaysWhy()
{
    m_harness->createRun(kTwoPhases);
    auto *outcome = m_harness->named<QComboBox>(u"Outcome"_s);
    outcome->setCurrentIndex(2); // skipped
    QVERIFY(!button(u"Sign off: First check"_s)->isEnabled());
    QVERIFY(m_harness->shows(u"Say why in the note"_s));
    QTest::keyClicks(m_harness->named<QLineEdit>(u"Note"_s), u"covered by rehearsal"_s);
    QVERIFY(button(u"Sign off: First check"_s)->isEnabled());
    m_harness->named<QLineEdit>(u"Signed by"_s)->clear();
    QVERIFY(!button(u"Sign off: First check"_s)->isEnabled());
}

void TestMainWindow::storeFailureIsShownAndNothingIsSigned()
{
    m_harness->createRun(kTwoPhases);
    m_harness->journal.failNext({.kind = Error::Kind::Unwritable,
                                 .message = u"The disk is full. Make room and sign again."_s,
                                 .detail = {}});
    QTest::mouseClick(button(u"Sign off: First check"_s), Qt::LeftButton);
    QTRY_VERIFY(m_harness->shows(u"The disk is full"_s));
    QVERIFY(m_harness->shows(u"0 of 2 signed"_s));
    QVERIFY(button(u"Sign off: First check"_s)->isEnabled());
}

void TestMainWindow::keysWalkSignAndStayOutOfFields()
{
    m_harness->createRun(kTwoPhases);
    MainWindow &window = m_harness->window();
    QTest::keyClick(&window, Qt::Key_J);
    QTest::keyClick(&window, Qt::Key_Space);
    auto *observed = m_harness->named<QLineEdit>(u"Observed value"_s);
    QTRY_VERIFY(observed->hasFocus());
    QTest::keyClicks(observed, u"jkr fine"_s);
    QCOMPARE(observed->text(), u"jkr fine"_s);
    QTest::keyClick(observed, Qt::Key_Return);

    const RunState &state = m_harness->controller().state();
    QTRY_VERIFY(state.isSigned(stepNamed(state, u"Second check"_s)));
    QVERIFY(!state.isSigned(stepNamed(state, u"First check"_s)));
    QTRY_VERIFY(m_harness->shows(u"observed “jkr fine”"_s));
    QTest::keyClick(&window, Qt::Key_K);
    QVERIFY(m_harness->named<QLineEdit>(u"Observed value"_s) != nullptr);
}

void TestMainWindow::spacePressesAFocusedButton()
{
    m_harness->createRun(kTwoPhases);
    button(u"Sign off: First check"_s)->setFocus();
    QTest::keyClick(button(u"Sign off: First check"_s), Qt::Key_Space);
    const RunState &state = m_harness->controller().state();
    QTRY_VERIFY(state.isSigned(stepNamed(state, u"First check"_s)));
}

void TestMainWindow::signAll()
{
    const RunState &state = m_harness->controller().state();
    for (const auto &title : {u"First check"_s, u"Second check"_s}) {
        m_harness->controller().signStep({.step = stepNamed(state, title),
                                          .observed = {},
                                          .note = {},
                                          .signedBy = u"release"_s});
        QTRY_VERIFY(state.isSigned(stepNamed(state, title)));
    }
}

void TestMainWindow::nothingRunsBeforeApproval()
{
    m_harness->createRun(kTwoPhases);
    signAll();
    QTest::mouseClick(button(u"Go on: Execution"_s), Qt::LeftButton);
    QTest::mouseClick(button(u"Run: echo migrating"_s), Qt::LeftButton);
    QVERIFY(openDialog() != nullptr);
    QVERIFY(
        openDialog()->findChild<QPlainTextEdit *>()->toPlainText().contains(u"echo migrating"_s));
    QCOMPARE(m_harness->runner.requests().size(), 0);
    auto *approve = openDialog()->findChild<QPushButton *>(u"approve"_s);
    QCOMPARE(approve->text(), u"Approve 1 command"_s);
    QTest::mouseClick(approve, Qt::LeftButton);
    QTRY_COMPARE(m_harness->runner.requests().size(), 1);
    QCOMPARE(m_harness->runner.requests().first().script, "echo migrating");
}

void TestMainWindow::whereACommandRunsIsSeenAndApproved()
{
    m_harness->createRun(QByteArray(kTwoPhases).replace("```bash", "```bash {cwd=db/009}"));
    signAll();
    QTest::mouseClick(button(u"Go on: Execution"_s), Qt::LeftButton);
    QVERIFY(m_harness->shows(u"It runs in the folder db/009"_s));
    QTest::mouseClick(button(u"Run: echo migrating"_s), Qt::LeftButton);
    QVERIFY(openDialog() != nullptr);
    const QString listing = openDialog()->findChild<QPlainTextEdit *>()->toPlainText();
    QVERIFY2(listing.contains(u"Step 1: Migrate · in db/009 · line "_s), qPrintable(listing));
}

void TestMainWindow::approveAndRun()
{
    m_harness->createRun(kTwoPhases);
    signAll();
    m_harness->controller().approveRunbook();
    QTRY_VERIFY(m_harness->controller().state().approval);
    QTest::mouseClick(button(u"Go on: Execution"_s), Qt::LeftButton);
    QTest::keyClick(&m_harness->window(), Qt::Key_R);
    QTRY_COMPARE(m_harness->runner.requests().size(), 1);
    m_harness->runner.reportStarted();
    QTRY_VERIFY(m_harness->shows(u"running 00:00:00"_s));
}

void TestMainWindow::closedGateNamesWhatIsOpen()
{
    m_harness->createRun(kTwoPhases);
    auto *phases = m_harness->named<QAbstractItemView>(u"Phases"_s);
    QVERIFY(phases != nullptr);
    for (int row = 0; row < phases->model()->rowCount(); ++row) {
        if (phases->model()->index(row, 0).data().toString() == u"Execution"_s)
            phases->setCurrentIndex(phases->model()->index(row, 0));
    }
    QVERIFY(m_harness->shows(u"First check · Second check"_s));
    QVERIFY(!button(u"Run: echo migrating"_s)->isEnabled());
    QVERIFY(!button(u"Run: echo migrating"_s)->toolTip().isEmpty());

    QTest::mouseClick(button(u"Open this phase anyway"_s), Qt::LeftButton);
    auto *confirm = openDialog()->findChild<QPushButton *>(u"confirm"_s);
    QVERIFY(!confirm->isEnabled());
    QTest::keyClicks(openDialog()->findChild<QLineEdit *>(u"reason"_s), u"agreed with the lead"_s);
    QVERIFY(confirm->isEnabled());
    QTest::mouseClick(confirm, Qt::LeftButton);
    QTRY_VERIFY(button(u"Run: echo migrating"_s)->isEnabled());
}

void TestMainWindow::succeededCommandAsksForTheWord()
{
    approveAndRun();
    CommandEnded end;
    end.execution = m_harness->controller().state().executions.last().id;
    end.outcome = ExecutionOutcome::Succeeded;
    end.exitCode = 0;
    end.outputLines = 3;
    m_harness->runner.reportEnded(end);
    QTRY_VERIFY(m_harness->shows(u"exit 0"_s));
    QTRY_VERIFY(m_harness->named<QLineEdit>(u"Observed value"_s)->text().startsWith(u"exit 0"_s));

    QTest::mouseClick(button(u"Run: echo migrating"_s), Qt::LeftButton);
    auto *confirm = openDialog()->findChild<QPushButton *>(u"confirm"_s);
    QVERIFY(!confirm->isEnabled());
    QTest::keyClicks(openDialog()->findChild<QLineEdit *>(u"reason"_s), u"again"_s);
    QTest::mouseClick(confirm, Qt::LeftButton);
    QTRY_COMPARE(m_harness->runner.requests().size(), 2);
}

void TestMainWindow::stopSendsAnInterruptFirst()
{
    approveAndRun();
    QTRY_VERIFY(button(u"Stop"_s)->isEnabled());
    QTest::mouseClick(button(u"Stop"_s), Qt::LeftButton);
    QVERIFY(openDialog() != nullptr);
    QCOMPARE(m_harness->runner.sentSignals().size(), 0); // it asks
    QTest::keyClick(openDialog(), Qt::Key_Return);
    QTRY_COMPARE(m_harness->runner.sentSignals().size(), 1);
    QCOMPARE(m_harness->runner.sentSignals().first().second, 2);
    QTRY_COMPARE(m_harness->controller().state().executions.last().signalsSent.size(), 1);
    QTest::mouseClick(button(u"Stop"_s), Qt::LeftButton);
    QVERIFY(openDialog() != nullptr);
    QTest::keyClick(openDialog(), Qt::Key_Escape);
    QCOMPARE(m_harness->runner.sentSignals().size(), 1);
}

void TestMainWindow::withdrawingAsksForAReason()
{
    m_harness->createRun(kTwoPhases);
    QTest::mouseClick(button(u"Sign off: First check"_s), Qt::LeftButton);
    const RunState &state = m_harness->controller().state();
    QTRY_VERIFY(state.isSigned(stepNamed(state, u"First check"_s)));
    QTest::keyClick(&m_harness->window(), Qt::Key_K);
    QTest::mouseClick(button(u"Withdraw sign-off: First check"_s), Qt::LeftButton);
    QTest::keyClicks(openDialog()->findChild<QLineEdit *>(u"reason"_s), u"wrong server"_s);
    QTest::keyClick(openDialog()->findChild<QLineEdit *>(u"reason"_s), Qt::Key_Return);
    QTRY_VERIFY(!state.isSigned(stepNamed(state, u"First check"_s)));
}

void TestMainWindow::rollbackIsDeclaredWithAReason()
{
    m_harness->createRun(kTwoPhases);
    QTest::mouseClick(button(u"Roll back"_s), Qt::LeftButton);
    QTest::keyClicks(openDialog()->findChild<QLineEdit *>(u"reason"_s), u"errors rise"_s);
    QTest::mouseClick(openDialog()->findChild<QPushButton *>(u"confirm"_s), Qt::LeftButton);
    QTRY_COMPARE(m_harness->controller().state().rollbacks.size(), 1);
    QTRY_VERIFY(m_harness->shows(u"This rollback is declared"_s));
}

void TestMainWindow::placeSurvivesACrash()
{
    m_harness->createRun(kTwoPhases);
    QTest::keyClick(&m_harness->window(), Qt::Key_J);
    QVERIFY(button(u"Sign off: Second check"_s) != nullptr);
    m_harness->restart();
    QTest::keyClick(&m_harness->window(), Qt::Key_Space);
    auto *observed = m_harness->named<QLineEdit>(u"Observed value"_s);
    QTRY_VERIFY(observed->hasFocus());
    QTest::keyClick(observed, Qt::Key_Return);
    const RunState &state = m_harness->controller().state();
    QTRY_VERIFY(state.isSigned(stepNamed(state, u"Second check"_s)));
}

void TestMainWindow::narrowWindowStacksThePanes()
{
    m_harness->createRun(kTwoPhases);
    auto *page = m_harness->window().findChild<RunPage *>();
    QVERIFY(!page->isNarrow());
    m_harness->window().resize(1024, 768);
    QTRY_VERIFY(page->isNarrow());
    auto *tabs = m_harness->window().findChild<QTabWidget *>(u"side"_s);
    auto *steps = m_harness->named(u"Steps"_s);
    QTRY_VERIFY(tabs->mapTo(&m_harness->window(), QPoint()).y()
                > steps->parentWidget()->mapTo(&m_harness->window(), QPoint()).y());
    QVERIFY(m_harness->window().width() <= 1024);
}

void TestMainWindow::paletteFindsAnAction()
{
    m_harness->createRun(kTwoPhases);
    QTest::keyClick(&m_harness->window(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(openDialog() != nullptr);
    auto *field = openDialog()->findChild<QLineEdit *>();
    QTest::keyClicks(field, u"roll"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(openDialog() != nullptr && openDialog()->windowTitle() == u"Roll back"_s);
    QTest::keyClick(openDialog(), Qt::Key_Escape);
}

void TestMainWindow::errorStandsOnTheStartPage()
{
    m_harness->window().showError({.kind = Error::Kind::Unreadable,
                                   .message = u"The runbook is not UTF-8."_s,
                                   .detail = u"byte 12"_s});
    QVERIFY(m_harness->shows(u"The runbook is not UTF-8."_s));
    QVERIFY(m_harness->shows(u"byte 12"_s));
}

void TestMainWindow::bandSaysProductionInWords()
{
    m_harness->createRun(kTwoPhases, WindowHarness::production());
    QVERIFY(m_harness->shows(u"PRODUCTION"_s));
    QVERIFY(m_harness->shows(u"shop @ db1.example:5432"_s));
    QVERIFY(m_harness->shows(u"T+00:18:04"_s));
    QCOMPARE(clockText(m_harness->clock.time.addSecs(3600), m_harness->clock.time),
             u"T−01:00:00"_s);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
