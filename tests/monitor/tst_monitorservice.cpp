// SPDX-License-Identifier: Apache-2.0
#include "monitorfixture.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

/// Watching a server that comes, goes and hangs.
class TestMonitorService : public MonitorFixture
{
    Q_OBJECT

private Q_SLOTS:
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
};

QTEST_GUILESS_MAIN(TestMonitorService)
#include "tst_monitorservice.moc"
