// SPDX-License-Identifier: Apache-2.0
#include "serverbench.h"

#include <QProcess>

#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

/// Slow enough to be stopped in the middle, quick enough to be waited for.
const QString kTables = u"drop table if exists items;"
                        "create table items(id int, price int, filled int);"
                        "insert into items select n, n, null from generate_series(1, 40) n;"_s;
const QString kFunctions =
    u"create or replace function slow(v int) returns int immutable language plpgsql as $$"
    " begin perform pg_sleep(0.06); return v; end $$;"
    "create or replace procedure backfill() language plpgsql as $$ begin"
    " for n in 1..40 loop update items set filled = slow(price) where id = n; commit; end loop;"
    " end $$;"_s;

struct Statement
{
    const char *name;
    const char *sql;
    const char *check; ///< the runbook's check query; empty: none
    /// "done", "undone", "invalid" or "partly"
    const char *truth;
};

constexpr std::array kStatements{
    Statement{"ALTER TABLE", "alter table items alter column price type bigint using slow(price)",
              "",
              "select case atttypid::regtype::text when 'bigint' then 'done' else 'undone' end"
              " from pg_attribute where attrelid = 'items'::regclass and attname = 'price'"},
    Statement{"CREATE INDEX", "create index items_slow on items (slow(price))", "",
              "select case count(*) when 1 then 'done' else 'undone' end from pg_class c"
              " join pg_index i on i.indexrelid = c.oid where relname = 'items_slow'"
              " and indisvalid"},
    Statement{"CONCURRENTLY", "create index concurrently items_slow on items (slow(price))", "",
              "select coalesce((select case when indisvalid then 'done' else 'invalid' end"
              " from pg_class c join pg_index i on i.indexrelid = c.oid"
              " where relname = 'items_slow'), 'undone')"},
    Statement{"backfill", "call backfill()",
              "select not exists (select 1 from items where filled is null)",
              "select case count(*) when 0 then 'done' else 'partly' end from items"
              " where filled is null"},
};

QString truthOf(ServerVerdict verdict)
{
    switch (verdict) {
    case ServerVerdict::Committed:
        return u"done"_s;
    case ServerVerdict::RolledBack:
        return u"undone"_s;
    case ServerVerdict::InvalidIndex:
        return u"invalid"_s;
    case ServerVerdict::LastRolledBack:
        return u"partly"_s;
    case ServerVerdict::None:
    case ServerVerdict::NotDone:
    case ServerVerdict::Running:
    case ServerVerdict::PreparedLeft:
    case ServerVerdict::Unknown:
        break;
    }
    return toWord(verdict);
}

/// A client that a rung does not end, so that the ladder has to be climbed.
struct Climb
{
    StopRung rung;
    const char *deafTo;
    QList<StopRung> before;
};

QList<Climb> climbs()
{
    return {
        {StopRung::Interrupt, "", {}},
        {StopRung::CancelBackend, "--block-signal=INT", {StopRung::Interrupt}},
        {StopRung::Terminate, "--block-signal=INT", {StopRung::Interrupt}},
        {StopRung::TerminateBackend,
         "--block-signal=INT --block-signal=TERM",
         {StopRung::Interrupt, StopRung::Terminate}},
        {StopRung::Kill,
         "--block-signal=INT --block-signal=TERM",
         {StopRung::Interrupt, StopRung::Terminate}},
    };
}

} // namespace

/// Stopping real work on a real server: what is said of it is what the catalogue says.
class TestStopLadder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void verdictIsWhatTheCatalogueSays_data();
    void verdictIsWhatTheCatalogueSays();
    void killedClientIsNoticedByItsServer();
    void whatIsLeftOnTheServerCanBeStoppedThere();
    void cleanEndAsksNothing();
    void failedStatementIsLookedAfter();
    void preparedTransactionIsNamed();
    void halfDetachedPartitionIsNamed();
    void workInAnotherDatabaseIsLookedInto();
    void serverThatIsGoneIsUnknownUntilItIsBack();
    void lookingOnHoldsNothingUp();
    void idleLeftoverHoldsNothingUp();
    void indexThatWasThereIsNobodysWork();
    void numbersFromBeforeACrashProveNothing();

private:
    /// Runs it, waits until the server works on it, and looks once.
    static void begin(ServerBench &bench, const QByteArray &fence, const QByteArray &script);
    static void settle(ServerBench &bench);

    TemporaryPostgres m_server;
};

void TestStopLadder::initTestCase()
{
    if (!TemporaryPostgres::isAvailable())
        QSKIP(qPrintable(TemporaryPostgres::unavailableReason()));
    qputenv("RUNSHEET_EXEC", RUNSHEET_BINARY_DIR "/app/runsheet-exec/runsheet-exec");
    const Result<void> started = m_server.start({u"max_prepared_transactions=5"_s});
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
    QVERIFY(m_server.execute(kTables));
    QVERIFY(m_server.execute(kFunctions));
}

void TestStopLadder::init()
{
    QVERIFY(m_server.execute(kTables));
}

void TestStopLadder::begin(ServerBench &bench, const QByteArray &fence, const QByteArray &script)
{
    bench.open(fence, script);
    bench.run();
    QTRY_COMPARE_WITH_TIMEOUT(bench.working(), u"1"_s, 20'000);
    bench.look();
    QCOMPARE(bench.execution().server->verdict, ServerVerdict::Running);
}

/// Until the command has ended and the server has said the last word.
void TestStopLadder::settle(ServerBench &bench)
{
    QTRY_VERIFY_WITH_TIMEOUT(bench.execution().end.has_value(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(
        bench.execution().serverCheckedAt.isValid() && !bench.execution().worksOnServer(), 30'000);
}

void TestStopLadder::verdictIsWhatTheCatalogueSays_data()
{
    QTest::addColumn<int>("statement");
    QTest::addColumn<int>("climb");
    for (int statement = 0; statement < static_cast<int>(kStatements.size()); ++statement) {
        for (int climb = 0; climb < climbs().size(); ++climb)
            QTest::addRow("%s, %s", kStatements.at(static_cast<size_t>(statement)).name,
                          qPrintable(toWord(climbs().at(climb).rung)))
                << statement << climb;
    }
}

void TestStopLadder::verdictIsWhatTheCatalogueSays()
{
    QFETCH(int, statement);
    QFETCH(int, climb);
    const Statement &work = kStatements.at(static_cast<size_t>(statement));
    const Climb way = climbs().at(climb);
    QByteArray fence = "bash {clientcheck=false"_ba;
    if (*work.check != '\0')
        fence += " check=\""_ba + work.check + '"';
    const QByteArray client =
        *way.deafTo == '\0' ? "exec psql"_ba : "exec env "_ba + way.deafTo + " psql";
    ServerBench bench(m_server);
    begin(bench, fence + '}', client + " -X -v ON_ERROR_STOP=1 -c \"" + work.sql + '"');
    QVERIFY(bench.execution().server->finding.contains(
        QString::fromLatin1(work.sql).left(20))); // its query stands in the words
    for (const StopRung rung : way.before)
        bench.stop(rung);
    bench.stop(way.rung);
    settle(bench);

    const ServerChecked answer = *bench.execution().server;
    QVERIFY2(bench.working() == u"0"_s, qPrintable(answer.finding));
    const QString truth = bench.ask(QString::fromLatin1(work.truth));
    QVERIFY2(
        truthOf(answer.verdict) == truth,
        qPrintable(truth + u" | "_s + answer.finding + u" | "_s + answer.evidence.join(u'\n')));
    // Ending the client ends nothing on the server; only asking the server does.
    const bool clientAlone = way.rung == StopRung::Terminate || way.rung == StopRung::Kill;
    QCOMPARE(truth == "done"_L1, clientAlone);
    const bool isCancelled = truth == "undone"_L1 || truth == "partly"_L1;
    QCOMPARE(bench.execution().outcome() == ExecutionOutcome::Cancelled, isCancelled);
    if (truth == "invalid"_L1)
        QCOMPARE(answer.advice, u"DROP INDEX CONCURRENTLY public.items_slow;"_s);
    if (clientAlone) {
        const QList<ServerChecked> all = bench.checks();
        QVERIFY(std::ranges::any_of(all, [](const ServerChecked &checked) {
            return checked.finding.contains("did not stop its statement"_L1);
        }));
    }
}

void TestStopLadder::killedClientIsNoticedByItsServer()
{
    if (bool supported = m_server.execute(u"show client_connection_check_interval"_s).hasValue();
        !supported)
        QSKIP("the server is older than version 14");
    ServerBench bench(m_server);
    bench.open("bash"_ba,
               "exec env --block-signal=INT --block-signal=TERM psql -X -c \"alter table items "
               "alter column price type bigint using slow(price) + slow(price)\""_ba);
    QTRY_VERIFY_WITH_TIMEOUT(bench.controller().takesClientCheck(), 20'000);
    bench.run();
    QCOMPARE(bench.execution().sessionOptions, u"-c client_connection_check_interval=2s"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.working(), u"1"_s, 20'000);
    bench.look();
    for (const StopRung rung : {StopRung::Interrupt, StopRung::Terminate, StopRung::Kill})
        bench.stop(rung);
    settle(bench);
    QCOMPARE(bench.execution().server->verdict, ServerVerdict::RolledBack);
    QCOMPARE(bench.execution().end->outcome, ExecutionOutcome::Signalled);
    QCOMPARE(bench.execution().outcome(), ExecutionOutcome::Cancelled);
    QCOMPARE(bench.ask(QString::fromLatin1(kStatements.front().truth)), u"undone"_s);
}

void TestStopLadder::whatIsLeftOnTheServerCanBeStoppedThere()
{
    ServerBench bench(m_server);
    begin(bench, "bash {clientcheck=false}"_ba,
          "exec env --block-signal=INT --block-signal=TERM psql -X -c \"select pg_sleep(600), "
          "txid_current()\""_ba);
    for (const StopRung rung : {StopRung::Interrupt, StopRung::Terminate, StopRung::Kill})
        bench.stop(rung);
    QTRY_VERIFY_WITH_TIMEOUT(bench.execution().worksOnServer(), 20'000);
    QVERIFY(bench.execution().isUnresolved());
    bench.stop(StopRung::CancelBackend);
    settle(bench);
    QCOMPARE(bench.working(), u"0"_s);
    QVERIFY(!bench.execution().worksOnServer());
}

void TestStopLadder::cleanEndAsksNothing()
{
    ServerBench bench(m_server);
    bench.open("sql"_ba, "select 1;"_ba);
    bench.run();
    QTRY_COMPARE_WITH_TIMEOUT(bench.execution().outcome(), ExecutionOutcome::Succeeded, 20'000);
    QCOMPARE(bench.checks().size(), 0);
}

void TestStopLadder::failedStatementIsLookedAfter()
{
    ServerBench bench(m_server);
    bench.open("sql"_ba, "select no_such_column;"_ba);
    bench.run();
    settle(bench);
    QCOMPARE(bench.execution().outcome(), ExecutionOutcome::Failed);
    QCOMPARE(bench.execution().server->verdict, ServerVerdict::None);
}

void TestStopLadder::preparedTransactionIsNamed()
{
    ServerBench bench(m_server);
    bench.open("sql"_ba,
               "begin;\ninsert into items values (99);\nprepare transaction 'it''s mine';\n"
               "select 1/0;"_ba);
    bench.run();
    settle(bench);
    const ServerChecked answer = *bench.execution().server;
    QVERIFY2(answer.verdict == ServerVerdict::PreparedLeft, qPrintable(answer.finding));
    QVERIFY2(answer.advice.startsWith(u"ROLLBACK PREPARED 'it''s mine';"_s),
             qPrintable(answer.advice));
    QVERIFY(m_server.execute(answer.advice)); // what is to be copied can be run
}

/// Its first transaction is committed when it waits for those that read the table before.
void TestStopLadder::halfDetachedPartitionIsNamed()
{
    const Result<QString> version = m_server.execute(u"show server_version_num"_s);
    QVERIFY(version);
    if (version->trimmed().toInt() < 140'000)
        QSKIP("DETACH PARTITION CONCURRENTLY came with PostgreSQL 14.");
    QVERIFY(m_server.execute(u"drop table if exists part; create table part (id int) partition by "
                             "list (id); create table part_1 partition of part for values in "
                             "(1)"_s));
    QProcess reader;
    reader.start(m_server.binFolder() + u"/psql"_s,
                 {u"-X"_s, u"-h"_s, m_server.host(), u"-p"_s, QString::number(m_server.port()),
                  u"-U"_s, u"tester"_s, u"-c"_s,
                  u"begin; select * from part; select pg_sleep(600)"_s, u"postgres"_s});
    QTRY_VERIFY_WITH_TIMEOUT(
        m_server.execute(u"select 1/count(*) from pg_locks where relation = 'part'::regclass"_s),
        20'000);
    ServerBench bench(m_server);
    begin(bench, "bash"_ba,
          "exec psql -X -c 'alter table part detach partition part_1 concurrently'"_ba);
    QTRY_COMPARE_WITH_TIMEOUT(bench.ask(u"select inhdetachpending from pg_inherits where inhparent "
                                        "= 'part'::regclass"_s),
                              u"t"_s, 20'000);
    bench.stop(StopRung::Interrupt);
    settle(bench);
    const ServerChecked answer = *bench.execution().server;
    QCOMPARE(answer.verdict, ServerVerdict::LastRolledBack);
    QVERIFY2(answer.finding.contains(u"half detached"_s), qPrintable(answer.finding));
    QVERIFY(m_server.execute(u"select pg_terminate_backend(pid) from pg_locks where relation = "
                             "'part'::regclass"_s));
    reader.waitForFinished();
    QVERIFY(m_server.execute(answer.advice)); // what is to be copied can be run
}

/// The run's connection is to another one, in which there is no such index at all.
void TestStopLadder::workInAnotherDatabaseIsLookedInto()
{
    const QString other = u"other"_s;
    QVERIFY(m_server.createDatabase(other));
    QVERIFY(m_server.execute(kFunctions + kTables, other));
    ServerBench bench(m_server);
    begin(
        bench, "bash"_ba,
        "exec psql -X -d other -c 'create index concurrently items_slow on items (slow(price))'"_ba);
    bench.stop(StopRung::Interrupt);
    settle(bench);
    const ServerChecked answer = *bench.execution().server;
    QVERIFY2(answer.verdict == ServerVerdict::InvalidIndex, qPrintable(answer.finding));
    QVERIFY2(answer.finding.contains(u"in the database “other”"_s), qPrintable(answer.finding));
    QVERIFY(m_server.execute(answer.advice, other)); // what is to be copied can be run
    QCOMPARE(m_server.execute(QString::fromLatin1(kStatements.at(2).truth), other)->trimmed(),
             u"undone"_s);
}

void TestStopLadder::serverThatIsGoneIsUnknownUntilItIsBack()
{
    ServerBench bench(m_server);
    begin(bench, "bash {clientcheck=false}"_ba,
          "exec psql -X -v ON_ERROR_STOP=1 -c \"alter table items alter column price type bigint "
          "using slow(price)\""_ba);
    QVERIFY(m_server.stop());
    QTRY_VERIFY_WITH_TIMEOUT(bench.execution().server
                                 && bench.execution().server->verdict == ServerVerdict::Unknown,
                             30'000);
    QVERIFY(bench.execution().server->finding.contains("does not answer"_L1));
    QVERIFY(m_server.start());
    QTRY_VERIFY_WITH_TIMEOUT(bench.execution().server->verdict != ServerVerdict::Unknown, 30'000);
    QCOMPARE(bench.execution().server->verdict, ServerVerdict::RolledBack);
    QCOMPARE(bench.ask(QString::fromLatin1(kStatements.front().truth)), u"undone"_s);
}

/// The Stop dialog was opened and closed again; then the command succeeds.
void TestStopLadder::lookingOnHoldsNothingUp()
{
    ServerBench bench(m_server);
    begin(bench, "sql"_ba, "select pg_sleep(5);"_ba);
    QTRY_COMPARE_WITH_TIMEOUT(bench.execution().outcome(), ExecutionOutcome::Succeeded, 20'000);
    QVERIFY(!bench.execution().isUnresolved());
    QVERIFY(!bench.execution().server);
}

void TestStopLadder::idleLeftoverHoldsNothingUp()
{
    ServerBench bench(m_server);
    bench.open(
        "bash"_ba,
        "mkfifo \"$HOME/$$.in\"\n"
        "exec 7<>\"$HOME/$$.in\"\n"
        "psql -X <&7 >/dev/null 2>&1 &\n"
        "printf 'insert into items values (77);\\n' >&7\n"
        "until [ \"$(psql -XAtc 'select count(*) from items where id = 77')\" = 1 ]; do :; done\n"
        "rm \"$HOME/$$.in\"\n"
        "exit 3"_ba);
    bench.run();
    QTRY_VERIFY_WITH_TIMEOUT(bench.execution().server.has_value() && bench.execution().end, 30'000);
    QVERIFY(bench.execution().end->background);
    QVERIFY2(!bench.execution().server->backends.isEmpty(),
             qPrintable(bench.execution().server->finding));
    QVERIFY2(!bench.execution().worksOnServer(), qPrintable(bench.execution().server->finding));
    QVERIFY(!bench.execution().isUnresolved());
    QCOMPARE(::kill(-static_cast<pid_t>(bench.execution().pid), SIGKILL), 0); // psql, its group
    QTRY_COMPARE_WITH_TIMEOUT(bench.ask(u"select count(*) from pg_stat_activity where "
                                        "application_name like 'runsheet:%'"_s),
                              u"0"_s, 20'000);
}

void TestStopLadder::indexThatWasThereIsNobodysWork()
{
    QVERIFY(m_server.execute(u"create index items_price on items (price)"_s));
    ServerBench bench(m_server);
    bench.open("bash"_ba, "psql -X -c \"create index items_price on items (price)\""_ba);
    bench.run();
    settle(bench);
    QVERIFY2(bench.execution().server->verdict == ServerVerdict::NotDone
                 || bench.execution().server->verdict == ServerVerdict::Unknown,
             qPrintable(bench.execution().server->finding));
}

/// A server that crashes hands out the numbers of lost transactions again.
void TestStopLadder::numbersFromBeforeACrashProveNothing()
{
    ServerBench bench(m_server);
    begin(bench, "bash {clientcheck=false}"_ba,
          "exec psql -X -v ON_ERROR_STOP=1 -c \"alter table items alter column price type bigint "
          "using slow(price)\" 2>/dev/null"_ba);
    QVERIFY(!bench.execution().transactions.isEmpty());
    const auto backend = static_cast<pid_t>(bench.execution().server->backends.constFirst().pid);
    QCOMPARE(::kill(backend, SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(bench.execution().end.has_value(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_server.execute(u"select txid_current()"_s).hasValue(), 30'000);
    for (int i = 0; i < 5; ++i)
        QVERIFY(m_server.execute(u"insert into items values (100)"_s));
    bench.look(); // the first answer may be of before the server itself knew
    QTRY_VERIFY_WITH_TIMEOUT(
        bench.execution().server
            && bench.execution().server->evidence.contains(
                u"the server recovered from a crash after the command began"_s),
        30'000);
    QVERIFY2(bench.execution().server->verdict != ServerVerdict::Committed,
             qPrintable(bench.execution().server->finding));
    QCOMPARE(bench.ask(QString::fromLatin1(kStatements.front().truth)), u"undone"_s);
}

QTEST_GUILESS_MAIN(TestStopLadder)
#include "tst_stopladder.moc"
