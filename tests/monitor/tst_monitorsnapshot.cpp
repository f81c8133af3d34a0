// SPDX-License-Identifier: Apache-2.0
#include "monitorfixture.h"

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

/// Who is on the server, and who waits for whom.
class TestMonitorSnapshot : public MonitorFixture
{
    Q_OBJECT

private Q_SLOTS:
    void aLockedTableDoesNotHoldTheMonitorNorTheMonitorTheTable()
    {
        QVERIFY(m_server->execute(u"CREATE TABLE IF NOT EXISTS locked (id int)"_s));
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(
            m_server->connection(),
            {{u"locked"_s, u"SELECT count(*) FROM locked"_s}, {u"free"_s, u"SELECT 1"_s}}));
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() >= 2, kPatienceMs);

        QProcess migration;
        migration.setProgram(m_server->binFolder() + u"/psql"_s);
        migration.setArguments(
            {u"-X"_s, u"-d"_s, conninfo(m_server->connection(), u"runsheet:1:2:1"_s), u"-c"_s,
             u"BEGIN; ALTER TABLE locked ADD COLUMN more int; SELECT pg_sleep(3); COMMIT"_s});
        migration.start();
        QTRY_VERIFY_WITH_TIMEOUT(listener.gaps() > 0, kPatienceMs);
        const auto gap = std::ranges::find_if(listener.samples, &ProbeSample::isGap);
        QCOMPARE(gap->probe, u"locked"_s);
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::any_of(listener.snapshot.sessions, &DatabaseSession::isOwn), kPatienceMs);
        QVERIFY(listener.snapshot.sessions.first().isOwn());
        QVERIFY(listener.status.costMicros < 1'000'000);
        QVERIFY(migration.waitForFinished(kPatienceMs));
        QCOMPARE(migration.exitCode(), 0);
        QCOMPARE(listener.status.state, State::Connected);
    }

    void ownSessionsAreSeenInEveryDatabase()
    {
        const Result<Connection> other = m_server->createDatabase(u"elsewhere"_s);
        QVERIFY(other);
        const QString psql = m_server->binFolder() + u"/psql"_s;
        const auto sleeper = [&](QProcess &process, const QString &name) {
            process.start(
                psql,
                {u"-X"_s, u"-d"_s, conninfo(*other, name), u"-c"_s, u"SELECT pg_sleep(60)"_s});
        };
        QProcess foreign;
        QProcess own;
        sleeper(foreign, u"cron"_s);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server
                ->execute(u"SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                          " AND application_name = 'cron'"_s)
                ->trimmed(),
            u"1"_s, kPatienceMs);
        sleeper(own, u"runsheet:1:2:1"_s);
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection()));
        QTRY_COMPARE_WITH_TIMEOUT(listener.snapshot.sessions.size(), 1, kPatienceMs);
        QVERIFY(listener.snapshot.sessions.first().isOwn());
        QCOMPARE(listener.snapshot.sessions.first().database, u"elsewhere"_s);
        QVERIFY(m_server->execute(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                  "datname = 'elsewhere'"_s));
        QVERIFY(foreign.waitForFinished(kPatienceMs));
        QVERIFY(own.waitForFinished(kPatienceMs));
    }

    void theSnapshotNamesWhoWaitsForWhom()
    {
        QVERIFY(m_server->execute(u"CREATE TABLE IF NOT EXISTS fought (id int)"_s));
        const QString psql = m_server->binFolder() + u"/psql"_s;
        QProcess holder;
        holder.start(psql,
                     {u"-X"_s, u"-d"_s, conninfo(m_server->connection(), u"cron"_s), u"-c"_s,
                      u"BEGIN; LOCK TABLE fought; SELECT pg_sleep(30)"_s});
        QTRY_VERIFY_WITH_TIMEOUT(
            m_server->execute(u"SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock'"
                              " AND relation = 'fought'::regclass"_s)
                    ->trimmed()
                == u"1"_s,
            kPatienceMs);
        QProcess waiter;
        waiter.start(psql,
                     {u"-X"_s, u"-d"_s, conninfo(m_server->connection(), u"runsheet:1:2:1"_s),
                      u"-c"_s, u"ALTER TABLE fought ADD COLUMN more int"_s});

        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection()));
        const auto blocked = [&listener] {
            return !listener.snapshot.sessions.isEmpty()
                && !listener.snapshot.sessions.first().waitsFor.isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(blocked(), kPatienceMs);
        const DatabaseSession own = listener.snapshot.sessions.first(); // the next one replaces it
        QCOMPARE(own.application, u"runsheet:1:2:1"_s);
        QCOMPARE(own.state, u"active"_s);
        QCOMPARE(own.wait, u"Lock: relation"_s);
        QCOMPARE(own.query, u"ALTER TABLE fought ADD COLUMN more int"_s);
        QVERIFY(own.durationMs >= 0);
        const auto cron =
            std::ranges::find(listener.snapshot.sessions, u"cron"_s, &DatabaseSession::application);
        QVERIFY(cron != listener.snapshot.sessions.end());
        QCOMPARE(own.waitsFor, QList<qint64>{cron->pid});
        // Counted a moment before the sessions were listed: perhaps in the next snapshot only.
        QTRY_VERIFY_WITH_TIMEOUT(listener.snapshot.totalConnections() >= 3, kPatienceMs);
        QVERIFY(listener.snapshot.maxConnections > listener.snapshot.totalConnections());

        QVERIFY(m_server->execute(u"SELECT pg_terminate_backend(%1)"_s.arg(cron->pid)));
        QVERIFY(holder.waitForFinished(kPatienceMs));
        QVERIFY(waiter.waitForFinished(kPatienceMs));
    }

    void whatARoleMayNotSeeIsCounted()
    {
        QVERIFY(m_server->execute(
            u"DO $$ BEGIN CREATE ROLE plain LOGIN; EXCEPTION WHEN duplicate_object THEN NULL;"
            " END $$"_s));
        QProcess other;
        other.start(m_server->binFolder() + u"/psql"_s,
                    {u"-X"_s, u"-d"_s, conninfo(m_server->connection(), u"other"_s), u"-c"_s,
                     u"SELECT pg_sleep(20)"_s});
        Connection connection = m_server->connection();
        connection.user = u"plain"_s;
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(connection));
        QTRY_VERIFY_WITH_TIMEOUT(listener.snapshot.hiddenSessions > 0, kPatienceMs);
        QVERIFY(m_server->execute(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                  " WHERE application_name = 'other'"_s));
        QVERIFY(other.waitForFinished(kPatienceMs));
    }
};

QTEST_GUILESS_MAIN(TestMonitorSnapshot)
#include "tst_monitorsnapshot.moc"
