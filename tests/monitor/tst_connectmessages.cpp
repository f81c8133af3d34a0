// SPDX-License-Identifier: Apache-2.0
#include "monitor/connectmessages.h"
#include "monitor/socketguard.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include <array>

using namespace Qt::StringLiterals;
using namespace runsheet;

using State = MonitorStatus::State;

class TestConnectMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { qputenv("PGPASSFILE", "/nonexistent"); }

    void eachFailureSaysWhatToDo_data()
    {
        QTest::addColumn<QString>("sqlState");
        QTest::addColumn<bool>("lacksPassword");
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("message");
        QTest::newRow("wrong password")
            << u"28P01"_s << false << State::Refused
            << u"The server at db1:5432 does not accept the password "
               u"for app. Enter the right one, or put it into ~/.pgpass "
               "and choose Retry."_s;
        QTest::newRow("no password")
            << QString() << true << State::Refused
            << u"The server at db1:5432 asks for the password of app. Enter it, or put it into ~/.pgpass and choose Retry."_s;
        QTest::newRow("no database") << u"3D000"_s << false << State::Refused
                                     << u"The server at db1:5432 has no database “shop”; name the "
                                        u"right one in the environment and choose "
                                        "Retry."_s;
        QTest::newRow("starting")
            << u"57P03"_s << false << State::Lost
            << u"The server at db1:5432 is starting or shutting down. It is tried again by "
               "itself."_s;
        QTest::newRow("full")
            << u"53300"_s << false << State::Lost
            << u"The server at db1:5432 has no free connection left. It is tried again by itself."_s;
        QTest::newRow("anything else")
            << QString() << false << State::Lost
            << u"The server at db1:5432 does not answer. It is tried again by itself."_s;
    }
    void eachFailureSaysWhatToDo()
    {
        QFETCH(QString, sqlState);
        QFETCH(bool, lacksPassword);
        const MonitorStatus status = statusOf({.sqlState = sqlState,
                                               .text = u"the server's words"_s,
                                               .lacksPassword = lacksPassword,
                                               .server = u"db1:5432"_s,
                                               .user = u"app"_s,
                                               .database = u"shop"_s});
        QTEST(status.state, "state");
        QTEST(status.message, "message");
        QCOMPARE(status.detail, u"the server's words"_s);
    }

    void aPasswordFileThatOthersMayReadIsNamed()
    {
        const QTemporaryDir folder;
        const QString name = folder.filePath(u"pgpass"_s);
        QVERIFY(passwordFileProblem(name).isEmpty());
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        QVERIFY(passwordFileProblem(name).contains(u"chmod 600"_s));
        qputenv("PGPASSFILE", name.toUtf8());
        QVERIFY(statusOf({.sqlState = u"28P01"_s}).message.contains(name));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(passwordFileProblem(name).isEmpty());
    }

    void theGuardShutsASocketDownOnlyAfterItsTime()
    {
        std::array<int, 2> sockets{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data()), 0);
        SocketGuard guard;
        QVERIFY(guard.arm(sockets[0], std::chrono::hours(1)));
        guard.enforce();
        QVERIFY(guard.disarm());
        QCOMPARE(::write(sockets[0], "x", 1), 1);

        QVERIFY(guard.arm(sockets[0], std::chrono::milliseconds(0)));
        guard.enforce();
        char byte = 0;
        QCOMPARE(::read(sockets[0], &byte, 1), 0); // at its end instead of blocking
        QVERIFY(!guard.disarm());
        ::close(sockets[0]);
        ::close(sockets[1]);
    }

    void aCancelledGuardArmsNoMore()
    {
        std::array<int, 2> sockets{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data()), 0);
        SocketGuard guard;
        QVERIFY(guard.arm(sockets[0], std::chrono::hours(1)));
        guard.cancel();
        QVERIFY(guard.isCancelled());
        QVERIFY(!guard.disarm());
        QVERIFY(!guard.arm(sockets[0], std::chrono::hours(1)));
        ::close(sockets[0]);
        ::close(sockets[1]);
    }
};

QTEST_GUILESS_MAIN(TestConnectMessages)
#include "tst_connectmessages.moc"
