// SPDX-License-Identifier: Apache-2.0
//
// Faults that have no better place; tests/FAULTS.md lists them all.
#include "exec/runnerfixture.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using runsheet::test::isAlive;
using runsheet::test::RunnerFixture;

namespace
{

/// What runsheet-exec may write in one file, as a disk that is nearly full: also where a test may
/// mount no small one.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

private:
    rlimit m_before{};
    void (*m_handler)(int) = nullptr;
};

} // namespace

class TestFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logThatTakesNoMoreDoesNotStopTheCommand()
    {
        const FileSizeLimit limit(100'000);
        RunnerFixture fixture;
        const ExecutionReport report =
            fixture.run("head -c 3000000 /dev/zero | tr '\\0' x; exit 5"_ba);
        QCOMPARE(report.end.outcome, ExecutionOutcome::Failed);
        QCOMPARE(report.end.exitCode, 5);
        QCOMPARE(report.end.outputBytes, 100'000);
        QCOMPARE(report.end.droppedBytes, 2'900'000);
        QCOMPARE(fixture.output(report.end.execution).size(), 100'000);
    }

    void daemonThatLeftTheSessionIsNamed()
    {
        RunnerFixture fixture;
        const CommandRequest request =
            fixture.request("mkfifo go; (setsid bash -c 'read -r x < go' &); exit 0"_ba);
        const ExecutionReport report = fixture.run(request);
        QCOMPARE(report.end.outcome, ExecutionOutcome::Succeeded);
        QVERIFY(report.end.reason.contains(u"in the background remains"_s));
        QVERIFY(fixture.folder(request.execution).look().alive);
        QFile go(request.workingDirectory + u"/go"_s);
        QVERIFY(go.open(QIODevice::WriteOnly));
        go.write("\n");
        go.close();
        QTRY_VERIFY(!fixture.folder(request.execution).look().alive);
    }

    void stubbornCommandEndsByKillAlone()
    {
        RunnerFixture fixture;
        const CommandRequest request = fixture.request(
            "trap 'echo no' INT TERM; echo ready; while :; do sleep 0.05 || :; done"_ba);
        fixture.start(request);
        QVERIFY(fixture.waitForOutput(request.execution, "ready\n"));
        int refused = 0;
        for (const int signal : {SIGINT, SIGTERM}) {
            fixture.runner().sendSignal(request.execution, signal);
            ++refused;
            QTRY_COMPARE(fixture.output(request.execution).count("no\n"), refused);
            QVERIFY(!fixture.hasEnded(request.execution));
        }
        fixture.runner().sendSignal(request.execution, SIGKILL);
        QVERIFY(fixture.waitForEnd(request.execution));
        QCOMPARE(fixture.report(request.execution).end.outcome, ExecutionOutcome::Signalled);
        QCOMPARE(fixture.report(request.execution).end.signal, SIGKILL);
    }

    void signalsReachTheCommandOrNobody()
    {
        // Its number stays taken until runsheet-exec has seen the end, and after that none is sent.
        RunnerFixture fixture;
        const CommandRequest request = fixture.request("sleep 600 & echo $!; exit 0"_ba);
        fixture.start(request);
        QVERIFY(fixture.waitForEnd(request.execution));
        const qint64 leftOver = fixture.output(request.execution).trimmed().toLongLong();
        QVERIFY(isAlive(leftOver));
        fixture.runner().sendSignal(request.execution, SIGKILL);
        fixture.run("true"_ba);
        QVERIFY2(isAlive(leftOver), "it is no longer the command");
        ::kill(static_cast<pid_t>(leftOver), SIGKILL);
    }

    /// timeout(1) opens a process group of its own, and so do interactive shells.
    void groupsThatItOpenedAreStoppedToo_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("interrupt") << SIGINT;
        QTest::newRow("terminate") << SIGTERM;
        QTest::newRow("kill") << SIGKILL;
    }

    void groupsThatItOpenedAreStoppedToo()
    {
        QFETCH(const int, signal);
        RunnerFixture fixture;
        const CommandRequest request =
            fixture.request("timeout 600 sh -c 'echo begun; exec sleep 600'"_ba);
        fixture.start(request);
        QVERIFY(fixture.waitForOutput(request.execution, "begun"));
        fixture.runner().sendSignal(request.execution, signal);
        QVERIFY(fixture.waitForEnd(request.execution));
        QVERIFY(!fixture.report(request.execution).end.background);
    }

    /// Its output goes elsewhere, and yet it has the command's terminal.
    void backgroundWorkGoesOnAfterTheCommand()
    {
        RunnerFixture fixture;
        const QTemporaryDir folder;
        const QString result = folder.filePath(u"result"_s);
        const ExecutionReport report =
            fixture.run("(sleep 1; echo done >'" + result.toUtf8()
                        + "') >/dev/null 2>&1 </dev/null &\necho started"_ba);
        QVERIFY(report.end.background);
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(result).size() > 0, 30'000);
    }

    void daemonIsNotStoppedWithTheCommand()
    {
        RunnerFixture fixture;
        const CommandRequest request =
            fixture.request("setsid -f sh -c 'echo daemon=$$; exec sleep 600'; sleep 600"_ba);
        fixture.start(request);
        QVERIFY(fixture.waitForOutput(request.execution, "daemon="));
        const QByteArray output = fixture.output(request.execution);
        const auto daemon =
            static_cast<pid_t>(output.sliced(output.indexOf('=') + 1).trimmed().toInt());
        fixture.runner().sendSignal(request.execution, SIGTERM);
        QVERIFY(fixture.waitForEnd(request.execution));
        QVERIFY(fixture.report(request.execution).end.background);
        QVERIFY(isAlive(daemon));
        QCOMPARE(::kill(daemon, SIGKILL), 0);
    }

    void promptWithoutATerminalFailsAtOnce()
    {
        RunnerFixture fixture;
        CommandRequest request = fixture.request("read -r x </dev/tty"_ba);
        request.terminal = false;
        const ExecutionReport report = fixture.run(request);
        QCOMPARE(report.end.outcome, ExecutionOutcome::Failed);
        QVERIFY(fixture.output(request.execution).contains("/dev/tty"));
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
