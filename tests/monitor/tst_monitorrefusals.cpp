// SPDX-License-Identifier: Apache-2.0
#include "monitorfixture.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

/// Servers that let nobody in, and what is said about it.
class TestMonitorRefusals : public MonitorFixture
{
    Q_OBJECT

public:
    TestMonitorRefusals()
    {
        qputenv("PGPASSFILE", QFile::encodeName(m_passwords.filePath(u"pgpass"_s)));
    }

private Q_SLOTS:
    void anUnknownDatabaseIsRefusedUntilRetried()
    {
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection(u"absent"_s)));
        QTRY_VERIFY2_WITH_TIMEOUT(listener.status.state == State::Refused,
                                  qPrintable(listener.status.detail), kPatienceMs);
        QVERIFY2(listener.status.message.contains(u"no database “absent”"_s),
                 qPrintable(listener.status.message));
        QVERIFY(listener.status.message.contains(u"Retry"_s));
        QVERIFY(listener.samples.isEmpty());

        QVERIFY(m_server->createDatabase(u"absent"_s));
        service.retry();
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Connected, kPatienceMs);
        QCOMPARE(listener.identities.last().database, u"absent"_s);
    }

    void anUnknownRoleIsRefused()
    {
        Connection connection = m_server->connection();
        connection.user = u"nobody_here"_s;
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(connection));
        QTRY_VERIFY2_WITH_TIMEOUT(listener.status.state == State::Refused,
                                  qPrintable(listener.status.detail), kPatienceMs);
        QVERIFY2(listener.status.message.contains(u"does not let nobody_here in"_s),
                 qPrintable(listener.status.message));
    }

    void aWrongPasswordIsRefusedUntilTheRightOneIsThere()
    {
        allowOnlyWithPassword(u"guarded"_s, u"right"_s);
        Connection connection = m_server->connection();
        connection.user = u"guarded"_s;
        MonitorService service;
        Listener listener(service);

        writePasswordFile({});
        service.start(environmentFor(connection));
        QTRY_VERIFY2_WITH_TIMEOUT(listener.status.state == State::Refused,
                                  qPrintable(listener.status.detail), kPatienceMs);
        QVERIFY2(listener.status.message.contains(u"asks for the password of guarded"_s),
                 qPrintable(listener.status.message));

        writePasswordFile("*:*:*:guarded:wrong\n");
        service.retry();
        QTRY_VERIFY2_WITH_TIMEOUT(
            listener.status.message.contains(u"does not accept the password for guarded"_s),
            qPrintable(listener.status.message), kPatienceMs);
        QCOMPARE(listener.status.state, State::Refused);
        QVERIFY(listener.status.message.contains(u"~/.pgpass"_s));
        QVERIFY(listener.status.detail.contains(u"28P01"_s));
        QVERIFY(!listener.status.detail.contains(u"wrong"_s));
        QVERIFY(listener.samples.isEmpty()); // refused is not lost: no gap

        writePasswordFile("*:*:*:guarded:right\n");
        service.retry();
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Connected, kPatienceMs);
        QCOMPARE(listener.identities.last().user, u"guarded"_s);
        QVERIFY(listener.status.message.isEmpty());
    }

    void aTypedPasswordIsUsedUntilTheWatchEnds()
    {
        allowOnlyWithPassword(u"guarded"_s, u"it's \\ right"_s);
        writePasswordFile({});
        Connection connection = m_server->connection();
        connection.user = u"guarded"_s;
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(connection));
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Refused, kPatienceMs);
        QVERIFY(listener.status.wantsPassword);
        service.start(environmentFor(connection), u"it's \\ right"_s);
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Connected, kPatienceMs);
        QVERIFY(!listener.status.wantsPassword);
        service.stop();
        service.start(environmentFor(connection));
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Refused, kPatienceMs);
    }

    void aPasswordFileThatOthersMayReadIsNamedInTheRefusal()
    {
        allowOnlyWithPassword(u"guarded"_s, u"right"_s);
        Connection connection = m_server->connection();
        connection.user = u"guarded"_s;
        writePasswordFile("*:*:*:guarded:right\n",
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(connection));
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Refused, kPatienceMs);
        QVERIFY2(listener.status.message.contains(m_passwords.filePath(u"pgpass"_s)),
                 qPrintable(listener.status.message));
        QVERIFY(listener.status.message.contains(u"chmod 600"_s));
    }

    void aRoleWithoutTheRightToConnectIsRefused()
    {
        QVERIFY(m_server->execute(
            u"DO $$ BEGIN CREATE ROLE plain LOGIN; EXCEPTION WHEN duplicate_object THEN NULL;"
            " END $$"_s));
        const auto closed = m_server->createDatabase(u"closed"_s);
        QVERIFY(closed);
        QVERIFY(m_server->execute(u"REVOKE CONNECT ON DATABASE closed FROM PUBLIC"_s));
        Connection connection = *closed;
        connection.user = u"plain"_s;
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(connection));
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Refused, kPatienceMs);
        QVERIFY2(listener.status.message.contains(u"have CONNECT granted"_s),
                 qPrintable(listener.status.message));
    }

private:
    /// A role that only its password lets in, while the others go on without.
    void allowOnlyWithPassword(const QString &role, const QString &password)
    {
        QVERIFY(m_server->execute(u"DROP ROLE IF EXISTS %1"_s.arg(role)));
        QVERIFY(m_server->execute(u"CREATE ROLE %1 LOGIN PASSWORD '%2'"_s.arg(
            role, QString(password).replace(u"'"_s, u"''"_s))));
        const auto rules = m_server->execute(u"SHOW hba_file"_s);
        QVERIFY(rules);
        QFile file(rules->trimmed());
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray before = file.readAll();
        const QByteArray rule = "local all " + role.toUtf8() + " scram-sha-256\n";
        if (before.startsWith(rule))
            return;
        QVERIFY(file.seek(0) && file.write(rule + before) > 0);
        file.close();
        QVERIFY(m_server->execute(u"SELECT pg_reload_conf()"_s));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server
                ->execute(u"SELECT count(*) FROM pg_hba_file_rules"
                          " WHERE auth_method = 'scram-sha-256' AND error IS NULL"_s)
                ->trimmed(),
            u"1"_s, kPatienceMs);
    }

    /// The file that libpq looks for passwords in.
    void writePasswordFile(const QByteArray &content,
                           QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner)
    {
        QFile file(m_passwords.filePath(u"pgpass"_s));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QVERIFY(file.write(content) == content.size());
        QVERIFY(file.setPermissions(permissions));
    }

    QTemporaryDir m_passwords;
};

QTEST_GUILESS_MAIN(TestMonitorRefusals)
#include "tst_monitorrefusals.moc"
