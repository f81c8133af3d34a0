// SPDX-License-Identifier: Apache-2.0
// What a person fills in, from the form to the runner and the journal.
#include "base/json.h"
#include "base/sha256.h"
#include "controllerbench.h"

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::Bench;
using test::commandOf;

namespace
{

constexpr char kAsking[] = R"(# Restore

## Execution

### Step 1: Copy

```bash
copy --from <app> --to '<target folder>'
```

### Step 2: Log in

```bash
login --token <api-token>
```

### Step 3: Log out

```bash
logout --token <api-token> <target folder>
```
)";

constexpr char kWatching[] = R"(# Deploy

## Execution

### Step 1: Watch the errors for 15 minutes

```bash
watch-errors
```

### Step 2: Open a shell

```bash
psql
```
)";

const QMap<QString, QString> kAnswers{{u"<app>"_s, u"shop"_s},
                                      {u"<target folder>"_s, u"Ada's disk"_s}};

struct Asking : Bench
{
    Asking()
    {
        create(kAsking);
        controller.approveRunbook();
        settle();
    }
    [[nodiscard]] CommandId command(const QString &step) const { return commandOf(state(), step); }
    void finish()
    {
        QTRY_VERIFY(!runner.requests().isEmpty());
        runner.reportStarted();
        runner.reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
        settle();
    }
};

} // namespace

class TestControllerInputs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingRunsBeforeEverythingIsFilledIn()
    {
        Asking bench;
        bench.controller.runCommand(bench.command(u"Copy"_s));
        QVERIFY(bench.lastError().contains(u"<app>, <target folder>"_s));
        bench.controller.runCommand(bench.command(u"Copy"_s), {{u"<app>"_s, u"shop"_s}});
        QVERIFY(!bench.lastError().contains(u"<app>, "_s));
        QVERIFY(bench.lastError().contains(u"value for <target folder>"_s));
        QCOMPARE(bench.controller.pendingEvents(), 0);
        QVERIFY(bench.runner.requests().isEmpty());
    }

    void whatIsShownIsJournalledAndRun()
    {
        Asking bench;
        const CommandId copy = bench.command(u"Copy"_s);
        const QString shown = bench.controller.prepare(copy, kAnswers)->text;
        QCOMPARE(shown, u"copy --from shop --to 'Ada'\\''s disk'"_s);
        bench.controller.runCommand(copy, kAnswers);
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        QCOMPARE(bench.runner.requests().constFirst().script, shown.toUtf8());
        const Execution execution = bench.state().executions.constFirst();
        QCOMPARE(execution.text, shown);
        QCOMPARE(execution.sha256, sha256Hex(shown.toUtf8()));
        QCOMPARE(execution.answers, kAnswers);
    }

    void whatCannotRunIsNotPrepared()
    {
        Bench bench;
        bench.create(kAsking);
        const auto prepared =
            bench.controller.prepare(commandOf(bench.state(), u"Copy"_s), kAnswers);
        QVERIFY(!prepared);
        QVERIFY(prepared.error().message.contains(u"approved"_s));
    }

    void answersAreProposedInTheSameRunAlsoAfterARestart()
    {
        Asking bench;
        bench.controller.runCommand(bench.command(u"Copy"_s), kAnswers);
        bench.finish();
        bench.controller.openRun(RunId(bench.state().id));
        QTRY_VERIFY(bench.controller.hasRun());
        const QList<CommandInput> inputs = bench.controller.inputs(bench.command(u"Log out"_s));
        QCOMPARE(inputs.size(), 2);
        QCOMPARE(inputs.at(1).proposal, u"Ada's disk"_s);
        QCOMPARE(inputs.at(1).origin, CommandInput::Origin::Remembered);
    }

    void environmentProposes()
    {
        Asking bench; // its environment has APP=shop
        QCOMPARE(bench.controller.inputs(bench.command(u"Copy"_s)).at(0).proposal, u"shop"_s);
    }

    void secretGoesToTheCommandAndNowhereElse()
    {
        Asking bench;
        const CommandId login = bench.command(u"Log in"_s);
        bench.controller.runCommand(login, {{u"<api-token>"_s, u"s3cr3t-value"_s}});
        bench.finish();
        const CommandRequest request = bench.runner.requests().constFirst();
        QCOMPARE(request.script, QByteArray("login --token \"$RUNSHEET_API_TOKEN\""));
        QCOMPARE(request.secrets.value(u"RUNSHEET_API_TOKEN"_s), u"s3cr3t-value"_s);
        QVERIFY(request.environment.value(u"RUNSHEET_API_TOKEN"_s).isEmpty());
        // Later commands are not handed it, and are masked all the same.
        QCOMPARE(request.otherSecrets,
                 (QMap<QString, QString>{{u"API_TOKEN"_s, u"s3cr3t-value"_s}}));
        for (const RunEvent &event : bench.journal.events(bench.state().id))
            QVERIFY(!canonicalJson(toJson(event)).contains("s3cr3t"));
        QCOMPARE(bench.state().executions.constFirst().secretAnswers,
                 QStringList{u"<api-token>"_s});
    }

    void secretIsProposedUntilTheRunIsClosed()
    {
        Asking bench;
        bench.controller.runCommand(bench.command(u"Log in"_s),
                                    {{u"<api-token>"_s, u"s3cr3t-value"_s}});
        bench.finish();
        const CommandInput again = bench.controller.inputs(bench.command(u"Log out"_s)).at(0);
        QCOMPARE(again.proposal, u"s3cr3t-value"_s);
        QVERIFY(again.secret);
        bench.controller.openRun(RunId(bench.state().id));
        QTRY_VERIFY(bench.controller.hasRun());
        const CommandInput later = bench.controller.inputs(bench.command(u"Log out"_s)).at(0);
        QVERIFY(later.proposal.isEmpty());
        QVERIFY(later.secret);
    }

    void comparisonIsRecordedOnce()
    {
        Asking bench;
        bench.controller.runCommand(bench.command(u"Copy"_s), kAnswers);
        bench.finish();
        const ExecutionId execution = bench.state().executions.constFirst().id;
        const OutputCompared differs{.execution = execution,
                                     .matches = false,
                                     .differences = 2,
                                     .finding = u"output differs in 2 lines"_s};
        bench.controller.recordComparison(differs);
        bench.controller.recordComparison(differs);
        bench.controller.recordComparison({.execution = {u"of another run"_s}});
        bench.settle();
        QCOMPARE(bench.journalled().count(u"output.compared"_s), 1);
        QCOMPARE(bench.state().executions.constFirst().comparison, differs);
        QCOMPARE(bench.state().executions.constFirst().outcome(), ExecutionOutcome::Succeeded);
    }

    void waitBeginsWithItsCommandAndOutlivesTheWindow()
    {
        Bench bench;
        bench.create(kWatching);
        bench.controller.approveRunbook();
        const StepId step = test::stepNamed(bench.state(), u"Watch"_s);
        bench.controller.runCommand(commandOf(bench.state(), u"Watch"_s));
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        QVERIFY(bench.state().waits.isEmpty()); // it has not started
        bench.runner.reportStarted();
        bench.settle();
        const Wait wait{.startedAt = bench.clock.now(), .seconds = 900};
        QCOMPARE(bench.state().waits.value(step), wait);
        bench.runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 1});
        bench.settle();
        bench.controller.runCommand(commandOf(bench.state(), u"Watch"_s));
        QTRY_COMPARE(bench.runner.requests().size(), 2);
        bench.runner.reportStarted();
        bench.settle();
        QCOMPARE(bench.journalled().count(u"wait.started"_s), 1); // it goes on
        bench.controller.openRun(RunId(bench.state().id));
        QTRY_VERIFY(bench.controller.hasRun());
        QCOMPARE(bench.state().waits.value(step), wait);
    }

    void personStartsAWaitAndStartsItAgain()
    {
        Bench bench;
        bench.create(kWatching);
        const StepId step = test::stepNamed(bench.state(), u"Watch"_s);
        bench.controller.startWait(step);
        bench.controller.startWait(step);
        bench.settle();
        QCOMPARE(bench.journalled().count(u"wait.started"_s), 2);
        QCOMPARE(bench.state().waits.value(step).seconds, 900);
    }

    void commandThatReadsTypingGetsATerminal()
    {
        Bench bench;
        bench.create(kWatching);
        bench.controller.approveRunbook();
        QVERIFY(bench.state().runbook->command(commandOf(bench.state(), u"shell"_s))->interactive);
        bench.controller.runCommand(commandOf(bench.state(), u"shell"_s));
        QTRY_COMPARE(bench.runner.requests().size(), 1);
        QVERIFY(bench.runner.requests().constFirst().terminal);
    }

    void waitThatTheRunbookDoesNotAskForIsRefused()
    {
        Asking bench;
        bench.controller.startWait(test::stepNamed(bench.state(), u"Copy"_s));
        QVERIFY(bench.lastError().contains(u"no time to wait"_s));
        QCOMPARE(bench.controller.pendingEvents(), 0);
    }
};

QTEST_GUILESS_MAIN(TestControllerInputs)
#include "tst_controllerinputs.moc"
