// SPDX-License-Identifier: Apache-2.0
#include "monitor/doorknock.h"

#include "monitor/serversession.h"
#include "monitor/socketguard.h"
#include "support/temporarypostgres.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace runsheet;

using std::chrono::milliseconds;

namespace
{

constexpr milliseconds kPatience{5000};

/// A socket that lets everybody connect and then says nothing.
class SilentServer
{
public:
    explicit SilentServer(const QString &folder)
        : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray path = QFile::encodeName(folder + u"/.s.PGSQL.5432"_s);
        qstrncpy(address.sun_path, path.constData(), sizeof(address.sun_path));
        m_listening =
            ::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0
            && ::listen(m_socket, 4) == 0;
    }
    ~SilentServer() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(SilentServer)

    [[nodiscard]] bool isListening() const { return m_listening; }

private:
    int m_socket;
    bool m_listening = false;
};

QByteArray addressOf(const QString &host)
{
    return monitorConninfo({.host = host, .port = 5432, .database = u"shop"_s, .user = u"app"_s});
}

} // namespace

class TestDoorKnock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyThereSaysWhereItLooked()
    {
        const QTemporaryDir folder;
        SocketGuard guard;
        const auto failure = knock(addressOf(folder.path()), kPatience, guard);
        QVERIFY(failure);
        QVERIFY(failure->sqlState.isEmpty());
        QVERIFY(!failure->lacksPassword);
        QCOMPARE(failure->server, folder.path());
        QCOMPARE(failure->user, u"app"_s);
        QCOMPARE(failure->database, u"shop"_s);
        QVERIFY2(failure->text.contains(u".s.PGSQL.5432"_s), qPrintable(failure->text));
    }

    void aServerThatSaysNothingIsGivenUp()
    {
        const QTemporaryDir folder;
        const SilentServer server(folder.path());
        QVERIFY(server.isListening());
        SocketGuard guard;
        QElapsedTimer timer;
        timer.start();
        const auto failure = knock(addressOf(folder.path()), milliseconds(300), guard);
        QVERIFY(failure);
        QCOMPARE(failure->text, u"no answer within 300 ms"_s);
        QVERIFY2(timer.elapsed() >= 250 && timer.elapsed() < 3000,
                 qPrintable(QString::number(timer.elapsed())));
    }

    void aCancelledKnockEndsLongBeforeItsTime()
    {
        const QTemporaryDir folder;
        const SilentServer server(folder.path());
        QVERIFY(server.isListening());
        SocketGuard guard;
        QElapsedTimer timer;
        timer.start();
        std::thread canceller([&guard] { guard.cancel(); });
        const auto failure = knock(addressOf(folder.path()), milliseconds(60'000), guard);
        canceller.join();
        QVERIFY(failure);
        QVERIFY(timer.elapsed() < 10'000);
    }

    void whatIsNoConninfoIsAFailureToo()
    {
        SocketGuard guard;
        const auto failure = knock("port=many", kPatience, guard);
        QVERIFY(failure);
        QVERIFY(failure->sqlState.isEmpty());
        QVERIFY2(failure->text.contains(u"many"_s), qPrintable(failure->text));
    }

    void hostAndPortAreNamed()
    {
        QTcpServer closed; // a port that was free a moment ago
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const quint16 port = closed.serverPort();
        closed.close();
        SocketGuard guard;
        const auto failure =
            knock(monitorConninfo({.host = u"127.0.0.1"_s, .port = port, .user = u"app"_s}),
                  kPatience, guard);
        QVERIFY(failure);
        QCOMPARE(failure->server, u"127.0.0.1:%1"_s.arg(port));
        QCOMPARE(failure->database, u"app"_s); // libpq's rule
    }

    void aRealServerLetsUsInOrNamesTheReasonByCode()
    {
        if (!TemporaryPostgres::isAvailable())
            QSKIP(qPrintable(TemporaryPostgres::unavailableReason()));
        TemporaryPostgres server;
        QVERIFY(server.start({u"lc_messages=C"_s}));
        SocketGuard guard;
        QVERIFY(!knock(monitorConninfo(server.connection()), kPatience, guard));

        const auto noDatabase =
            knock(monitorConninfo(server.connection(u"a:b"_s)), kPatience, guard);
        QVERIFY(noDatabase);
        QCOMPARE(noDatabase->sqlState, u"3D000"_s);
        QCOMPARE(noDatabase->database, u"a:b"_s);

        Connection stranger = server.connection();
        stranger.user = u"it's me"_s;
        const auto noRole = knock(monitorConninfo(stranger), kPatience, guard);
        QVERIFY(noRole);
        QCOMPARE(noRole->sqlState, u"28000"_s);
        QCOMPARE(noRole->user, u"it's me"_s);

        // Nobody stays behind.
        QTRY_COMPARE(server
                         .execute(u"SELECT count(*) FROM pg_stat_activity"
                                  " WHERE application_name = 'runsheet-monitor'"_s)
                         ->trimmed(),
                     u"0"_s);
    }

    void aSessionNamesALostServerInItsOwnException()
    {
        const QTemporaryDir folder;
        SocketGuard guard;
        QVERIFY_THROWS_EXCEPTION(
            ServerLost,
            ServerSession(monitorConninfo({.host = folder.path(), .port = 5432, .user = u"app"_s}),
                          guard));
    }
};

QTEST_GUILESS_MAIN(TestDoorKnock)
#include "tst_doorknock.moc"
