// SPDX-License-Identifier: Apache-2.0
//
// What the window is told of a command that has gone silent.
#include "exec/runnerfixture.h"
#include "processes.h"
#include "terminalstate.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestTerminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void silentCommandsAreToldApart_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<bool>("waiting");
        QTest::addColumn<bool>("echo");
        QTest::newRow("reads a line") << "read -r x"_ba << true << true;
        QTest::newRow("reads a secret") << "read -rs x"_ba << true << false;
        QTest::newRow("edits a line") << "read -re x"_ba << true << true;
        QTest::newRow("a program reads") << "cat"_ba << true << true;
        QTest::newRow("reads /dev/tty") << "cat < /dev/tty"_ba << true << true;
        QTest::newRow("in a pipe") << "cat | cat"_ba << true << true;
        QTest::newRow("started by a thread")
            << "python3 -c 'import threading as t, subprocess as s; "
               "t.Thread(target=s.run, args=([\"cat\"],)).start()'"_ba
            << true << true;
        QTest::newRow("hides and works") << "stty -echo; sleep 600"_ba << true << false;
    }

    void silentCommandsAreToldApart()
    {
        QFETCH(QByteArray, script);
        QFETCH(bool, waiting);
        QFETCH(bool, echo);
        test::RunnerFixture fixture;
        TerminalState seen;
        connect(&fixture.runner(), &CommandRunner::terminalChanged, &fixture,
                [&seen](const ExecutionId &, const TerminalState &state) { seen = state; });
        const CommandRequest request = fixture.request(script);
        fixture.start(request);
        QTRY_COMPARE_WITH_TIMEOUT(seen.waiting, waiting, 10'000);
        QTRY_COMPARE(seen.echo, echo);
        QVERIFY(!seen.stopped);
        fixture.runner().sendSignal(request.execution, SIGKILL);
        QVERIFY(fixture.waitForEnd(request.execution));
    }

    void workingCommandsDoNotWait_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::newRow("sleeps") << "sleep 600"_ba;
        QTest::newRow("reads a pipe") << "sleep 600 | cat"_ba;
        QTest::newRow("reads a file that does not come") << "mkfifo f; cat f"_ba;
        QTest::newRow("waits for a child") << "sleep 600 & wait"_ba;
    }

    void workingCommandsDoNotWait()
    {
        QFETCH(QByteArray, script);
        test::RunnerFixture fixture;
        const CommandRequest request = fixture.request(script + "; true"_ba);
        fixture.start(request);
        QVERIFY(fixture.waitForStart(request.execution));
        // Stopping it makes it look, after the silence in which it could have been taken to wait.
        TerminalState seen;
        bool waited = false;
        connect(&fixture.runner(), &CommandRunner::terminalChanged, &fixture,
                [&](const ExecutionId &, const TerminalState &state) {
                    seen = state;
                    waited = waited || state.waiting;
                });
        fixture.runner().sendSignal(request.execution, SIGSTOP);
        QTRY_VERIFY_WITH_TIMEOUT(seen.stopped, 10'000);
        fixture.runner().sendSignal(request.execution, SIGCONT);
        QTRY_VERIFY_WITH_TIMEOUT(!seen.stopped, 10'000);
        QVERIFY(!waited);
        fixture.runner().sendSignal(request.execution, SIGKILL);
        QVERIFY(fixture.waitForEnd(request.execution));
    }

    void suspendedCommandCanStillBeInterrupted()
    {
        test::RunnerFixture fixture;
        const CommandRequest request = fixture.request("sleep 600; echo went on");
        TerminalState seen;
        connect(&fixture.runner(), &CommandRunner::terminalChanged, &fixture,
                [&](const ExecutionId &, const TerminalState &state) { seen = state; });
        fixture.start(request);
        QVERIFY(fixture.waitForStart(request.execution));
        fixture.runner().sendSignal(request.execution, SIGSTOP);
        QTRY_VERIFY_WITH_TIMEOUT(seen.stopped, 10'000);
        fixture.runner().sendSignal(request.execution, SIGINT);
        QVERIFY(fixture.waitForEnd(request.execution));
        QCOMPARE(fixture.report(request.execution).end.signal, SIGINT);
        QVERIFY(!fixture.output(request.execution).contains("went on"));
    }

    void answerEndsTheWaiting()
    {
        test::RunnerFixture fixture;
        TerminalState seen;
        connect(&fixture.runner(), &CommandRunner::terminalChanged, &fixture,
                [&seen](const ExecutionId &, const TerminalState &state) { seen = state; });
        const CommandRequest request = fixture.request("read -rs x; sleep 600");
        fixture.start(request);
        QTRY_VERIFY_WITH_TIMEOUT(seen.waiting && !seen.echo, 10'000);
        fixture.runner().sendInput(request.execution, "hunter2\n");
        QTRY_VERIFY_WITH_TIMEOUT(!seen.waiting && seen.echo, 10'000);
        fixture.runner().sendSignal(request.execution, SIGKILL);
        QVERIFY(fixture.waitForEnd(request.execution));
        QVERIFY(!fixture.output(request.execution).contains("hunter2"));
    }

    void pagersAreNone()
    {
        test::RunnerFixture fixture;
        const CommandRequest request =
            fixture.request("for i in {1..100}; do echo $i; done | ${PAGER-less}; git --version");
        const ExecutionReport report = fixture.run(request);
        QVERIFY(fixture.output(request.execution).startsWith("1\n2\n"));
        QVERIFY(report.end.outcome == ExecutionOutcome::Succeeded || report.end.exitCode == 127);
    }

    void oddProcessNamesAreReadRight_data()
    {
        QTest::addColumn<QByteArray>("stat");
        QTest::addColumn<char>("state");
        QTest::addColumn<int>("group");
        QTest::newRow("plain") << "42 (bash) S 1 40 40 0"_ba << 'S' << 40;
        QTest::newRow("like fields") << "42 (a) R 1 (b) T 7 41 40"_ba << 'T' << 41;
        QTest::newRow("line break") << "42 (a\n) S 1 9 9) Z 7 43 40"_ba << 'Z' << 43;
        QTest::newRow("gone") << ""_ba << '?' << -1;
    }

    void oddProcessNamesAreReadRight()
    {
        QFETCH(QByteArray, stat);
        const exec::ProcessState process = exec::parseProcessState(stat.toStdString());
        QTEST(process.state, "state");
        QTEST(int(process.group), "group");
    }

    void stateFileIsUnderstood()
    {
        QCOMPARE(parseTerminalState({}), TerminalState{});
        QCOMPARE(parseTerminalState("{"), TerminalState{});
        QCOMPARE(parseTerminalState(R"({"echo":false,"waiting":true,"stopped":true})"),
                 (TerminalState{.echo = false, .waiting = true, .stopped = true}));
    }
};

QTEST_GUILESS_MAIN(TestTerminal)
#include "tst_terminal.moc"
