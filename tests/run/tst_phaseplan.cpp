// SPDX-License-Identifier: Apache-2.0
#include "phasebook.h"
#include "run/phaseplan.h"

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::PhaseBench;

namespace
{

using Kind = PhaseMove::Kind;

PhaseMove moveOf(const PhaseBench &bench, const PhaseContext &context = {})
{
    return nextMove(bench.state(), bench.phase(), context);
}

QByteArray oneStep(const QByteArray &block, const QByteArray &attributes = {})
{
    return "# T\n\n## Execution\n\n### Step 1: Go\n\n```bash " + attributes + "\n" + block
        + "\n```\n";
}

} // namespace

class TestPhasePlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commandsComeInTheOrderOfTheText()
    {
        PhaseBench bench;
        bench.open();
        QCOMPARE(moveOf(bench).kind, Kind::Run);
        QCOMPARE(moveOf(bench).command, bench.command(u"First"_s));
        bench.runByHand(u"First"_s);
        QCOMPARE(moveOf(bench).kind, Kind::Busy);
        bench.end();
        QCOMPARE(moveOf(bench).command, bench.command(u"Second"_s));
    }

    void stepsWaitForTheirSignOffInBetween()
    {
        PhaseBench bench;
        bench.open();
        for (const auto &label : {u"First"_s, u"Second"_s}) {
            bench.runByHand(label);
            bench.end();
        }
        QCOMPARE(moveOf(bench).stop.halt, PhaseHalt::SignOff);
        QCOMPARE(moveOf(bench).stop.step, test::stepNamed(bench.state(), u"Prepare"_s));
        bench.sign(u"Prepare"_s);
        QCOMPARE(moveOf(bench).stop.step, test::stepNamed(bench.state(), u"Tell people"_s));
        bench.sign(u"Tell people"_s);
        QCOMPARE(moveOf(bench).command, bench.command(u"Third"_s));
        bench.sign(u"Migrate"_s, SignOffOutcome::Skipped); // and so are its commands
        QCOMPARE(moveOf(bench).stop.halt, PhaseHalt::Finished);
    }

    void aFailureStopsUntilItWasSeen()
    {
        PhaseBench bench;
        bench.open();
        bench.runByHand(u"First"_s);
        bench.end(ExecutionOutcome::Failed, 3);
        const PhaseMove move = moveOf(bench);
        QCOMPARE(move.stop.halt, PhaseHalt::Failed);
        QVERIFY2(move.stop.text.contains(u"exit 3"_s), qPrintable(move.stop.text));
        bench.controller.recordPhaseStopped(move.stop);
        bench.controller.recordPhaseStarted({.phase = bench.phase()});
        bench.settle();
        QCOMPARE(moveOf(bench).kind, Kind::Run);
        QCOMPARE(moveOf(bench).command, bench.command(u"First"_s));
    }

    void whatOnlyAPersonCanSettleIsNeverRunAgain()
    {
        PhaseBench bench;
        bench.open();
        bench.runByHand(u"First"_s);
        bench.end(ExecutionOutcome::Unknown);
        bench.controller.recordPhaseStopped(moveOf(bench).stop);
        bench.controller.recordPhaseStarted({.phase = bench.phase()});
        bench.settle();
        QCOMPARE(moveOf(bench).stop.halt, PhaseHalt::Failed);
        const Execution &unknown = bench.state().executions.constFirst();
        bench.controller.resolveExecution(unknown.id, ExecutionOutcome::Succeeded, u"seen"_s);
        bench.settle();
        QCOMPARE(moveOf(bench).command, bench.command(u"Second"_s));
    }

    void needsOfAPersonStopIt_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<bool>("approved");
        QTest::addColumn<PhaseHalt>("halt");
        QTest::addColumn<QString>("says");
        QTest::newRow("approval") << oneStep("true") << false << PhaseHalt::Approval
                                  << u"approved first"_s;
        QTest::newRow("answer") << oneStep("dump <host>") << true << PhaseHalt::Answer
                                << u"a value for <host>"_s;
        QTest::newRow("confirmation") << oneStep("true", "{confirm=true}") << true
                                      << PhaseHalt::Confirmation << u"second look"_s;
        QTest::newRow("choice") << oneStep("# Option A\na\n\n# Option B\nb") << true
                                << PhaseHalt::Choice << u"(Option A, Option B)"_s;
        QTest::newRow("optional") << QByteArray(
            "# T\n\n## Execution\n\n<!-- runsheet: required=false -->\n"
            "### Step 1: Tidy\n\n```bash\ntrue\n```\n")
                                  << true << PhaseHalt::Choice << u"is optional"_s;
        QTest::newRow("closed gate")
            << QByteArray("# T\n\n## 1 Hour Before\n\n- [ ] Check\n\n## Execution\n\n"
                          "### Step 1: Go\n\n```bash\ntrue\n```\n")
            << true << PhaseHalt::Refused << u"1 Hour Before"_s;
    }
    void needsOfAPersonStopIt()
    {
        QFETCH(QByteArray, source);
        QFETCH(bool, approved);
        PhaseBench bench;
        bench.open(source, approved);
        const PhaseMove move = moveOf(bench);
        QCOMPARE(move.kind, Kind::Stop);
        QTEST(move.stop.halt, "halt");
        QFETCH(QString, says);
        QVERIFY2(move.stop.text.contains(says), qPrintable(move.stop.text));
        QVERIFY(!move.stop.command.isEmpty());
    }

    void typingStopsItWhereNobodySits()
    {
        PhaseBench bench;
        bench.open(oneStep("psql"));
        QCOMPARE(moveOf(bench).kind, Kind::Run);
        QCOMPARE(moveOf(bench, {.attended = false}).stop.halt, PhaseHalt::Typing);
    }

    void timeToWaitIsWaitedFor()
    {
        PhaseBench bench;
        bench.open("# T\n\n## Execution\n\n### Step 1: Watch\n\n- Monitor for 15 minutes\n\n"
                   "```bash\ntrue\n```\n");
        const StepId step = test::stepNamed(bench.state(), u"Watch"_s);
        QCOMPARE(bench.state().runbook->step(step)->waitSeconds, 900);
        bench.runByHand(u"true"_s);
        bench.end(); // its first command began the time
        QCOMPARE(moveOf(bench, {.now = bench.clock.now()}).stop.halt, PhaseHalt::Wait);
        QCOMPARE(moveOf(bench, {.now = bench.clock.now().addSecs(901)}).stop.halt,
                 PhaseHalt::SignOff);
        QCOMPARE(moveOf(bench, {.now = bench.clock.now(), .attended = false}).stop.halt,
                 PhaseHalt::SignOff);
    }

    void findingsStopItOnce_data()
    {
        QTest::addColumn<bool>("differs");
        QTest::addColumn<PhaseHalt>("halt");
        QTest::newRow("output differs") << true << PhaseHalt::Differs;
        QTest::newRow("text and exit code") << false << PhaseHalt::Contradicts;
    }
    void findingsStopItOnce()
    {
        QFETCH(bool, differs);
        PhaseBench bench;
        bench.open();
        bench.runByHand(u"First"_s);
        bench.end();
        const ExecutionId execution = bench.state().executions.constFirst().id;
        if (differs)
            bench.controller.recordComparison({.execution = execution,
                                               .matches = false,
                                               .differences = 1,
                                               .finding = u"differs in 1 line"_s});
        else
            bench.controller.recordRecognition(
                {.execution = execution, .tool = u"psql"_s, .contradiction = u"exit 0, but"_s});
        bench.settle();
        QTEST(moveOf(bench).stop.halt, "halt");
        QCOMPARE(moveOf(bench, {.attended = false}).command, bench.command(u"Second"_s));
        bench.controller.recordPhaseStopped(moveOf(bench).stop);
        bench.controller.recordPhaseStarted({.phase = bench.phase()});
        bench.settle();
        QCOMPARE(moveOf(bench).command, bench.command(u"Second"_s));
    }

    void serverThatDeniesTheSuccessStopsIt()
    {
        PhaseBench bench;
        bench.open();
        bench.runByHand(u"First"_s);
        bench.end();
        const ExecutionId execution = bench.state().executions.constFirst().id;
        QVERIFY(!bench.state().execution(execution)->isDeniedByServer());
        RunState state = bench.state();
        state.executions.first().server = ServerChecked{.execution = execution,
                                                        .verdict = ServerVerdict::LastRolledBack,
                                                        .finding = u"It was rolled back."_s};
        const PhaseMove move = nextMove(state, bench.phase(), {});
        QCOMPARE(move.stop.halt, PhaseHalt::Contradicts);
        QVERIFY2(move.stop.text.endsWith(u"exit 0, but: It was rolled back."_s),
                 qPrintable(move.stop.text));
    }

    void outputIsLookedAtBeforeItGoesOn()
    {
        PhaseBench bench;
        bench.open();
        bench.runByHand(u"First"_s);
        bench.end();
        PhaseContext context;
        context.isExamined = [](const ExecutionId &) { return false; };
        QCOMPARE(moveOf(bench, context).kind, Kind::Busy);
        context.isExamined = [](const ExecutionId &) { return true; };
        QCOMPARE(moveOf(bench, context).kind, Kind::Run);
    }

    void followersRunBeside()
    {
        PhaseBench bench;
        bench.open(oneStep("# Follow\ntail -f log\n\n# Work\ntrue"));
        QCOMPARE(moveOf(bench).command, bench.command(u"Follow"_s));
        bench.runByHand(u"Follow"_s);
        bench.runner.reportStarted();
        bench.settle();
        QCOMPARE(moveOf(bench).command, bench.command(u"Work"_s));
        bench.runner.reportEnded({.outcome = ExecutionOutcome::Signalled, .signal = 2});
        bench.settle();
        QCOMPARE(moveOf(bench).command, bench.command(u"Work"_s));
    }

    void theOtherOptionIsLeftOut()
    {
        PhaseBench bench;
        bench.open(oneStep("# Option A\na\n\n# Option B\nb"));
        bench.controller.runCommand(
            bench.state().runbook->phases.constLast().steps.constFirst().commands.at(1).id);
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        bench.end();
        QCOMPARE(moveOf(bench).stop.halt, PhaseHalt::SignOff);
    }

    void aPhaseThatIsGoneIsSaid()
    {
        PhaseBench bench;
        bench.open();
        const PhaseMove move = nextMove(bench.state(), PhaseId{u"gone"_s}, {});
        QCOMPARE(move.stop.halt, PhaseHalt::Refused);
        QCOMPARE(nextMove(RunState(), PhaseId{u"gone"_s}, {}).stop.halt, PhaseHalt::Refused);
    }

    void endingsAreSaid_data()
    {
        QTest::addColumn<CommandEnded>("end");
        QTest::addColumn<QString>("text");
        QTest::newRow("exit") << CommandEnded{.outcome = ExecutionOutcome::Failed, .exitCode = 3}
                              << u"exit 3"_s;
        QTest::newRow("signal") << CommandEnded{.outcome = ExecutionOutcome::Signalled,
                                                .signal = 15}
                                << u"signal 15"_s;
        QTest::newRow("not started")
            << CommandEnded{.outcome = ExecutionOutcome::CouldNotStart, .reason = u"no psql"_s}
            << u"could not start: no psql"_s;
        QTest::newRow("unknown") << CommandEnded{} << u"unknown"_s;
    }
    void endingsAreSaid()
    {
        QFETCH(CommandEnded, end);
        Execution execution;
        execution.end = end;
        QTEST(endingOf(execution), "text");
    }
};

QTEST_GUILESS_MAIN(TestPhasePlan)
#include "tst_phaseplan.moc"
