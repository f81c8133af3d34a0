// SPDX-License-Identifier: Apache-2.0
// The controller between runs: beginning, ending, and answers that come when they are too late.
#include "controllerbench.h"

#include "run/eventbody.h"

#include <QJsonDocument>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::Bench;
using test::commandOf;
using test::EventBuilder;
using test::phaseNamed;
using test::stepNamed;

namespace
{

const Error kDiskFull{
    .kind = Error::Kind::Unwritable, .message = QStringLiteral("The disk is full."), .detail = {}};

RunRequest requestFor(const QByteArray &source)
{
    return {
        .runbookFile = u"t.md"_s, .runbookSource = source, .environment = {.name = u"staging"_s}};
}

/// A run that was begun earlier, in which a command was started.
QList<RunEvent> interruptedRun()
{
    EventBuilder past;
    past.create();
    past.add(CommandIntended{.execution = {u"old"_s},
                             .command = commandOf(past.state(), u"Migrate"_s),
                             .text = u"echo migrating"_s});
    return past.events();
}

} // namespace

class TestControllerRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunThatCouldNotBeStoredDoesNotExist()
    {
        Bench bench;
        bench.journal.failNext(kDiskFull);
        bench.create();
        QCOMPARE(bench.lastError(), kDiskFull.message);
        QVERIFY(bench.opened.isEmpty());
        QVERIFY(!bench.controller.hasRun());
        QCOMPARE(bench.controller.pendingEvents(), 0);
        // Nothing of it is left to write into.
        bench.controller.addNote(u"lost"_s);
        QCOMPARE(bench.controller.pendingEvents(), 0);
        QVERIFY(bench.lastError().contains(u"No run"_s));

        bench.failed.clear();
        bench.create();
        QCOMPARE(bench.opened.size(), 1);
        QVERIFY(bench.controller.hasRun());
    }

    void whatWasAskedMeanwhileGoesWithTheRunThatCouldNotBeStored()
    {
        Bench bench;
        bench.journal.failNext(kDiskFull);
        bench.journal.hold();
        bench.controller.createRun(requestFor(test::kRunbook));
        bench.controller.addNote(u"first"_s); // of a run that is about to fail
        QCOMPARE(bench.controller.pendingEvents(), 2);
        bench.journal.release();
        QTRY_COMPARE(bench.failed.size(), 1);
        QCOMPARE(bench.controller.pendingEvents(), 0);
        QVERIFY(!bench.controller.hasRun());
        QVERIFY(bench.changed.isEmpty());
    }

    void aSecondClickDoesNotBeginASecondRun()
    {
        Bench bench;
        bench.journal.hold();
        bench.controller.createRun(requestFor(test::kRunbook));
        bench.controller.createRun(requestFor(test::kRunbook));
        QCOMPARE(bench.controller.pendingEvents(), 1);
        bench.journal.release();
        QTRY_COMPARE(bench.opened.size(), 1);
        bench.settle();
        QCOMPARE(bench.opened.size(), 1);
    }

    void aRefusedRunbookLeavesTheOpenRunAlone()
    {
        Bench bench;
        bench.create();
        const RunId open = bench.state().id;
        bench.controller.createRun(requestFor("# Nothing\n"));
        QCOMPARE(bench.failed.size(), 1);
        QVERIFY2(!bench.lastError().contains(u"line 0"_s), qPrintable(bench.lastError()));
        QCOMPARE(bench.state().id, open);
    }

    void theLineOfTheWorstFindingIsNamed()
    {
        Bench bench;
        bench.create("# T\n\n## Execution\n\n1. caf\xE9\n");
        QVERIFY2(bench.lastError().startsWith(u"t.md, line 5: "_s), qPrintable(bench.lastError()));
    }

    void openingFailsOnceAndLeavesNothingOpen()
    {
        Bench bench;
        bench.controller.openRun({u"nowhere"_s});
        QTRY_COMPARE(bench.failed.size(), 1);
        // The journal answers again, for whatever reason: it is not ours any more.
        Q_EMIT bench.journal.loadFailed({u"nowhere"_s}, kDiskFull);
        Q_EMIT bench.journal.loaded({u"nowhere"_s}, interruptedRun());
        QCOMPARE(bench.failed.size(), 1);
        QVERIFY(bench.opened.isEmpty());
    }

    void aRecordWithoutABeginningIsAnError_data()
    {
        QTest::addColumn<QList<RunEvent>>("events");
        QTest::addRow("nothing") << QList<RunEvent>();
        EventBuilder headless;
        headless.add(NoteAdded{.text = u"?"_s, .step = {}});
        QTest::addRow("only a note") << headless.events();
    }
    void aRecordWithoutABeginningIsAnError()
    {
        QFETCH(const QList<RunEvent>, events);
        Bench bench;
        bench.journal.hold();
        bench.controller.openRun({u"r"_s});
        Q_EMIT bench.journal.loaded({u"r"_s}, events);
        QCOMPARE(bench.failed.size(), 1);
        QCOMPARE(bench.failed.constFirst().constFirst().value<Error>().kind, Error::Kind::Corrupt);
        QVERIFY(bench.opened.isEmpty());
        QVERIFY(!bench.controller.hasRun());
    }

    void theRunAskedForLastIsTheOneThatOpens()
    {
        Bench bench;
        EventBuilder first;
        first.create();
        EventBuilder second;
        second.create();
        bench.journal.put(first.events());
        bench.journal.put(second.events());
        bench.journal.hold();
        bench.controller.openRun(first.events().constFirst().run);
        bench.controller.openRun(second.events().constFirst().run);
        bench.journal.release();
        QTRY_COMPARE(bench.opened.size(), 1);
        bench.settle();
        QCOMPARE(bench.state().id, second.events().constFirst().run);
        QCOMPARE(bench.opened.size(), 1);
    }

    void loadingTwiceOpensOnce()
    {
        Bench bench;
        bench.journal.put(interruptedRun());
        const QList<RunEvent> events = interruptedRun();
        bench.journal.put(events);
        bench.journal.hold();
        bench.controller.openRun(events.constFirst().run);
        bench.controller.openRun(events.constFirst().run);
        bench.journal.release();
        QTRY_COMPARE(bench.opened.size(), 1);
        // The second answer must not take back what happened since the first.
        bench.controller.addNote(u"between"_s);
        bench.settle();
        QCOMPARE(bench.opened.size(), 1);
        QCOMPARE(bench.controller.events().size(), events.size() + 1);
        QCOMPARE(bench.runner.recovered().size(), 1);
    }

    void eventsThatBecomeDurableAfterClosingChangeNoOtherRun()
    {
        Bench bench;
        bench.prepare();
        const RunId first = bench.state().id;
        bench.journal.hold();
        bench.controller.runCommand(bench.migrate());
        bench.controller.closeRun();
        EventBuilder other;
        other.create();
        bench.journal.put(other.events());
        bench.controller.openRun(other.events().constFirst().run);
        bench.journal.release();
        QTRY_COMPARE(bench.state().id, other.events().constFirst().run);
        bench.settle();
        QCOMPARE(typeName(bench.journal.events(first).constLast().body), u"command.intended"_s);
        QVERIFY(bench.runner.requests().isEmpty()); // nobody looks at that run any more
        QVERIFY(bench.state().executions.isEmpty());
        // Opening it again finds out what became of the command.
        bench.controller.openRun(first);
        QTRY_COMPARE(bench.runner.recovered().size(), 1);
    }

    void aFailedWriteOfAClosedRunIsNotSaidAgain()
    {
        Bench bench;
        bench.create();
        bench.settle();
        bench.journal.hold();
        bench.journal.failNext(kDiskFull);
        bench.controller.addNote(u"late"_s);
        bench.controller.closeRun();
        bench.create();
        bench.journal.release();
        QTRY_VERIFY(bench.controller.hasRun());
        bench.settle();
        QVERIFY(bench.failed.isEmpty());
    }

    void closingIsSaidOnlyWhenARunWasOpen()
    {
        Bench bench;
        QSignalSpy closed(&bench.controller, &RunController::runClosed);
        bench.controller.closeRun();
        QCOMPARE(closed.size(), 0);
        bench.create();
        bench.controller.closeRun();
        QCOMPARE(closed.size(), 1);
        QVERIFY(bench.controller.events().isEmpty());
    }

    void theOpenRunIsOpenedAgainByItsOwnId()
    {
        Bench bench;
        bench.create();
        const RunId run = bench.state().id;
        bench.controller.openRun(bench.state().id);
        QTRY_VERIFY(bench.controller.hasRun());
        QCOMPARE(bench.state().id, run);
    }

    void aTeamsPhaseRulesBelongToTheRunForGood()
    {
        Bench bench;
        const RunRequest request{
            .runbookFile = u"t.md"_s,
            .runbookSource = "# T\n\n## Quay work\n\n1. Cast off\n",
            .phaseRules = "rules:\n  - {kind: quay, match: '^quay', group: window, steps: true}\n",
            .environment = {.name = u"staging"_s},
            .windowStart = bench.clock.now(),
            .windowEnd = bench.clock.now().addSecs(60)};
        bench.controller.createRun(request);
        QTRY_VERIFY(bench.controller.hasRun());
        QCOMPARE(bench.state().runbook->phases.constFirst().kind, u"quay"_s);
        const RunId run = bench.state().id;
        bench.controller.closeRun();
        bench.controller.openRun(run);
        QTRY_VERIFY(bench.controller.hasRun());
        QCOMPARE(bench.state().runbook->phases.constFirst().kind, u"quay"_s);
        QCOMPARE(bench.state().runbook->phases.constFirst().steps.size(), 1);
        RunRequest broken = request;
        broken.phaseRules = "rules: [";
        bench.controller.createRun(broken);
        QVERIFY(bench.lastError().contains(u"phase rules"_s));
    }

    void aTypedPasswordGoesToCommandsUntilTheRunIsClosed()
    {
        Bench bench;
        bench.prepare();
        bench.controller.usePassword(u"s3cret"_s);
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        const CommandRequest request = bench.runner.requests().constLast();
        QCOMPARE(request.secrets.value(u"PGPASSWORD"_s), u"s3cret"_s);
        QVERIFY(!request.environment.contains(u"PGPASSWORD"_s));
        for (const RunEvent &event : bench.controller.events())
            QVERIFY(!QJsonDocument(bodyToJson(event.body)).toJson().contains("s3cret"));
        const RunId run = bench.state().id;
        bench.controller.closeRun();
        bench.controller.openRun(run);
        QTRY_VERIFY(bench.controller.hasRun());
        bench.runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 1});
        bench.settle();
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 2);
        QVERIFY(!bench.runner.requests().constLast().secrets.contains(u"PGPASSWORD"_s));
    }

    void theEndMayComeBeforeTheStartIsDurable()
    {
        Bench bench;
        bench.prepare();
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        bench.settle();
        bench.journal.hold();
        bench.runner.reportStarted();
        bench.runner.reportStarted(); // said twice, recorded once
        bench.runner.reportEnded(
            {.outcome = ExecutionOutcome::Succeeded, .exitCode = 0},
            {{u"ID"_s, {.value = u"7"_s, .declaration = u"declare -- ID=7"_s}}});
        bench.runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 1});
        QCOMPARE(bench.controller.pendingEvents(), 3);
        bench.journal.release();
        bench.settle();
        QCOMPARE(bench.journalled().mid(4),
                 QStringList({u"command.started"_s, u"command.ended"_s, u"variable.captured"_s}));
        QCOMPARE(bench.state().executions.constFirst().outcome(), ExecutionOutcome::Succeeded);
    }

    void aCommandGetsTheVariablesOfTheOneBeforeItEvenWhenTheyAreNotDurableYet()
    {
        Bench bench;
        bench.prepare();
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        bench.runner.reportStarted();
        bench.settle();
        bench.journal.hold();
        bench.runner.reportEnded(
            {.outcome = ExecutionOutcome::Failed, .exitCode = 1, .workingDirectory = u"/srv"_s},
            {{u"ID"_s, {.value = u"7"_s, .declaration = u"declare -- ID=7"_s}}});
        bench.controller.runCommand(bench.migrate());
        QVERIFY(bench.failed.isEmpty());
        bench.journal.release();
        QTRY_COMPARE(bench.runner.requests().size(), 2);
        const CommandRequest second = bench.runner.requests().constLast();
        QCOMPARE(second.variables.value(u"ID"_s).value, u"7"_s);
        QCOMPARE(second.workingDirectory, u"/srv"_s);
        QCOMPARE(bench.state().executions.constLast().attempt, 2);
    }

    void aCommandCanBeStoppedBeforeItsStartIsDurable()
    {
        Bench bench;
        bench.prepare();
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        bench.settle();
        bench.journal.hold();
        bench.runner.reportStarted();
        bench.controller.signalExecution(bench.state().executions.constFirst().id, SIGTERM);
        QCOMPARE(bench.runner.sentSignals().size(), 1);
        bench.journal.release();
        bench.settle();
        QCOMPARE(bench.journalled().mid(4),
                 QStringList({u"command.started"_s, u"command.signalled"_s}));
    }

    void aCommandIsStoppedEvenWhenThatCannotBeRecorded()
    {
        Bench bench;
        bench.prepare();
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        bench.runner.reportStarted();
        bench.settle();
        bench.journal.failNext(kDiskFull);
        bench.controller.signalExecution(bench.state().executions.constFirst().id, SIGKILL);
        QTRY_COMPARE(bench.failed.size(), 1);
        QCOMPARE(bench.runner.sentSignals().size(), 1);
    }

    void anIntentThatCannotBeStoredStartsNothing()
    {
        Bench bench;
        bench.prepare();
        bench.journal.failNext(kDiskFull);
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.failed.size(), 1);
        QVERIFY(bench.runner.requests().isEmpty());
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        QCOMPARE(bench.state().executions.constFirst().attempt, 1);
    }

    void theEndOfACommandIsRecordedAfterTheRunWasAborted()
    {
        Bench bench;
        bench.prepare();
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        bench.runner.reportStarted();
        bench.controller.abortRun(u"enough"_s);
        bench.settle();
        bench.runner.reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
        bench.settle();
        QCOMPARE(bench.state().status, RunStatus::Aborted);
        QVERIFY(bench.state().openExecutions().isEmpty());
        bench.controller.addNote(u"late"_s);
        bench.controller.approveRunbook();
        QCOMPARE(bench.failed.size(), 2);
        QCOMPARE(bench.controller.pendingEvents(), 0);
    }

    void approvingTwiceIsOneApproval()
    {
        Bench bench;
        bench.create();
        bench.controller.approveRunbook();
        bench.controller.approveRunbook();
        bench.settle();
        QCOMPARE(bench.journalled().count(u"runbook.approved"_s), 1);
        QCOMPARE(bench.failed.size(), 1);
        QCOMPARE(bench.state().approval->commands, 2);
    }

    void anEarlierApprovalDoesNotReplaceOneMadeHere()
    {
        Bench bench;
        bench.create();
        bench.settle();
        bench.controller.approveRunbook();
        Q_EMIT bench.journal.approvalFound(bench.state().created.runbookSha256, u"run 3, Ben"_s);
        Q_EMIT bench.journal.approvalFound(u"other"_s, u"run 4, Ben"_s);
        bench.settle();
        QCOMPARE(bench.journalled().count(u"runbook.approved"_s), 1);
        QVERIFY(bench.state().approval->basis.isEmpty());
    }

    void anApprovalWithoutAPersonIsRememberedAsSuch()
    {
        Bench bench;
        bench.controller.setUnattended(true);
        bench.create();
        bench.controller.approveRunbook();
        bench.settle();
        QVERIFY(bench.state().approvedUnattended);
        bench.controller.closeRun();
        bench.controller.setUnattended(false);
        bench.opened.clear();
        bench.create();
        bench.controller.approveRunbook();
        bench.settle();
        QVERIFY(!bench.state().approvedUnattended);
        QCOMPARE(bench.state().approvedBy.name, u"Ada"_s);
    }

    void theSameServerSeenTwiceInOneBreathIsRecordedOnce()
    {
        Bench bench;
        bench.create();
        bench.settle();
        bench.journal.hold();
        const ServerIdentity identity{.database = u"shop"_s, .systemIdentifier = u"7312"_s};
        bench.controller.recordTarget(identity);
        bench.controller.recordTarget(identity);
        QCOMPARE(bench.controller.pendingEvents(), 1);
        bench.journal.release();
        bench.settle();
        bench.controller.abortRun(u"enough"_s);
        bench.settle();
        bench.controller.recordTarget({.database = u"other"_s, .systemIdentifier = u"1"_s});
        QCOMPARE(bench.controller.pendingEvents(), 0);
    }

    void theServerTheEnvironmentNamesIsExpected()
    {
        Bench bench;
        RunRequest request = requestFor(test::kRunbook);
        request.environment.expectedSystemIdentifier = u"7312"_s;
        bench.controller.createRun(request);
        QTRY_COMPARE(bench.opened.size(), 1);
        bench.controller.recordTarget({.database = u"shop"_s, .systemIdentifier = u"1111"_s});
        bench.settle();
        const TargetChecked check = bench.state().targetChecks.constLast();
        QVERIFY(!check.matches);
        QVERIFY(check.finding.contains(u"1111"_s));
        QVERIFY(check.finding.contains(u"7312"_s));
    }

    void inputAndSizeReachTheTerminal()
    {
        Bench bench;
        bench.controller.sendInput({u"e"_s}, "yes\n");
        bench.controller.resizeTerminal({u"e"_s}, 120, 40);
        QCOMPARE(bench.runner.input(), QByteArray("yes\n"));
        QCOMPARE(bench.runner.terminal(), (QPair<int, int>{120, 40}));
    }

    void anUnknownEndIsSettledWithEvidence()
    {
        Bench bench;
        const QList<RunEvent> events = interruptedRun();
        bench.journal.put(events);
        bench.controller.openRun(events.constFirst().run);
        QTRY_COMPARE(bench.opened.size(), 1);
        bench.runner.reportEnded({.outcome = ExecutionOutcome::Unknown, .reason = u"no trace"_s});
        bench.settle();
        const ExecutionId old{u"old"_s};
        bench.controller.resolveExecution(old, ExecutionOutcome::Succeeded, u"  "_s);
        QCOMPARE(bench.failed.size(), 1);
        bench.controller.resolveExecution(old, ExecutionOutcome::Succeeded,
                                          u" the table is there "_s);
        bench.settle();
        QVERIFY(!bench.state().execution(old)->isUnresolved());
        QCOMPARE(bench.state().execution(old)->resolution->evidence, u"the table is there"_s);
        bench.controller.resolveExecution(old, ExecutionOutcome::Failed, u"changed my mind"_s);
        QCOMPARE(bench.failed.size(), 2);
    }

    void aSignOffIsWithdrawnWithItsReason()
    {
        Bench bench;
        bench.create();
        const StepId step = stepNamed(bench.state(), u"Create a backup"_s);
        bench.controller.signStep({.step = step, .signedBy = u"Ada"_s});
        bench.controller.reopenStep(step, u" wrong server "_s);
        bench.settle();
        QVERIFY(!bench.state().isSigned(step));
        QCOMPARE(std::get<StepReopened>(bench.controller.events().constLast().body).reason,
                 u"wrong server"_s);
    }
};

QTEST_GUILESS_MAIN(TestControllerRuns)
#include "tst_controllerruns.moc"
