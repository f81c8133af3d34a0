// SPDX-License-Identifier: Apache-2.0
#include "expectationrecorder.h"
#include "run/controllerbench.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::Bench;
using test::commandOf;

namespace
{

constexpr char kExpecting[] = R"(# Check

## Execution

### Step 1: Count

```bash
count
```

**Expected output:**

```
3 rows
done
```

### Step 2: Look

```bash
look
```
)";

struct Recording : Bench
{
    QTemporaryDir folder;
    ExpectationRecorder recorder{controller};

    Recording()
    {
        runner.setOutputFolder(folder.path());
        create(kExpecting);
        controller.approveRunbook();
        settle();
    }
    void run(const QString &step, const QByteArray &output, int exitCode = 0)
    {
        const qsizetype before = runner.requests().size();
        controller.runCommand(commandOf(state(), step));
        QTRY_COMPARE(runner.requests().size(), before + 1);
        runner.reportStarted();
        QFile file(controller.outputFile(runner.requests().constLast().execution));
        QVERIFY(output.isNull() || (file.open(QIODevice::WriteOnly) && file.write(output) >= 0));
        file.close();
        runner.reportEnded(
            {.outcome = exitCode == 0 ? ExecutionOutcome::Succeeded : ExecutionOutcome::Failed,
             .exitCode = exitCode});
        settle();
    }
    [[nodiscard]] std::optional<OutputCompared> comparison() const
    {
        return state().executions.constLast().comparison;
    }
};

} // namespace

class TestExpectationRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTestRunbookExpectsSomething()
    {
        Recording bench;
        const Step *step = bench.state().runbook->step(test::stepNamed(bench.state(), u"Count"_s));
        QCOMPARE(step->expectations.size(), 1);
    }

    void verdictIsRecorded_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<bool>("matches");
        QTest::addColumn<QString>("finding");
        QTest::newRow("as expected")
            << QByteArray("\x1b[1m3 rows\x1b[0m\r\ndone\r\n") << true << u"output as expected"_s;
        QTest::newRow("differs") << QByteArray("4 rows\nerror\ndone\n") << false
                                 << u"output differs in 2 lines"_s;
        QTest::newRow("nothing") << QByteArray("") << false << u"output differs in 2 lines"_s;
        QTest::newRow("no file") << QByteArray() << false << u"output not compared"_s;
    }
    void verdictIsRecorded()
    {
        QFETCH(QByteArray, output);
        Recording bench;
        bench.run(u"Count"_s, output);
        QTRY_VERIFY(bench.comparison().has_value());
        QTEST(bench.comparison()->matches, "matches");
        QFETCH(QString, finding);
        QVERIFY2(bench.comparison()->finding.startsWith(finding),
                 qPrintable(bench.comparison()->finding));
        QCOMPARE(bench.state().executions.constLast().outcome(), ExecutionOutcome::Succeeded);
    }

    void onlySuccessWithAnExpectationIsCompared()
    {
        Recording bench;
        bench.run(u"Count"_s, "boom\n", 1);
        bench.run(u"Look"_s, "anything\n");
        bench.run(u"Count"_s, "3 rows\ndone\n"); // answered last
        QTRY_VERIFY(bench.comparison().has_value());
        QCOMPARE(bench.journalled().count(u"output.compared"_s), 1);
    }

    void whatEndedWithoutAComparisonIsComparedWhenTheRunIsOpened()
    {
        test::EventBuilder past;
        past.create(kExpecting);
        past.add(CommandIntended{.execution = {u"old"_s},
                                 .command = commandOf(past.state(), u"Count"_s),
                                 .text = u"count"_s});
        past.add(CommandEnded{.execution = {u"old"_s}, .outcome = ExecutionOutcome::Succeeded});
        Bench later;
        ExpectationRecorder recorder(later.controller);
        later.runner.setOutputFolder(u"/no/such/folder"_s);
        later.journal.put(past.events());
        later.controller.openRun(past.state().id);
        QTRY_VERIFY(later.controller.hasRun());
        QTRY_VERIFY(later.state().executions.constFirst().comparison.has_value());
    }
};

QTEST_GUILESS_MAIN(TestExpectationRecorder)
#include "tst_expectationrecorder.moc"
