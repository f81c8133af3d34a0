// SPDX-License-Identifier: Apache-2.0
#include "run/rules.h"
#include "support/eventbuilder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using rules::SignOffRequest;
using test::commandOf;
using test::EventBuilder;
using test::phaseNamed;
using test::stepNamed;

namespace
{

const ExecutionId kExecution{u"e1"_s};

/// Signs everything before the execution phase.
void closePreparation(EventBuilder &journal)
{
    journal.add(StepSigned{.step = stepNamed(journal.state(), u"Create a backup"_s)});
    const StepId review = stepNamed(journal.state(), u"Code review"_s);
    journal.add(StepSigned{.step = review}, u"Ada"_s);
    journal.add(StepSigned{.step = review}, u"Ben"_s);
}

void approve(EventBuilder &journal)
{
    journal.add(RunbookApproved{.runbookSha256 = u"x"_s, .commands = 2});
}

void startMigrating(EventBuilder &journal)
{
    journal.add(CommandIntended{.execution = kExecution,
                                .command = commandOf(journal.state(), u"Migrate"_s),
                                .text = u"echo migrating"_s});
    journal.add(CommandStarted{.execution = kExecution, .pid = 1});
}

void endMigrating(EventBuilder &journal, ExecutionOutcome outcome)
{
    journal.add(CommandEnded{.execution = kExecution, .outcome = outcome});
}

SignOffRequest request(const EventBuilder &journal, const QString &step)
{
    return {.step = stepNamed(journal.state(), step), .signedBy = u"Ada"_s};
}

} // namespace

class TestRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingRunsBeforeApproval()
    {
        EventBuilder journal;
        journal.create();
        closePreparation(journal);
        const CommandId command = commandOf(journal.state(), u"Migrate"_s);
        QVERIFY(!rules::mayRun(journal.state(), command));
        approve(journal);
        QVERIFY(rules::mayRun(journal.state(), command).hasValue());
    }

    void openStepsBeforeCloseTheGate()
    {
        EventBuilder journal;
        journal.create();
        approve(journal);
        const PhaseId phase =
            journal.state().runbook->phaseOf(stepNamed(journal.state(), u"Migrate"_s))->id;
        const Result<void> closed = rules::phaseIsOpen(journal.state(), phase);
        QVERIFY(!closed);
        QVERIFY(closed.error().message.contains(u"2 steps"_s));
        QVERIFY(!rules::mayRun(journal.state(), commandOf(journal.state(), u"Migrate"_s)));
        QVERIFY(!rules::maySign(journal.state(), request(journal, u"Migrate"_s)));

        QVERIFY(!rules::mayDecideGate(journal.state(), {.phase = phase, .go = true}));
        const GateDecided go{.phase = phase, .go = true, .reason = u"rehearsed"_s};
        QVERIFY(rules::mayDecideGate(journal.state(), go).hasValue());
        journal.add(go);
        QVERIFY(rules::phaseIsOpen(journal.state(), phase).hasValue());
        journal.add(GateDecided{.phase = phase, .go = false, .reason = u"wait"_s});
        QVERIFY(!rules::phaseIsOpen(journal.state(), phase));
    }

    void aFailedCommandBlocksSigningAsDone_data()
    {
        QTest::addColumn<ExecutionOutcome>("outcome");
        QTest::addColumn<SignOffOutcome>("meaning");
        QTest::addColumn<QString>("note");
        QTest::addColumn<bool>("allowed");
        QTest::addRow("succeeded")
            << ExecutionOutcome::Succeeded << SignOffOutcome::Done << QString() << true;
        QTest::addRow("failed") << ExecutionOutcome::Failed << SignOffOutcome::Done << QString()
                                << false;
        QTest::addRow("failed, deviation")
            << ExecutionOutcome::Failed << SignOffOutcome::DoneWithDeviation << u"by hand"_s
            << true;
        QTest::addRow("deviation without a reason")
            << ExecutionOutcome::Succeeded << SignOffOutcome::DoneWithDeviation << QString()
            << false;
        QTest::addRow("skipped without a reason")
            << ExecutionOutcome::Succeeded << SignOffOutcome::Skipped << u"  "_s << false;
        QTest::addRow("unknown") << ExecutionOutcome::Unknown << SignOffOutcome::Failed << u"?"_s
                                 << false;
    }
    void aFailedCommandBlocksSigningAsDone()
    {
        QFETCH(ExecutionOutcome, outcome);
        QFETCH(SignOffOutcome, meaning);
        QFETCH(QString, note);
        QFETCH(bool, allowed);
        EventBuilder journal;
        journal.create();
        closePreparation(journal);
        startMigrating(journal);
        SignOffRequest asked = request(journal, u"Migrate"_s);
        QVERIFY(!rules::maySign(journal.state(), asked)); // it runs
        endMigrating(journal, outcome);
        asked.outcome = meaning;
        asked.note = note;
        QCOMPARE(rules::maySign(journal.state(), asked).hasValue(), allowed);
    }

    void twoSignOffsMeanTwoPeople()
    {
        EventBuilder journal;
        journal.create();
        SignOffRequest asked = request(journal, u"Code review"_s);
        QVERIFY(rules::maySign(journal.state(), asked).hasValue());
        journal.add(StepSigned{.step = asked.step}, u"Ada"_s);
        asked.signedBy = u" ada "_s;
        QVERIFY(!rules::maySign(journal.state(), asked));
        asked.signedBy = u"Ben"_s;
        QVERIFY(rules::maySign(journal.state(), asked).hasValue());
        asked.signedBy = u" "_s;
        QVERIFY(!rules::maySign(journal.state(), asked));
    }

    void signedStepsAreFrozenUntilWithdrawn()
    {
        EventBuilder journal;
        journal.create();
        const SignOffRequest asked = request(journal, u"Create a backup"_s);
        QVERIFY(!rules::mayReopen(journal.state(), asked.step, u"why"_s));
        journal.add(StepSigned{.step = asked.step});
        QVERIFY(!rules::maySign(journal.state(), asked));
        QVERIFY(!rules::mayReopen(journal.state(), asked.step, QString()));
        QVERIFY(rules::mayReopen(journal.state(), asked.step, u"wrong server"_s).hasValue());
    }

    void aSecondRunOfASucceededCommandAsksForAWord()
    {
        EventBuilder journal;
        journal.create();
        closePreparation(journal);
        approve(journal);
        const CommandId command = commandOf(journal.state(), u"Migrate"_s);
        QCOMPARE(rules::secondLook(journal.state(), command), rules::SecondLook::None);
        startMigrating(journal);
        QVERIFY(!rules::mayRun(journal.state(), command));
        endMigrating(journal, ExecutionOutcome::Succeeded);
        QVERIFY(rules::mayRun(journal.state(), command).hasValue());
        QCOMPARE(rules::secondLook(journal.state(), command), rules::SecondLook::Succeeded);
    }

    void rollbackIsDeclaredBeforeItIsCarriedOut()
    {
        EventBuilder journal;
        journal.create();
        approve(journal);
        const PhaseId scenario = phaseNamed(journal.state(), u"It fails"_s);
        const CommandId undo = commandOf(journal.state(), u"Undo it"_s);
        QVERIFY(!rules::mayRun(journal.state(), undo));
        QVERIFY(!rules::mayDeclareRollback(journal.state(), scenario, QString()));
        QVERIFY(!rules::mayDeclareRollback(journal.state(), {u"nowhere"_s}, u"why"_s));
        QVERIFY(rules::mayDeclareRollback(journal.state(), scenario, u"errors"_s).hasValue());
        journal.add(RollbackDeclared{.scenario = scenario, .reason = u"errors"_s});
        QVERIFY(rules::mayRun(journal.state(), undo).hasValue());
        QVERIFY(!rules::mayComplete(journal.state()));
        journal.add(StepSigned{.step = stepNamed(journal.state(), u"Undo it"_s)});
        QVERIFY(rules::mayComplete(journal.state()).hasValue());
    }

    void completingNeedsEveryStepAndNoRunningCommand()
    {
        EventBuilder journal;
        journal.create();
        closePreparation(journal);
        startMigrating(journal);
        for (const QString &step : {u"Migrate"_s, u"Look"_s})
            journal.add(StepSigned{.step = stepNamed(journal.state(), step)});
        QVERIFY(!rules::mayComplete(journal.state()));
        endMigrating(journal, ExecutionOutcome::Succeeded);
        QVERIFY(rules::mayComplete(journal.state()).hasValue());
        journal.add(RunCompleted{});
        QVERIFY(!rules::mayComplete(journal.state()));
        QVERIFY(!rules::maySign(journal.state(), request(journal, u"Look"_s)));
        QVERIFY(!rules::mayAbort(journal.state(), u"why"_s));
    }

    void anUnknownEndBlocksTheRunUntilItIsSettled()
    {
        EventBuilder journal;
        journal.create();
        closePreparation(journal);
        approve(journal);
        startMigrating(journal);
        endMigrating(journal, ExecutionOutcome::Unknown);
        const CommandId command = commandOf(journal.state(), u"Migrate"_s);
        QVERIFY(!rules::mayRun(journal.state(), command));
        QVERIFY(!rules::maySign(journal.state(), request(journal, u"Look"_s)));
        QVERIFY(!rules::mayResolve(journal.state(), kExecution, ExecutionOutcome::Succeeded,
                                   QString()));
        QVERIFY(!rules::mayResolve(journal.state(), kExecution, ExecutionOutcome::Unknown, u"x"_s));
        QVERIFY(rules::mayResolve(journal.state(), kExecution, ExecutionOutcome::Succeeded, u"x"_s)
                    .hasValue());
        journal.add(CommandResolved{
            .execution = kExecution, .outcome = ExecutionOutcome::Succeeded, .evidence = u"x"_s});
        QVERIFY(rules::maySign(journal.state(), request(journal, u"Look"_s)).hasValue());
    }

    void onlyARunningCommandTakesASignal()
    {
        EventBuilder journal;
        journal.create();
        QVERIFY(!rules::maySignal(journal.state(), kExecution));
        startMigrating(journal);
        QVERIFY(rules::maySignal(journal.state(), kExecution).hasValue());
        endMigrating(journal, ExecutionOutcome::Signalled);
        QVERIFY(!rules::maySignal(journal.state(), kExecution));
    }

    void namesThatDifferInSpellingOnlyAreOnePerson_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("allowed");
        QTest::addRow("same") << u"Ada Lovelace"_s << false;
        QTest::addRow("upper case") << u"ADA LOVELACE"_s << false;
        QTest::addRow("spaces") << u" Ada   Lovelace "_s << false;
        QTest::addRow("no-break space") << u"Ada\u00A0Lovelace"_s << false;
        QTest::addRow("another") << u"Ada Love"_s << true;
    }
    void namesThatDifferInSpellingOnlyAreOnePerson()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, allowed);
        EventBuilder journal;
        journal.create();
        SignOffRequest asked = request(journal, u"Code review"_s);
        journal.add(StepSigned{.step = asked.step}, u"Ada Lovelace"_s);
        asked.signedBy = name;
        const Result<void> answer = rules::maySign(journal.state(), asked);
        QCOMPARE(answer.hasValue(), allowed);
        if (!allowed)
            QVERIFY(answer.error().message.contains(u"2 different people"_s));
    }

    void approvingIsForRunsWithoutOne()
    {
        EventBuilder journal;
        QVERIFY(!rules::mayApprove(journal.state()));
        journal.create();
        QVERIFY(rules::mayApprove(journal.state()).hasValue());
        approve(journal);
        QVERIFY(!rules::mayApprove(journal.state()));
    }

    void aRollbackHeadingWithoutStepsCannotBeDeclared()
    {
        EventBuilder journal;
        journal.create("# T\n\n## Execution\n\n1. Go\n\n## Rollback\n\nHow to go back.\n\n"
                       "### Scenario 1: It fails\n\n1. Undo it\n");
        const RunState state = journal.state();
        const PhaseId heading = phaseNamed(state, u"Rollback"_s);
        QVERIFY(state.runbook->phase(heading)->steps.isEmpty());
        const Result<void> refused = rules::mayDeclareRollback(state, heading, u"errors"_s);
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(u"scenarios"_s));
        const PhaseId scenario = phaseNamed(state, u"It fails"_s);
        QVERIFY(rules::mayDeclareRollback(state, scenario, u"errors"_s).hasValue());
        QVERIFY(!rules::mayDeclareRollback(state, phaseNamed(state, u"Execution"_s), u"errors"_s));
        journal.add(RollbackDeclared{.scenario = scenario, .reason = u"errors"_s});
        QVERIFY(!rules::mayDeclareRollback(journal.state(), scenario, u"again"_s));
    }

    void whatTheRunbookDoesNotHoldIsRefused()
    {
        EventBuilder journal;
        journal.create();
        approve(journal);
        const RunState state = journal.state();
        QVERIFY(!rules::maySign(state, {.step = {u"no/such"_s}, .signedBy = u"Ada"_s}));
        QVERIFY(!rules::mayRun(state, {u"no/such#1"_s}));
        QVERIFY(!rules::mayDecideGate(state, {.phase = {u"none"_s}, .go = true, .reason = u"x"_s}));
        QVERIFY(rules::phaseIsOpen(state, {u"none"_s}).hasValue());
        QVERIFY(!rules::mayResolve(state, {u"none"_s}, ExecutionOutcome::Failed, u"x"_s));
        QCOMPARE(rules::secondLook(state, {u"no/such#1"_s}), rules::SecondLook::None);
    }

    void aParentIsClosedByItsChildren()
    {
        EventBuilder journal;
        journal.create("# T\n\n## Execution\n\n- [ ] Parent\n  - [ ] One\n  - [ ] Two\n");
        QVERIFY(!rules::maySign(journal.state(), request(journal, u"Parent"_s)));
        QVERIFY(rules::maySign(journal.state(), request(journal, u"One"_s)).hasValue());
    }

    void aSignedStepDoesNotRunItsCommandAgain()
    {
        EventBuilder journal;
        journal.create();
        closePreparation(journal);
        approve(journal);
        startMigrating(journal);
        endMigrating(journal, ExecutionOutcome::Succeeded);
        const StepId step = stepNamed(journal.state(), u"Migrate"_s);
        journal.add(StepSigned{.step = step});
        const CommandId command = commandOf(journal.state(), u"Migrate"_s);
        QVERIFY(!rules::mayRun(journal.state(), command));
        journal.add(StepReopened{.step = step, .reason = u"again"_s});
        QVERIFY(rules::mayRun(journal.state(), command).hasValue());
    }

    void aFollowerNeitherBlocksSigningNorAsksForAWord()
    {
        EventBuilder journal;
        journal.create("# T\n\n## Execution\n\n1. Watch\n\n   ```bash\n   tail -f x.log\n   ```\n");
        approve(journal);
        const CommandId command = commandOf(journal.state(), u"Watch"_s);
        journal.add(CommandIntended{.execution = kExecution, .command = command});
        journal.add(CommandStarted{.execution = kExecution, .pid = 1});
        QVERIFY(rules::maySign(journal.state(), request(journal, u"Watch"_s)).hasValue());
        QVERIFY(!rules::mayComplete(journal.state())); // but it still runs
        journal.add(CommandEnded{.execution = kExecution, .outcome = ExecutionOutcome::Signalled});
        QVERIFY(rules::maySign(journal.state(), request(journal, u"Watch"_s)).hasValue());
        journal.add(CommandEnded{.execution = kExecution, .outcome = ExecutionOutcome::Succeeded});
        QCOMPARE(rules::secondLook(journal.state(), command), rules::SecondLook::None);
    }

    void optionalStepsDoNotHoldTheGate()
    {
        EventBuilder journal;
        journal.create("# T\n\n## 1 Hour Before\n\n- [ ] Tell support (optional)\n\n"
                       "## Execution\n\n1. Go\n");
        const PhaseId phase = phaseNamed(journal.state(), u"Execution"_s);
        QVERIFY(rules::phaseIsOpen(journal.state(), phase).hasValue());
        journal.add(StepSigned{.step = stepNamed(journal.state(), u"Go"_s)});
        const Result<void> open = rules::mayComplete(journal.state());
        QVERIFY(!open); // but the report wants a word on each
        QVERIFY(open.error().message.startsWith(u"1 step "_s));
    }

    void theNearestOpenPhaseIsNamedAtTheGate()
    {
        EventBuilder journal;
        journal.create("# T\n\n## 1 Day Before\n\n- [ ] A\n\n## 1 Hour Before\n\n- [ ] B\n\n"
                       "## Execution\n\n1. Go\n");
        const PhaseId phase = phaseNamed(journal.state(), u"Execution"_s);
        QVERIFY(rules::phaseIsOpen(journal.state(), phase)
                    .error()
                    .message.contains(u"1 Hour Before"_s));
        journal.add(StepSigned{.step = stepNamed(journal.state(), u"B"_s)});
        QVERIFY(
            rules::phaseIsOpen(journal.state(), phase).error().message.contains(u"1 Day Before"_s));
    }

    void anEndedRunTakesNothingMore()
    {
        EventBuilder journal;
        journal.create();
        journal.add(StepSigned{.step = stepNamed(journal.state(), u"Create a backup"_s)});
        journal.add(RunAborted{.reason = u"enough"_s});
        const RunState ended = journal.state();
        const PhaseId execution = phaseNamed(ended, u"Execution"_s);
        QVERIFY(!rules::mayApprove(ended));
        QVERIFY(!rules::mayNote(ended));
        QVERIFY(!rules::mayReopen(ended, stepNamed(ended, u"Create a backup"_s), u"why"_s));
        QVERIFY(!rules::mayDecideGate(ended, {.phase = execution, .go = true, .reason = u"x"_s}));
        QVERIFY(!rules::mayDeclareRollback(ended, phaseNamed(ended, u"It fails"_s), u"x"_s));
        QVERIFY(!rules::mayRun(ended, commandOf(ended, u"Migrate"_s)));
        QVERIFY(rules::mayNote(ended).error().message.contains(u"ended"_s));
    }

    void abortingNeedsAReason()
    {
        EventBuilder journal;
        journal.create();
        QVERIFY(!rules::mayAbort(journal.state(), u" \n"_s));
        QVERIFY(rules::mayAbort(journal.state(), u"the server is down"_s).hasValue());
    }

    void noRunMeansNothingIsAllowed()
    {
        const RunState none;
        QVERIFY(!rules::maySign(none, {}));
        QVERIFY(!rules::mayRun(none, {}));
        QVERIFY(!rules::mayComplete(none));
        QVERIFY(!rules::mayDeclareRollback(none, {}, u"why"_s));
    }
};

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
