// SPDX-License-Identifier: Apache-2.0
#include "run/controllerbench.h"
#include "run/notices.h"

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

/// A bench whose environment names a server, with the command running.
struct Stops : Bench
{
    QSignalSpy checksWanted{&controller, &RunController::serverCheckWanted};
    QSignalSpy stopsWanted{&controller, &RunController::backendStopWanted};

    void start()
    {
        controller.createRun(
            {.runbookFile = u"t.md"_s,
             .runbookSource = kRunbook,
             .environment = {.name = u"staging"_s, .connection = {.host = u"db1"_s}}});
        QTRY_VERIFY(!opened.isEmpty());
        controller.approveRunbook();
        controller.decideGate(state().runbook->phaseOf(stepNamed(state(), u"Migrate"_s))->id, true,
                              u"rehearsed"_s);
        settle();
        run();
    }
    void run()
    {
        const qsizetype before = runner.requests().size();
        controller.runCommand(migrate());
        QTRY_COMPARE(runner.requests().size(), before + 1);
        runner.reportStarted();
        settle();
    }
    [[nodiscard]] const Execution &execution() const { return state().executions.constLast(); }
    [[nodiscard]] ServerChecked said(ServerVerdict verdict) const
    {
        return {.execution = execution().id, .verdict = verdict, .finding = u"f"_s};
    }
};

/// A second window on the same journal, with a runner of its own.
struct Other
{
    explicit Other(Bench &bench)
        : controller(bench.journal, runner, bench.clock, {.name = u"Ben"_s})
    {
    }
    FakeRunner runner;
    RunController controller;
};

} // namespace

class TestControllerStops : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serverIsAskedOnlyWhenItIsRecorded();
    void rungOutOfOrderIsRefused();
    void uncleanEndAsksTheServer();
    void cleanEndAsksNobody();
    void endFoundOnOpeningIsAskedAbout();
    void checkOnDemandIsAskedOnce();
    void answerOvertakenByTheEndIsDropped();
    void answerAfterTheRunHasEndedIsNotRecorded();
    void clientCheckIsGivenAndRecorded();
    void optionsOfThePersonAreKept();
    void undeliveredStopIsSaid();
    void endThatTheDiskDoesNotTakeIsSentAgain();
    void otherWindowHearsEverythingInOrder();
    void otherWindowDoesNothingTwice();
    void otherWindowReattaches();
};

void TestControllerStops::serverIsAskedOnlyWhenItIsRecorded()
{
    Stops bench;
    bench.start();
    bench.controller.stopExecution(bench.execution().id, StopRung::Interrupt);
    bench.settle();
    QCOMPARE(bench.runner.sentSignals().constLast().second, SIGINT);
    ServerChecked seen = bench.said(ServerVerdict::Running);
    seen.backends = {{.pid = 17}, {.pid = 18}};
    bench.controller.recordServerCheck(seen);
    bench.settle();
    bench.journal.hold();
    bench.controller.stopExecution(bench.execution().id, StopRung::CancelBackend);
    QCOMPARE(bench.stopsWanted.size(), 0);
    bench.journal.release();
    QTRY_COMPARE(bench.stopsWanted.size(), 1);
    const auto wanted = bench.stopsWanted.constFirst().constFirst().value<BackendSignalled>();
    QCOMPARE(wanted.rung, StopRung::CancelBackend);
    QCOMPARE(wanted.pids, (QList<qint64>{17, 18}));
    QCOMPARE(bench.execution().stops.size(), 2);
    QCOMPARE(bench.runner.sentSignals().size(), 1);
}

void TestControllerStops::rungOutOfOrderIsRefused()
{
    Stops bench;
    bench.start();
    for (const StopRung rung :
         {StopRung::CancelBackend, StopRung::Terminate, StopRung::TerminateBackend, StopRung::Kill})
        bench.controller.stopExecution(bench.execution().id, rung);
    bench.settle();
    QCOMPARE(bench.failed.size(), 4);
    QCOMPARE(bench.execution().stops.size(), 0);
    QCOMPARE(bench.stopsWanted.size(), 0);
    QCOMPARE(bench.runner.sentSignals().size(), 0);
}

void TestControllerStops::uncleanEndAsksTheServer()
{
    Stops bench;
    bench.start();
    bench.runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 3});
    QTRY_COMPARE(bench.checksWanted.size(), 1);
    QVERIFY(bench.execution().end.has_value()); // the state first, then the wish
    QCOMPARE(bench.checksWanted.constFirst().constFirst().value<ExecutionId>(),
             bench.execution().id);
}

void TestControllerStops::cleanEndAsksNobody()
{
    Stops bench;
    bench.start();
    bench.runner.reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
    bench.settle();
    QCOMPARE(bench.checksWanted.size(), 0);
}

void TestControllerStops::endFoundOnOpeningIsAskedAbout()
{
    Stops bench;
    bench.start();
    bench.runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 3});
    bench.settle();
    const RunId run = bench.state().id;
    bench.checksWanted.clear();
    bench.controller.openRun(run);
    QTRY_COMPARE(bench.checksWanted.size(), 1);
    bench.controller.recordServerCheck(bench.said(ServerVerdict::RolledBack));
    bench.settle();
    bench.controller.openRun(run);
    QTRY_COMPARE(bench.opened.size(), 3);
    QCOMPARE(bench.checksWanted.size(), 1); // it is answered
}

void TestControllerStops::checkOnDemandIsAskedOnce()
{
    Stops bench;
    bench.start();
    bench.controller.checkServer(bench.execution().id);
    QCOMPARE(bench.checksWanted.size(), 1);
    QCOMPARE(bench.failed.size(), 0);
    bench.controller.checkServer({u"nobody"_s});
    QCOMPARE(bench.checksWanted.size(), 1);
    QCOMPARE(bench.failed.size(), 1);
}

void TestControllerStops::answerOvertakenByTheEndIsDropped()
{
    Stops bench;
    bench.start();
    bench.journal.hold();
    bench.runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 3});
    bench.controller.recordServerCheck(bench.said(ServerVerdict::Running));
    bench.journal.release();
    QTRY_COMPARE(bench.checksWanted.size(), 1); // and asked again
    QVERIFY(!bench.execution().server);
}

void TestControllerStops::answerAfterTheRunHasEndedIsNotRecorded()
{
    Stops bench;
    bench.start();
    bench.controller.abortRun(u"enough"_s);
    bench.settle();
    bench.controller.recordServerCheck(bench.said(ServerVerdict::Running));
    bench.settle();
    QVERIFY(!bench.execution().server);
    QCOMPARE(bench.failed.size(), 0);
}

void TestControllerStops::clientCheckIsGivenAndRecorded()
{
    Stops bench;
    bench.start();
    QVERIFY(!bench.runner.requests().constLast().environment.contains(u"PGOPTIONS"_s));
    QCOMPARE(bench.execution().sessionOptions, QString());
    bench.runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 3});
    bench.settle();
    bench.controller.useClientCheck(true);
    bench.run();
    const QString option = u"-c client_connection_check_interval=2s"_s;
    QCOMPARE(bench.runner.requests().constLast().environment.value(u"PGOPTIONS"_s), option);
    QCOMPARE(bench.execution().sessionOptions, option);
}

void TestControllerStops::optionsOfThePersonAreKept()
{
    Stops bench;
    qputenv("PGOPTIONS", "-c search_path=shop");
    bench.start();
    bench.runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 3});
    bench.settle();
    bench.controller.useClientCheck(true);
    bench.run();
    qunsetenv("PGOPTIONS");
    QVERIFY(!bench.runner.requests().constLast().environment.contains(u"PGOPTIONS"_s));
    QCOMPARE(bench.execution().sessionOptions, QString());
}

void TestControllerStops::undeliveredStopIsSaid()
{
    Stops bench;
    bench.start();
    Q_EMIT bench.runner.undelivered({u"another"_s});
    QCOMPARE(bench.failed.size(), 0);
    Q_EMIT bench.runner.undelivered(bench.execution().id);
    QVERIFY(bench.lastError().contains(u"process 4711"_s));
}

void TestControllerStops::endThatTheDiskDoesNotTakeIsSentAgain()
{
    Stops bench;
    bench.start();
    const Error full{.kind = Error::Kind::Unwritable, .message = u"The disk is full."_s};
    bench.journal.failNext(full);
    bench.runner.reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
    QTRY_COMPARE(bench.failed.size(), 1);
    const auto said = bench.failed.constFirst().constFirst().value<Error>();
    QCOMPARE(said.message, notRecorded(bench.state(), bench.execution(), full).message);
    QCOMPARE(said.detail, full.message);
    QVERIFY(bench.execution().isOpen());
    QCOMPARE(bench.controller.pendingEvents(), 1);
    bench.journal.failNext(full); // there is still no room
    QTRY_VERIFY(!bench.execution().isOpen());
    QCOMPARE(bench.failed.size(), 1); // said once
    QCOMPARE(bench.controller.pendingEvents(), 0);
    QCOMPARE(std::ranges::count_if(bench.controller.events(),
                                   [](const RunEvent &event) {
                                       return std::holds_alternative<CommandEnded>(event.body);
                                   }),
             1);
}

void TestControllerStops::otherWindowHearsEverythingInOrder()
{
    Stops bench;
    bench.start();
    Other other(bench);
    QSignalSpy heard(&other.controller, &RunController::stateChanged);
    other.controller.openRun(bench.state().id);
    QTRY_VERIFY(other.controller.hasRun());
    bench.controller.addNote(u"first"_s);
    bench.controller.addNote(u"second"_s);
    bench.settle();
    // Its own event comes after two that it does not know yet.
    other.controller.addNote(u"third"_s);
    QTRY_COMPARE(heard.size(), 3);
    QCOMPARE(other.controller.pendingEvents(), 0);
    QVERIFY(verifyChain(other.controller.events()).intact);
    QCOMPARE(std::get<NoteAdded>(other.controller.events().constLast().body).text, u"third"_s);
    bench.controller.lookForOthers();
    QTRY_COMPARE(bench.state().lastSeq, other.controller.state().lastSeq);
    QCOMPARE(bench.controller.events(), other.controller.events());
}

void TestControllerStops::otherWindowDoesNothingTwice()
{
    Stops bench;
    bench.start();
    Other other(bench);
    QSignalSpy stops(&other.controller, &RunController::backendStopWanted);
    QSignalSpy checks(&other.controller, &RunController::serverCheckWanted);
    QSignalSpy failed(&other.controller, &RunController::failed);
    other.controller.openRun(bench.state().id);
    QTRY_VERIFY(other.controller.hasRun());
    bench.controller.stopExecution(bench.execution().id, StopRung::Interrupt);
    bench.settle();
    bench.controller.stopExecution(bench.execution().id, StopRung::CancelBackend);
    bench.runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 3});
    QTRY_COMPARE(bench.checksWanted.size(), 1);
    // The other window saw the end, too, and could not know that it is recorded.
    other.runner.reportEnded(
        {.execution = bench.execution().id, .outcome = ExecutionOutcome::Failed, .exitCode = 3});
    QTRY_COMPARE(other.controller.state().lastSeq, bench.state().lastSeq);
    QCOMPARE(bench.journalled().count(u"command.ended"_s), 1);
    QCOMPARE(stops.size(), 0);
    QCOMPARE(checks.size(), 0);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(other.runner.sentSignals().size(), 0);
}

void TestControllerStops::otherWindowReattaches()
{
    Stops bench;
    bench.start();
    bench.runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 3});
    bench.settle();
    Other other(bench);
    other.controller.openRun(bench.state().id);
    QTRY_VERIFY(other.controller.hasRun());
    QCOMPARE(other.runner.recovered().size(), 0);
    bench.run();
    other.controller.lookForOthers();
    QTRY_COMPARE(other.runner.recovered(), QList<ExecutionId>{bench.execution().id});
    QCOMPARE(other.runner.requests().size(), 0);
}

QTEST_GUILESS_MAIN(TestControllerStops)
#include "tst_controllerstops.moc"
