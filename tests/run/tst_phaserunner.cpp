// SPDX-License-Identifier: Apache-2.0
#include "phasebook.h"
#include "run/phaserunner.h"

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::PhaseBench;

namespace
{

struct RunnerBench : PhaseBench
{
    PhaseRunner phaseRunner{controller};
    QSignalSpy stopped{&phaseRunner, &PhaseRunner::stopped};

    [[nodiscard]] PhaseHalt lastHalt() const
    {
        return stopped.constLast().constFirst().value<PhaseStopped>().halt;
    }
    void waitForCommand(qsizetype count)
    {
        QTRY_COMPARE(runner.requests().size(), count);
        settle();
    }
};

} // namespace

class TestPhaseRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNextCommandStartsWhenTheOneBeforeSucceeded()
    {
        RunnerBench bench;
        bench.open();
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        QCOMPARE(bench.phaseRunner.phase(), bench.phase());
        bench.end();
        bench.waitForCommand(2);
        QCOMPARE(bench.ran(), (QStringList{u"First"_s, u"Second"_s}));
        bench.end();
        QTRY_COMPARE(bench.stopped.size(), 1);
        QCOMPARE(bench.lastHalt(), PhaseHalt::SignOff);
        QVERIFY(bench.phaseRunner.phase().isEmpty());
    }

    void everyStartAndStopIsInTheJournal()
    {
        RunnerBench bench;
        bench.open();
        const qsizetype before = bench.journalled().size();
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        bench.end(ExecutionOutcome::Failed, 1);
        QTRY_COMPARE(bench.stopped.size(), 1);
        bench.settle();
        QCOMPARE(bench.journalled().mid(before),
                 (QStringList{u"phase.started"_s, u"command.intended"_s, u"command.started"_s,
                              u"command.ended"_s, u"phase.stopped"_s}));
        const auto stop = bench.state().phaseRuns.value(bench.phase()).stop;
        QVERIFY(stop);
        QCOMPARE(stop->halt, PhaseHalt::Failed);
        QCOMPARE(stop->execution, bench.state().executions.constFirst().id);
    }

    void itGoesOnFromWhereItStopped()
    {
        RunnerBench bench;
        bench.open();
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        bench.end();
        bench.waitForCommand(2);
        bench.end(ExecutionOutcome::Failed, 1);
        QTRY_COMPARE(bench.stopped.size(), 1);
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(3);
        QCOMPARE(bench.ran(), (QStringList{u"First"_s, u"Second"_s, u"Second"_s}));
    }

    void whatSucceededByHandIsNotRunAgain()
    {
        RunnerBench bench;
        bench.open();
        bench.runByHand(u"First"_s);
        bench.end();
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(2);
        QCOMPARE(bench.ran(), (QStringList{u"First"_s, u"Second"_s}));
    }

    void pausingMeansNoNextCommand()
    {
        RunnerBench bench;
        bench.open();
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        bench.phaseRunner.pause();
        QVERIFY(bench.phaseRunner.phase().isEmpty());
        QCOMPARE(bench.phaseRunner.lastStop(bench.phase())->halt, PhaseHalt::Paused);
        bench.end(); // it went on
        QCOMPARE(bench.state().executions.constFirst().outcome(), ExecutionOutcome::Succeeded);
        QCOMPARE(bench.runner.requests().size(), 1);
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(2);
        QCOMPARE(bench.ran().constLast(), u"Second"_s);
    }

    void pausingAtOnceIsRecordedToo()
    {
        RunnerBench bench;
        bench.open();
        bench.phaseRunner.start(bench.phase());
        bench.phaseRunner.pause(); // before the start is durable
        bench.settle();
        QVERIFY(bench.runner.requests().isEmpty());
        QCOMPARE(bench.state().phaseRuns.value(bench.phase()).stop->halt, PhaseHalt::Paused);
    }

    void aSecondPressStartsNothingTwice()
    {
        RunnerBench bench;
        bench.open();
        bench.phaseRunner.start(bench.phase());
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        bench.phaseRunner.start(bench.phase());
        bench.settle();
        QCOMPARE(bench.runner.requests().size(), 1);
    }

    void anotherPhasePausesTheFirst()
    {
        RunnerBench bench;
        bench.open();
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        bench.controller.decideGate(bench.phase(u"Verification"_s), true, u"r"_s);
        bench.settle();
        bench.phaseRunner.start(bench.phase(u"Verification"_s));
        bench.waitForCommand(2);
        QCOMPARE(bench.ran(), (QStringList{u"First"_s, u"Fourth"_s}));
        QCOMPARE(bench.state().phaseRuns.value(bench.phase()).stop->halt, PhaseHalt::Paused);
    }

    void aFilledInCommandIsTheFirst()
    {
        RunnerBench bench;
        bench.open("# T\n\n## Execution\n\n### Step 1: Go\n\n```bash\n# Dump\ndump <host>\n```\n\n"
                   "```bash\n# After\ntrue\n```\n");
        bench.phaseRunner.start(bench.phase());
        QTRY_COMPARE(bench.stopped.size(), 1);
        QCOMPARE(bench.lastHalt(), PhaseHalt::Answer);
        bench.phaseRunner.start(bench.phase(), bench.command(u"Dump"_s), {{u"<host>"_s, u"db1"_s}});
        bench.waitForCommand(1);
        QVERIFY(bench.runner.requests().constLast().script.endsWith("dump db1"));
        bench.end();
        bench.waitForCommand(2);
        QCOMPARE(bench.ran().constLast(), u"After"_s);
    }

    void anAnswerThatDoesNotFitStopsIt()
    {
        RunnerBench bench;
        bench.open("# T\n\n## Execution\n\n### Step 1: Go\n\n```bash\n# Dump\ndump <host>\n```\n");
        bench.phaseRunner.start(bench.phase(), bench.command(u"Dump"_s), {});
        QTRY_COMPARE(bench.stopped.size(), 1);
        QCOMPARE(bench.lastHalt(), PhaseHalt::Refused);
        QVERIFY(bench.runner.requests().isEmpty());
    }

    void aFullDiskStopsIt()
    {
        RunnerBench bench;
        bench.open();
        bench.journal.failNext({.kind = Error::Kind::Unwritable, .message = u"full"_s});
        bench.phaseRunner.start(bench.phase());
        QTRY_COMPARE(bench.stopped.size(), 1);
        bench.settle();
        QVERIFY(bench.runner.requests().isEmpty());
        QCOMPARE(bench.phaseRunner.lastStop(bench.phase())->text, u"full"_s);
    }

    void othersFailuresAreNotIts()
    {
        RunnerBench bench;
        bench.open();
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        bench.controller.reopenStep(test::stepNamed(bench.state(), u"Prepare"_s), {});
        QVERIFY(!bench.lastError().isEmpty());
        QCOMPARE(bench.phaseRunner.phase(), bench.phase());
    }

    void whatOthersCouldNotStoreIsNotWaitedFor()
    {
        RunnerBench bench;
        bench.open();
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        bench.runner.reportStarted();
        bench.settle();
        const ExecutionId execution = bench.state().executions.constFirst().id;
        bool examined = false;
        bench.phaseRunner.setExaminer([&](const ExecutionId &) { return examined; });
        connect(&bench.controller, &RunController::stateChanged, &bench.phaseRunner,
                [&](const RunEvent &event) {
                    if (!std::holds_alternative<CommandEnded>(event.body))
                        return;
                    bench.journal.failNext({.kind = Error::Kind::Unwritable, .message = u"full"_s});
                    bench.controller.recordRecognition({.execution = execution, .tool = u"x"_s});
                    examined = true; // and nobody says so
                });
        bench.runner.reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
        bench.waitForCommand(2);
    }

    void aClosedWindowIsAPause()
    {
        RunnerBench bench;
        bench.open();
        const RunId run = bench.state().id;
        const PhaseId phase = bench.phase();
        bench.phaseRunner.start(phase);
        bench.waitForCommand(1);
        bench.runner.reportStarted();
        bench.settle();
        bench.controller.closeRun();
        QVERIFY(bench.phaseRunner.phase().isEmpty());
        bench.controller.openRun(run);
        QTRY_VERIFY(bench.controller.hasRun());
        QCOMPARE(bench.runner.recovered().size(), 1); // what ran goes on
        QVERIFY(bench.phaseRunner.wasStarted(phase));
        QVERIFY(!bench.phaseRunner.lastStop(phase)); // which says that nobody stopped it
        bench.runner.reportEnded({.execution = bench.state().executions.constFirst().id,
                                  .outcome = ExecutionOutcome::Succeeded,
                                  .exitCode = 0});
        bench.settle();
        QCOMPARE(bench.runner.requests().size(), 1); // and nothing is started after it
        bench.phaseRunner.start(phase);
        bench.waitForCommand(2);
    }

    void anAmendedRunbookIsApprovedAgainFirst()
    {
        RunnerBench bench;
        bench.open();
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        bench.phaseRunner.pause();
        bench.end();
        bench.controller.amendRunbook(QByteArray(test::kPhaseBook).replace("echo second", "echo 2"),
                                      u"r"_s);
        bench.settle();
        QVERIFY(!bench.phaseRunner.wasStarted(bench.phase())); // of the runbook before
        QCOMPARE(bench.phaseRunner.next(bench.phase()).stop.halt, PhaseHalt::Approval);
    }

    void theEndOfTheRunIsItsEnd()
    {
        RunnerBench bench;
        bench.open();
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        bench.controller.abortRun(u"r"_s);
        bench.settle();
        QVERIFY(bench.phaseRunner.phase().isEmpty());
        bench.end();
        QCOMPARE(bench.runner.requests().size(), 1);
    }

    void nothingIsCarriedOnBeforeApproval()
    {
        RunnerBench bench;
        bench.open(test::kPhaseBook, false);
        bench.phaseRunner.start(bench.phase());
        QVERIFY(bench.lastError().contains(u"approved"_s));
        QVERIFY(bench.phaseRunner.phase().isEmpty());
        bench.settle();
        QVERIFY(bench.runner.requests().isEmpty());
    }

    void itWaitsForWhoLooksAtTheOutput()
    {
        RunnerBench bench;
        bench.open();
        bool examined = false;
        bench.phaseRunner.setExaminer([&examined](const ExecutionId &) { return examined; });
        bench.phaseRunner.start(bench.phase());
        bench.waitForCommand(1);
        bench.end();
        QCOMPARE(bench.runner.requests().size(), 1);
        examined = true;
        bench.phaseRunner.look();
        bench.waitForCommand(2);
    }
};

QTEST_GUILESS_MAIN(TestPhaseRunner)
#include "tst_phaserunner.moc"
