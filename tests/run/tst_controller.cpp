// SPDX-License-Identifier: Apache-2.0
#include "controllerbench.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::Bench;
using test::commandOf;
using test::EventBuilder;
using test::phaseNamed;
using test::stepNamed;

class TestController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void creatingARunJournalsTheWholeRunbook()
    {
        Bench bench;
        bench.create();
        QCOMPARE(bench.opened.size(), 1);
        const auto created = std::get<RunCreated>(bench.controller.events().constFirst().body);
        QCOMPARE(created.runbookSource.toUtf8(), QByteArray(test::kRunbook));
        QCOMPARE(bench.state().runbook->sha256, created.runbookSha256);
    }

    void byteOrderMarkAndReturnsSurviveTheJournal()
    {
        Bench bench;
        const QByteArray source = "\xEF\xBB\xBF# T\r\n\r\n## Execution\r\n\r\n1. Look\r\n";
        bench.create(source);
        QCOMPARE(bench.state().runbook->source, source);
        QCOMPARE(bench.state().runbook->sha256, bench.state().created.runbookSha256);
    }

    void runbookWithoutStepsIsRefusedBeforeARunExists()
    {
        Bench bench;
        bench.create("# Nothing\n\nto do\n");
        QVERIFY(bench.opened.isEmpty());
        QVERIFY(bench.lastError().contains(u"t.md"_s));
        QVERIFY(!bench.controller.hasRun());
    }

    void contentApprovedInAnEarlierRunIsNotAskedAgain()
    {
        Bench bench;
        bench.journal.setApprovalBasis(u"run 3, Ben"_s);
        bench.create();
        QTRY_VERIFY(bench.state().approval.has_value());
        QCOMPARE(bench.state().approval->basis, u"run 3, Ben"_s);
    }

    void signingIsNotStateBeforeItIsDurable()
    {
        Bench bench;
        bench.create();
        bench.settle();
        bench.journal.hold();
        const StepId step = stepNamed(bench.state(), u"Create a backup"_s);
        bench.controller.signStep({.step = step, .observed = u" 1.2 GB "_s, .signedBy = u"Ben"_s});
        QCOMPARE(bench.controller.pendingEvents(), 1);
        QVERIFY(!bench.state().isSigned(step));
        bench.journal.release();
        bench.settle();
        QVERIFY(bench.state().isSigned(step));
        const SignOff signOff = bench.state().signOffs.value(step).constFirst();
        QCOMPARE(signOff.observed, u"1.2 GB"_s);
        QCOMPARE(signOff.by.name, u"Ben"_s);
        QCOMPARE(signOff.by.account, u"ada"_s);
    }

    void aFailedWriteChangesNothingAndIsSaid()
    {
        Bench bench;
        bench.create();
        bench.settle();
        bench.journal.failNext(
            {.kind = Error::Kind::Unwritable, .message = u"The disk is full."_s});
        const StepId step = stepNamed(bench.state(), u"Create a backup"_s);
        bench.controller.signStep({.step = step, .signedBy = u"Ada"_s});
        QTRY_COMPARE(bench.lastError(), u"The disk is full."_s);
        QVERIFY(!bench.state().isSigned(step));
        bench.controller.signStep({.step = step, .signedBy = u"Ada"_s});
        bench.settle();
        QVERIFY(bench.state().isSigned(step));
    }

    void aDoubleClickDoesAThingOnce()
    {
        Bench bench;
        bench.prepare();
        bench.controller.runCommand(bench.migrate());
        bench.controller.runCommand(bench.migrate());
        const StepId look = stepNamed(bench.state(), u"Look"_s);
        bench.controller.signStep({.step = look, .signedBy = u"Ada"_s});
        bench.controller.signStep({.step = look, .signedBy = u"Ada"_s});
        bench.settle();
        QCOMPARE(bench.failed.size(), 2);
        QCOMPARE(bench.runner.requests().size(), 1);
        QCOMPARE(bench.state().signOffs.value(look).size(), 1);
    }

    void intentIsDurableBeforeTheCommandStarts()
    {
        Bench bench;
        bench.prepare();
        bench.journal.hold();
        bench.controller.runCommand(bench.migrate());
        QVERIFY(bench.runner.requests().isEmpty());
        bench.journal.release();
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        const CommandRequest request = bench.runner.requests().constFirst();
        QCOMPARE(request.script, QByteArray("# Apply\necho migrating"));
        QCOMPARE(request.environment.value(u"APP"_s), u"shop"_s);
        QVERIFY(request.applicationName.startsWith(u"runsheet:"_s));
        QVERIFY(request.applicationName.toUtf8().size() <= 63);
    }

    void aWholeExecutionLeavesItsTrace()
    {
        Bench bench;
        bench.prepare();
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        bench.runner.reportStarted();
        bench.settle();
        const ExecutionId execution = bench.state().executions.constFirst().id;
        bench.controller.signalExecution(execution, SIGINT);
        bench.settle();
        QCOMPARE(bench.runner.sentSignals(), (QList<QPair<ExecutionId, int>>{{execution, SIGINT}}));
        bench.runner.reportEnded(
            {.outcome = ExecutionOutcome::Failed, .exitCode = 3, .workingDirectory = u"/srv"_s},
            {{u"BACKUP_ID"_s, {.value = u"7"_s, .declaration = u"declare -- BACKUP_ID=\"7\""_s}}});
        bench.settle();
        QCOMPARE(bench.journalled().mid(3),
                 QStringList({u"command.intended"_s, u"command.started"_s, u"command.signalled"_s,
                              u"command.ended"_s, u"variable.captured"_s}));

        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 2);
        QCOMPARE(bench.runner.requests().constLast().variables.value(u"BACKUP_ID"_s).value, u"7"_s);
        QCOMPARE(bench.runner.requests().constLast().workingDirectory, u"/srv"_s);
        QVERIFY(bench.runner.requests().constFirst().applicationName
                != bench.runner.requests().constLast().applicationName);
    }

    void openingARunRecoversWhatWasRunning()
    {
        Bench bench;
        EventBuilder past;
        past.create();
        past.add(CommandIntended{.execution = {u"e1"_s},
                                 .command = commandOf(past.state(), u"Migrate"_s)});
        past.add(CommandStarted{.execution = {u"e1"_s}, .pid = 9});
        bench.journal.put(past.events());
        bench.controller.openRun(past.events().constFirst().run);
        QTRY_COMPARE(bench.opened.size(), 1);
        QCOMPARE(bench.runner.recovered(), QList{ExecutionId{u"e1"_s}});
        bench.runner.reportStarted(); // still running: nothing new to journal
        QCOMPARE(bench.controller.pendingEvents(), 0);
        bench.runner.reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
        bench.settle();
        QCOMPARE(bench.journalled(),
                 QStringList({u"run.created"_s, u"command.intended"_s, u"command.started"_s,
                              u"command.ended"_s}));
    }

    void reportsOfOtherRunsAreIgnored()
    {
        Bench bench;
        bench.prepare();
        bench.controller.runCommand(bench.migrate());
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        const RunId first = bench.state().id;
        bench.controller.closeRun();
        bench.runner.reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
        QCOMPARE(bench.controller.pendingEvents(), 0);
        QVERIFY(
            !typeName(bench.journal.events(first).constLast().body).startsWith(u"command.ended"_s));
    }

    void anotherServerUnderTheSameNameIsFound()
    {
        Bench bench;
        bench.create();
        ServerIdentity identity{.database = u"shop"_s, .systemIdentifier = u"7312"_s};
        bench.controller.recordTarget(identity);
        bench.settle();
        bench.controller.recordTarget(identity); // the same again is no news
        QCOMPARE(bench.controller.pendingEvents(), 0);
        identity.systemIdentifier = u"9999"_s;
        bench.controller.recordTarget(identity);
        bench.settle();
        QCOMPARE(bench.state().targetChecks.size(), 2);
        QVERIFY(bench.state().targetChecks.constFirst().matches);
        QVERIFY(!bench.state().targetChecks.constLast().matches);
        QVERIFY(bench.state().targetChecks.constLast().finding.contains(u"7312"_s));
    }

    void unattendedEventsSaySo()
    {
        Bench bench;
        bench.controller.setUnattended(true);
        bench.create();
        bench.controller.addNote(u"automatic"_s);
        bench.settle();
        for (const RunEvent &event : bench.controller.events())
            QVERIFY(event.unattended);
    }

    void unknownRunIsAnError()
    {
        Bench bench;
        bench.controller.openRun({u"nowhere"_s});
        QTRY_COMPARE(bench.failed.size(), 1);
        QVERIFY(!bench.controller.hasRun());
    }

    void rollbackAndEndOfTheRun()
    {
        Bench bench;
        bench.prepare();
        bench.controller.declareRollback(phaseNamed(bench.state(), u"It fails"_s), u"errors"_s);
        bench.settle();
        bench.controller.completeRun({});
        QCOMPARE(bench.failed.size(), 1);
        bench.controller.signStep(
            {.step = stepNamed(bench.state(), u"Undo it"_s), .signedBy = u"Ada"_s});
        bench.settle();
        bench.controller.completeRun(u"undone"_s);
        bench.settle();
        QCOMPARE(bench.state().status, RunStatus::RolledBack);
        bench.controller.abortRun(u"late"_s);
        QCOMPARE(bench.failed.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestController)
#include "tst_controller.moc"
