// SPDX-License-Identifier: Apache-2.0
#include "support/temporarypostgres.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

QString serverFolder(const TemporaryPostgres &server)
{
    return QFileInfo(server.host()).path();
}

/// False for a process that ended and was not yet collected by its parent.
bool isAlive(qint64 process)
{
    return !QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(process)).isEmpty();
}

} // namespace

class TestTemporaryPostgres : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void servesDatabasesAndStops();
    void keepsItsDataOverARestart();
    void pausedServerDoesNotAnswer();
    void crashedTestLeavesNothingBehind();
};

void TestTemporaryPostgres::initTestCase()
{
    // Started again by the crash test: be the test that dies.
    if (qEnvironmentVariableIsSet("RUNSHEET_TEST_CRASH")) {
        TemporaryPostgres server;
        if (server.start()) {
            QFile output;
            output.open(stdout, QIODevice::WriteOnly);
            output.write(
                u"server %1 %2\n"_s.arg(server.serverProcess()).arg(serverFolder(server)).toUtf8());
            output.flush();
        }
        std::raise(SIGKILL);
    }
    if (!TemporaryPostgres::isAvailable())
        QSKIP(qPrintable(TemporaryPostgres::unavailableReason()));
}

void TestTemporaryPostgres::servesDatabasesAndStops()
{
    qint64 process = 0;
    QString folder;
    {
        TemporaryPostgres server;
        QVERIFY(server.start());
        process = server.serverProcess();
        folder = serverFolder(server);
        const Result<Connection> connection = server.createDatabase(u"one"_s);
        QVERIFY(connection);
        QCOMPARE(connection->database, u"one"_s);
        const Result<QString> answer = server.execute(u"select current_database()"_s, u"one"_s);
        QVERIFY(answer);
        QCOMPARE(*answer, u"one"_s);
        QVERIFY(!server.execute(u"select no_such_column"_s));
        QVERIFY(isAlive(process));
    }
    QVERIFY(!isAlive(process));
    QVERIFY(!QFileInfo::exists(folder));
}

void TestTemporaryPostgres::keepsItsDataOverARestart()
{
    TemporaryPostgres server;
    QVERIFY(server.start());
    QVERIFY(server.execute(u"create table kept as select 42 as answer"_s));
    QVERIFY(server.stop());
    QVERIFY(!server.isRunning());
    QVERIFY(server.start());
    const Result<QString> answer = server.execute(u"select answer from kept"_s);
    QVERIFY(answer);
    QCOMPARE(*answer, u"42"_s);
}

void TestTemporaryPostgres::pausedServerDoesNotAnswer()
{
    TemporaryPostgres server;
    QVERIFY(server.start());
    QVERIFY(server.isRunning());
    QVERIFY(server.pause());
    QVERIFY(!server.isRunning());
    QVERIFY(server.resume());
    QTRY_VERIFY(server.isRunning());
}

void TestTemporaryPostgres::crashedTestLeavesNothingBehind()
{
    QProcess test;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"RUNSHEET_TEST_CRASH"_s, u"1"_s);
    test.setProcessEnvironment(environment);
    test.start(QCoreApplication::applicationFilePath(), QStringList());
    QVERIFY(test.waitForFinished(60'000));
    QCOMPARE(test.exitStatus(), QProcess::CrashExit);
    QString line;
    for (const QByteArray &candidate : test.readAllStandardOutput().split('\n')) {
        if (candidate.startsWith("server "))
            line = QString::fromUtf8(candidate);
    }
    QVERIFY2(!line.isEmpty(), "The test that dies did not start a server.");
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(line.section(u' ', 1, 1).toLongLong()), 15'000);
    QTRY_VERIFY_WITH_TIMEOUT(!QFileInfo::exists(line.section(u' ', 2, 2)), 15'000);
}

QTEST_GUILESS_MAIN(TestTemporaryPostgres)
#include "tst_temporarypostgres.moc"
