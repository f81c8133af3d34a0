// SPDX-License-Identifier: Apache-2.0
#include "monitor/serverchecker.h"
#include "support/temporarypostgres.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

const QString kName = u"runsheet:0123:step:1"_s;

} // namespace

/// What a server is asked about a command, against a real one.
class TestServerChecker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void sessionOfThatNameIsFound();
    void onlySessionsOfThatNameAreStopped_data();
    void onlySessionsOfThatNameAreStopped();
    void fatesAreKnownAfterTheEnd();
    void leftoversAreNamed();
    void databasesItWorkedInAreLookedInto();
    void databaseThatLetsNobodyInIsNamed();
    void indexBeingBuiltIsNoLeftover();
    void checkQueryIsReadOnlyAndOneStatement_data();
    void checkQueryIsReadOnlyAndOneStatement();
    void lockedTableDecidesNothing();
    void historyCountsFromTheStartOfTheCommand();
    void passwordsInStatementsAreMasked();
    void poorRightsAreToldApart();
    void serverThatIsNotThereIsSaid();
    void frozenServerHoldsNobodyUp();
    void optionsAreTried();
    void nothingIsLeftBehind();

private:
    /// A psql that carries a name and runs until it is ended.
    std::unique_ptr<QProcess> client(const QString &name, const QString &sql,
                                     const QString &database = u"postgres"_s);
    [[nodiscard]] ServerInquiry inquiry() const;
    ServerFindings ask(const ServerInquiry &inquiry);
    [[nodiscard]] QString sql(const QString &text);

    TemporaryPostgres m_server;
    std::vector<std::unique_ptr<QProcess>> m_clients;
};

void TestServerChecker::initTestCase()
{
    if (!TemporaryPostgres::isAvailable())
        QSKIP(qPrintable(TemporaryPostgres::unavailableReason()));
    const Result<void> started = m_server.start({u"max_prepared_transactions=5"_s});
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
}

void TestServerChecker::cleanup()
{
    for (const auto &client : m_clients) {
        client->kill();
        client->waitForFinished();
    }
    m_clients.clear();
    QVERIFY(m_server.execute(u"select pg_terminate_backend(pid) from pg_stat_activity where "
                             "application_name like 'runsheet:%'"_s));
}

std::unique_ptr<QProcess> TestServerChecker::client(const QString &name, const QString &statement,
                                                    const QString &database)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PGAPPNAME"_s, name);
    process->setProcessEnvironment(environment);
    process->start(m_server.binFolder() + u"/psql"_s,
                   {u"-X"_s, u"-h"_s, m_server.host(), u"-p"_s, QString::number(m_server.port()),
                    u"-U"_s, u"tester"_s, u"-d"_s, database, u"-c"_s, statement});
    return process;
}

QString TestServerChecker::sql(const QString &text)
{
    const Result<QString> answer = m_server.execute(text);
    return answer ? answer->trimmed() : describe(answer.error());
}

ServerInquiry TestServerChecker::inquiry() const
{
    return {.connection = m_server.connection(),
            .applicationName = kName,
            .sinceMs = 60'000,
            .wantsHistory = true};
}

ServerFindings TestServerChecker::ask(const ServerInquiry &wanted)
{
    ServerChecker checker;
    QSignalSpy answered(&checker, &ServerChecker::answered);
    checker.ask(7, wanted);
    if (!answered.wait(20'000))
        return {.problem = u"no answer"_s};
    return answered.constFirst().at(0).toULongLong() == 7
        ? answered.constFirst().at(1).value<ServerFindings>()
        : ServerFindings{.problem = u"another ticket"_s};
}

void TestServerChecker::sessionOfThatNameIsFound()
{
    m_clients.push_back(client(kName, u"select txid_current(), pg_sleep(60)"_s));
    m_clients.push_back(client(u"runsheet:0123:step:2"_s, u"select pg_sleep(60)"_s));
    QTRY_COMPARE_WITH_TIMEOUT(ask(inquiry()).backends.size(), 1, 20'000);
    QTRY_VERIFY(ask(inquiry()).backends.value(0).transaction > 0);
    const ServerFindings findings = ask(inquiry());
    QCOMPARE(findings.problem, QString());
    const ServerBackend backend = findings.backends.constFirst();
    QCOMPARE(backend.user, u"tester"_s);
    QCOMPARE(backend.state, u"active"_s);
    QCOMPARE(backend.wait, u"Timeout: PgSleep"_s);
    QCOMPARE(backend.query, u"select txid_current(), pg_sleep(60)"_s);
    QVERIFY(backend.ageMs >= 0 && backend.ageMs < 60'000);
    QCOMPARE(findings.transactions.size(), 1);
    QCOMPARE(findings.transactions.constFirst().fate, TransactionFate::Fate::InProgress);
}

void TestServerChecker::onlySessionsOfThatNameAreStopped_data()
{
    QTest::addColumn<int>("action");
    QTest::addColumn<QString>("answer");
    QTest::newRow("cancel") << static_cast<int>(ServerInquiry::Action::Cancel)
                            << u"pg_cancel_backend("_s;
    QTest::newRow("terminate") << static_cast<int>(ServerInquiry::Action::Terminate)
                               << u"pg_terminate_backend("_s;
}

void TestServerChecker::onlySessionsOfThatNameAreStopped()
{
    QFETCH(int, action);
    QFETCH(QString, answer);
    ServerInquiry wanted = inquiry();
    wanted.action = static_cast<ServerInquiry::Action>(action);
    QCOMPARE(ask(wanted).actions.size(), 1);
    QVERIFY(ask(wanted).actions.constFirst().contains(u"no session to ask"_s));
    m_clients.push_back(client(kName, u"select pg_sleep(60)"_s));
    m_clients.push_back(client(u"runsheet:0123:step:11"_s, u"select pg_sleep(60)"_s));
    const auto sleeping = [this](const QString &name) {
        return sql(u"select count(*) from pg_stat_activity where application_name = '%1' and "
                   "wait_event = 'PgSleep'"_s.arg(name));
    };
    QTRY_COMPARE_WITH_TIMEOUT(sleeping(kName), u"1"_s, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(sleeping(u"runsheet:0123:step:11"_s), u"1"_s, 20'000);
    const ServerFindings findings = ask(wanted);
    QCOMPARE(findings.actions.size(), 1);
    QVERIFY2(findings.actions.constFirst().startsWith(answer)
                 && findings.actions.constFirst().endsWith(u": sent"_s),
             qPrintable(findings.actions.constFirst()));
    QTRY_COMPARE(sleeping(kName), u"0"_s);
    QCOMPARE(sleeping(u"runsheet:0123:step:11"_s), u"1"_s);
}

void TestServerChecker::fatesAreKnownAfterTheEnd()
{
    QVERIFY(m_server.execute(u"create table kept(n int)"_s));
    const qint64 committed = sql(u"insert into kept values (1) returning txid_current()"_s)
                                 .section(u'\n', 0, 0)
                                 .toLongLong();
    m_clients.push_back(client(kName,
                               u"begin; insert into kept select 2 from pg_sleep(0); "
                               "select txid_current(); select pg_sleep(60)"_s));
    QTRY_VERIFY_WITH_TIMEOUT(ask(inquiry()).backends.value(0).transaction > 0, 20'000);
    const qint64 aborted = ask(inquiry()).backends.constFirst().transaction;
    QVERIFY(committed > 0 && aborted > committed);
    ServerInquiry wanted = inquiry();
    wanted.action = ServerInquiry::Action::Terminate;
    wanted.transactions = {committed, aborted};
    const ServerFindings findings = ask(wanted);
    QCOMPARE(findings.transactions,
             (QList<TransactionFate>{{committed, TransactionFate::Fate::Committed},
                                     {aborted, TransactionFate::Fate::Aborted}}));
}

void TestServerChecker::leftoversAreNamed()
{
    QVERIFY(m_server.execute(u"create table \"Odd Name\"(n int)"_s));
    QVERIFY(m_server.execute(u"insert into \"Odd Name\" values (1), (1)"_s));
    QVERIFY(
        !m_server.execute(u"create unique index concurrently \"Odd idx\" on \"Odd Name\" (n)"_s));
    QVERIFY(m_server.execute(
        u"begin; insert into \"Odd Name\" values (3); prepare transaction 'g 1'"_s));
    const ServerFindings findings = ask(inquiry());
    QCOMPARE(
        findings.invalidIndexes,
        (QList<InvalidIndex>{
            {.name = u"public.\"Odd idx\""_s, .plainName = u"Odd idx"_s, .table = u"Odd Name"_s}}));
    QCOMPARE(findings.prepared.size(), 1);
    QCOMPARE(findings.prepared.constFirst().gid, u"g 1"_s);
    QVERIFY(findings.prepared.constFirst().transaction > 0);
    ServerInquiry later = inquiry();
    later.sinceMs = 0; // it is older than this command
    QCOMPARE(ask(later).prepared.size(), 0);
    QVERIFY(m_server.execute(u"rollback prepared 'g 1'"_s));
    QVERIFY(m_server.execute(u"drop table \"Odd Name\""_s));
}

/// The connection is to another one.
void TestServerChecker::databasesItWorkedInAreLookedInto()
{
    const QString other = u"other 'one'"_s;
    QVERIFY(m_server.createDatabase(other));
    QVERIFY(
        m_server.execute(u"create table knex_migrations(name text, migration_time timestamptz)"
                         ";insert into knex_migrations values ('new', now()), ('new', now());"_s,
                         other));
    QVERIFY(!m_server.execute(
        u"create unique index concurrently left_over on knex_migrations (name)"_s, other));
    QVERIFY(m_server.execute(
        u"begin; delete from knex_migrations where false; prepare transaction 'there'"_s, other));
    ServerInquiry wanted = inquiry();
    wanted.commandText = u"npx knex migrate:latest"_s;
    wanted.createsIndex = u"left_over"_s;
    const ServerFindings before = ask(wanted); // nothing of it was seen there
    QCOMPARE(before.databases, QStringList());
    QCOMPARE(before.invalidIndexes, QList<InvalidIndex>());
    QVERIFY(before.createdIndex && !before.createdIndex->isThere);

    m_clients.push_back(client(kName, u"select pg_sleep(60)"_s, other));
    QTRY_COMPARE_WITH_TIMEOUT(ask(wanted).databases, QStringList{other}, 20'000);
    QCOMPARE(ask(wanted).backends.constFirst().database, other);
    wanted.action = ServerInquiry::Action::Terminate;
    const ServerFindings stopped = ask(wanted); // seen while it was stopped
    QCOMPARE(stopped.backends.size(), 0);
    QCOMPARE(stopped.databases, QStringList{other});

    wanted.action = ServerInquiry::Action::None;
    wanted.databases = {QString(), other}; // as it was remembered
    const ServerFindings after = ask(wanted);
    QCOMPARE(after.problem, QString());
    QCOMPARE(after.invalidIndexes,
             (QList<InvalidIndex>{{.name = u"public.left_over"_s,
                                   .plainName = u"left_over"_s,
                                   .table = u"knex_migrations"_s,
                                   .database = other}}));
    QVERIFY(after.createdIndex && after.createdIndex->isThere && !after.createdIndex->isValid);
    QCOMPARE(after.createdIndex->database, other);
    QCOMPARE(after.prepared.size(), 1);
    QCOMPARE(after.prepared.constFirst().database, other);
    QCOMPARE(
        after.history,
        (QList<HistoryEntries>{
            {.table = u"knex_migrations"_s, .entries = {u"new"_s, u"new"_s}, .database = other}}));
    QVERIFY(m_server.execute(u"rollback prepared 'there'"_s, other));
}

void TestServerChecker::databaseThatLetsNobodyInIsNamed()
{
    QVERIFY(m_server.createDatabase(u"closed"_s));
    QVERIFY(m_server.execute(u"alter database closed allow_connections false"_s));
    ServerInquiry wanted = inquiry();
    wanted.databases = {u"closed"_s};
    wanted.createsIndex = u"anything"_s;
    const ServerFindings findings = ask(wanted);
    QCOMPARE(findings.problem, QString());
    QCOMPARE(findings.unseen.size(), 1);
    QCOMPARE(findings.unseen.constFirst().name, u"closed"_s);
    QCOMPARE(findings.unseen.constFirst().problem,
             u"55000: database \"closed\" is not currently accepting connections"_s);
    QVERIFY(!findings.createdIndex); // whether it is there is not known
}

void TestServerChecker::indexBeingBuiltIsNoLeftover()
{
    QVERIFY(m_server.execute(u"create table building(n int)"_s));
    // Waits for the older snapshot, with an index that is not valid yet.
    m_clients.push_back(client(u"runsheet:0123:other:1"_s,
                               u"begin isolation level repeatable read; select 1 from building; "
                               "select pg_sleep(60)"_s));
    QTRY_COMPARE_WITH_TIMEOUT(sql(u"select count(*) from pg_locks where relation = "
                                  "'building'::regclass"_s),
                              u"1"_s, 20'000);
    m_clients.push_back(client(kName, u"create index concurrently b_idx on building (n)"_s));
    QTRY_COMPARE_WITH_TIMEOUT(
        sql(u"select count(*) from pg_stat_progress_create_index where index_relid <> 0"_s), u"1"_s,
        20'000);
    QCOMPARE(ask(inquiry()).invalidIndexes, QList<InvalidIndex>());
}

void TestServerChecker::checkQueryIsReadOnlyAndOneStatement_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<bool>("done");
    QTest::addColumn<QString>("problem");
    QTest::newRow("true") << u"select true"_s << true << QString();
    QTest::newRow("false") << u"select 1 = 2"_s << false << QString();
    QTest::newRow("count") << u"select 3"_s << true << QString();
    QTest::newRow("zero") << u"select 0"_s << false << QString();
    QTest::newRow("text") << u"select '0042_add'"_s << true << QString();
    QTest::newRow("null") << u"select null"_s << false << QString();
    QTest::newRow("no row") << u"select 1 where false"_s << false << QString();
    QTest::newRow("writes") << u"create table evil()"_s << false << u"read-only"_s;
    QTest::newRow("two") << u"select 1; select 2"_s << false << u"multiple commands"_s;
    QTest::newRow("too long") << u"select pg_sleep(60)"_s << false << u"timeout"_s;
    QTest::newRow("wrong") << u"select no_such"_s << false << u"no_such"_s;
}

void TestServerChecker::checkQueryIsReadOnlyAndOneStatement()
{
    QFETCH(QString, query);
    QFETCH(bool, done);
    QFETCH(QString, problem);
    ServerInquiry wanted = inquiry();
    wanted.checkQuery = query;
    const ServerFindings findings = ask(wanted);
    QVERIFY(findings.check);
    QCOMPARE(findings.check->done, done);
    QVERIFY2(findings.check->problem.contains(problem)
                 && problem.isEmpty() == findings.check->problem.isEmpty(),
             qPrintable(findings.check->problem));
    wanted.wantsHistory = false; // while it runs, no table is looked at
    QVERIFY(!ask(wanted).check);
}

void TestServerChecker::lockedTableDecidesNothing()
{
    QVERIFY(
        m_server.execute(u"create table knex_migrations(name text, migration_time timestamptz)"_s));
    m_clients.push_back(
        client(u"runsheet:0123:other:1"_s, u"begin; lock knex_migrations; select pg_sleep(60)"_s));
    QTRY_COMPARE_WITH_TIMEOUT(sql(u"select count(*) from pg_locks where mode = "
                                  "'AccessExclusiveLock' and granted and relation = "
                                  "'knex_migrations'::regclass"_s),
                              u"1"_s, 20'000);
    ServerInquiry wanted = inquiry();
    wanted.checkQuery = u"select count(*) from knex_migrations"_s;
    wanted.commandText = u"npx knex migrate:latest"_s;
    QElapsedTimer timer;
    timer.start();
    const ServerFindings findings = ask(wanted);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(findings.check->problem.contains(u"lock timeout"_s),
             qPrintable(findings.check->problem));
    QCOMPARE(findings.history, QList<HistoryEntries>());
    QCOMPARE(findings.problem, QString());
    cleanup();
    QVERIFY(m_server.execute(u"drop table knex_migrations"_s));
}

void TestServerChecker::historyCountsFromTheStartOfTheCommand()
{
    QVERIFY(m_server.execute(
        u"create table knex_migrations(name text, migration_time timestamp);"
        "insert into knex_migrations values ('old', now() - interval '2 min'), ('new', now())"_s));
    ServerInquiry wanted = inquiry();
    wanted.commandText = u"npx knex migrate:latest"_s;
    QCOMPARE(ask(wanted).history,
             (QList<HistoryEntries>{{.table = u"knex_migrations"_s, .entries = {u"new"_s}}}));
    wanted.commandText = u"npx other"_s;
    QCOMPARE(ask(wanted).history, QList<HistoryEntries>());
    QVERIFY(m_server.execute(u"drop table knex_migrations"_s));
}

void TestServerChecker::passwordsInStatementsAreMasked()
{
    m_clients.push_back(
        client(kName, u"create role secretive password 'hunter2hunter2'; select pg_sleep(60)"_s));
    QTRY_COMPARE_WITH_TIMEOUT(ask(inquiry()).backends.size(), 1, 20'000);
    const QString query = ask(inquiry()).backends.constFirst().query;
    QVERIFY2(query.contains(u"password '••••••••'"_s), qPrintable(query));
    QVERIFY(!query.contains(u"hunter2"_s));
}

void TestServerChecker::poorRightsAreToldApart()
{
    QVERIFY(m_server.execute(u"create role poor login"_s));
    m_clients.push_back(client(kName, u"select pg_sleep(60)"_s));
    ServerInquiry wanted = inquiry();
    wanted.connection.user = u"poor"_s;
    QTRY_COMPARE_WITH_TIMEOUT(ask(wanted).backends.size(), 1, 20'000);
    const ServerBackend backend = ask(wanted).backends.constFirst();
    QCOMPARE(backend.state, QString());
    QCOMPARE(backend.ageMs, -1);
    wanted.action = ServerInquiry::Action::Cancel;
    const ServerFindings findings = ask(wanted);
    QCOMPARE(findings.actions.size(), 1);
    QVERIFY2(findings.actions.constFirst().contains(u"superuser"_s)
                 || findings.actions.constFirst().contains(u"permission denied"_s),
             qPrintable(findings.actions.constFirst()));
    QCOMPARE(findings.backends.size(), 1);
}

void TestServerChecker::serverThatIsNotThereIsSaid()
{
    ServerInquiry wanted = inquiry();
    wanted.connection.host = u"/nonexistent"_s;
    const ServerFindings findings = ask(wanted);
    QVERIFY2(findings.problem.contains(u"does not answer"_s), qPrintable(findings.problem));
    QVERIFY2(findings.detail.contains(u"/nonexistent"_s), qPrintable(findings.detail));
}

void TestServerChecker::frozenServerHoldsNobodyUp()
{
    QVERIFY(m_server.pause());
    QElapsedTimer timer;
    timer.start();
    const ServerFindings findings = ask(inquiry());
    QVERIFY(m_server.resume());
    QVERIFY(!findings.problem.isEmpty());
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void TestServerChecker::optionsAreTried()
{
    ServerChecker checker;
    QSignalSpy tried(&checker, &ServerChecker::optionsTried);
    checker.tryOptions(1, m_server.connection(), {}, u"-c statement_timeout=2s"_s);
    QVERIFY(tried.wait(20'000));
    QCOMPARE(tried.constFirst().at(1).toBool(), true);
    checker.tryOptions(2, m_server.connection(), {}, u"-c no_such_setting=2s"_s);
    QVERIFY(tried.wait(20'000));
    QCOMPARE(tried.constLast().at(0).toULongLong(), 2U);
    QCOMPARE(tried.constLast().at(1).toBool(), false);
}

void TestServerChecker::nothingIsLeftBehind()
{
    QCOMPARE(ask(inquiry()).problem, QString());
    QTRY_COMPARE(sql(u"select count(*) from pg_stat_activity where application_name = "
                     "'runsheet-monitor'"_s),
                 u"0"_s);
    // Destroyed in the middle, it waits for nobody.
    QVERIFY(m_server.pause());
    QElapsedTimer timer;
    timer.start();
    {
        ServerChecker checker;
        checker.ask(1, inquiry());
    }
    QVERIFY(m_server.resume());
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestServerChecker)
#include "tst_serverchecker.moc"
