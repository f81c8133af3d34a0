// SPDX-License-Identifier: Apache-2.0
#include "practice/postgrescluster.h"
#include "practice/practice.h"
#include "support/serverguard.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <optional>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace runsheet;

/// One practice environment for the tests that only look at it, in a folder of their own.
class TestPractice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void holdsTheShop();
    void namesTheEnvironment();
    void probesAreQuickAndReadOnly();
    void keepsTrafficOnTheShop();
    void isReusedQuickly();
    void endedTrafficIsStartedAgain();
    void startsAgainAfterTheServerWasLost();
    void halfMadeShopIsMadeAnew();
    void twoStartsAtOnceGiveOneServer();
    void stopRemovesEverything();
    void missingServerNamesThePackage();
    void strangeFoldersAreRefused_data();
    void strangeFoldersAreRefused();
    void unusablePathsAreRefused_data();
    void unusablePathsAreRefused();

private:
    [[nodiscard]] QString query(const QString &sql) const;
    [[nodiscard]] int sessions(const QString &applicationName) const;

    QTemporaryDir m_base{u"/tmp/runsheet-pr-XXXXXX"_s};
    PracticeOptions m_options;
    Practice m_practice;
    std::optional<ServerGuard> m_guard;
};

QString TestPractice::query(const QString &sql) const
{
    const PostgresCluster cluster(*PostgresCluster::findBinFolder(m_options.binFolders),
                                  m_options.folder);
    const Result<QByteArray> answer = cluster.psql(u"shop"_s, u"shop"_s, {u"-c"_s, sql});
    return answer ? QString::fromUtf8(*answer).trimmed() : describe(answer.error());
}

int TestPractice::sessions(const QString &applicationName) const
{
    return query(u"select count(*) from pg_stat_activity where application_name = '%1'"_s.arg(
                     applicationName))
        .toInt();
}

void TestPractice::initTestCase()
{
    // The account that runs the server must be able to enter.
    QVERIFY(chmod(QFile::encodeName(m_base.path()).constData(), 0711) == 0);
    m_options = PracticeOptions::standard();
    m_options.folder = m_base.filePath(u"p"_s);
    if (const auto found = PostgresCluster::findBinFolder(m_options.binFolders); !found)
        QSKIP(qPrintable(found.error().message));
    m_guard.emplace(m_options.folder);
    const Result<Practice> started = startPractice(m_options);
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
    m_practice = *started;
    QVERIFY(!m_practice.reused);
}

void TestPractice::cleanupTestCase()
{
    QVERIFY(stopPractice(m_options));
}

void TestPractice::holdsTheShop()
{
    const int rows = query(u"select (select count(*) from users) + (select count(*) from products) "
                           "+ (select count(*) from orders) + (select count(*) from order_items)"_s)
                         .toInt();
    QVERIFY2(rows >= 200'000 && rows < 215'000, qPrintable(QString::number(rows)));
    QCOMPARE(query(u"select max(version) from schema_migrations"_s), u"008"_s);
}

void TestPractice::namesTheEnvironment()
{
    const Environment &environment = m_practice.environment;
    QCOMPARE(environment.name, u"practice"_s);
    QCOMPARE(environment.colour, u"teal"_s);
    QVERIFY(!environment.production);
    QCOMPARE(environment.expectedSystemIdentifier,
             query(u"select system_identifier from pg_control_system()"_s));
    for (const QString &folder : {u"PRACTICE_HOME"_s, u"SHOP_DIR"_s, u"BACKUP_DIR"_s})
        QVERIFY(QFileInfo(environment.variables.value(folder)).isDir());
    QVERIFY(QFileInfo(environment.variables.value(u"SHOP_DIR"_s) + u"/traffic/traffic"_s)
                .isExecutable());
}

void TestPractice::probesAreQuickAndReadOnly()
{
    QVERIFY(m_practice.environment.probes.size() >= 4);
    for (const Probe &probe : m_practice.environment.probes) {
        const QString answer =
            query(u"begin read only; set local statement_timeout = '250ms'; %1"_s.arg(probe.sql));
        QVERIFY2(!answer.contains("ERROR"_L1), qPrintable(answer));
    }
}

void TestPractice::keepsTrafficOnTheShop()
{
    QTRY_COMPARE(sessions(u"shop-traffic"_s), 4);
    QTRY_COMPARE(sessions(u"shop-report"_s), 1);
    const int before = query(u"select max(id) from orders"_s).toInt();
    QTRY_VERIFY_WITH_TIMEOUT(query(u"select max(id) from orders"_s).toInt() > before, 20'000);
}

void TestPractice::isReusedQuickly()
{
    const QString started = query(u"select pg_postmaster_start_time()"_s);
    QElapsedTimer timer;
    timer.start();
    const Result<Practice> again = startPractice(m_options);
    QVERIFY(again);
    QVERIFY(again->reused);
    QVERIFY2(timer.elapsed() < 3'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(again->environment, m_practice.environment);
    QCOMPARE(query(u"select pg_postmaster_start_time()"_s), started);
    QCOMPARE(sessions(u"shop-traffic"_s), 4);
}

void TestPractice::endedTrafficIsStartedAgain()
{
    static_cast<void>(query(u"select pg_terminate_backend(pid) from pg_stat_activity "
                            "where application_name = 'shop-traffic'"_s));
    QTRY_COMPARE_WITH_TIMEOUT(sessions(u"shop-traffic"_s), 0, 20'000);
    // pgbench ends by itself when all its sessions are gone.
    const auto trafficIsBack = [this] {
        return startPractice(m_options).hasValue() && sessions(u"shop-traffic"_s) == 4;
    };
    QTRY_VERIFY_WITH_TIMEOUT(trafficIsBack(), 20'000);
}

void TestPractice::startsAgainAfterTheServerWasLost()
{
    static_cast<void>(query(u"create table kept as select 42 as answer"_s));
    const PostgresCluster cluster(*PostgresCluster::findBinFolder(m_options.binFolders),
                                  m_options.folder);
    QVERIFY(cluster.stop());
    QVERIFY(!cluster.isRunning());
    const Result<Practice> again = startPractice(m_options);
    QVERIFY2(again, again ? "" : qPrintable(describe(again.error())));
    QVERIFY(again->reused);
    QCOMPARE(query(u"select answer from kept"_s), u"42"_s);
}

void TestPractice::halfMadeShopIsMadeAnew()
{
    static_cast<void>(query(u"create table if not exists old as select 1"_s));
    QVERIFY(QFile::remove(m_options.folder + u"/loaded"_s));
    const Result<Practice> again = startPractice(m_options);
    QVERIFY2(again, again ? "" : qPrintable(describe(again.error())));
    QVERIFY(!again->reused);
    QCOMPARE(query(u"select to_regclass('old') is null"_s), u"t"_s);
}

void TestPractice::twoStartsAtOnceGiveOneServer()
{
    QVERIFY(stopPractice(m_options));
    Result<Practice> first = Error{};
    Result<Practice> second = Error{};
    std::thread other([&] { second = startPractice(m_options); });
    first = startPractice(m_options);
    other.join();
    QVERIFY(first);
    QVERIFY(second);
    QCOMPARE(first->environment, second->environment);
    QVERIFY(first->reused != second->reused);
}

void TestPractice::stopRemovesEverything()
{
    const qint64 server = PostgresCluster({}, m_options.folder).serverProcess();
    QVERIFY(server > 0);
    const Result<bool> stopped = stopPractice(m_options);
    QVERIFY2(stopped, stopped ? "" : qPrintable(describe(stopped.error())));
    QVERIFY(*stopped);
    QVERIFY(!QFileInfo::exists(m_options.folder));
    QVERIFY(QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(server)).isEmpty());
    QVERIFY(!QFileInfo::exists(m_options.folder + u".lock"_s));

    const Result<bool> again = stopPractice(m_options);
    QVERIFY(again);
    QVERIFY(!*again);
}

void TestPractice::missingServerNamesThePackage()
{
    const Result<Practice> started =
        startPractice({.folder = m_base.filePath(u"none"_s), .binFolders = {}});
    QVERIFY(!started);
    QCOMPARE(started.error().kind, Error::Kind::Unavailable);
    QVERIFY(started.error().message.contains("apt-get install postgresql"_L1));
    QVERIFY(!QFileInfo::exists(m_base.filePath(u"none"_s)));
}

void TestPractice::strangeFoldersAreRefused_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("reason");
    QTest::newRow("symbolic link") << u"link"_s << u"symbolic link"_s;
    QTest::newRow("file") << u"file"_s << u"it is a file"_s;
    QTest::newRow("somebody else's") << u"foreign"_s << u"somebody else"_s;
    QTest::newRow("others may write") << u"open"_s << u"others may write"_s;
    QTest::newRow("holds other files") << u"full"_s << u"not from practice"_s;
}

void TestPractice::strangeFoldersAreRefused()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, reason);
    const QString path = m_base.filePath(kind);
    if (kind == "file"_L1) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
    } else if (kind == "link"_L1) {
        QVERIFY(QFile::link(u"/tmp"_s, path));
    } else {
        QVERIFY(QDir().mkdir(path));
        QVERIFY(chmod(QFile::encodeName(path).constData(), 0700) == 0); // whatever the umask is
    }
    if (kind == "foreign"_L1 && geteuid() != 0)
        QSKIP("Only root can give a folder away.");
    if (kind == "foreign"_L1)
        QVERIFY(chown(QFile::encodeName(path).constData(), 65534, 65534) == 0);
    if (kind == "open"_L1)
        QVERIFY(chmod(QFile::encodeName(path).constData(), 0777) == 0);
    if (kind == "full"_L1) {
        QFile file(path + u"/letter.txt"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

    const PracticeOptions options{.folder = path, .binFolders = m_options.binFolders};
    const Result<Practice> started = startPractice(options);
    const Result<bool> stopped = stopPractice(options);
    QVERIFY(!started);
    QVERIFY(!stopped);
    QCOMPARE(started.error().kind, Error::Kind::Refused);
    QVERIFY2(started.error().message.contains(reason), qPrintable(started.error().message));
    QVERIFY(QFileInfo::exists(path));
}

void TestPractice::unusablePathsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");
    QTest::newRow("too long") << QString(100, u'x') << u"too long"_s;
    QTest::newRow("quote") << u"it's"_s << u"other characters"_s;
    QTest::newRow("comma") << u"a,b"_s << u"other characters"_s;
}

void TestPractice::unusablePathsAreRefused()
{
    QFETCH(const QString, name);
    QFETCH(const QString, reason);
    const Result<Practice> started =
        startPractice({.folder = m_base.filePath(name), .binFolders = m_options.binFolders});
    QVERIFY(!started);
    QCOMPARE(started.error().kind, Error::Kind::Invalid);
    QVERIFY2(started.error().message.contains(reason), qPrintable(started.error().message));
}

QTEST_GUILESS_MAIN(TestPractice)
#include "tst_practice.moc"
