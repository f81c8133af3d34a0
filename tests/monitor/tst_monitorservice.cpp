// SPDX-License-Identifier: Apache-2.0
#include "monitor/monitorservice.h"
#include "support/temporarypostgres.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace runsheet;

using State = MonitorStatus::State;

namespace
{

constexpr int kPatienceMs = 15'000; // on a machine that does ten other things

Environment environmentFor(const Connection &connection, const QList<Probe> &probes = {})
{
    return {.name = u"test"_s, .connection = connection, .probes = probes};
}

/// Everything the service said, in order.
class Listener : public QObject
{
    Q_OBJECT

public:
    explicit Listener(MonitorService &service)
    {
        connect(&service, &MonitorService::sampled, this,
                [this](const QList<ProbeSample> &batch) { samples += batch; });
        connect(&service, &MonitorService::statusChanged, this,
                [this](const MonitorStatus &next) { status = next; });
        connect(&service, &MonitorService::identityRead, this,
                [this](const ServerIdentity &next) { identities.append(next); });
        connect(&service, &MonitorService::snapshotTaken, this,
                [this](const DatabaseSnapshot &next) { snapshot = next; });
    }

    [[nodiscard]] qsizetype answers() const
    {
        return std::ranges::count_if(samples,
                                     [](const ProbeSample &sample) { return !sample.isGap(); });
    }
    [[nodiscard]] qsizetype gaps() const { return samples.size() - answers(); }

    QList<ProbeSample> samples;
    MonitorStatus status;
    QList<ServerIdentity> identities;
    DatabaseSnapshot snapshot;
};

} // namespace

class TestMonitorService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!TemporaryPostgres::isAvailable())
            QSKIP(qPrintable(TemporaryPostgres::unavailableReason()));
        m_passwords = std::make_unique<QTemporaryDir>();
        qputenv("PGPASSFILE", QFile::encodeName(m_passwords->filePath(u"pgpass"_s)));
        m_server = std::make_unique<TemporaryPostgres>();
    }

    void init()
    {
        if (m_server->isRunning())
            return;
        const auto started = m_server->start();
        QVERIFY2(started, qPrintable(started ? QString() : describe(started.error())));
    }

    void cleanupTestCase() { m_server.reset(); }

    void answersArriveOnceASecondPerProbe()
    {
        MonitorService service;
        Listener listener(service);
        service.start(
            environmentFor(m_server->connection(),
                           {{u"one"_s, u"SELECT 1"_s}, {u"slow"_s, u"SELECT pg_sleep(0.05)"_s}}));
        QCOMPARE(service.probeNames(), (QStringList{u"one"_s, u"slow"_s}));
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() >= 6, kPatienceMs);
        QCOMPARE(listener.gaps(), 0);
        const ProbeSample &first = listener.samples[0];
        const ProbeSample &slow = listener.samples[1];
        const ProbeSample &next = listener.samples[2];
        QCOMPARE(first.probe, u"one"_s);
        QCOMPARE(slow.probe, u"slow"_s);
        QVERIFY(slow.micros >= 50'000);
        QVERIFY(first.micros > 0 && first.micros < slow.micros);
        QVERIFY(next.timeMs - first.timeMs >= 500);
        QCOMPARE(listener.status.state, State::Connected);
        QVERIFY(listener.status.message.isEmpty());
        QVERIFY(listener.status.costMicros >= 50'000);
    }

    void aProbeMayBeSentLessOften()
    {
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection(),
                                     {{u"one"_s, u"SELECT 1"_s}, {u"seldom"_s, u"SELECT 2"_s, 3}}));
        const auto count = [&listener](const QString &probe) {
            return std::ranges::count(listener.samples, probe, &ProbeSample::probe);
        };
        QTRY_VERIFY_WITH_TIMEOUT(count(u"one"_s) >= 4, kPatienceMs);
        QCOMPARE(count(u"seldom"_s), (count(u"one"_s) + 2) / 3);
    }

    void withoutProbesTheRoundTripIsMeasured()
    {
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection()));
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() > 0, kPatienceMs);
        QCOMPARE(listener.samples.first().probe, service.probeNames().first());
    }

    void identityIsReadOnConnecting()
    {
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection()));
        QTRY_COMPARE_WITH_TIMEOUT(listener.identities.size(), 1, kPatienceMs);
        const ServerIdentity identity = listener.identities.first();
        QCOMPARE(identity.database, u"postgres"_s);
        QCOMPARE(identity.user, u"tester"_s);
        QCOMPARE(identity.host, m_server->host());
        QVERIFY(identity.versionNumber >= 120000);
        QCOMPARE(identity.version.section(u'.', 0, 0).toInt(), identity.versionNumber / 10000);
        QVERIFY(identity.systemIdentifier.toULongLong() > 0);
        QVERIFY(!identity.inRecovery);
        QCOMPARE(ServerIdentity::fromJson(listener.status.identity), identity);
    }

    void withoutServerItIsOff()
    {
        MonitorService service;
        service.start(environmentFor(m_server->connection()));
        service.start({.name = u"nowhere"_s});
        QCOMPARE(service.status().state, State::Off);
        QVERIFY(service.probeNames().isEmpty());
    }

    void aLostServerLeavesAGapAndComesBackByItself()
    {
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection(),
                                     {{u"a"_s, u"SELECT 1"_s}, {u"b"_s, u"SELECT 2"_s}}));
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() >= 2, kPatienceMs);

        QVERIFY(m_server->stop());
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Lost, kPatienceMs);
        QVERIFY2(listener.status.message.contains(u"does not answer"_s),
                 qPrintable(listener.status.message));
        QVERIFY(!listener.status.detail.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(listener.gaps() >= 4, kPatienceMs); // two seconds, two probes

        QVERIFY(m_server->start());
        const qsizetype before = listener.answers();
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() > before, kPatienceMs);
        QCOMPARE(listener.status.state, State::Connected);
        QCOMPARE(listener.identities.size(), 2);
    }

    void settingsHoldAfterAReconnect()
    {
        const Probe shows{u"settings"_s,
                          u"SELECT 1 / CASE WHEN current_setting('lock_timeout') = '100ms'"
                          " AND current_setting('transaction_read_only') = 'on'"
                          " AND current_setting('application_name') = 'runsheet-monitor'"
                          " THEN 1 ELSE 0 END"_s};
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection(), {shows}));
        QTRY_VERIFY2_WITH_TIMEOUT(listener.answers() > 0, qPrintable(listener.status.detail),
                                  kPatienceMs);
        QVERIFY(m_server->execute(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                  " WHERE application_name = 'runsheet-monitor'"_s));
        QTRY_COMPARE_WITH_TIMEOUT(listener.identities.size(), 2, kPatienceMs);
        const qsizetype before = listener.answers();
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() > before, kPatienceMs);
    }

    void aFrozenServerIsGivenUpInTime()
    {
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection()));
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() > 0, kPatienceMs);

        QVERIFY(m_server->pause());
        QElapsedTimer timer;
        timer.start();
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Lost, kPatienceMs);
        QVERIFY2(timer.elapsed() < 6000, qPrintable(QString::number(timer.elapsed())));
        QTRY_VERIFY_WITH_TIMEOUT(listener.gaps() >= 3, kPatienceMs);

        QVERIFY(m_server->resume());
        const qsizetype before = listener.answers();
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() > before, 2 * kPatienceMs);
    }

    void endingDoesNotWaitForAFrozenServer()
    {
        auto service = std::make_unique<MonitorService>();
        Listener listener(*service);
        service->start(
            environmentFor(m_server->connection(), {{u"sleep"_s, u"SELECT pg_sleep(1.5)"_s}}));
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Connected, kPatienceMs);
        QVERIFY(m_server->pause());
        QElapsedTimer timer;
        timer.start();
        service->stop();
        QVERIFY(timer.elapsed() < 50);
        service.reset();
        const qint64 elapsed = timer.elapsed();
        QVERIFY(m_server->resume());
        QVERIFY2(elapsed < 4500, qPrintable(QString::number(elapsed)));
    }

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
        QVERIFY2(listener.status.message.contains(m_passwords->filePath(u"pgpass"_s)),
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

    void aProbeThatTakesTooLongIsCutOffAndCounted()
    {
        MonitorService service;
        Listener listener(service);
        service.start(
            environmentFor(m_server->connection(), {{u"endless"_s, u"SELECT pg_sleep(60)"_s}}));
        QTRY_VERIFY_WITH_TIMEOUT(!listener.samples.isEmpty(), kPatienceMs);
        const ProbeSample &sample = listener.samples.first();
        QVERIFY2(sample.micros >= 1'900'000 && sample.micros < 3'000'000,
                 qPrintable(QString::number(sample.micros)));
        QCOMPARE(listener.status.state, State::Connected);
        QVERIFY(listener.status.detail.startsWith(u"endless: "_s));
    }

    void anotherServerTakesTheFirstOnesPlace()
    {
        const auto second = m_server->createDatabase(u"second"_s);
        QVERIFY(second);
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection(), {{u"old"_s, u"SELECT 1"_s}}));
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() > 0, kPatienceMs);
        service.start(environmentFor(*second, {{u"new"_s, u"SELECT 1"_s}}));
        listener.samples.clear();
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() > 0, kPatienceMs);
        QVERIFY(std::ranges::all_of(
            listener.samples, [](const ProbeSample &sample) { return sample.probe == u"new"_s; }));
        QCOMPARE(listener.identities.last().database, u"second"_s);
    }

    void retryingWhileConnectedChangesNothing()
    {
        MonitorService service;
        Listener listener(service);
        service.retry(); // nothing is watched yet
        QCOMPARE(service.status().state, State::Off);
        service.start(environmentFor(m_server->connection()));
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() > 0, kPatienceMs);
        service.retry();
        const qsizetype before = listener.answers();
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() > before, kPatienceMs);
        QCOMPARE(listener.identities.size(), 1);
    }

    void aServerThatIsNotThereIsLost()
    {
        Connection connection = m_server->connection();
        connection.host += u"/absent"_s;
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(connection));
        QTRY_COMPARE_WITH_TIMEOUT(listener.status.state, State::Lost, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(listener.gaps() > 0, kPatienceMs);
    }

    void aProbeCannotWriteNorHideASecondStatement()
    {
        QVERIFY(m_server->execute(u"CREATE TABLE IF NOT EXISTS untouched (id int)"_s));
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(
            m_server->connection(),
            {{u"write"_s, u"INSERT INTO untouched VALUES (1)"_s},
             {u"two"_s, u"BEGIN READ WRITE; INSERT INTO untouched VALUES (2); COMMIT"_s},
             {u"fine"_s, u"SELECT count(*) FROM untouched"_s}}));
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() >= 2, kPatienceMs);
        QVERIFY(listener.gaps() >= 4);
        QCOMPARE(listener.status.state, State::Connected);
        QVERIFY2(listener.status.detail.startsWith(u"write: "_s),
                 qPrintable(listener.status.detail));
        const auto count = m_server->execute(u"SELECT count(*) FROM untouched"_s);
        QVERIFY(count);
        QCOMPARE(count->trimmed(), u"0"_s);
    }

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

    void nothingArrivesAfterStop()
    {
        MonitorService service;
        Listener listener(service);
        service.start(environmentFor(m_server->connection()));
        QTRY_VERIFY_WITH_TIMEOUT(listener.answers() > 0, kPatienceMs);
        service.stop();
        QCOMPARE(service.status().state, State::Off);
        listener.samples.clear();
        const QSignalSpy sampled(&service, &MonitorService::sampled);
        QVERIFY(!QSignalSpy(&service, &MonitorService::sampled).wait(1500));
        QCOMPARE(sampled.count(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(m_server
                                      ->execute(u"SELECT count(*) FROM pg_stat_activity"
                                                " WHERE application_name = 'runsheet-monitor'"_s)
                                      ->trimmed(),
                                  u"0"_s, kPatienceMs);
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

    void writePasswordFile(const QByteArray &content,
                           QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner)
    {
        QFile file(m_passwords->filePath(u"pgpass"_s));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QVERIFY(file.write(content) == content.size());
        QVERIFY(file.setPermissions(permissions));
    }

    std::unique_ptr<QTemporaryDir> m_passwords;
    std::unique_ptr<TemporaryPostgres> m_server;
};

QTEST_GUILESS_MAIN(TestMonitorService)
#include "tst_monitorservice.moc"
