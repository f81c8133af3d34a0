// SPDX-License-Identifier: Apache-2.0
#include "exec/runnerfixture.h"
#include "support/temporarypostgres.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

/// SQL commands against a real server, which psql finds by the environment alone.
class TestSqlCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void outcomesAreKeptApart_data();
    void outcomesAreKeptApart();
    void stopsAtTheFirstError();
    void serverSeesWhoAsks();
    void exportedVariablesReachPsql();
    void shellVariablesStayAfterSql();
    void interruptCancelsTheQuery();
    void serverThatGoesAwayIsAFailure();
    void withoutAServerIsAFailure();

private:
    [[nodiscard]] CommandRequest sql(const RunnerFixture &fixture, const QByteArray &script) const;

    TemporaryPostgres m_server;
};

void TestSqlCommand::initTestCase()
{
    if (!TemporaryPostgres::isAvailable())
        QSKIP(qPrintable(TemporaryPostgres::unavailableReason()));
    const Result<void> started = m_server.start();
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
}

CommandRequest TestSqlCommand::sql(const RunnerFixture &fixture, const QByteArray &script) const
{
    CommandRequest request = fixture.request(script);
    const Connection connection = m_server.connection();
    request.language = CommandLanguage::Sql;
    request.environment = {
        {u"PGHOST"_s, connection.host},
        {u"PGPORT"_s, QString::number(connection.port)},
        {u"PGUSER"_s, connection.user},
        {u"PGDATABASE"_s, connection.database},
        {u"PATH"_s, m_server.binFolder() + u':' + qEnvironmentVariable("PATH")},
    };
    return request;
}

void TestSqlCommand::outcomesAreKeptApart_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("output");
    QTest::newRow("success") << "select 6 * 7 as answer;"_ba << 0 << "42"_ba;
    QTest::newRow("nothing") << QByteArray() << 0 << QByteArray();
    QTest::newRow("error") << "select no_such_column;"_ba << 3 << "no_such_column"_ba;
    QTest::newRow("syntax error") << "selekt 1;"_ba << 3 << "selekt"_ba;
    QTest::newRow("raised") << "do $$ begin raise 'PRECHECK'; end $$;"_ba << 3 << "PRECHECK"_ba;
    QTest::newRow("missing file") << "\\i /nonexistent.sql"_ba << 3 << "nonexistent.sql"_ba;
    QTest::newRow("own exit") << "\\quit"_ba << 0 << QByteArray();
}

void TestSqlCommand::outcomesAreKeptApart()
{
    QFETCH(QByteArray, script);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, output);
    RunnerFixture fixture;
    const ExecutionReport report = fixture.run(sql(fixture, script));
    const QByteArray log = fixture.output(report.end.execution);
    QVERIFY2(report.end.exitCode == exitCode, log.constData());
    QCOMPARE(report.end.outcome,
             exitCode == 0 ? ExecutionOutcome::Succeeded : ExecutionOutcome::Failed);
    QVERIFY2(log.contains(output), log.constData());
}

void TestSqlCommand::stopsAtTheFirstError()
{
    RunnerFixture fixture;
    const ExecutionReport report = fixture.run(
        sql(fixture, "create table before_it();\nselect 1/0;\ncreate table after_it();"_ba));
    QCOMPARE(report.end.exitCode, 3);
    const Result<QString> tables = m_server.execute(
        u"select string_agg(relname, ' ') from pg_class where relname like '%\\_it'"_s);
    QVERIFY(tables);
    QCOMPARE(*tables, u"before_it"_s);
    QVERIFY(fixture.output(report.end.execution).contains("script:2: ERROR"));
}

void TestSqlCommand::serverSeesWhoAsks()
{
    RunnerFixture fixture;
    const ExecutionReport report = fixture.run(sql(
        fixture,
        "select 'I am ' || application_name from pg_stat_activity where pid = pg_backend_pid();"_ba));
    QVERIFY(fixture.output(report.end.execution).contains("I am runsheet:test:step:1"));
}

void TestSqlCommand::exportedVariablesReachPsql()
{
    RunnerFixture fixture;
    fixture.run("export MARK=b-42; HIDDEN=h; export DB_PASSWORD=s3cret"_ba);
    const ExecutionReport report =
        fixture.run(sql(fixture, "\\! echo \"[$MARK] [${HIDDEN-none}] [${DB_PASSWORD-none}]\""_ba));
    QCOMPARE(fixture.output(report.end.execution), "[b-42] [none] [none]\n"_ba);
}

void TestSqlCommand::shellVariablesStayAfterSql()
{
    RunnerFixture fixture;
    const ExecutionReport first = fixture.run("A=1; cd /"_ba);
    const ExecutionReport second = fixture.run(sql(fixture, "select 1;"_ba));
    QVERIFY(second.changedVariables.isEmpty());
    QVERIFY(second.removedVariables.isEmpty());
    QCOMPARE(second.end.workingDirectory, first.end.workingDirectory);
    const ExecutionReport third = fixture.run("echo $A $PWD"_ba);
    QCOMPARE(fixture.output(third.end.execution), "1 /\n"_ba);
}

void TestSqlCommand::interruptCancelsTheQuery()
{
    RunnerFixture fixture;
    const CommandRequest request =
        sql(fixture, "create table held();\nbegin;\nlock held;\nselect pg_sleep(600);"_ba);
    fixture.start(request);
    const auto sleeps = [this] {
        return m_server.execute(u"select count(*) from pg_stat_activity where query like "
                                "'select pg_sleep%' and state = 'active'"_s);
    };
    QTRY_COMPARE_WITH_TIMEOUT(*sleeps(), u"1"_s, 20'000);
    fixture.runner().sendSignal(request.execution, SIGINT);
    QVERIFY(fixture.waitForEnd(request.execution));
    const ExecutionReport report = fixture.report(request.execution);
    QVERIFY(report.end.outcome != ExecutionOutcome::Succeeded);
    QVERIFY(fixture.output(request.execution).contains("canceling statement"));
    QTRY_COMPARE(*sleeps(), u"0"_s);
    QVERIFY(m_server.execute(u"drop table held"_s)); // nobody holds its lock any more
}

void TestSqlCommand::serverThatGoesAwayIsAFailure()
{
    RunnerFixture fixture;
    const ExecutionReport report = fixture.run(
        sql(fixture, "select pg_terminate_backend(pg_backend_pid());\nselect 'never';"_ba));
    QCOMPARE(report.end.outcome, ExecutionOutcome::Failed);
    QCOMPARE(report.end.exitCode, 2);
    QVERIFY(!fixture.output(report.end.execution).contains("never\n"));
}

void TestSqlCommand::withoutAServerIsAFailure()
{
    RunnerFixture fixture;
    CommandRequest request = sql(fixture, "select 1;"_ba);
    request.environment[u"PGHOST"_s] = u"/nonexistent"_s;
    const ExecutionReport report = fixture.run(request);
    QCOMPARE(report.end.outcome, ExecutionOutcome::Failed);
    QCOMPARE(report.end.exitCode, 2);
    QVERIFY(fixture.output(request.execution).contains("/nonexistent"));
}

QTEST_GUILESS_MAIN(TestSqlCommand)
#include "tst_sqlcommand.moc"
