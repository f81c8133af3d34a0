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

constexpr char kNested[] = R"(# Nested

## 1 Hour Before

- [ ] Prepare

## Execution

- [ ] Parent
  - [ ] First
  - [ ] Second by 2 people

## Rollback

### Scenario 1: It fails

1. Undo it
2. Say so

## Contacts

- [ ] Call somebody
)";

CommandIntended attempt(const QString &id, const CommandId &command, int number = 1)
{
    return {.execution = {id}, .command = command, .attempt = number, .text = u"echo"_s};
}

} // namespace

class TestState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsKnownWithoutARun()
    {
        const RunState none;
        QCOMPARE(none.stepStatus({u"a"_s}), StepStatus::Pending);
        QVERIFY(!none.isSigned({u"a"_s}));
        QVERIFY(none.progress().isComplete());
        QVERIFY(none.progress({u"a"_s}).isComplete());
        QVERIFY(none.firstOpenStep().isEmpty());
        QVERIFY(none.openExecutions().isEmpty());
        QCOMPARE(none.execution({u"e"_s}), nullptr);
        QCOMPARE(none.lastExecution(CommandId{u"c"_s}), nullptr);
    }

    void aParentStandsWhereItsChildrenStand()
    {
        EventBuilder journal;
        journal.create(kNested);
        const StepId parent = stepNamed(journal.state(), u"Parent"_s);
        const auto status = [&] { return journal.state().stepStatus(parent); };
        QCOMPARE(status(), StepStatus::Pending);
        journal.add(StepSigned{.step = stepNamed(journal.state(), u"First"_s)});
        QCOMPARE(status(), StepStatus::Pending); // the other child was not begun
        const StepId second = stepNamed(journal.state(), u"Second"_s);
        journal.add(StepSigned{.step = second}, u"Ada"_s);
        QCOMPARE(status(), StepStatus::AwaitingSignOff);
        QVERIFY(!journal.state().isSigned(parent));
        journal.add(StepSigned{.step = second}, u"Ben"_s);
        QCOMPARE(status(), StepStatus::Signed);
        QVERIFY(journal.state().isSigned(parent));
    }

    void aRunningChildMakesItsParentRun()
    {
        EventBuilder journal;
        journal.create("# T\n\n## Execution\n\n- [ ] Parent\n  - [ ] Child\n\n    ```bash\n    x\n"
                       "    ```\n");
        const StepId parent = stepNamed(journal.state(), u"Parent"_s);
        journal.add(attempt(u"e1"_s, commandOf(journal.state(), u"Child"_s)));
        QCOMPARE(journal.state().stepStatus(parent), StepStatus::Running);
        journal.add(CommandEnded{.execution = {u"e1"_s}, .outcome = ExecutionOutcome::Failed});
        QCOMPARE(journal.state().stepStatus(parent), StepStatus::AwaitingSignOff);
    }

    void onlyTheWayThroughTheRunCounts()
    {
        EventBuilder journal;
        journal.create(kNested);
        RunState state = journal.state();
        QCOMPARE(state.progress(), (RunState::Progress{.closed = 0, .total = 3}));
        const PhaseId scenario = phaseNamed(state, u"It fails"_s);
        QCOMPARE(state.progress(scenario), (RunState::Progress{.closed = 0, .total = 2}));
        QCOMPARE(state.progress({u"nowhere"_s}), RunState::Progress{});
        journal.add(StepSigned{.step = stepNamed(state, u"Undo it"_s)});
        state = journal.state();
        QCOMPARE(state.progress().closed, 0);
        QCOMPARE(state.progress(scenario).closed, 1);
    }

    void theFirstOpenStepMovesOn()
    {
        EventBuilder journal;
        journal.create(kNested);
        for (const QString &title : {u"Prepare"_s, u"First"_s}) {
            const StepId step = stepNamed(journal.state(), title);
            QCOMPARE(journal.state().firstOpenStep(), step);
            journal.add(StepSigned{.step = step});
        }
        const StepId second = stepNamed(journal.state(), u"Second"_s);
        journal.add(StepSigned{.step = second}, u"Ada"_s);
        QCOMPARE(journal.state().firstOpenStep(), second); // one of two has signed
        journal.add(StepSigned{.step = second}, u"Ben"_s);
        QVERIFY(journal.state().firstOpenStep().isEmpty()); // rollback and contacts do not wait
    }

    void theLastAttemptIsTheOneThatCounts()
    {
        EventBuilder journal;
        journal.create();
        const CommandId command = commandOf(journal.state(), u"Migrate"_s);
        journal.add(attempt(u"e1"_s, command));
        journal.add(CommandEnded{.execution = {u"e1"_s}, .outcome = ExecutionOutcome::Failed});
        journal.add(attempt(u"e2"_s, command, 2));
        const RunState state = journal.state();
        QCOMPARE(state.lastExecution(command)->id, ExecutionId{u"e2"_s});
        QCOMPARE(state.openExecutions(), QList{ExecutionId{u"e2"_s}});
        QCOMPARE(state.execution({u"e1"_s})->outcome(), ExecutionOutcome::Failed);
        QVERIFY(!state.execution({u"e2"_s})->outcome());
    }

    void aSettledOutcomeReplacesTheUnknownOne()
    {
        EventBuilder journal;
        journal.create();
        journal.add(attempt(u"e1"_s, commandOf(journal.state(), u"Migrate"_s)));
        journal.add(CommandEnded{.execution = {u"e1"_s}, .outcome = ExecutionOutcome::Unknown});
        QVERIFY(journal.state().execution({u"e1"_s})->isUnresolved());
        journal.add(CommandResolved{.execution = {u"e1"_s},
                                    .outcome = ExecutionOutcome::Cancelled,
                                    .evidence = u"pg_stat_activity"_s});
        const RunState state = journal.state();
        QVERIFY(!state.execution({u"e1"_s})->isUnresolved());
        QCOMPARE(state.execution({u"e1"_s})->outcome(), ExecutionOutcome::Cancelled);
        QCOMPARE(state.execution({u"e1"_s})->end->outcome, ExecutionOutcome::Unknown);
    }

    void eventsOfUnknownExecutionsChangeNothing()
    {
        EventBuilder journal;
        journal.create();
        const QList<Execution> before = journal.state().executions;
        const ExecutionId nobody{u"nobody"_s};
        journal.add(CommandStarted{.execution = nobody, .pid = 1});
        journal.add(CommandSignalled{.execution = nobody, .signal = 2});
        journal.add(CommandEnded{.execution = nobody, .workingDirectory = u"/nowhere"_s});
        journal.add(CommandResolved{.execution = nobody});
        QCOMPARE(journal.state().executions, before);
        QVERIFY(journal.state().workingDirectory.isEmpty());
        QCOMPARE(journal.state().lastSeq, 5);
    }

    void whoDeclaredAndApprovedIsKept()
    {
        EventBuilder journal;
        journal.create();
        const PhaseId scenario = phaseNamed(journal.state(), u"It fails"_s);
        journal.add(RunbookApproved{.runbookSha256 = u"x"_s, .commands = 2}, u"Ben"_s);
        journal.add(RollbackDeclared{.scenario = scenario, .reason = u"slow"_s}, u"Cleo"_s);
        RunEvent unattended = journal.events().at(1);
        unattended.unattended = true;
        const RunState state = journal.state();
        QCOMPARE(state.approvedBy.name, u"Ben"_s);
        QVERIFY(!state.approvedUnattended);
        QVERIFY(state.hasRollback(scenario));
        QVERIFY(!state.hasRollback({u"other"_s}));
        QCOMPARE(state.rollbacks.constFirst().by.name, u"Cleo"_s);
        QVERIFY(apply(state, unattended).approvedUnattended);
    }

    void theSummaryTellsProductionByItsColour_data()
    {
        QTest::addColumn<QString>("colour");
        QTest::addColumn<bool>("production");
        QTest::addColumn<QString>("shown");
        QTest::addRow("chosen") << u"amber"_s << true << u"amber"_s;
        QTest::addRow("production") << QString() << true << u"red"_s;
        QTest::addRow("other") << QString() << false << u"teal"_s;
    }
    void theSummaryTellsProductionByItsColour()
    {
        QFETCH(const QString, colour);
        QFETCH(const bool, production);
        EventBuilder journal;
        journal.create();
        RunState state = journal.state();
        state.environment.colour = colour;
        state.environment.production = production;
        QTEST(summarize(state, 3).environmentColour, "shown");
    }

    void theSummaryCountsWhatStillRuns()
    {
        EventBuilder journal;
        journal.create();
        journal.add(attempt(u"e1"_s, commandOf(journal.state(), u"Migrate"_s)));
        const RunSummary summary = summarize(journal.state(), 7);
        QCOMPARE(summary.number, 7);
        QCOMPARE(summary.openExecutions, 1);
        QCOMPARE(summary.closedSteps, 0);
        QCOMPARE(summary.totalSteps, 4);
        QVERIFY(!summary.endedAt.isValid());
        QVERIFY(summary.signedBy.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestState)
#include "tst_state.moc"
