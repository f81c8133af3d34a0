// SPDX-License-Identifier: Apache-2.0
#include "exec/runnerfixture.h"

#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <sys/mount.h>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

class TestRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commandSurvivesItsWindow_data();
    void commandSurvivesItsWindow();
    void endWithoutAWindowIsFoundLater();
    void anotherRunnerReattaches();
    void accidentalSignalsDoNotEndTheSupervisor();
    void killedSupervisorMeansUnknown();
    void survivingCommandOfKilledSupervisorRunsUntilItEnds();
    void damagedStatusMeansUnknown();
    void intentWithoutFolderNeverStarted();
    void commandThatAnotherWindowJustStartsIsFollowed();
    void aFolderIsNeverUsedTwice();
    void startThatNeverCameIsGivenUpForGood();
    void programThatDoesNothingIsNoStart();
    void fullDiskLosesOutputNotTheOutcome();
    void fullDiskBeforeTheStartRefuses();
};

namespace
{

struct Window
{
    Window(const RunnerFixture &fixture, const ExecutionId &execution, const QString &script)
    {
        process.setProgram(QStringLiteral(RUNSHEET_TEST_STARTER));
        process.setArguments({fixture.dataFolder(), fixture.runId.value, execution.value, script});
        process.start();
    }
    /// As by kill -9 or the end of memory: no destructor runs.
    void die(int signal = SIGKILL)
    {
        ::kill(static_cast<pid_t>(process.processId()), signal);
        process.waitForFinished();
    }
    QProcess process;
};

/// A small file system of its own, where the test may mount one.
class SmallDisk
{
public:
    explicit SmallDisk(const char *options)
        : m_isMounted(
            ::mount("tmpfs", QFile::encodeName(m_folder.path()).constData(), "tmpfs", 0, options)
            == 0)
    {
    }
    ~SmallDisk()
    {
        if (m_isMounted)
            ::umount2(QFile::encodeName(m_folder.path()).constData(), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    bool m_isMounted;
};

} // namespace

void TestRecovery::commandSurvivesItsWindow_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("killed, or out of memory") << SIGKILL;
    QTest::newRow("aborted") << SIGABRT;
    QTest::newRow("crashed") << SIGSEGV;
    QTest::newRow("logged out") << SIGHUP;
}

void TestRecovery::commandSurvivesItsWindow()
{
    QFETCH(int, signal);
    RunnerFixture fixture;
    const ExecutionId id = ExecutionId::create();
    Window window(fixture, id,
                  u"echo first; read -r x; for i in {1..2000}; do echo $i; done; exit 7"_s);
    QVERIFY(fixture.waitForOutput(id, "first\n"_ba));
    window.die(signal);

    fixture.runner().recover(fixture.runId, {id});
    QVERIFY(fixture.waitForStart(id));
    QVERIFY(isAlive(fixture.pid(id)));
    QVERIFY(!fixture.hasEnded(id));
    fixture.runner().sendInput(id, "\n"_ba);
    QVERIFY(fixture.waitForEnd(id));
    const auto report = fixture.report(id);
    QCOMPARE(report.end.outcome, ExecutionOutcome::Failed);
    QCOMPARE(report.end.exitCode, 7);
    QCOMPARE(report.end.outputLines, fixture.output(id).count('\n'));
    QVERIFY(fixture.output(id).startsWith("first\n"));
    QVERIFY(fixture.output(id).endsWith("\n1999\n2000\n"));
    QCOMPARE(report.changedVariables.value(u"i"_s).value, u"2000"_s);
}

void TestRecovery::endWithoutAWindowIsFoundLater()
{
    RunnerFixture fixture;
    const ExecutionId id = ExecutionId::create();
    Window window(fixture, id, u"echo first; sleep 0.5; echo last; A=1; exit 3"_s);
    QVERIFY(fixture.waitForOutput(id, "first\n"_ba));
    window.die();
    QVERIFY(fixture.waitForOutput(id, "last\n"_ba));
    QTRY_VERIFY(!fixture.folder(id).look().alive);

    fixture.runner().recover(fixture.runId, {id});
    QVERIFY(fixture.waitForEnd(id));
    QVERIFY2(!fixture.hasStarted(id), "an execution that is over is reported by its end alone");
    QCOMPARE(fixture.report(id).end.exitCode, 3);
    QCOMPARE(fixture.output(id), "first\nlast\n"_ba);
    QCOMPARE(fixture.report(id).changedVariables.value(u"A"_s).value, u"1"_s);
}

void TestRecovery::anotherRunnerReattaches()
{
    RunnerFixture fixture;
    const auto request = fixture.request(
        "trap 'echo stopped; exit 9' INT; echo ready; while :; do sleep 0.05; done"_ba);
    fixture.start(request);
    QVERIFY(fixture.waitForOutput(request.execution, "ready"_ba));
    fixture.restartRunner();
    fixture.runner().recover(fixture.runId, {request.execution});
    QVERIFY(fixture.waitForStart(request.execution));
    fixture.runner().sendSignal(request.execution, SIGINT);
    QVERIFY(fixture.waitForEnd(request.execution));
    QCOMPARE(fixture.report(request.execution).end.exitCode, 9);
    QCOMPARE(fixture.endCount(request.execution), 1);
}

void TestRecovery::accidentalSignalsDoNotEndTheSupervisor()
{
    RunnerFixture fixture;
    const auto request = fixture.request("echo ready; read -r x; exit 6"_ba);
    fixture.start(request);
    QVERIFY(fixture.waitForStart(request.execution));
    const auto supervisor = static_cast<pid_t>(fixture.execPid(request.execution));
    QVERIFY(supervisor > 1);
    for (const int number : {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGPIPE, SIGUSR1})
        QCOMPARE(::kill(supervisor, number), 0);
    fixture.runner().sendInput(request.execution, "\n"_ba);
    QVERIFY(fixture.waitForEnd(request.execution));
    QCOMPARE(fixture.report(request.execution).end.exitCode, 6);
}

void TestRecovery::killedSupervisorMeansUnknown()
{
    RunnerFixture fixture;
    // No program behind it: between fork and exec bash's child loses the terminal's hangup.
    const auto request = fixture.request("echo ready; read -r never"_ba);
    fixture.start(request);
    QVERIFY(fixture.waitForOutput(request.execution, "ready\n"_ba));
    QVERIFY(fixture.waitForStart(request.execution));
    ::kill(static_cast<pid_t>(fixture.execPid(request.execution)), SIGKILL);
    QVERIFY(fixture.waitForEnd(request.execution));
    const auto report = fixture.report(request.execution);
    QCOMPARE(report.end.outcome, ExecutionOutcome::Unknown);
    QVERIFY(report.end.reason.contains(u"not known"_s));
    QCOMPARE(report.end.outputBytes, 6);
    QVERIFY(!isAlive(fixture.pid(request.execution)));
}

void TestRecovery::survivingCommandOfKilledSupervisorRunsUntilItEnds()
{
    RunnerFixture fixture;
    const QString flag = fixture.dataFolder() + u"/go"_s;
    const auto request = fixture.request("trap '' HUP; echo ready; while [ ! -e "_ba + flag.toUtf8()
                                         + " ]; do sleep 0.05; done"_ba);
    fixture.start(request);
    QVERIFY(fixture.waitForOutput(request.execution, "ready\n"_ba));
    QVERIFY(fixture.waitForStart(request.execution));
    ::kill(static_cast<pid_t>(fixture.execPid(request.execution)), SIGKILL);
    QTRY_VERIFY(!fixture.folder(request.execution).look().watched);
    QVERIFY(fixture.folder(request.execution).look().alive);
    QVERIFY(!fixture.waitForEnd(request.execution, 600));
    QSignalSpy undelivered(&fixture.runner(), &CommandRunner::undelivered);
    fixture.runner().sendSignal(request.execution, SIGINT);
    QTRY_COMPARE(undelivered.size(), 1); // and it is said, not swallowed
    QVERIFY(fixture.folder(request.execution).look().alive);
    QFile file(flag);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(fixture.waitForEnd(request.execution));
    QCOMPARE(fixture.report(request.execution).end.outcome, ExecutionOutcome::Unknown);
}

void TestRecovery::damagedStatusMeansUnknown()
{
    RunnerFixture fixture;
    const auto first = fixture.run("true"_ba);
    QFile status(fixture.folder(first.end.execution).statusFile());
    QVERIFY(status.open(QIODevice::WriteOnly));
    status.write("{\"version\":1,\"state\":\"ended\"");
    status.close();
    fixture.restartRunner();
    fixture.runner().recover(fixture.runId, {first.end.execution});
    QVERIFY(fixture.waitForEnd(first.end.execution));
    QCOMPARE(fixture.report(first.end.execution).end.outcome, ExecutionOutcome::Unknown);
    QVERIFY(fixture.report(first.end.execution).end.reason.contains(u"cannot be read"_s));
}

void TestRecovery::commandThatAnotherWindowJustStartsIsFollowed()
{
    RunnerFixture fixture;
    const auto request = fixture.request("echo here; exit 4"_ba);
    fixture.runner().recover(fixture.runId, {request.execution});
    QVERIFY(!fixture.waitForEnd(request.execution, 600)); // its folder may be about to be made
    ProcessRunner other(fixture.paths(), QStringLiteral(RUNSHEET_EXEC_PROGRAM));
    other.start(request);
    QVERIFY(fixture.waitForEnd(request.execution));
    QCOMPARE(fixture.report(request.execution).end.exitCode, 4);
    QCOMPARE(fixture.output(request.execution), "here\n"_ba);
}

void TestRecovery::intentWithoutFolderNeverStarted()
{
    RunnerFixture fixture;
    const ExecutionId id = ExecutionId::create();
    fixture.runner().recover(fixture.runId, {id});
    QVERIFY(fixture.waitForEnd(id));
    QCOMPARE(fixture.report(id).end.outcome, ExecutionOutcome::CouldNotStart);
    QVERIFY(fixture.report(id).end.reason.contains(u"Nothing ran"_s));
}

void TestRecovery::aFolderIsNeverUsedTwice()
{
    RunnerFixture fixture;
    const auto first = fixture.run("echo once"_ba);
    const QString folder = fixture.folder(first.end.execution).path();
    QProcess again;
    again.start(QStringLiteral(RUNSHEET_EXEC_PROGRAM), {folder});
    QVERIFY(again.waitForFinished());
    auto request = fixture.request("echo twice"_ba);
    request.execution = first.end.execution;
    fixture.restartRunner();
    fixture.start(request);
    QVERIFY(fixture.waitForEnd(request.execution));
    QCOMPARE(fixture.report(request.execution).end.outcome, ExecutionOutcome::CouldNotStart);
    QCOMPARE(fixture.output(request.execution), "once\n"_ba);
}

void TestRecovery::startThatNeverCameIsGivenUpForGood()
{
    RunnerFixture fixture;
    const auto request = fixture.request("echo late"_ba);
    const ExecutionFolder folder = fixture.folder(request.execution);
    QVERIFY(folder.prepare(request));
    fixture.runner().recover(fixture.runId, {request.execution});
    QVERIFY(fixture.waitForEnd(request.execution));
    QCOMPARE(fixture.report(request.execution).end.outcome, ExecutionOutcome::CouldNotStart);
    QCOMPARE(QProcess::execute(QStringLiteral(RUNSHEET_EXEC_PROGRAM), {folder.path()}), 2);
    QVERIFY(!QFile::exists(folder.statusFile()));
    QCOMPARE(fixture.output(request.execution), QByteArray());
}

void TestRecovery::programThatDoesNothingIsNoStart()
{
    RunnerFixture fixture;
    const QTemporaryDir programs;
    const QString idle = programs.filePath(u"runsheet-exec"_s);
    QVERIFY(QFile::link(u"/bin/true"_s, idle));
    ProcessRunner runner(fixture.paths(), idle);
    QList<ExecutionReport> ends;
    connect(&runner, &CommandRunner::ended, this,
            [&ends](const ExecutionReport &report) { ends += report; });
    runner.start(fixture.request("echo no"_ba));
    QTRY_COMPARE_WITH_TIMEOUT(ends.size(), 1, 20'000);
    QCOMPARE(ends.constFirst().end.outcome, ExecutionOutcome::CouldNotStart);
    QVERIFY(ends.constFirst().end.reason.contains(u"Nothing ran"_s));
}

void TestRecovery::fullDiskLosesOutputNotTheOutcome()
{
    const SmallDisk disk("size=1m");
    if (!disk.isMounted())
        QSKIP("Mounting a small file system needs root.");
    RunnerFixture fixture(disk.path());
    constexpr qint64 kBytes = 3'000'000;
    const auto report = fixture.run("head -c 3000000 /dev/zero | tr '\\0' x; exit 5"_ba);
    QCOMPARE(report.end.outcome, ExecutionOutcome::Failed);
    QCOMPARE(report.end.exitCode, 5);
    QVERIFY(report.end.droppedBytes > 1'500'000);
    QCOMPARE(report.end.outputBytes + report.end.droppedBytes, kBytes);
    QCOMPARE(fixture.output(report.end.execution).size(), report.end.outputBytes);
}

void TestRecovery::fullDiskBeforeTheStartRefuses()
{
    const SmallDisk disk("size=64k");
    if (!disk.isMounted())
        QSKIP("Mounting a small file system needs root.");
    QFile filler(disk.path() + u"/filler"_s);
    QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    while (filler.write(QByteArray(4096, 'x')) == 4096) { }
    RunnerFixture fixture(disk.path());
    const auto report = fixture.run("true"_ba);
    QCOMPARE(report.end.outcome, ExecutionOutcome::CouldNotStart);
    QVERIFY2(report.end.reason.contains(u"free space"_s), qPrintable(report.end.reason));
    QVERIFY(!fixture.hasStarted(report.end.execution));
}

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
