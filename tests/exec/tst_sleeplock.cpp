// SPDX-License-Identifier: Apache-2.0
#include "exec/runnerfixture.h"
#include "exec/sleeplock.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QProcess>
#include <QTest>
#include <QThreadPool>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

/// Answers as systemd-logind does: the lock is a descriptor, and it lasts until the last copy of it
/// is closed.
class SessionManager final : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    ~SessionManager() override { forget(); }

    void forget()
    {
        if (m_mine >= 0)
            ::close(m_mine);
        m_mine = -1;
        asked.clear();
        mayAsk = true;
    }
    [[nodiscard]] bool isHeld() const
    {
        pollfd entry{.fd = m_mine, .events = POLLIN, .revents = 0};
        return m_mine >= 0 && ::poll(&entry, 1, 0) == 0;
    }

    QStringList asked; ///< what it is to hold off, and how
    bool mayAsk = true;

public Q_SLOTS:
    // NOLINTNEXTLINE(readability-identifier-naming): the name is the interface's
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &why,
                                    const QString &mode)
    {
        asked = {what, who, why, mode};
        if (!mayAsk) {
            sendErrorReply(QDBusError::AccessDenied, u"Permission denied"_s);
            return {};
        }
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            return {};
        m_mine = ends[0];
        const QDBusUnixFileDescriptor given(ends[1]); // a copy
        ::close(ends[1]);
        return given;
    }

private:
    int m_mine = -1;
};

} // namespace

/// A message bus of its own stands for the computer's.
class TestSleepLock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_manager.forget(); }
    void cleanupTestCase();
    void commandKeepsTheComputerAwakeWithoutItsWindow();
    void lockEndsWithAShortCommand();
    void commandRunsWhereNobodyMayAsk();
    void withoutAManagerThereIsAnError();

private:
    QProcess m_bus;
    SessionManager m_manager;
};

void TestSleepLock::initTestCase()
{
    m_bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
    if (!m_bus.waitForStarted())
        QSKIP("dbus-daemon is not installed");
    QVERIFY(m_bus.waitForReadyRead());
    const QByteArray address = m_bus.readLine().trimmed();
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
    QDBusConnection bus =
        QDBusConnection::connectToBus(QString::fromLocal8Bit(address), u"manager"_s);
    QVERIFY(bus.isConnected());
    QVERIFY(bus.registerObject(u"/org/freedesktop/login1"_s, &m_manager,
                               QDBusConnection::ExportAllSlots));
    QVERIFY(bus.registerService(u"org.freedesktop.login1"_s));
}

void TestSleepLock::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(u"manager"_s);
    if (m_bus.state() == QProcess::NotRunning)
        return;
    m_bus.terminate();
    QVERIFY(m_bus.waitForFinished());
}

void TestSleepLock::commandKeepsTheComputerAwakeWithoutItsWindow()
{
    RunnerFixture fixture;
    CommandRequest request = fixture.request("read -r answer; echo \"got $answer\"");
    request.terminal = true;
    fixture.start(request);
    QVERIFY(fixture.waitForStart(request.execution));
    QTRY_VERIFY(m_manager.isHeld());
    QCOMPARE(m_manager.asked.value(0), u"sleep:idle:shutdown"_s);
    QCOMPARE(m_manager.asked.value(3), u"block"_s);

    QThreadPool::globalInstance()->waitForDone(); // this process has no copy of the lock any more
    fixture.restartRunner();
    QVERIFY(m_manager.isHeld());
    fixture.runner().recover(fixture.runId, {request.execution});
    QVERIFY(fixture.waitForStart(request.execution));
    QVERIFY(m_manager.isHeld());
    fixture.runner().sendInput(request.execution, "yes\n");
    QVERIFY(fixture.waitForEnd(request.execution));
    QTRY_VERIFY(!m_manager.isHeld());
    QVERIFY(fixture.output(request.execution).contains("got yes"));
}

void TestSleepLock::lockEndsWithAShortCommand()
{
    RunnerFixture fixture;
    QCOMPARE(fixture.run("true").end.exitCode, 0);
    QTRY_VERIFY(!m_manager.asked.isEmpty());
    QTRY_VERIFY(!m_manager.isHeld());
}

void TestSleepLock::commandRunsWhereNobodyMayAsk()
{
    m_manager.mayAsk = false;
    RunnerFixture fixture;
    QCOMPARE(fixture.run("exit 3").end.exitCode, 3);
    QTRY_VERIFY(!m_manager.asked.isEmpty());
}

void TestSleepLock::withoutAManagerThereIsAnError()
{
    QDBusConnection(u"manager"_s).unregisterService(u"org.freedesktop.login1"_s);
    const Result<QDBusUnixFileDescriptor> held = holdOffSleep();
    QVERIFY(!held);
    QVERIFY(!held.error().detail.isEmpty());
}

QTEST_GUILESS_MAIN(TestSleepLock)
#include "tst_sleeplock.moc"
