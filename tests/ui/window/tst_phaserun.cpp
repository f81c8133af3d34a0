// SPDX-License-Identifier: Apache-2.0
// Running a phase from the window: button, keys, what is said and where it goes on.
#include "models/phaserunview.h"
#include "run/phasebook.h"
#include "window/windowharness.h"

#include <QAction>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::WindowHarness;

class TestPhaseRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_harness.reset(); }
    void onePressApprovesRunsAndStopsAtTheSignOff();
    void afterTheSignOffItGoesOnWithTheNext();
    void aFailureIsSaidAndRunAgain();
    void theKeyAloneGoesOverNoFailure();
    void pauseMeansNoNextCommand();
    void whatIsAskedForIsAskedAndGoneOnFrom();
    void aClosedWindowLeavesItPaused();
    void aClosedGateIsSaidOnTheButton();
    void phasesWithoutCommandsOfferNothing();
    void viewsOfEveryHalt_data();
    void viewsOfEveryHalt();

private:
    void approve();
    void startPhase();
    void endCommand(ExecutionOutcome outcome = ExecutionOutcome::Succeeded, int exitCode = 0);
    [[nodiscard]] qsizetype ran() const { return m_harness->runner.requests().size(); }

    std::unique_ptr<WindowHarness> m_harness;
};

void TestPhaseRun::init()
{
    m_harness = std::make_unique<WindowHarness>();
    m_harness->createRun(test::kPhaseBook);
}

void TestPhaseRun::approve()
{
    m_harness->controller().approveRunbook();
    QTRY_VERIFY(m_harness->controller().state().approval);
}

void TestPhaseRun::startPhase()
{
    approve();
    m_harness->choosePhase(u"Execution"_s);
    const qsizetype before = ran();
    m_harness->press(u"Run this phase"_s);
    QTRY_COMPARE(ran(), before + 1);
}

void TestPhaseRun::endCommand(ExecutionOutcome outcome, int exitCode)
{
    m_harness->runner.reportStarted();
    m_harness->runner.reportEnded({.outcome = outcome, .exitCode = exitCode});
    QTRY_COMPARE(m_harness->controller().pendingEvents(), 0);
}

void TestPhaseRun::onePressApprovesRunsAndStopsAtTheSignOff()
{
    m_harness->choosePhase(u"Execution"_s);
    QTest::keyClick(&m_harness->window(), Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY(WindowHarness::dialog() != nullptr); // the commands, to be approved
    QCOMPARE(ran(), 0);
    WindowHarness::dialog()->accept();
    QTRY_COMPARE(ran(), 1);
    QTRY_VERIFY(m_harness->shows(u"Running this phase: “First”."_s));
    QVERIFY(m_harness->button(u"Run this phase"_s) == nullptr);
    endCommand();
    QTRY_COMPARE(ran(), 2);
    endCommand();
    QTRY_VERIFY(m_harness->shows(u"“Step 1: Prepare” waits for its sign-off."_s));
    QCOMPARE(ran(), 2);
    QVERIFY(m_harness->button(u"Show step"_s) != nullptr);
}

void TestPhaseRun::afterTheSignOffItGoesOnWithTheNext()
{
    startPhase();
    endCommand();
    QTRY_COMPARE(ran(), 2);
    endCommand();
    RunController &controller = m_harness->controller();
    for (const auto &title : {u"Prepare"_s, u"Tell people"_s}) {
        const StepId step = test::stepNamed(controller.state(), title);
        controller.signStep({.step = step, .signedBy = u"release"_s});
        QTRY_VERIFY(controller.state().isSigned(step));
    }
    QTRY_VERIFY(m_harness->shows(u"Ready to go on. Next: “Third”."_s));
    QCOMPARE(ran(), 2); // signing starts nothing
    m_harness->press(u"Go on"_s);
    QTRY_COMPARE(ran(), 3);
}

void TestPhaseRun::aFailureIsSaidAndRunAgain()
{
    startPhase();
    endCommand(ExecutionOutcome::Failed, 7);
    QTRY_VERIFY(m_harness->shows(u"“First” did not succeed: exit 7."_s));
    QCOMPARE(ran(), 1);
    m_harness->press(u"Run it again and go on"_s);
    QTRY_COMPARE(ran(), 2);
    QCOMPARE(m_harness->runner.requests().constFirst().command,
             m_harness->runner.requests().constLast().command);
}

void TestPhaseRun::theKeyAloneGoesOverNoFailure()
{
    startPhase();
    endCommand(ExecutionOutcome::Failed, 7);
    QTRY_VERIFY(m_harness->shows(u"“First” did not succeed: exit 7."_s));
    for (int presses = 0; presses < 3; ++presses)
        QTest::keyClick(&m_harness->window(), Qt::Key_R, Qt::ControlModifier);
    QPushButton *again = m_harness->button(u"Run it again and go on"_s);
    QTRY_VERIFY(again->hasFocus());
    QCOMPARE(ran(), 1);
    QTest::keyClick(again, Qt::Key_Space);
    QTRY_COMPARE(ran(), 2);
}

void TestPhaseRun::pauseMeansNoNextCommand()
{
    startPhase();
    m_harness->runner.reportStarted();
    QTest::keyClick(&m_harness->window(), Qt::Key_P);
    QTRY_VERIFY(m_harness->shows(u"Paused. “First” goes on; nothing is started after it."_s));
    m_harness->runner.reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
    QTRY_VERIFY(m_harness->shows(u"Paused. Next: “Second”."_s));
    QCOMPARE(ran(), 1);
    QTest::keyClick(&m_harness->window(), Qt::Key_R, Qt::ControlModifier);
    QTRY_COMPARE(ran(), 2);
    QTRY_VERIFY(m_harness->button(u"Pause this phase"_s) != nullptr);
}

void TestPhaseRun::whatIsAskedForIsAskedAndGoneOnFrom()
{
    m_harness->createRun("# T\n\n## Execution\n\n### Step 1: Go\n\n```bash {confirm=true}\n"
                         "# Dangerous\ntrue\n```\n\n```bash\n# After\ntrue\n```\n");
    approve();
    m_harness->press(u"Run this phase"_s);
    QTRY_VERIFY(WindowHarness::dialog() != nullptr);
    WindowHarness::dialog()->reject();
    QTRY_VERIFY(WindowHarness::dialog() == nullptr);
    QCOMPARE(ran(), 0);
    m_harness->press(u"Run this phase"_s);
    QTRY_VERIFY(WindowHarness::dialog() != nullptr);
    m_harness->giveReason(u"run"_s);
    m_harness->confirm();
    QTRY_COMPARE(ran(), 1);
    endCommand();
    QTRY_COMPARE(ran(), 2); // and on
}

void TestPhaseRun::aClosedWindowLeavesItPaused()
{
    startPhase();
    m_harness->runner.reportStarted();
    QTRY_COMPARE(m_harness->controller().pendingEvents(), 0);
    m_harness->restart();
    m_harness->choosePhase(u"Execution"_s);
    QTRY_VERIFY(m_harness->shows(u"Begun in another window, or before this one was closed. “First” "
                                 u"goes on; nothing is started "
                                 "after it."_s));
    m_harness->runner.reportEnded({.execution = m_harness->runner.requests().constLast().execution,
                                   .outcome = ExecutionOutcome::Succeeded,
                                   .exitCode = 0});
    QTRY_VERIFY(m_harness->shows(
        u"Begun in another window, or before this one was closed. Next: “Second”."_s));
    QCOMPARE(ran(), 1);
    m_harness->press(u"Go on"_s);
    QTRY_COMPARE(ran(), 2);
}

void TestPhaseRun::aClosedGateIsSaidOnTheButton()
{
    approve();
    m_harness->choosePhase(u"Verification"_s);
    const QPushButton *start = m_harness->button(u"Run this phase"_s);
    QVERIFY(start != nullptr);
    QVERIFY(!start->isEnabled());
    QVERIFY2(start->toolTip().contains(u"“Execution” has"_s), qPrintable(start->toolTip()));
}

void TestPhaseRun::phasesWithoutCommandsOfferNothing()
{
    m_harness->createRun(test::kTwoPhases);
    QVERIFY(m_harness->shows(u"1 Hour Before"_s));
    QVERIFY(m_harness->button(u"Run this phase"_s) == nullptr);
    m_harness->trigger(u"Run this phase"_s); // asks for nothing, says nothing
    QVERIFY(WindowHarness::dialog() == nullptr);
}

void TestPhaseRun::viewsOfEveryHalt_data()
{
    QTest::addColumn<PhaseHalt>("halt");
    QTest::addColumn<QString>("verb");
    QTest::newRow("failed") << PhaseHalt::Failed << u"Run it again and go on"_s;
    QTest::newRow("differs") << PhaseHalt::Differs << u"Go on all the same"_s;
    QTest::newRow("contradicts") << PhaseHalt::Contradicts << u"Go on all the same"_s;
    QTest::newRow("sign-off") << PhaseHalt::SignOff << QString();
    QTest::newRow("answer") << PhaseHalt::Answer << u"Fill in and go on…"_s;
    QTest::newRow("choice") << PhaseHalt::Choice << QString();
    QTest::newRow("wait") << PhaseHalt::Wait << QString();
    QTest::newRow("confirmation") << PhaseHalt::Confirmation << u"Confirm and go on…"_s;
    QTest::newRow("approval") << PhaseHalt::Approval << u"Approve and go on…"_s;
    QTest::newRow("refused") << PhaseHalt::Refused << QString();
}

void TestPhaseRun::viewsOfEveryHalt()
{
    QFETCH(PhaseHalt, halt);
    test::EventBuilder journal;
    journal.create(test::kPhaseBook);
    PhaseMove next;
    next.stop = {.phase = test::phaseNamed(journal.state(), u"Execution"_s),
                 .halt = halt,
                 .step = test::stepNamed(journal.state(), u"Migrate"_s),
                 .text = u"It says why."_s};
    const PhaseRunView view = phaseRunView(
        journal.state(),
        {.phase = next.stop.phase, .started = true, .lastStop = next.stop, .next = next});
    QCOMPARE(view.kind, PhaseRunView::Kind::Halted);
    QTEST(view.verb, "verb");
    QCOMPARE(view.text, u"It says why."_s);
    QVERIFY(!view.icon.isEmpty());
    QCOMPARE(view.step, next.stop.step);
}

QTEST_MAIN(TestPhaseRun)
#include "tst_phaserun.moc"
