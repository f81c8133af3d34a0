// SPDX-License-Identifier: Apache-2.0
//
// The pieces practice is made of, each without a server.
#include "practice/postgrescluster.h"
#include "practice/practicefolder.h"
#include "practice/program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

Result<QByteArray> shell(const QString &script)
{
    return runProgram({.program = u"sh"_s, .arguments = {u"-c"_s, script}, .environment = {}});
}

void makeProgram(const QString &name)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
}

} // namespace

class TestProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesStandardOutput();
    void failuresAreTold_data();
    void failuresAreTold();
    void endlessProgramIsEnded();
    void environmentIsOursAndNothingOfPostgres();
    void serverAccountIsNotRoot();
    void firstWholeServerIsTaken();
    void newestServerStandsFirst();
    void strangersProcessIsNoServer_data();
    void strangersProcessIsNoServer();
    void stoppedServerIsStopped();
    void folderIsClaimedAgainAndRemoved();
    void shopIsWrittenOverWhatWasThere();
    void loadedShopIsRemembered_data();
    void loadedShopIsRemembered();
    void folderWithoutParentIsToldApart();
};

void TestProgram::givesStandardOutput()
{
    const Result<QByteArray> done = shell(u"echo out; echo err >&2; read x; echo \"<$x>\"; pwd"_s);
    QVERIFY(done);
    QCOMPARE(*done, "out\n<>\n/\n"_ba);
}

void TestProgram::failuresAreTold_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("detail");
    QTest::newRow("exit code") << u"echo out; echo why >&2; exit 3"_s
                               << u"The program sh failed with exit code 3."_s << u"why"_s;
    QTest::newRow("silent") << u"exit 1"_s << u"The program sh failed with exit code 1."_s
                            << QString();
    QTest::newRow("crash") << u"echo before >&2; kill -SEGV $$"_s << u"The program sh crashed."_s
                           << u"before"_s;
}

void TestProgram::failuresAreTold()
{
    QFETCH(QString, script);
    const Result<QByteArray> done = shell(script);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::Unavailable);
    QTEST(done.error().message, "message");
    QTEST(done.error().detail, "detail");
    const Result<QByteArray> missing =
        runProgram({.program = u"/nonexistent/initdb"_s, .arguments = {}, .environment = {}});
    QVERIFY(!missing);
    QCOMPARE(missing.error().message, u"The program initdb could not be started."_s);
}

void TestProgram::endlessProgramIsEnded()
{
    QElapsedTimer timer;
    timer.start();
    const Result<QByteArray> done = runProgram({.program = u"sleep"_s,
                                                .arguments = {u"600"_s},
                                                .environment = {},
                                                .timeout = std::chrono::milliseconds(50)});
    QVERIFY(!done);
    QCOMPARE(done.error().message, u"The program sleep did not end in time."_s);
    QVERIFY(timer.elapsed() < 20'000);
}

void TestProgram::environmentIsOursAndNothingOfPostgres()
{
    qputenv("PGHOST", "production.example.org");
    qputenv("PGOPTIONS", "-c x=y");
    qputenv("LC_ALL", "de_DE.UTF-8");
    const Result<QByteArray> done = runProgram(
        {.program = u"sh"_s,
         .arguments = {u"-c"_s, u"echo ${PGHOST-none} $PGPORT ${PGOPTIONS-none} $LC_ALL"_s},
         .environment = {{u"PGPORT"_s, u"6000"_s}}});
    qunsetenv("PGHOST");
    qunsetenv("PGOPTIONS");
    qputenv("LC_ALL", "C.UTF-8");
    QVERIFY(done);
    QCOMPARE(*done, "none 6000 none C.UTF-8\n"_ba);
}

void TestProgram::serverAccountIsNotRoot()
{
    QCOMPARE(needsServerAccount(), geteuid() == 0);
    const Result<QByteArray> who = runProgram({.program = u"id"_s,
                                               .arguments = {u"-u"_s},
                                               .account = ProgramCall::Account::Server,
                                               .environment = {}});
    if (!who)
        QSKIP(qPrintable(describe(who.error()))); // no account postgres
    QVERIFY(who->trimmed() != "0");
}

void TestProgram::firstWholeServerIsTaken()
{
    const QTemporaryDir base;
    for (const QString &version : {u"14"_s, u"15"_s}) {
        const QString folder = base.filePath(version);
        QVERIFY(QDir().mkpath(folder));
        for (const QString &name :
             {u"initdb"_s, u"pg_ctl"_s, u"postgres"_s, u"psql"_s, u"pgbench"_s})
            makeProgram(folder + u'/' + name);
    }
    const QString newer = base.filePath(u"15"_s);
    const QString older = base.filePath(u"14"_s);
    QCOMPARE(*PostgresCluster::findBinFolder({newer, older}), newer);
    QVERIFY(QFile::remove(newer + u"/pgbench"_s)); // only the client is left
    QCOMPARE(*PostgresCluster::findBinFolder({newer, older}), older);
    QVERIFY(QFile::setPermissions(older + u"/postgres"_s, QFile::ReadOwner));
    const Result<QString> none = PostgresCluster::findBinFolder({newer, older});
    QVERIFY(!none);
    QVERIFY(none.error().message.contains(u"apt-get install postgresql"_s));
}

void TestProgram::newestServerStandsFirst()
{
    // Highest version first: 9.6 is older than 15.
    const QStringList folders = PostgresCluster::standardBinFolders();
    double last = 1'000;
    for (const QString &folder : folders) {
        const double version = folder.section(u'/', -2, -2).toDouble();
        if (folder.startsWith(u"/usr/lib/postgresql/"_s)) {
            QVERIFY(version <= last);
            last = version;
        }
    }
}

void TestProgram::strangersProcessIsNoServer_data()
{
    QTest::addColumn<QByteArray>("pidFile");
    QTest::newRow("this test's") << QByteArray::number(getpid()) + "\n/data\n";
    QTest::newRow("nobody's") << "4194305\n"_ba; // above the largest number
    QTest::newRow("no number") << "soon\n"_ba;
    QTest::newRow("empty") << QByteArray();
}

void TestProgram::strangersProcessIsNoServer()
{
    QFETCH(QByteArray, pidFile);
    const QTemporaryDir base;
    const PostgresCluster cluster(u"/nonexistent"_s, base.path());
    QVERIFY(QDir().mkdir(cluster.dataFolder()));
    QFile file(cluster.dataFolder() + u"/postmaster.pid"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(pidFile);
    file.close();
    QCOMPARE(cluster.serverProcess(), 0);
    QVERIFY(!cluster.isRunning());
}

void TestProgram::stoppedServerIsStopped()
{
    const QTemporaryDir base;
    const PostgresCluster cluster(u"/nonexistent"_s, base.path());
    QVERIFY(cluster.stop());
    const Result<void> started = cluster.start({});
    QVERIFY(!started);
    QVERIFY2(started.error().message.contains(cluster.logFile()),
             qPrintable(started.error().message));
    QVERIFY(!cluster.psql(u"a"_s, u"b"_s, {}));
}

void TestProgram::folderIsClaimedAgainAndRemoved()
{
    const QTemporaryDir base;
    const PracticeFolder folder(base.filePath(u"p"_s));
    QVERIFY(!folder.exists());
    QVERIFY(folder.claim());
    QVERIFY(folder.claim());
    QVERIFY(folder.exists());
    QVERIFY(QFileInfo(folder.backups()).isDir());
    QVERIFY(!(QFile::permissions(folder.backups()) & (QFile::ReadGroup | QFile::ReadOther)));
    QVERIFY(folder.remove());
    QVERIFY(!folder.exists());
    QVERIFY(!folder.remove());
}

void TestProgram::shopIsWrittenOverWhatWasThere()
{
    const QTemporaryDir base;
    const PracticeFolder folder(base.filePath(u"p"_s));
    QVERIFY(folder.claim());
    QVERIFY(folder.extractShop());
    const QString schema = folder.shop() + u"/schema.sql"_s;
    const qint64 size = QFileInfo(schema).size();
    QVERIFY(size > 0);
    QFile file(schema);
    QVERIFY(file.open(QIODevice::WriteOnly)); // truncated
    file.close();
    QVERIFY(folder.extractShop());
    QCOMPARE(QFileInfo(schema).size(), size);
    QVERIFY(QFileInfo(folder.shop() + u"/traffic/traffic"_s).isExecutable());
    QVERIFY(!QFileInfo(schema).isExecutable());
    QVERIFY(QFile::permissions(schema) & QFile::ReadOther); // the server reads it
}

void TestProgram::loadedShopIsRemembered_data()
{
    QTest::addColumn<QByteArray>("spoilt");
    QTest::newRow("other files") << "0000\n/usr/bin\n"_ba;
    QTest::newRow("cut off") << "0000"_ba;
    QTest::newRow("empty") << QByteArray();
}

void TestProgram::loadedShopIsRemembered()
{
    QFETCH(QByteArray, spoilt);
    const QTemporaryDir base;
    const PracticeFolder folder(base.filePath(u"p"_s));
    QVERIFY(folder.claim());
    QCOMPARE(folder.loadedWith(), QString());
    QVERIFY(folder.setLoadedWith(u"/usr/lib/postgresql/15/bin"_s));
    QCOMPARE(folder.loadedWith(), u"/usr/lib/postgresql/15/bin"_s);
    QFile file(folder.path() + u"/loaded"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(spoilt);
    file.close();
    QCOMPARE(folder.loadedWith(), QString());
}

void TestProgram::folderWithoutParentIsToldApart()
{
    const PracticeFolder folder(u"/nonexistent/deep/p"_s);
    const Result<void> claimed = folder.claim();
    QVERIFY(!claimed);
    QCOMPARE(claimed.error().kind, Error::Kind::Unwritable);
    QVERIFY(claimed.error().message.contains(u"RUNSHEET_PRACTICE"_s));
    QVERIFY(!folder.setLoadedWith(u"/x"_s));
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
