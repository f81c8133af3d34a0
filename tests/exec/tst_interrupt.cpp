// SPDX-License-Identifier: Apache-2.0
//
// Stop's first rung must end a script whatever moment it comes at.
#include "exec/shellstate.h"

#include <QFile>
#include <QProcessEnvironment>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr int kRounds = 100;

void put(const QString &name, const QByteArray &content)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(name));
}

/// Bash as runsheet-exec starts it, leading a process group.
class Script
{
public:
    Script(const QTemporaryDir &folder, const QByteArray &text)
        : m_stopMark(folder.filePath(u"interrupted"_s))
    {
        put(folder.filePath(u"prelude"_s),
            shellPrelude(folder.path(), {}, QProcessEnvironment::systemEnvironment().keys()));
        put(folder.filePath(u"script"_s), "echo begun\n" + text);
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            qFatal("no pipe");
        m_output = ends[0];
        const QByteArray prelude = QFile::encodeName(folder.filePath(u"prelude"_s));
        const QByteArray script = QFile::encodeName(folder.filePath(u"script"_s));
        m_pid = ::fork();
        if (m_pid == 0) {
            ::setpgid(0, 0);
            ::dup2(ends[1], STDOUT_FILENO);
            ::setenv("BASH_ENV", prelude.constData(), 1);
            ::execlp("bash", "bash", "-euo", "pipefail", script.constData(), nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
    }
    ~Script()
    {
        ::kill(-m_pid, SIGKILL);
        ::close(m_output);
    }
    Q_DISABLE_COPY_MOVE(Script)

    void waitUntilBegun() const
    {
        std::array<char, 6> word{};
        if (::read(m_output, word.data(), word.size()) != 6)
            qFatal("the script did not begin");
    }
    void interrupt() const
    {
        put(m_stopMark, {});
        typeControlC();
    }
    void typeControlC() const { ::kill(-m_pid, SIGINT); }
    [[nodiscard]] int wait() const
    {
        int status = 0;
        ::waitpid(m_pid, &status, 0);
        return status;
    }

private:
    QString m_stopMark;
    int m_output = -1;
    pid_t m_pid = -1;
};

} // namespace

class TestInterrupt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsTheScriptAtAnyMoment_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("between short programs")
            << "for ((i = 0; i < 6; ++i)); do /bin/true; done; echo no > went-on"_ba;
        QTest::newRow("before a long one")
            << "for ((i = 0; i < 300; ++i)); do :; done; /bin/sleep 3; echo no > went-on"_ba;
        QTest::newRow("in pipes")
            << "for ((i = 0; i < 6; ++i)); do /bin/true | cat; done; echo no > went-on"_ba;
    }

    void endsTheScriptAtAnyMoment()
    {
        QFETCH(QByteArray, text);
        QRandomGenerator random(1);
        int ended = 0;
        for (int round = 0; round < kRounds; ++round) {
            const QTemporaryDir folder;
            const QByteArray there = "cd "_ba + QFile::encodeName(folder.path()) + '\n';
            const Script script(folder, there + text + "\n/bin/sleep 30\n");
            script.waitUntilBegun();
            const timespec moment{.tv_sec = 0, .tv_nsec = random.bounded(8'000'000)};
            ::ppoll(nullptr, 0, &moment, nullptr);
            const bool late = QFile::exists(folder.filePath(u"went-on"_s));
            script.interrupt();
            const int status = script.wait();
            // A pipe that was hit may end the script by its exit code, as set -e asks.
            QVERIFY(WIFSIGNALED(status) ? WTERMSIG(status) == SIGINT
                                        : WEXITSTATUS(status) == 128 + SIGINT);
            ended += late ? 0 : 1;
        }
        QVERIFY(ended > 0); // else every interrupt came after the part that matters
    }

    void programThatTakesItForItselfDoesNotLetTheScriptGoOn()
    {
        const QTemporaryDir folder;
        const QByteArray wentOn = QFile::encodeName(folder.filePath(u"went-on"_s));
        const Script script(
            folder,
            "perl -e '$SIG{INT} = sub { exit 0 }; $| = 1; print \"ready\\n\"; sleep 30'\n"
            "echo no > "_ba
                + wentOn + '\n');
        script.waitUntilBegun();
        script.waitUntilBegun(); // "ready" is as long
        script.interrupt();
        QVERIFY(WIFSIGNALED(script.wait()));
        QVERIFY(!QFile::exists(QFile::decodeName(wentOn)));
    }

    /// As psql takes it for its statement alone.
    void typedControlCIsForTheProgramThatTakesIt()
    {
        const QTemporaryDir folder;
        const QByteArray wentOn = QFile::encodeName(folder.filePath(u"went-on"_s));
        const Script script(
            folder,
            "X=1 perl -e '$SIG{INT} = sub { exit 0 }; $| = 1; print \"ready\\n\"; sleep 30'\n"
            "echo yes > "_ba
                + wentOn + '\n');
        script.waitUntilBegun();
        script.waitUntilBegun();
        script.typeControlC();
        const int status = script.wait();
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        QVERIFY(QFile::exists(QFile::decodeName(wentOn)));
    }

    void typedControlCEndsTheScriptOtherwise_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("program that dies of it") << "echo ready\n/bin/sleep 30\n"_ba;
        QTest::newRow("the shell itself") << "echo ready\nwhile :; do :; done\n"_ba;
        QTest::newRow("a substitution") << "echo ready\nx=$(/bin/sleep 30)\n"_ba;
    }

    void typedControlCEndsTheScriptOtherwise()
    {
        QFETCH(const QByteArray, text);
        const QTemporaryDir folder;
        const QByteArray wentOn = QFile::encodeName(folder.filePath(u"went-on"_s));
        const Script script(folder, text + "echo no > " + wentOn + '\n');
        script.waitUntilBegun();
        script.waitUntilBegun();
        script.typeControlC();
        const int status = script.wait();
        QVERIFY(WIFSIGNALED(status) || WEXITSTATUS(status) == 128 + SIGINT);
        QVERIFY(!QFile::exists(QFile::decodeName(wentOn)));
    }

    void trapsOfTheScriptComeFirst()
    {
        const QTemporaryDir folder;
        const Script script(folder, "trap 'exit 7' INT\necho ready\n/bin/sleep 30\n");
        script.waitUntilBegun();
        script.waitUntilBegun();
        script.interrupt();
        const int status = script.wait();
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 7);
    }

    void stateIsKept()
    {
        const QTemporaryDir folder;
        const Script script(folder, "A=7\necho ready\n/bin/sleep 30\n");
        script.waitUntilBegun();
        script.waitUntilBegun();
        script.interrupt();
        QVERIFY(WIFSIGNALED(script.wait()));
        QFile before(folder.filePath(u"state.before"_s));
        QFile after(folder.filePath(u"state.after"_s));
        QVERIFY(before.open(QIODevice::ReadOnly) && after.open(QIODevice::ReadOnly));
        QCOMPARE(shellStateChange(before.readAll(), after.readAll()).changed.keys(),
                 QStringList{u"A"_s});
    }
};

QTEST_GUILESS_MAIN(TestInterrupt)
#include "tst_interrupt.moc"
