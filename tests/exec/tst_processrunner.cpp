// SPDX-License-Identifier: Apache-2.0
#include "base/sha256.h"
#include "exec/runnerfixture.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

#include <fcntl.h>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

class TestProcessRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outcomesAreKeptApart_data();
    void outcomesAreKeptApart();
    void reportDescribesTheLog();
    void theScriptRunsByteForByte();
    void interruptReachesTheWholeGroup();
    void inputReachesTheCommand();
    void terminalSizeFollows();
    void withoutTerminalThereIsNone();
    void environmentIsAsAsked();
    void inheritedBytesStayAsTheyAre();
    void onlyStandardDescriptorsAndTheLockAreOpen();
    void missingShellCouldNotStart();
    void missingPsqlCouldNotStart();
    void missingExecProgramCouldNotStart_data();
    void missingExecProgramCouldNotStart();
    void unwritableDataFolderCouldNotStart();
    void backgroundProcessDoesNotHoldUpTheEnd();
    void floodIsCountedToTheByte_data();
    void floodIsCountedToTheByte();
    void signalsAfterTheEndAreIgnored();
    void manyAtOnceEndOnceEach();
    void timingFollowsTheOutput();
};

void TestProcessRunner::outcomesAreKeptApart_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<ExecutionOutcome>("outcome");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<int>("signal");
    QTest::addColumn<QString>("reason");
    using enum ExecutionOutcome;
    QTest::newRow("success") << "true"_ba << Succeeded << 0 << 0 << QString();
    QTest::newRow("exit 7") << "exit 7"_ba << Failed << 7 << 0 << QString();
    QTest::newRow("set -e") << "false; true"_ba << Failed << 1 << 0 << QString();
    QTest::newRow("unset variable") << "echo $nope"_ba << Failed << 1 << 0 << QString();
    QTest::newRow("failing producer") << "false | cat"_ba << Failed << 1 << 0 << QString();
    QTest::newRow("exit 143 is no signal")
        << "exit 143"_ba << Failed << 143 << 0 << u".* a program in it was ended by signal 15\\."_s;
    QTest::newRow("SIGTERM") << "kill -TERM $$; sleep 5"_ba << Signalled << -1 << SIGTERM
                             << QString();
    QTest::newRow("SIGKILL") << "kill -KILL $$"_ba << Signalled << -1 << SIGKILL << QString();
    QTest::newRow("not found") << "nosuchtool --x"_ba << CouldNotStart << 127 << 0
                               << u"nosuchtool: command not found (exit 127). Nothing .*"_s;
    QTest::newRow("not executable") << "# look\n\n/etc/passwd"_ba << CouldNotStart << 126 << 0
                                    << u"/etc/passwd: Permission denied (exit 126). Nothing .*"_s;
    QTest::newRow("not found later")
        << "true\nnosuchtool"_ba << Failed << 127 << 0
        << u"command not found: 127 (line 2: nosuchtool: command not found)"_s;
    QTest::newRow("not found in a list")
        << "true; nosuchtool"_ba << Failed << 127 << 0
        << u"command not found: 127 (line 1: nosuchtool: command not found)"_s;
    QTest::newRow("not executable later")
        << "true; /etc/passwd"_ba << Failed << 126 << 0
        << u"command not executable: 126 (line 1: /etc/passwd: Permission denied)"_s;
    QTest::newRow("not found, unsaid")
        << "nosuchtool 2>/dev/null"_ba << Failed << 127 << 0 << u"command not found: 127"_s;
    QTest::newRow("its own 127") << "exit 127"_ba << Failed << 127 << 0
                                 << u"command not found: 127"_s;
    QTest::newRow("syntax error") << "if"_ba << Failed << 2 << 0 << QString();
    QTest::newRow("empty") << QByteArray() << Succeeded << 0 << 0 << QString();
}

void TestProcessRunner::outcomesAreKeptApart()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, reason);
    RunnerFixture fixture;
    const auto report = fixture.run(script);
    QTEST(report.end.outcome, "outcome");
    QTEST(report.end.exitCode, "exitCode");
    QTEST(report.end.signal, "signal");
    const QString pattern = QString(reason).replace(u'(', u"\\("_s).replace(u')', u"\\)"_s);
    QVERIFY2(QRegularExpression(QRegularExpression::anchoredPattern(pattern))
                 .match(report.end.reason)
                 .hasMatch(),
             qPrintable(report.end.reason));
    QVERIFY(fixture.hasStarted(report.end.execution));
    QCOMPARE(fixture.endCount(report.end.execution), 1);
}

void TestProcessRunner::reportDescribesTheLog()
{
    RunnerFixture fixture;
    const auto report = fixture.run("printf 'one\\ntwo\\r\\nthree'; echo; printf end >&2"_ba);
    const QByteArray expected = "one\ntwo\r\nthree\nend"_ba;
    QCOMPARE(fixture.output(report.end.execution), expected);
    QCOMPARE(report.run, fixture.runId);
    QCOMPARE(report.end.outputBytes, expected.size());
    QCOMPARE(report.end.outputLines, 4);
    QCOMPARE(report.end.droppedBytes, 0);
    QCOMPARE(report.end.outputSha256, sha256Hex(expected));
    QVERIFY(report.end.durationMicros > 0);
}

void TestProcessRunner::theScriptRunsByteForByte()
{
    RunnerFixture fixture;
    const QByteArray script = "# not the last\ncat \"$0\"\n: 'ü \\ \" $'"_ba;
    const auto report = fixture.run(script);
    QCOMPARE(fixture.output(report.end.execution), script);
    const QFileInfo file(fixture.folder(report.end.execution).path() + u"/script"_s);
    QCOMPARE(file.permissions() & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser),
             QFile::Permissions(QFile::ReadOwner));
}

void TestProcessRunner::interruptReachesTheWholeGroup()
{
    RunnerFixture fixture;
    const auto request = fixture.request(
        "bash -c 'trap \"echo inner; exit 5\" INT; echo ready; while :; do sleep 0.05; done'"_ba);
    fixture.start(request);
    QVERIFY(fixture.waitForOutput(request.execution, "ready"_ba));
    fixture.runner().sendSignal(request.execution, SIGINT);
    QVERIFY(fixture.waitForEnd(request.execution));
    QVERIFY(fixture.output(request.execution).contains("inner"));
}

void TestProcessRunner::inputReachesTheCommand()
{
    RunnerFixture fixture;
    const auto request =
        fixture.request("echo name?; read -r n; echo \"<$n>\"; read -rs p; echo \"${#p}\""_ba);
    fixture.start(request);
    QVERIFY(fixture.waitForOutput(request.execution, "name?"_ba));
    fixture.runner().sendInput(request.execution, "Zoë\n"_ba);
    QVERIFY(fixture.waitForOutput(request.execution, "<Zoë>\n"_ba));
    // Until echo is off, what is typed shows; `read -s` turns it off first.
    fixture.runner().sendInput(request.execution, "12345\n"_ba);
    QVERIFY(fixture.waitForEnd(request.execution));
    QVERIFY(fixture.output(request.execution).endsWith("5\n"));
}

void TestProcessRunner::terminalSizeFollows()
{
    RunnerFixture fixture;
    const auto request = fixture.request("stty size; read -r x; stty size"_ba);
    fixture.start(request);
    QVERIFY(fixture.waitForOutput(request.execution, "40 120\n"_ba));
    fixture.runner().resizeTerminal(request.execution, 77, 21);
    fixture.runner().sendInput(request.execution, "\n"_ba);
    QVERIFY(fixture.waitForEnd(request.execution));
    QVERIFY(fixture.output(request.execution).endsWith("21 77\n"));
}

void TestProcessRunner::withoutTerminalThereIsNone()
{
    RunnerFixture fixture;
    auto request = fixture.request(
        "test -t 1 && echo tty; cat; read -r x </dev/tty && echo read; echo err >&2; exit 3"_ba);
    request.script.prepend("set +e\n");
    request.terminal = false;
    const auto report = fixture.run(request);
    QCOMPARE(report.end.exitCode, 3);
    const QByteArray output = fixture.output(request.execution);
    QVERIFY(!output.contains("tty\n"));
    QVERIFY(!output.contains("read\n"));
    QVERIFY(output.endsWith("err\n"));
}

void TestProcessRunner::environmentIsAsAsked()
{
    RunnerFixture fixture;
    auto request =
        fixture.request("echo $PAGER $PSQL_PAGER $GIT_PAGER $TERM $PGAPPNAME $PGHOST"_ba);
    request.environment = {{u"PGHOST"_s, u"/run/x y"_s}};
    fixture.run(request);
    QCOMPARE(fixture.output(request.execution),
             "cat cat cat xterm-256color runsheet:test:step:1 /run/x y\n"_ba);
}

void TestProcessRunner::inheritedBytesStayAsTheyAre()
{
    qputenv("RUNSHEET_ODD", "/data/caf\xe9");
    RunnerFixture fixture;
    const auto request = fixture.request("printf '%s\n' \"$RUNSHEET_ODD\""_ba);
    fixture.run(request);
    qunsetenv("RUNSHEET_ODD");
    QCOMPARE(fixture.output(request.execution), "/data/caf\xe9\n"_ba);
}

void TestProcessRunner::onlyStandardDescriptorsAndTheLockAreOpen()
{
    RunnerFixture fixture;
    QFile leak(fixture.dataFolder() + u"/leak"_s);
    QVERIFY(QDir().mkpath(fixture.dataFolder()));
    QVERIFY(leak.open(QIODevice::WriteOnly));
    ::fcntl(leak.handle(), F_SETFD, 0);
    for (const bool terminal : {true, false}) {
        auto request = fixture.request("ls -l /proc/self/fd"_ba);
        request.terminal = terminal;
        fixture.run(request);
        const QByteArray links = fixture.output(request.execution);
        QCOMPARE(links.count(" -> "), 5); // 0, 1, 2, the lock, and the folder ls reads
        QCOMPARE(links.count("/lock\n"), 1);
        QVERIFY(!links.contains("leak"));
    }
}

void TestProcessRunner::missingShellCouldNotStart()
{
    RunnerFixture fixture;
    auto request = fixture.request("true"_ba);
    request.environment = {{u"PATH"_s, u"/nonexistent"_s}};
    const auto report = fixture.run(request);
    QCOMPARE(report.end.outcome, ExecutionOutcome::CouldNotStart);
    QVERIFY(report.end.reason.contains(u"bash was not found on the PATH"_s));
    QVERIFY(!fixture.hasStarted(request.execution));
}

void TestProcessRunner::missingPsqlCouldNotStart()
{
    RunnerFixture fixture;
    auto request = fixture.request("select 1"_ba);
    request.language = CommandLanguage::Sql;
    request.environment = {{u"PATH"_s, u"/nonexistent"_s}};
    const auto report = fixture.run(request);
    QCOMPARE(report.end.outcome, ExecutionOutcome::CouldNotStart);
    QVERIFY(report.end.reason.contains(u"postgresql-client"_s));
}

void TestProcessRunner::missingExecProgramCouldNotStart_data()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("none found") << QString();
    QTest::newRow("not there") << u"/nonexistent/runsheet-exec"_s;
    QTest::newRow("no program") << u"/etc/passwd"_s;
}

void TestProcessRunner::missingExecProgramCouldNotStart()
{
    QFETCH(QString, program);
    RunnerFixture fixture;
    ProcessRunner runner(fixture.paths(), program);
    QList<ExecutionReport> reports;
    connect(&runner, &CommandRunner::ended, this,
            [&reports](const ExecutionReport &report) { reports.append(report); });
    const auto request = fixture.request("true"_ba);
    runner.start(request);
    QTRY_COMPARE(reports.size(), 1);
    QCOMPARE(reports.first().end.outcome, ExecutionOutcome::CouldNotStart);
    QVERIFY(reports.first().end.reason.contains(u"runsheet-exec"_s));
    QVERIFY(!QFile::exists(fixture.folder(request.execution).path() + u"/spec.json"_s));
}

void TestProcessRunner::unwritableDataFolderCouldNotStart()
{
    QTemporaryDir folder;
    QFile blocker(folder.filePath(u"runs"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    RunnerFixture fixture(folder.path());
    const auto report = fixture.run("true"_ba);
    QCOMPARE(report.end.outcome, ExecutionOutcome::CouldNotStart);
    QVERIFY(report.end.reason.contains(folder.path()));
}

void TestProcessRunner::backgroundProcessDoesNotHoldUpTheEnd()
{
    RunnerFixture fixture;
    const auto request = fixture.request("sleep 600 & echo $!"_ba);
    fixture.start(request);
    QVERIFY(fixture.waitForEnd(request.execution, 5000));
    const auto report = fixture.report(request.execution);
    const pid_t sleeper = fixture.output(request.execution).trimmed().toInt();
    const bool alive = isAlive(sleeper);
    if (sleeper > 0)
        ::kill(sleeper, SIGKILL);
    QCOMPARE(report.end.outcome, ExecutionOutcome::Succeeded);
    QVERIFY(report.end.reason.contains(u"background"_s));
    QVERIFY2(alive, "as in a terminal, it goes on");
    QVERIFY(report.end.durationMicros < 1'000'000);
    QTRY_VERIFY(!fixture.folder(request.execution).look().alive);
}

void TestProcessRunner::floodIsCountedToTheByte_data()
{
    QTest::addColumn<bool>("terminal");
    QTest::newRow("terminal") << true;
    QTest::newRow("pipe") << false;
}

void TestProcessRunner::floodIsCountedToTheByte()
{
    QFETCH(bool, terminal);
    constexpr qint64 kLines = 500'000;
    RunnerFixture fixture;
    auto request = fixture.request("yes '"_ba + QByteArray(99, 'x') + "' | head -n 500000"_ba);
    request.script.prepend("set +o pipefail\n");
    request.terminal = terminal;
    const auto report = fixture.run(request);
    QCOMPARE(report.end.outcome, ExecutionOutcome::Succeeded);
    QCOMPARE(report.end.outputBytes, kLines * 100);
    QCOMPARE(report.end.outputLines, kLines);
    QCOMPARE(report.end.droppedBytes, 0);
    QCOMPARE(report.end.outputSha256, sha256Hex((QByteArray(99, 'x') + '\n').repeated(kLines)));
}

void TestProcessRunner::signalsAfterTheEndAreIgnored()
{
    RunnerFixture fixture;
    const auto report = fixture.run("true"_ba);
    fixture.runner().sendSignal(report.end.execution, SIGTERM);
    fixture.runner().sendInput({u"unknown"_s}, "x"_ba);
    const auto next = fixture.run("echo fine"_ba);
    QCOMPARE(next.end.outcome, ExecutionOutcome::Succeeded);
    QCOMPARE(fixture.endCount(report.end.execution), 1);
}

void TestProcessRunner::manyAtOnceEndOnceEach()
{
    RunnerFixture fixture;
    QList<CommandRequest> requests;
    for (int i = 0; i < 12; ++i) {
        requests.append(fixture.request("exit "_ba + QByteArray::number(i)));
        fixture.start(requests.last());
    }
    for (int i = 0; i < 12; ++i) {
        QVERIFY(fixture.waitForEnd(requests.at(i).execution));
        QCOMPARE(fixture.report(requests.at(i).execution).end.exitCode, i);
        QCOMPARE(fixture.endCount(requests.at(i).execution), 1);
    }
}

void TestProcessRunner::timingFollowsTheOutput()
{
    RunnerFixture fixture;
    const auto request = fixture.request("echo one; read -r x; echo two"_ba);
    fixture.start(request);
    QVERIFY(fixture.waitForOutput(request.execution, "one\n"_ba));
    fixture.runner().sendInput(request.execution, "\n"_ba);
    QVERIFY(fixture.waitForEnd(request.execution));
    QFile file(fixture.folder(request.execution).path() + u"/timing"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList lines = file.readAll().trimmed().split('\n');
    QVERIFY(lines.size() >= 1);
    qint64 offset = -1;
    qint64 micros = -1;
    for (const QByteArray &line : lines) {
        QVERIFY(line.split(' ').at(0).toLongLong() > offset);
        QVERIFY(line.split(' ').at(1).toLongLong() > micros);
        offset = line.split(' ').at(0).toLongLong();
        micros = line.split(' ').at(1).toLongLong();
    }
    QVERIFY(micros <= fixture.report(request.execution).end.durationMicros);
}

QTEST_GUILESS_MAIN(TestProcessRunner)
#include "tst_processrunner.moc"
