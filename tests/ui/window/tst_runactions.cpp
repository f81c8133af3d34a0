// SPDX-License-Identifier: Apache-2.0
#include "support/eventbuilder.h"
#include "window/windowharness.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

constexpr char kSectionAbove[] = R"(# With a section

## Execution

- [ ] Go

## Rollback

Decide together before anything is undone.

### Scenario 1: It fails

1. Undo it

### Scenario 2: It is slow

1. Throttle it
)";

template <typename Body>
QList<Body> eventsOf(const RunController &controller)
{
    QList<Body> bodies;
    for (const RunEvent &event : controller.events()) {
        if (const auto *body = std::get_if<Body>(&event.body))
            bodies.append(*body);
    }
    return bodies;
}

Error diskIsFull()
{
    return {.kind = Error::Kind::Unwritable,
            .message = u"The disk is full. Make room and sign again."_s,
            .detail = u"/data/journal.db"_s};
}

} // namespace

/// What is asked before something is recorded, and what the record then holds.
class TestRunActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_harness = std::make_unique<WindowHarness>(); }
    void cleanup() { m_harness.reset(); }

    void approvalShowsEveryCommandWithItsLine();
    void cancelledApprovalRunsNothing();
    void frozenCommandRunsOnlyWithTheExactWord();
    void failedCommandRunsAgainWithoutAWord();
    void stopGoesUpTheLadder();
    void unknownOutcomeIsSettledWithEvidence_data();
    void unknownOutcomeIsSettledWithEvidence();
    void unknownOutcomeKeepsTheStepOpen();
    void twoPeopleSignAStep();
    void outcomesOtherThanDoneNeedANote_data();
    void outcomesOtherThanDoneNeedANote();
    void withdrawalIsKeptWithItsReason();
    void gateOverrideIsKeptWithItsReason();
    void declaredRollbackIsShownAtOnce();
    void sectionAboveScenariosIsOnlyText();
    void declaredScenariosAreNotOfferedAgain();
    void noteGoesToTheCurrentStep();
    void runIsCompletedWhereTheLastStepWasSigned();
    void completionWaitsForEveryStep();
    void rolledBackRunIsCompletedFromItsScenario();
    void abortedRunIsClosed();
    void errorStaysWhenThePhaseIsChanged();
    void refusalGoesWithThePhase();
    void errorGoesWhenTheStoreWorksAgain();
    void endOfACommandHidesNoError();
    void errorWhileOpeningStandsOnTheRun();
    void secondErrorDoesNotHideTheFirst();

private:
    [[nodiscard]] const RunState &state() const { return m_harness->controller().state(); }
    [[nodiscard]] bool shows(const QString &text) const { return m_harness->shows(text); }
    [[nodiscard]] QAction *action(const QString &text) const;

    std::unique_ptr<WindowHarness> m_harness;
};

QAction *TestRunActions::action(const QString &text) const
{
    for (QAction *one : m_harness->window().actions()) {
        if (one->text() == text)
            return one;
    }
    return nullptr;
}

void TestRunActions::approvalShowsEveryCommandWithItsLine()
{
    m_harness->createRun(kRunbook);
    m_harness->choosePhase(u"Execution"_s);
    m_harness->press(u"Open this phase anyway"_s);
    m_harness->giveReason(u"a test"_s);
    m_harness->confirm();
    QTRY_VERIFY(m_harness->button(u"Run: Apply"_s)->isEnabled());
    m_harness->press(u"Run: Apply"_s);
    const QString listing = WindowHarness::dialog()->findChild<QPlainTextEdit *>()->toPlainText();
    QVERIFY(listing.contains(u"Step 1: Migrate · line 15\n# Apply\necho migrating"_s));
    QVERIFY(listing.contains(u"Undo it"_s));
    QVERIFY(listing.indexOf(u"echo migrating"_s) < listing.indexOf(u"echo undone"_s));
    m_harness->press(u"Approve 2 commands"_s);
    QTRY_COMPARE(m_harness->runner.requests().size(), 1);
    QCOMPARE(eventsOf<RunbookApproved>(m_harness->controller()).first().commands, 2);
}

void TestRunActions::cancelledApprovalRunsNothing()
{
    m_harness->createRun(kTwoPhases);
    m_harness->signChecks();
    m_harness->choosePhase(u"Execution"_s);
    m_harness->press(u"Run: echo migrating"_s);
    QTest::keyClick(WindowHarness::dialog(), Qt::Key_Escape);
    QVERIFY(!state().approval);
    // Approving later, by another way, must not start what was cancelled here.
    m_harness->controller().approveRunbook();
    QTRY_VERIFY(state().approval);
    QCOMPARE(m_harness->runner.requests().size(), 0);
}

void TestRunActions::frozenCommandRunsOnlyWithTheExactWord()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->endCommand(ExecutionOutcome::Succeeded);
    QTRY_VERIFY(shows(u"exit 0"_s));
    m_harness->press(u"Run: echo migrating"_s);
    for (const auto &wrong : {u""_s, u"agai"_s, u"Again"_s}) {
        m_harness->giveReason(wrong);
        QVERIFY2(!WindowHarness::canConfirm(), qPrintable(wrong));
    }
    QTest::keyClick(WindowHarness::dialog(), Qt::Key_Escape);
    QCOMPARE(m_harness->runner.requests().size(), 1);
    m_harness->press(u"Run: echo migrating"_s);
    m_harness->giveReason(u"again"_s);
    m_harness->confirm();
    QTRY_COMPARE(m_harness->runner.requests().size(), 2);
    QCOMPARE(state().executions.last().attempt, 2);
}

void TestRunActions::failedCommandRunsAgainWithoutAWord()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->endCommand(ExecutionOutcome::Failed, 3);
    QTRY_VERIFY(shows(u"exit 3"_s));
    m_harness->press(u"Run: echo migrating"_s);
    QVERIFY(WindowHarness::dialog() == nullptr);
    QTRY_COMPARE(m_harness->runner.requests().size(), 2);
}

void TestRunActions::stopGoesUpTheLadder()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    const auto sent = [this] {
        QList<int> numbers;
        for (const auto &[execution, signal] : m_harness->runner.sentSignals())
            numbers.append(signal);
        return numbers;
    };
    const auto climb = [this](const QString &verb, qsizetype rungs) {
        m_harness->press(u"Stop"_s);
        m_harness->press(verb);
        QTRY_COMPARE(state().executions.last().stops.size(), rungs);
    };
    climb(u"Interrupt command"_s, 1);
    QCOMPARE(sent(), QList<int>{SIGINT});
    climb(u"Cancel on the server"_s, 2);
    QCOMPARE(sent(), QList<int>{SIGINT}); // that is for the server
    climb(u"Terminate command"_s, 3);
    QCOMPARE(sent(), (QList<int>{SIGINT, SIGTERM}));
    climb(u"Disconnect on the server"_s, 4);

    m_harness->press(u"Stop"_s);
    QVERIFY(!WindowHarness::canConfirm()); // only with the word
    m_harness->giveReason(u"kil"_s);
    QVERIFY(!WindowHarness::canConfirm());
    m_harness->giveReason(u"kill"_s);
    m_harness->confirm();
    QTRY_COMPARE(sent(), (QList<int>{SIGINT, SIGTERM, SIGKILL}));
}

void TestRunActions::unknownOutcomeIsSettledWithEvidence_data()
{
    QTest::addColumn<int>("choice");
    QTest::addColumn<int>("outcome");
    QTest::addColumn<QString>("words");
    QTest::newRow("succeeded") << 1 << static_cast<int>(ExecutionOutcome::Succeeded)
                               << u"succeeded (settled by hand)"_s;
    QTest::newRow("failed") << 2 << static_cast<int>(ExecutionOutcome::Failed)
                            << u"failed (settled by hand)"_s;
    QTest::newRow("cancelled") << 3 << static_cast<int>(ExecutionOutcome::Cancelled)
                               << u"cancelled (settled by hand)"_s;
}

void TestRunActions::unknownOutcomeIsSettledWithEvidence()
{
    QFETCH(int, choice);
    QFETCH(int, outcome);
    QFETCH(QString, words);
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->endCommand(ExecutionOutcome::Unknown, -1);
    QTRY_VERIFY(shows(u"outcome unknown"_s));
    m_harness->press(u"Settle: echo migrating"_s);
    auto *box = WindowHarness::dialog()->findChild<QComboBox *>();
    QCOMPARE(box->accessibleName(), u"Outcome"_s);
    m_harness->giveReason(u"looked at the table"_s);
    QVERIFY(!WindowHarness::canConfirm()); // nothing is chosen for a person
    box->setCurrentIndex(choice);
    m_harness->confirm();
    QTRY_VERIFY(state().executions.last().resolution);
    QCOMPARE(static_cast<int>(state().executions.last().resolution->outcome), outcome);
    QTRY_VERIFY(shows(words));
    QVERIFY(shows(u"looked at the table"_s));
    QVERIFY(m_harness->button(u"Settle: echo migrating"_s) == nullptr);
}

void TestRunActions::unknownOutcomeKeepsTheStepOpen()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->endCommand(ExecutionOutcome::Unknown, -1);
    QTRY_VERIFY(shows(u"outcome unknown"_s));
    const QPushButton *sign = m_harness->button(u"Sign off: Step 1: Migrate"_s);
    QVERIFY(sign != nullptr && !sign->isEnabled());
    QVERIFY(!sign->toolTip().isEmpty());
    QVERIFY(shows(sign->toolTip())); // the reason stands beside the button
    QVERIFY(!m_harness->button(u"Run: echo migrating"_s)->isEnabled());
}

void TestRunActions::twoPeopleSignAStep()
{
    m_harness->createRun(kRunbook);
    const StepId review = stepNamed(state(), u"Code review"_s);
    QVERIFY(shows(u"2 sign-offs"_s));
    QTest::keyClick(&m_harness->window(), Qt::Key_J);
    const QString name = u"Sign off: Code review by 2+ engineers"_s;
    m_harness->press(name);
    QTRY_COMPARE(state().signOffs.value(review).size(), 1);
    QVERIFY(!state().isSigned(review));
    QTRY_VERIFY(shows(u"1 of 2 sign-offs"_s));

    // The same person, however the name is typed, is not a second one.
    auto *by = m_harness->named<QLineEdit>(u"Signed by"_s);
    QVERIFY(!m_harness->button(name)->isEnabled());
    QVERIFY(shows(u"has signed this step already"_s));
    by->setText(u" RELEASE "_s);
    QVERIFY(!m_harness->button(name)->isEnabled());
    by->setText(u"dba"_s);
    m_harness->press(name);
    QTRY_VERIFY(state().isSigned(review));
    QCOMPARE(state().signOffs.value(review).last().by.name, u"dba"_s);
}

void TestRunActions::outcomesOtherThanDoneNeedANote_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("outcome");
    QTest::newRow("deviation") << 1 << static_cast<int>(SignOffOutcome::DoneWithDeviation);
    QTest::newRow("skipped") << 2 << static_cast<int>(SignOffOutcome::Skipped);
    QTest::newRow("not applicable") << 3 << static_cast<int>(SignOffOutcome::NotApplicable);
}

void TestRunActions::outcomesOtherThanDoneNeedANote()
{
    QFETCH(int, index);
    QFETCH(int, outcome);
    m_harness->createRun(kTwoPhases);
    m_harness->named<QComboBox>(u"Outcome"_s)->setCurrentIndex(index);
    QVERIFY(!m_harness->button(u"Sign off: First check"_s)->isEnabled());
    QTest::keyClicks(m_harness->named<QLineEdit>(u"Note"_s), u"as agreed"_s);
    m_harness->press(u"Sign off: First check"_s);
    const StepId step = stepNamed(state(), u"First check"_s);
    QTRY_VERIFY(state().isSigned(step));
    QCOMPARE(static_cast<int>(state().signOffs.value(step).last().outcome), outcome);
    QCOMPARE(state().signOffs.value(step).last().note, u"as agreed"_s);
}

void TestRunActions::withdrawalIsKeptWithItsReason()
{
    m_harness->createRun(kTwoPhases);
    m_harness->press(u"Sign off: First check"_s);
    const StepId step = stepNamed(state(), u"First check"_s);
    QTRY_VERIFY(state().isSigned(step));
    QTest::keyClick(&m_harness->window(), Qt::Key_K);
    m_harness->press(u"Withdraw sign-off: First check"_s);
    QVERIFY(!WindowHarness::canConfirm());
    m_harness->giveReason(u"   "_s);
    QVERIFY(!WindowHarness::canConfirm());
    m_harness->giveReason(u"wrong server"_s);
    m_harness->confirm();
    QTRY_VERIFY(!state().isSigned(step));
    QCOMPARE(eventsOf<StepReopened>(m_harness->controller()).first().reason, u"wrong server"_s);
    QTRY_VERIFY(m_harness->button(u"Sign off: First check"_s) != nullptr);
}

void TestRunActions::gateOverrideIsKeptWithItsReason()
{
    m_harness->createRun(kTwoPhases);
    m_harness->choosePhase(u"Execution"_s);
    QVERIFY(shows(u"has 2 steps to sign"_s));
    m_harness->press(u"Open this phase anyway"_s);
    m_harness->giveReason(u"agreed with the lead"_s);
    m_harness->confirm();
    QTRY_COMPARE(eventsOf<GateDecided>(m_harness->controller()).size(), 1);
    const GateDecided gate = eventsOf<GateDecided>(m_harness->controller()).first();
    QVERIFY(gate.go);
    QCOMPARE(gate.reason, u"agreed with the lead"_s);
    QTRY_VERIFY(m_harness->button(u"Open this phase anyway"_s) == nullptr);
}

void TestRunActions::declaredRollbackIsShownAtOnce()
{
    m_harness->createRun(kTwoPhases);
    QVERIFY(!shows(u"Undo it"_s));
    m_harness->trigger(u"Roll back"_s);
    m_harness->giveReason(u"errors rise"_s);
    m_harness->confirm();
    QTRY_VERIFY(shows(u"This rollback is declared"_s));
    QVERIFY(shows(u"Undo it"_s));
    QVERIFY(m_harness->button(u"Sign off: Undo it"_s) != nullptr);
    QCOMPARE(eventsOf<RollbackDeclared>(m_harness->controller()).first().reason, u"errors rise"_s);
}

void TestRunActions::sectionAboveScenariosIsOnlyText()
{
    m_harness->createRun(kSectionAbove);
    m_harness->choosePhase(u"Rollback"_s);
    QVERIFY(shows(u"Decide together"_s));
    QVERIFY(m_harness->button(u"Declare this rollback"_s) == nullptr);
    m_harness->trigger(u"Roll back"_s);
    auto *box = WindowHarness::dialog()->findChild<QComboBox *>();
    QCOMPARE(box->count(), 2);
    QCOMPARE(box->itemText(0), u"Scenario 1: It fails"_s);
    QTest::keyClick(WindowHarness::dialog(), Qt::Key_Escape);
    m_harness->choosePhase(u"It is slow"_s);
    m_harness->press(u"Declare this rollback"_s);
    box = WindowHarness::dialog()->findChild<QComboBox *>();
    QCOMPARE(box->currentText(), u"Scenario 2: It is slow"_s);
}

void TestRunActions::declaredScenariosAreNotOfferedAgain()
{
    m_harness->createRun(kTwoPhases);
    m_harness->trigger(u"Roll back"_s);
    m_harness->giveReason(u"errors rise"_s);
    m_harness->confirm();
    QTRY_COMPARE(state().rollbacks.size(), 1);
    QTRY_VERIFY(WindowHarness::dialog() == nullptr);
    m_harness->trigger(u"Roll back"_s);
    QVERIFY(WindowHarness::dialog() == nullptr);
    QTRY_VERIFY(shows(u"Every rollback scenario"_s)); // rather than a button that does nothing
}

void TestRunActions::noteGoesToTheCurrentStep()
{
    m_harness->createRun(kTwoPhases);
    QTest::keyClick(&m_harness->window(), Qt::Key_J);
    QTest::keyClick(&m_harness->window(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(!WindowHarness::canConfirm());
    m_harness->giveReason(u"traffic is low"_s);
    m_harness->confirm();
    QTRY_COMPARE(eventsOf<NoteAdded>(m_harness->controller()).size(), 1);
    const NoteAdded note = eventsOf<NoteAdded>(m_harness->controller()).first();
    QCOMPARE(note.text, u"traffic is low"_s);
    QCOMPARE(note.step, stepNamed(state(), u"Second check"_s));
}

void TestRunActions::runIsCompletedWhereTheLastStepWasSigned()
{
    m_harness->createRun("# Short\n\n## Execution\n\n- [ ] Only step\n");
    QVERIFY(m_harness->button(u"Complete run…"_s) == nullptr);
    m_harness->press(u"Sign off: Only step"_s);
    QTRY_VERIFY(m_harness->button(u"Complete run…"_s) != nullptr);
    m_harness->press(u"Complete run…"_s);
    QVERIFY(WindowHarness::canConfirm()); // the note may stay empty
    m_harness->giveReason(u"all well"_s);
    m_harness->confirm();
    QTRY_COMPARE(state().status, RunStatus::Completed);
    QCOMPARE(eventsOf<RunCompleted>(m_harness->controller()).first().note, u"all well"_s);
    QTRY_VERIFY(shows(u"This run is completed"_s));
    QVERIFY(m_harness->button(u"Complete run…"_s) == nullptr);
    m_harness->press(u"Export report…"_s);
    QVERIFY(WindowHarness::dialog() != nullptr);
    QCOMPARE(WindowHarness::dialog()->windowTitle(), u"Export report"_s);
    QTest::keyClick(WindowHarness::dialog(), Qt::Key_Escape);
}

void TestRunActions::completionWaitsForEveryStep()
{
    m_harness->createRun(kTwoPhases);
    m_harness->trigger(u"Complete run"_s);
    QVERIFY(!WindowHarness::canConfirm());
    m_harness->giveReason(u"please"_s);
    QVERIFY(!WindowHarness::canConfirm());
    // Why not stands in the dialog.
    const auto labels = WindowHarness::dialog()->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(
        labels, [](const QLabel *label) { return label->text().contains(u"sign"_s); }));
}

void TestRunActions::rolledBackRunIsCompletedFromItsScenario()
{
    m_harness->createRun(kTwoPhases);
    m_harness->trigger(u"Roll back"_s);
    m_harness->giveReason(u"errors rise"_s);
    m_harness->confirm();
    QTRY_VERIFY(m_harness->button(u"Sign off: Undo it"_s) != nullptr);
    QVERIFY(m_harness->button(u"Complete run…"_s) == nullptr);
    m_harness->press(u"Sign off: Undo it"_s);
    QTRY_VERIFY(m_harness->button(u"Complete run…"_s) != nullptr);
    m_harness->press(u"Complete run…"_s);
    m_harness->confirm();
    QTRY_COMPARE(state().status, RunStatus::RolledBack);
    QTRY_VERIFY(shows(u"This run is rolled back"_s));
}

void TestRunActions::abortedRunIsClosed()
{
    m_harness->createRun(kTwoPhases);
    m_harness->trigger(u"Abort run"_s);
    QVERIFY(!WindowHarness::canConfirm());
    m_harness->giveReason(u"wrong day"_s);
    m_harness->confirm();
    QTRY_COMPARE(state().status, RunStatus::Aborted);
    QTRY_VERIFY(shows(u"This run is aborted"_s));
    QVERIFY(m_harness->button(u"Sign off: First check"_s) == nullptr);
    QVERIFY(!m_harness->button(u"Roll back"_s)->isEnabled());
    for (const auto &name : {u"Sign off step"_s, u"Run next command"_s, u"Add note"_s,
                             u"Roll back"_s, u"Complete run"_s, u"Abort run"_s})
        QVERIFY2(!action(name)->isEnabled(), qPrintable(name));
    for (const auto &name : {u"Export report"_s, u"Find in log"_s, u"Next step"_s})
        QVERIFY2(action(name)->isEnabled(), qPrintable(name));
}

void TestRunActions::errorStaysWhenThePhaseIsChanged()
{
    m_harness->createRun(kTwoPhases);
    m_harness->journal.failNext(diskIsFull());
    m_harness->press(u"Sign off: First check"_s);
    QTRY_VERIFY(shows(u"The disk is full"_s));
    QVERIFY(shows(u"/data/journal.db"_s));
    m_harness->choosePhase(u"Execution"_s);
    QVERIFY(shows(u"The disk is full"_s));
    m_harness->press(u"Dismiss"_s);
    QVERIFY(!shows(u"The disk is full"_s));
}

void TestRunActions::refusalGoesWithThePhase()
{
    m_harness->createRun(kTwoPhases);
    m_harness->controller().completeRun({});
    QTRY_VERIFY(m_harness->button(u"Dismiss"_s) != nullptr);
    m_harness->choosePhase(u"Execution"_s);
    QVERIFY(m_harness->button(u"Dismiss"_s) == nullptr);
}

void TestRunActions::errorGoesWhenTheStoreWorksAgain()
{
    m_harness->createRun(kTwoPhases);
    m_harness->journal.failNext(diskIsFull());
    m_harness->press(u"Sign off: First check"_s);
    QTRY_VERIFY(shows(u"The disk is full"_s));
    m_harness->press(u"Sign off: First check"_s);
    QTRY_VERIFY(shows(u"1 of 2 signed"_s));
    QVERIFY(!shows(u"The disk is full"_s));
}

void TestRunActions::endOfACommandHidesNoError()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->journal.failNext(diskIsFull());
    m_harness->controller().addNote(u"so far so good"_s);
    QTRY_VERIFY(shows(u"The disk is full"_s));
    m_harness->endCommand(ExecutionOutcome::Succeeded);
    QTRY_VERIFY(shows(u"exit 0"_s));
    QVERIFY(shows(u"The disk is full"_s));
}

void TestRunActions::errorWhileOpeningStandsOnTheRun()
{
    MainWindow &window = m_harness->window();
    // As the session does: it hears of the run before the page is shown.
    connect(&m_harness->controller(), &RunController::runOpened, &window, [&window] {
        window.showError({.kind = Error::Kind::Unreadable,
                          .message = u"The samples cannot be read."_s,
                          .detail = {}});
    });
    m_harness->createRun(kTwoPhases);
    QVERIFY(shows(u"The samples cannot be read."_s));
    m_harness->controller().closeRun();
    QVERIFY(!shows(u"The samples cannot be read."_s));
}

void TestRunActions::secondErrorDoesNotHideTheFirst()
{
    MainWindow &window = m_harness->window();
    for (const auto &text : {u"The first thing."_s, u"The second thing."_s, u"The second thing."_s})
        window.showError({.kind = Error::Kind::Unreadable, .message = text, .detail = {}});
    QVERIFY(shows(u"The second thing."_s));
    QCOMPARE(m_harness->button(u"Dismiss"_s)->text(), u"Dismiss (1 more)"_s);
    m_harness->press(u"Dismiss"_s);
    QVERIFY(shows(u"The first thing."_s));
    m_harness->press(u"Dismiss"_s);
    QVERIFY(m_harness->button(u"Dismiss"_s) == nullptr);
}

QTEST_MAIN(TestRunActions)
#include "tst_runactions.moc"
