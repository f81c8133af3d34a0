// SPDX-License-Identifier: Apache-2.0
#include "run/controllerbench.h"
#include "toolrecorder.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::Bench;

namespace
{

struct Recording : Bench
{
    QTemporaryDir folder;
    ToolRecorder recorder{controller};
    QSignalSpy examined{&recorder, &ToolRecorder::examined};

    Recording()
    {
        runner.setOutputFolder(folder.path());
        prepare();
    }
    void run(const QByteArray &output, CommandEnded end)
    {
        const qsizetype before = runner.requests().size();
        controller.runCommand(migrate());
        QTRY_COMPARE(runner.requests().size(), before + 1);
        runner.reportStarted();
        QFile file(controller.outputFile(runner.requests().constLast().execution));
        QVERIFY(output.isNull() || (file.open(QIODevice::WriteOnly) && file.write(output) >= 0));
        file.close();
        runner.reportEnded(end);
        settle();
    }
    [[nodiscard]] const Execution &last() const { return state().executions.constLast(); }
};

const CommandEnded kExitZero{.outcome = ExecutionOutcome::Succeeded, .exitCode = 0};

} // namespace

class TestToolRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheToolSaidIsRecorded()
    {
        Recording bench;
        bench.run("INFO  [alembic.runtime.migration] Running upgrade  -> c1, one\n"
                  "INFO  [alembic.runtime.migration] Running upgrade c1 -> c2, two\n",
                  kExitZero);
        QTRY_VERIFY(bench.last().recognised.has_value());
        QCOMPARE(bench.last().recognised->tool, u"Alembic"_s);
        QCOMPARE(bench.last().recognised->migration, u"c2"_s);
        QCOMPARE(bench.last().recognised->done, 2);
        QCOMPARE(bench.last().recognised->contradiction, QString());
        QCOMPARE(bench.journalled().count(u"output.recognised"_s), 1);
    }

    void theExitCodeWinsAndTheContradictionIsRecorded_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<CommandEnded>("end");
        QTest::addColumn<QString>("contradiction");
        QTest::newRow("exit 0, failure printed")
            << "psql:m.sql:6: ERROR:  no\n"_ba << kExitZero
            << u"exit 0, but psql reported a failure: psql:m.sql:6: ERROR:  no"_s;
        QTest::newRow("exit 2, success printed")
            << "Migrations complete!\n"_ba
            << CommandEnded{.outcome = ExecutionOutcome::Failed, .exitCode = 2}
            << u"exit 2, but node-pg-migrate reported success: Migrations complete!"_s;
        QTest::newRow("killed after success was printed")
            << "Database schema is up to date!\n"_ba
            << CommandEnded{.outcome = ExecutionOutcome::Signalled, .signal = 15}
            << u"signal 15, but Prisma reported success: Database schema is up to date!"_s;
    }
    void theExitCodeWinsAndTheContradictionIsRecorded()
    {
        QFETCH(QByteArray, output);
        QFETCH(CommandEnded, end);
        Recording bench;
        bench.run(output, end);
        QTRY_VERIFY(bench.last().recognised.has_value());
        QTEST(bench.last().recognised->contradiction, "contradiction");
        QCOMPARE(bench.last().outcome(), end.outcome);
    }

    void nothingIsRecordedOfOtherOutput_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::newRow("no tool") << "hello\n"_ba;
        QTest::newRow("no log") << QByteArray();
    }
    void nothingIsRecordedOfOtherOutput()
    {
        QFETCH(QByteArray, output);
        Recording bench;
        bench.run(output, kExitZero);
        QTRY_COMPARE(bench.examined.size(), 1);
        bench.settle();
        QVERIFY(!bench.journalled().contains(u"output.recognised"_s));
        QVERIFY(bench.recorder.isExamined(bench.last().id));
    }

    void whatIsBeingReadIsNotExamined()
    {
        Recording bench;
        bool seen = true;
        connect(&bench.controller, &RunController::stateChanged, &bench.recorder,
                [&](const RunEvent &event) {
                    if (const auto *ended = std::get_if<CommandEnded>(&event.body))
                        seen = bench.recorder.isExamined(ended->execution);
                });
        bench.run("hello\n", kExitZero);
        QVERIFY(!seen); // at the moment it ended
        QTRY_COMPARE(bench.examined.size(), 1);
    }

    void whatEndedLastIsReadWhenTheRunIsOpened()
    {
        test::EventBuilder past;
        past.create();
        past.add(CommandIntended{.execution = {u"old"_s},
                                 .command = test::commandOf(past.state(), u"Migrate"_s),
                                 .text = u"m"_s});
        past.add(CommandEnded{
            .execution = {u"old"_s}, .outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
        Bench later;
        QTemporaryDir folder;
        QFile log(folder.filePath(u"old"_s));
        QVERIFY(log.open(QIODevice::WriteOnly) && log.write("Verify successful\n") > 0);
        log.close();
        later.runner.setOutputFolder(folder.path());
        ToolRecorder recorder(later.controller);
        later.journal.put(past.events());
        later.controller.openRun(past.state().id);
        QTRY_VERIFY(later.controller.hasRun());
        QTRY_VERIFY(later.state().executions.constFirst().recognised.has_value());
        QCOMPARE(later.state().executions.constFirst().recognised->tool, u"Sqitch"_s);
    }
};

QTEST_GUILESS_MAIN(TestToolRecorder)
#include "tst_toolrecorder.moc"
