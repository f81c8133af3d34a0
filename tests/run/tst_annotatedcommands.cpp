// SPDX-License-Identifier: Apache-2.0
// What annotations of commands mean while a run is carried out.
#include "controllerbench.h"
#include "run/rules.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::Bench;

namespace
{

QByteArray runbookWith(const QByteArray &attributes)
{
    return "# T\n\n## Execution\n\n- [ ] First\n\n  ```bash {" + attributes
        + "}\n  make it\n  ```\n\n- [ ] Second\n\n  ```bash\n  pwd\n  ```\n";
}

CommandId commandAt(const RunState &state, int step)
{
    return state.runbook->phases.constFirst().steps.at(step).commands.constFirst().id;
}

} // namespace

class TestAnnotatedCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onceAsksForAWordBeforeTheSecondRun();
    void whatOnlyLooksAsksForNone();
    void confirmAsksForAWordBeforeTheFirstRun();
    void cancelFalseIsNotStopped();
    void cwdIsWhereItStartsAndNobodyElse_data();
    void cwdIsWhereItStartsAndNobodyElse();

private:
    static void open(Bench &bench, const QByteArray &attributes);
    static void succeed(Bench &bench, const CommandId &command, const QString &endsIn = {});
};

void TestAnnotatedCommands::open(Bench &bench, const QByteArray &attributes)
{
    bench.create(runbookWith(attributes));
    QTRY_VERIFY(bench.controller.hasRun());
    bench.controller.approveRunbook();
    bench.settle();
    QVERIFY(bench.state().approval);
}

void TestAnnotatedCommands::succeed(Bench &bench, const CommandId &command, const QString &endsIn)
{
    const auto before = bench.runner.requests().size();
    bench.controller.runCommand(command);
    QTRY_COMPARE(bench.runner.requests().size(), before + 1);
    bench.runner.reportStarted();
    bench.runner.reportEnded(
        {.outcome = ExecutionOutcome::Succeeded, .exitCode = 0, .workingDirectory = endsIn});
    bench.settle();
}

void TestAnnotatedCommands::onceAsksForAWordBeforeTheSecondRun()
{
    Bench bench;
    open(bench, "once=true");
    const CommandId command = commandAt(bench.state(), 0);
    QVERIFY(bench.state().runbook->command(command)->runsOnce());
    QCOMPARE(rules::secondLook(bench.state(), command), rules::SecondLook::None);
    succeed(bench, command);
    QCOMPARE(rules::secondLook(bench.state(), command), rules::SecondLook::RanOnce);
    QVERIFY(rules::mayRun(bench.state(), command));
}

void TestAnnotatedCommands::whatOnlyLooksAsksForNone()
{
    Bench bench;
    bench.create("# T\n\n## Execution\n\n1. Look\n\n   ```bash\n   ls -l\n   ```\n\n2. Once\n\n"
                 "   ```bash {once=true}\n   ls -l\n   ```\n");
    bench.controller.approveRunbook();
    bench.settle();
    for (const auto &[step, reason] :
         {std::pair(u"Look"_s, rules::SecondLook::None), {u"Once"_s, rules::SecondLook::RanOnce}}) {
        const CommandId command = test::commandOf(bench.state(), step);
        succeed(bench, command);
        QCOMPARE(rules::secondLook(bench.state(), command), reason);
    }
}

void TestAnnotatedCommands::confirmAsksForAWordBeforeTheFirstRun()
{
    Bench bench;
    open(bench, "confirm=true");
    QCOMPARE(rules::secondLook(bench.state(), commandAt(bench.state(), 0)),
             rules::SecondLook::Asked);
    QCOMPARE(rules::secondLook(bench.state(), commandAt(bench.state(), 1)),
             rules::SecondLook::None);
    succeed(bench, commandAt(bench.state(), 0));
    QCOMPARE(rules::secondLook(bench.state(), commandAt(bench.state(), 0)),
             rules::SecondLook::Succeeded);
}

void TestAnnotatedCommands::cancelFalseIsNotStopped()
{
    Bench bench;
    open(bench, "cancel=false");
    bench.controller.runCommand(commandAt(bench.state(), 0));
    QTRY_COMPARE(bench.runner.requests().size(), 1);
    bench.runner.reportStarted();
    bench.settle();
    const ExecutionId execution = bench.state().openExecutions().constFirst();
    bench.controller.signalExecution(execution, 2);
    QVERIFY2(bench.lastError().contains(u"cancel=false"_s), qPrintable(bench.lastError()));
    QCOMPARE(bench.state().execution(execution)->signalsSent, QList<int>());
}

void TestAnnotatedCommands::cwdIsWhereItStartsAndNobodyElse_data()
{
    QTest::addColumn<QByteArray>("cwd");
    QTest::addColumn<QString>("folder");
    QTest::newRow("absolute") << "/srv/shop"_ba << u"/srv/shop"_s;
    QTest::newRow("from the runbook's folder")
        << "apps/../api"_ba << QDir::current().filePath(u"api"_s);
    QTest::newRow("home") << "~/shop"_ba << QDir::homePath() + u"/shop"_s;
}

void TestAnnotatedCommands::cwdIsWhereItStartsAndNobodyElse()
{
    QFETCH(QByteArray, cwd);
    QFETCH(QString, folder);
    Bench bench;
    open(bench, "cwd=" + cwd);
    succeed(bench, commandAt(bench.state(), 1), u"/var"_s);
    succeed(bench, commandAt(bench.state(), 0), folder);
    QCOMPARE(bench.runner.requests().constLast().workingDirectory, folder);
    succeed(bench, commandAt(bench.state(), 1));
    QCOMPARE(bench.runner.requests().constLast().workingDirectory, u"/var"_s);
}

QTEST_GUILESS_MAIN(TestAnnotatedCommands)
#include "tst_annotatedcommands.moc"
