// SPDX-License-Identifier: Apache-2.0
#include "support/eventbuilder.h"
#include "support/fakejournal.h"
#include "support/fakerunner.h"
#include "unattended.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr char kOneEach[] = R"(# Short

## 1 Hour Before

- [ ] Tell people

## Execution

### Step 1: Migrate

```bash
# First
true

# Second
true
```
)";

/// Ends every command at once, with what the test wants.
class ObedientRunner final : public CommandRunner
{
public:
    int exitCode = 0;
    int startedCommands = 0;

    void start(const CommandRequest &request) override
    {
        ++startedCommands;
        QTimer::singleShot(0, this, [this, request] {
            Q_EMIT started(request.run, {.execution = request.execution, .pid = 1});
            Q_EMIT ended({.run = request.run,
                          .end = {.execution = request.execution,
                                  .outcome = exitCode == 0 ? ExecutionOutcome::Succeeded
                                                           : ExecutionOutcome::Failed,
                                  .exitCode = exitCode}});
        });
    }
    void recover(const RunId &, const QList<ExecutionId> &) override { }
    void sendSignal(const ExecutionId &, int) override { }
    void sendInput(const ExecutionId &, const QByteArray &) override { }
    void resizeTerminal(const ExecutionId &, int, int) override { }
    [[nodiscard]] QString outputFile(const RunId &, const ExecutionId &) const override
    {
        return {};
    }
};

struct Bench
{
    test::FakeJournal journal;
    ObedientRunner runner;
    SystemClock clock;
    RunController controller{journal, runner, clock, {.name = u"Ada"_s}};
    QString printed;
    QTextStream out{&printed};
    UnattendedRun run{controller, out};
    QSignalSpy finished{&run, &UnattendedRun::finished};

    void carryOut(const QByteArray &source = kOneEach)
    {
        run.start({.runbookFile = u"short.md"_s,
                   .runbookSource = source,
                   .environment = {.name = u"practice"_s}});
        QTRY_COMPARE(finished.size(), 1);
        QTRY_COMPARE(controller.pendingEvents(), 0);
    }
    [[nodiscard]] bool succeeded() const { return finished.constFirst().constFirst().toBool(); }
};

} // namespace

class TestUnattended : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStepIsCarriedOutAndTheRunCompleted()
    {
        Bench bench;
        bench.carryOut();
        QVERIFY2(bench.succeeded(), qPrintable(bench.printed));
        QCOMPARE(bench.runner.startedCommands, 2);
        QCOMPARE(bench.controller.state().status, RunStatus::Completed);
        QVERIFY(bench.controller.state().progress().isComplete());
    }

    void everySignOffSaysThatNoPersonMadeIt()
    {
        Bench bench;
        bench.carryOut();
        int signOffs = 0;
        for (const RunEvent &event : bench.controller.events()) {
            QVERIFY(event.unattended);
            if (const auto *signedStep = std::get_if<StepSigned>(&event.body)) {
                ++signOffs;
                QVERIFY(signedStep->note.contains(u"no person"_s));
                QVERIFY(event.actor.name.contains(u"no person"_s));
            }
        }
        QCOMPARE(signOffs, 2);
    }

    void stepsArePrintedAsTheyAreDone()
    {
        Bench bench;
        bench.carryOut();
        const qsizetype tell = bench.printed.indexOf(u"signed: Tell people"_s);
        const qsizetype second = bench.printed.indexOf(u"$ Second"_s);
        const qsizetype migrate = bench.printed.indexOf(u"signed: Step 1: Migrate"_s);
        QVERIFY2(tell > 0 && second > tell && migrate > second, qPrintable(bench.printed));
    }

    void whatACommandPrintedIsSearchedBeforeTheNext()
    {
        Bench bench;
        QList<ExecutionId> searched;
        bench.run.setExaminer(
            [&](const ExecutionId &execution) { return searched.contains(execution); });
        bench.run.start({.runbookFile = u"short.md"_s,
                         .runbookSource = kOneEach,
                         .environment = {.name = u"practice"_s}});
        for (int command = 1; command <= 2; ++command) {
            QTRY_COMPARE(bench.controller.state().executions.size(), command);
            QTRY_VERIFY(!bench.controller.state().executions.constLast().isOpen());
            QTRY_COMPARE(bench.controller.pendingEvents(), 0);
            QVERIFY(bench.finished.isEmpty());
            QCOMPARE(bench.runner.startedCommands, command);
            searched += bench.controller.state().executions.constLast().id;
            bench.run.look();
            bench.run.look(); // said twice, done once
        }
        QTRY_COMPARE(bench.finished.size(), 1);
        QVERIFY2(bench.succeeded(), qPrintable(bench.printed));
    }

    void aFailingCommandAbortsTheRunAndSaysWhich()
    {
        Bench bench;
        bench.runner.exitCode = 3;
        bench.carryOut();
        QVERIFY(!bench.succeeded());
        QCOMPARE(bench.runner.startedCommands, 1);
        QCOMPARE(bench.controller.state().status, RunStatus::Aborted);
        QVERIFY(bench.printed.contains(u"exit 3"_s));
    }

    void aValueThatOnlyAPersonKnowsIsRefusedByName()
    {
        Bench bench;
        bench.carryOut("# T\n\n## Execution\n\n1. Go\n\n   ```bash\n   dump <host>\n   ```\n");
        QVERIFY(!bench.succeeded());
        QCOMPARE(bench.runner.startedCommands, 0);
        QCOMPARE(bench.controller.state().status, RunStatus::Aborted);
        QVERIFY2(bench.printed.contains(u"a value for <host>"_s), qPrintable(bench.printed));
    }

    void whatOnlyAPersonCanDoIsRefused_data()
    {
        QTest::addColumn<QByteArray>("block");
        QTest::addColumn<QString>("says");
        QTest::newRow("choice") << QByteArray("# Option A\na\n\n# Option B\nb")
                                << u"offers a choice (Option A, Option B)"_s;
        QTest::newRow("typing") << QByteArray("psql") << u"asks for typing"_s;
    }
    void whatOnlyAPersonCanDoIsRefused()
    {
        QFETCH(QByteArray, block);
        QFETCH(QString, says);
        Bench bench;
        bench.carryOut("# T\n\n## Execution\n\n### Step 1: Go\n\n```bash\n" + block + "\n```\n");
        QVERIFY(!bench.succeeded());
        QCOMPARE(bench.runner.startedCommands, 0);
        QVERIFY2(bench.printed.contains(says), qPrintable(bench.printed));
    }

    void anOutputIsComparedBeforeItGoesOn()
    {
        Bench bench;
        connect(&bench.controller, &RunController::stateChanged, &bench.run,
                [&bench](const RunEvent &event) {
                    const auto *ended = std::get_if<CommandEnded>(&event.body);
                    if (ended == nullptr)
                        return;
                    QVERIFY(!bench.printed.contains(u"signed: Go"_s));
                    bench.controller.recordComparison({.execution = ended->execution,
                                                       .matches = false,
                                                       .differences = 1,
                                                       .finding = u"differs in 1 line"_s});
                });
        bench.carryOut("# T\n\n## Execution\n\n### Step 1: Go\n\n```bash\ncount\n```\n\n"
                       "**Expected output:**\n\n```\n3\n```\n");
        QVERIFY(bench.succeeded());
        const qsizetype differs = bench.printed.indexOf(u"differs in 1 line"_s);
        QVERIFY2(differs > 0 && bench.printed.indexOf(u"signed: Step 1: Go"_s) > differs,
                 qPrintable(bench.printed));
    }

    void textAgainstExitCodeIsSaid()
    {
        Bench bench;
        connect(&bench.controller, &RunController::stateChanged, &bench.run,
                [&bench](const RunEvent &event) {
                    if (const auto *ended = std::get_if<CommandEnded>(&event.body))
                        bench.controller.recordRecognition({.execution = ended->execution,
                                                            .tool = u"psql"_s,
                                                            .contradiction = u"exit 0, but"_s});
                });
        bench.carryOut();
        QVERIFY(bench.succeeded()); // the exit code is what counts
        QVERIFY2(bench.printed.contains(u"      exit 0, but"_s), qPrintable(bench.printed));
    }

    void optionalStepsAreCarriedOutToo()
    {
        Bench bench;
        bench.carryOut("# T\n\n## Execution\n\n<!-- runsheet: required=false -->\n"
                       "### Step 1: Tidy\n\n```bash\ntrue\n```\n");
        QVERIFY2(bench.succeeded(), qPrintable(bench.printed));
        QCOMPARE(bench.runner.startedCommands, 1);
        QVERIFY(bench.printed.contains(u"signed: Step 1: Tidy"_s));
    }

    void aJournalThatCannotBeWrittenEndsIt()
    {
        Bench bench;
        bench.journal.failNext(
            {.kind = Error::Kind::Unwritable, .message = u"The disk is full."_s});
        bench.carryOut();
        QVERIFY(!bench.succeeded());
        QVERIFY(bench.printed.contains(u"The disk is full."_s));
    }
};

QTEST_GUILESS_MAIN(TestUnattended)
#include "tst_unattended.moc"
