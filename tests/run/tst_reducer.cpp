// SPDX-License-Identifier: Apache-2.0
#include "run/state.h"
#include "support/eventbuilder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::commandOf;
using test::EventBuilder;
using test::phaseNamed;
using test::stepNamed;

namespace
{

const ExecutionId kExecution{u"e1"_s};

CommandIntended intended(const RunState &state, const QString &step)
{
    return {.execution = kExecution, .command = commandOf(state, step), .text = u"echo"_s};
}

} // namespace

class TestReducer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void creatingReadsTheRunbookAndTheEnvironment()
    {
        EventBuilder journal;
        const RunEvent created = journal.create();
        const RunState state = journal.state();
        QCOMPARE(state.id, created.run);
        QCOMPARE(state.status, RunStatus::InProgress);
        QCOMPARE(state.environment.name, u"staging"_s);
        QCOMPARE(state.runbook->title, u"Add a column"_s);
        QCOMPARE(state.progress().closed, 0);
        QCOMPARE(state.progress().total, 4);
        QCOMPARE(state.firstOpenStep(), stepNamed(state, u"Create a backup"_s));
        QCOMPARE(state.head, created.hash);
    }

    void aStepGoesFromPendingToSigned()
    {
        EventBuilder journal;
        journal.create();
        const RunState start = journal.state();
        const StepId step = stepNamed(start, u"Migrate"_s);
        QCOMPARE(start.stepStatus(step), StepStatus::Pending);

        journal.add(intended(start, u"Migrate"_s));
        QCOMPARE(journal.state().stepStatus(step), StepStatus::Running);
        journal.add(CommandStarted{.execution = kExecution, .pid = 42});
        QCOMPARE(journal.state().execution(kExecution)->phase, Execution::Phase::Running);
        QCOMPARE(journal.state().openExecutions(), QList{kExecution});
        journal.add(CommandEnded{.execution = kExecution,
                                 .outcome = ExecutionOutcome::Succeeded,
                                 .exitCode = 0,
                                 .workingDirectory = u"/srv"_s});
        QCOMPARE(journal.state().stepStatus(step), StepStatus::AwaitingSignOff);
        QCOMPARE(journal.state().workingDirectory, u"/srv"_s);
        QVERIFY(journal.state().openExecutions().isEmpty());

        journal.add(StepSigned{.step = step, .observed = u"212 rows"_s});
        const RunState signedState = journal.state();
        QCOMPARE(signedState.stepStatus(step), StepStatus::Signed);
        QCOMPARE(signedState.signOffs.value(step).constFirst().observed, u"212 rows"_s);
        QCOMPARE(signedState.progress().closed, 1);
    }

    void twoPeopleAreNeededWhereTheRunbookSaysSo()
    {
        EventBuilder journal;
        journal.create();
        const StepId review = stepNamed(journal.state(), u"Code review"_s);
        journal.add(StepSigned{.step = review}, u"Ada"_s);
        QCOMPARE(journal.state().stepStatus(review), StepStatus::AwaitingSignOff);
        QVERIFY(!journal.state().isSigned(review));
        journal.add(StepSigned{.step = review}, u"Ben"_s);
        QVERIFY(journal.state().isSigned(review));
    }

    void withdrawingRemovesTheSignOffAndKeepsTheEvents()
    {
        EventBuilder journal;
        journal.create();
        const StepId step = stepNamed(journal.state(), u"Create a backup"_s);
        journal.add(StepSigned{.step = step});
        journal.add(StepReopened{.step = step, .reason = u"wrong server"_s});
        QCOMPARE(journal.state().stepStatus(step), StepStatus::Pending);
        QCOMPARE(journal.events().size(), 3);
    }

    void unknownOutcomesStayOpenUntilSettled()
    {
        EventBuilder journal;
        journal.create();
        journal.add(intended(journal.state(), u"Migrate"_s));
        journal.add(CommandEnded{.execution = kExecution, .outcome = ExecutionOutcome::Unknown});
        QVERIFY(journal.state().execution(kExecution)->isUnresolved());
        journal.add(CommandResolved{.execution = kExecution,
                                    .outcome = ExecutionOutcome::Succeeded,
                                    .evidence = u"the table is there"_s});
        QVERIFY(!journal.state().execution(kExecution)->isUnresolved());
        QCOMPARE(journal.state().execution(kExecution)->outcome(), ExecutionOutcome::Succeeded);
        QCOMPARE(journal.state().execution(kExecution)->end->outcome, ExecutionOutcome::Unknown);
    }

    void variablesComeAndGo()
    {
        EventBuilder journal;
        journal.create();
        journal.add(VariablesCaptured{
            .execution = kExecution,
            .variables = {{u"A"_s, {.value = u"1"_s}}, {u"B"_s, {.value = u"2"_s}}}});
        journal.add(
            VariablesCaptured{.variables = {{u"A"_s, {.value = u"3"_s}}}, .removed = {u"B"_s}});
        const RunState state = journal.state();
        QCOMPARE(state.variables.keys(), QStringList{u"A"_s});
        QCOMPARE(state.variables.value(u"A"_s).value, u"3"_s);
        QVERIFY(state.variableOrigins.value(u"A"_s).isEmpty());
    }

    void rollbackStepsDoNotCountForTheRun()
    {
        EventBuilder journal;
        journal.create();
        const PhaseId scenario = phaseNamed(journal.state(), u"It fails"_s);
        const RunState::Progress before = journal.state().progress();
        journal.add(RollbackDeclared{.scenario = scenario, .reason = u"errors"_s});
        journal.add(StepSigned{.step = stepNamed(journal.state(), u"Undo it"_s)});
        QCOMPARE(journal.state().progress(), before);
        QVERIFY(journal.state().hasRollback(scenario));
        QVERIFY(journal.state().progress(scenario).isComplete());
    }

    void endingSetsStatusAndTime_data()
    {
        QTest::addColumn<EventBody>("body");
        QTest::addColumn<RunStatus>("status");
        QTest::addRow("completed") << EventBody(RunCompleted{}) << RunStatus::Completed;
        QTest::addRow("rolled back")
            << EventBody(RunCompleted{.rolledBack = true}) << RunStatus::RolledBack;
        QTest::addRow("aborted") << EventBody(RunAborted{.reason = u"r"_s}) << RunStatus::Aborted;
    }
    void endingSetsStatusAndTime()
    {
        QFETCH(EventBody, body);
        QFETCH(RunStatus, status);
        EventBuilder journal;
        journal.create();
        const RunEvent end = journal.add(body);
        QCOMPARE(journal.state().status, status);
        QCOMPARE(journal.state().endedAt, end.at);
    }

    void summaryNamesTheSignersInOrder()
    {
        EventBuilder journal;
        journal.create();
        journal.add(StepSigned{.step = stepNamed(journal.state(), u"Create a backup"_s)}, u"Zoe"_s);
        journal.add(StepSigned{.step = stepNamed(journal.state(), u"Code review"_s)}, u"Ada"_s);
        journal.add(StepSigned{.step = stepNamed(journal.state(), u"Look"_s)}, u"Zoe"_s);
        const RunSummary summary = summarize(journal.state(), 14);
        QCOMPARE(summary.number, 14);
        QCOMPARE(summary.signedBy, QStringList({u"Zoe"_s, u"Ada"_s}));
        QCOMPARE(summary.closedSteps, 2);
        QCOMPARE(summary.environmentColour, u"amber"_s);
    }

    void replayIsTheFoldOfApply()
    {
        EventBuilder journal;
        journal.create();
        journal.add(intended(journal.state(), u"Migrate"_s));
        journal.add(CommandEnded{
            .execution = kExecution, .outcome = ExecutionOutcome::Failed, .exitCode = 3});
        RunState folded;
        for (const RunEvent &event : journal.events())
            folded = apply(folded, event);
        QCOMPARE(folded.executions, journal.state().executions);
        QCOMPARE(folded.head, journal.state().head);
        QCOMPARE(folded.lastSeq, 3);
    }
};

QTEST_GUILESS_MAIN(TestReducer)
#include "tst_reducer.moc"
