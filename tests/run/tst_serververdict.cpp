// SPDX-License-Identifier: Apache-2.0
#include "run/serververdict.h"
#include "support/eventbuilder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

using Fate = TransactionFate::Fate;

const QString kAlter = u"psql -c 'alter table items add column price int'"_s;
const QString kScript = u"psql -f migrate.sql"_s;
const QString kDetach = u"psql -c 'alter table part detach partition part_1 concurrently'"_s;
const QString kIndex = u"psql -c 'create index concurrently items_slow on items (price)'"_s;

ServerBackend working(qint64 transaction = 0)
{
    return {.pid = 42,
            .user = u"shop"_s,
            .state = u"active"_s,
            .wait = u"Lock: relation"_s,
            .query = u"alter table items"_s,
            .ageMs = 192'000,
            .transaction = transaction};
}

ServerFindings fates(const QList<TransactionFate> &transactions)
{
    ServerFindings findings;
    findings.transactions = transactions;
    return findings;
}

ServerFindings invalid(const QString &name, const QString &table)
{
    ServerFindings findings;
    findings.invalidIndexes = {{.name = u"public."_s + name, .plainName = name, .table = table}};
    return findings;
}

ServerFindings prepared(const QString &gid, qint64 transaction)
{
    ServerFindings findings;
    findings.prepared = {{.gid = gid, .transaction = transaction}};
    return findings;
}

ServerFindings checked(bool done, const QString &problem = {})
{
    ServerFindings findings;
    findings.check = CheckAnswer{.done = done, .value = done ? u"t"_s : u"f"_s, .problem = problem};
    return findings;
}

ServerFindings told(const QString &words, const QList<TransactionFate> &transactions = {})
{
    ServerFindings findings = fates(transactions);
    findings.clientWords = words;
    return findings;
}

ServerFindings halfDetached(const QString &partition)
{
    ServerFindings findings;
    findings.halfDetached = {
        {.table = u"public.part"_s, .partition = u"public."_s + partition, .plainName = partition}};
    return findings;
}

ServerFindings history(const QStringList &entries, const QString &words = {},
                       const QList<TransactionFate> &transactions = {})
{
    ServerFindings findings = fates(transactions);
    findings.history = {{.table = u"knex_migrations"_s, .entries = entries}};
    findings.clientWords = words;
    return findings;
}

ServerFindings created(bool isThere, const QString &words = {})
{
    ServerFindings findings = told(words);
    findings.createdIndex = CreatedIndex{
        .name = u"items_slow"_s, .isThere = isThere, .isValid = isThere, .transaction = 750};
    return findings;
}

/// In another database than the environment's.
ServerFindings seenIn(const QString &database, ServerFindings findings)
{
    findings.databases = {database};
    return findings;
}

/// Seen there, and what is found is there.
ServerFindings in(const QString &database, ServerFindings findings)
{
    findings.databases = {database};
    for (InvalidIndex &index : findings.invalidIndexes)
        index.database = database;
    for (HalfDetached &one : findings.halfDetached)
        one.database = database;
    for (PreparedTransaction &one : findings.prepared)
        one.database = database;
    if (findings.createdIndex)
        findings.createdIndex->database = database;
    return findings;
}

ServerFindings notLookedInto(const QString &database, const QString &words)
{
    ServerFindings findings = seenIn(database, told(words));
    findings.unseen = {{.name = database, .problem = u"permission denied"_s}};
    return findings;
}

/// Of a server that has crashed meanwhile.
ServerFindings recovered(ServerFindings findings)
{
    findings.recovered = true;
    return findings;
}

ServerFindings connected(const QString &state)
{
    ServerFindings findings;
    findings.backends = {{.pid = 42, .user = u"shop"_s, .state = state}};
    return findings;
}

ServerFindings problem()
{
    ServerFindings findings;
    findings.problem = u"The server at db1 does not answer."_s;
    findings.backends = {};
    return findings;
}

ServerFindings busy()
{
    ServerFindings findings;
    findings.backends = {working(750)};
    findings.check = CheckAnswer{.done = true, .value = u"t"_s, .problem = {}};
    return findings;
}

} // namespace

class TestServerVerdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstEvidenceDecides_data();
    void firstEvidenceDecides();
    void runningSessionIsDescribed();
    void evidenceHoldsEverythingThatWasFound();
    void transactionsAreGathered();
    void hiddenSessionsSayWhatIsMissing();
    void nothingIsConcludedWhileItRuns();
    void readyIndexSaysOnlyWhatIsKnown_data();
    void readyIndexSaysOnlyWhatIsKnown();
    void readyIndexElsewhereWasNotLookedAtBefore();
    void adviceNamesItsDatabase();
    void whatItWasDoingDecidesBesideTheCheck();
    void createdIndexIsTold();
    void oneTransactionIsTold_data();
    void oneTransactionIsTold();
};

namespace
{

ServerChecked verdict(const QString &command, const ServerFindings &findings,
                      const ServerHistory &history = {})
{
    EventBuilder journal;
    journal.create();
    journal.add(CommandIntended{.execution = {u"e"_s},
                                .command = commandOf(journal.state(), u"Migrate"_s),
                                .text = command});
    journal.add(CommandStarted{.execution = {u"e"_s}, .pid = 7});
    journal.add(
        CommandEnded{.execution = {u"e"_s}, .outcome = ExecutionOutcome::Signalled, .signal = 15});
    const RunState state = journal.state();
    return serverVerdict(state, state.executions.constFirst(), history, findings);
}

} // namespace

void TestServerVerdict::firstEvidenceDecides_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<ServerFindings>("findings");
    QTest::addColumn<bool>("seen");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QString &command, const ServerFindings &findings,
                        const QString &expected, const QString &words, bool seen = false) {
        QTest::newRow(name) << command << findings << seen << expected << words;
    };
    const QList<TransactionFate> aborted{{750, Fate::Aborted}};
    const QList<TransactionFate> committed{{750, Fate::Committed}};
    const QString cancelled = u"canceling statement due to user request"_s;
    row("not reached", kAlter, problem(), u"unknown"_s, u"does not answer"_s);
    row("works, whatever the check says", kAlter, busy(), u"running"_s, u"pid 42"_s);
    row("prepared by its transaction", kAlter, prepared(u"g"_s, 750), u"prepared-left"_s, u"“g”"_s,
        true);
    row("prepared by its name", u"psql -c \"prepare transaction 'g'\""_s, prepared(u"g"_s, 1),
        u"prepared-left"_s, u"“g”"_s);
    row("prepared by another", kScript, prepared(u"other"_s, 1), u"none"_s, u"No session"_s);
    row("its index", kIndex, invalid(u"items_slow"_s, u"items"_s), u"invalid-index"_s,
        u"public.items_slow"_s);
    row("an index on its table", u"psql -c 'reindex table concurrently items'"_s,
        invalid(u"items_pkey_ccnew"_s, u"items"_s), u"invalid-index"_s, u"items_pkey_ccnew"_s);
    row("somebody else's index on its table", kIndex, invalid(u"items_other"_s, u"items"_s),
        u"none"_s, u"No session"_s);
    row("somebody else's index beside a rebuilding",
        u"psql -c 'reindex table concurrently items'"_s, invalid(u"items_other"_s, u"items"_s),
        u"none"_s, u"No session"_s);
    row("an index without a name", u"psql -c 'create index concurrently on items (price)'"_s,
        invalid(u"items_price_idx"_s, u"items"_s), u"invalid-index"_s, u"items_price_idx"_s);
    row("only connected", kAlter, connected(u"idle"_s), u"unknown"_s,
        u"connected with 1 session, idle"_s, true);
    row("holds a transaction", kAlter, connected(u"idle in transaction"_s), u"running"_s,
        u"idle in transaction"_s);
    row("an index of the same beginning", kIndex, invalid(u"items_slow_2"_s, u"orders"_s),
        u"none"_s, u"No session"_s);
    row("half detached", kDetach, halfDetached(u"part_1"_s), u"last-rolled-back"_s,
        u"half detached from public.part"_s);
    row("half detached by another", kDetach, halfDetached(u"part_2"_s), u"none"_s, u"No session"_s);
    row("detaching, of which nothing is left", kDetach, told(cancelled), u"last-rolled-back"_s,
        u"stays"_s);
    row("its index is not there, and the server told it", kIndex, created(false, cancelled),
        u"rolled-back"_s, u"no index"_s);
    row("an index elsewhere", u"psql -d other -c 'create index concurrently a on b (c)'"_s,
        told(cancelled), u"last-rolled-back"_s, u"stays"_s);
    row("an index that is not there, and may be elsewhere",
        u"psql -d other -c 'create index concurrently items_slow on items (price)'"_s,
        created(false), u"none"_s, u"No session"_s);
    row("an index that is not there, where it was seen",
        u"psql -d other -c 'create index concurrently items_slow on items (price)'"_s,
        in(u"other"_s, created(false)), u"rolled-back"_s, u"in the database “other”"_s, true);
    row("its index in another database", kIndex,
        in(u"other"_s, invalid(u"items_slow"_s, u"items"_s)), u"invalid-index"_s,
        u"public.items_slow in the database “other” is there"_s, true);
    row("an index of that name at home, but it worked elsewhere", kIndex,
        seenIn(u"other"_s, invalid(u"items_slow"_s, u"items"_s)), u"unknown"_s, u"It was seen"_s,
        true);
    row("half detached in another database", kDetach, in(u"other"_s, halfDetached(u"part_1"_s)),
        u"last-rolled-back"_s, u"from public.part in the database “other”"_s, true);
    row("prepared in another database", u"psql -c \"prepare transaction 'g'\""_s,
        in(u"other"_s, prepared(u"g"_s, 1)), u"prepared-left"_s, u"“g” in the database “other”"_s);
    row("in a database that cannot be looked into", kDetach, notLookedInto(u"other"_s, cancelled),
        u"last-rolled-back"_s, u"“other”, which could not be looked into (permission denied)"_s,
        true);
    row("history, and a newer transaction gone", kScript,
        history({u"0042"_s}, {}, {{838, Fate::Aborted}}), u"last-rolled-back"_s, u"838"_s);
    row("check says done", kScript, checked(true), u"committed"_s, u"answers “t”"_s);
    row("check says not done", kAlter, checked(false), u"rolled-back"_s, u"answers “f”"_s);
    row("check says not done of several", kScript, checked(false), u"not-done"_s, u"stays"_s);
    row("check fails", kScript, checked(false, u"permission denied"_s), u"none"_s, u"No session"_s);
    row("history", kScript, history({u"0042"_s}), u"committed"_s, u"0042"_s);
    row("history of the part before", kScript, history({u"0042"_s}, cancelled),
        u"last-rolled-back"_s, u"0042"_s);
    row("history without news", kScript, history({}), u"none"_s, u"No session"_s);
    row("aborted", kAlter, fates(aborted), u"rolled-back"_s, u"transaction 750"_s);
    row("aborted, one of several", kScript, fates(aborted), u"unknown"_s,
        u"750, is rolled back; whether"_s);
    row("aborted, one of several, and told at the end", kScript, told(cancelled, aborted),
        u"last-rolled-back"_s, u"stays"_s);
    row("committed", kAlter, fates(committed), u"committed"_s, u"transaction 750"_s);
    row("committed, one of several", kScript, fates(committed), u"unknown"_s, u"not known"_s);
    row("the newest counts", kAlter, fates({{751, Fate::Aborted}, {750, Fate::Committed}}),
        u"rolled-back"_s, u"751"_s);
    row("too long ago", kAlter, fates({{750, Fate::Unknown}}), u"unknown"_s, u"too long ago"_s);
    row("server's words", kAlter, told(cancelled), u"rolled-back"_s, cancelled);
    row("server's words after a commit", kScript, told(cancelled, committed), u"last-rolled-back"_s,
        u"stays"_s);
    row("aborted before a crash", kAlter, recovered(fates(aborted)), u"unknown"_s, u"crash"_s,
        true);
    row("committed before a crash", kAlter, recovered(fates(committed)), u"unknown"_s, u"crash"_s,
        true);
    row("server's words before a crash", kAlter, recovered(told(cancelled, committed)),
        u"rolled-back"_s, cancelled, true);
    row("its index is not there", kIndex, created(false), u"rolled-back"_s, u"items_slow"_s, true);
    row("seen, and nothing known", kAlter, ServerFindings(), u"unknown"_s, u"Look at the data"_s,
        true);
    row("never seen", kAlter, ServerFindings(), u"none"_s, u"No session"_s);
}

void TestServerVerdict::firstEvidenceDecides()
{
    QFETCH(QString, command);
    QFETCH(ServerFindings, findings);
    QFETCH(bool, seen);
    QFETCH(QString, expected);
    QFETCH(QString, words);
    const ServerHistory history{
        .transactions = seen && !findings.prepared.isEmpty() ? QList<qint64>{750} : QList<qint64>(),
        .wasSeen = seen};
    const ServerChecked answer = verdict(command, findings, history);
    QVERIFY2(toWord(answer.verdict) == expected, qPrintable(answer.finding));
    QVERIFY2(answer.finding.contains(words), qPrintable(answer.finding));
    QCOMPARE(answer.execution, ExecutionId{u"e"_s});
}

void TestServerVerdict::runningSessionIsDescribed()
{
    ServerFindings findings;
    findings.backends = {working(750), working()};
    const ServerChecked answer = verdict(kAlter, findings);
    QCOMPARE(
        answer.finding,
        u"Still on the server: pid 42 (shop), active for 3 min 12 s, waits for Lock: relation, "
        "transaction 750: alter table items. It has 2 sessions there. The command itself has "
        "ended; that did not stop its statement."_s);
    QCOMPARE(answer.backends, findings.backends);
}

void TestServerVerdict::evidenceHoldsEverythingThatWasFound()
{
    ServerFindings findings = told(u"canceling statement due to user request"_s,
                                   {{750, Fate::Aborted}, {749, Fate::Committed}});
    findings.actions = {u"pg_cancel_backend(42): sent"_s};
    findings.invalidIndexes = invalid(u"old_one"_s, u"orders"_s).invalidIndexes;
    const QStringList lines = verdict(kScript, findings).evidence;
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines.constFirst(), u"pg_cancel_backend(42): sent"_s);
    QVERIFY(lines.contains(u"txid_status(749): committed"_s));
    QVERIFY(lines.contains(u"log: canceling statement due to user request"_s));
    QVERIFY(lines.contains(
        u"pg_index: public.old_one on orders is not valid (not known to be this command's)"_s));
}

void TestServerVerdict::transactionsAreGathered()
{
    ServerFindings findings;
    findings.backends = {working(752), working(0)};
    const ServerChecked answer =
        verdict(kScript, findings, {.transactions = {751, 750}, .wasSeen = true});
    QCOMPARE(answer.transactions, (QList<qint64>{750, 751, 752}));
}

void TestServerVerdict::hiddenSessionsSayWhatIsMissing()
{
    ServerFindings findings;
    findings.backends = {{.pid = 5, .user = u"owner"_s}};
    const QString finding = verdict(kScript, findings).finding;
    QVERIFY2(finding.contains(u"state hidden"_s) && finding.contains(u"GRANT pg_monitor"_s),
             qPrintable(finding));
}

void TestServerVerdict::nothingIsConcludedWhileItRuns()
{
    EventBuilder journal;
    journal.create();
    journal.add(CommandIntended{.execution = {u"e"_s},
                                .command = commandOf(journal.state(), u"Migrate"_s),
                                .text = kAlter});
    journal.add(CommandStarted{.execution = {u"e"_s}, .pid = 7});
    const RunState state = journal.state();
    const ServerChecked answer =
        serverVerdict(state, state.executions.constFirst(),
                      {.transactions = {750}, .wasSeen = true}, fates({{750, Fate::Aborted}}));
    QCOMPARE(answer.verdict, ServerVerdict::None);
    QVERIFY(answer.finding.contains(u"The command runs"_s));
    QCOMPARE(answer.transactions, QList<qint64>{750}); // kept for the end
}

void TestServerVerdict::readyIndexSaysOnlyWhatIsKnown_data()
{
    QTest::addColumn<ServerHistory>("history");
    QTest::addColumn<QString>("expected");
    QTest::newRow("it was not there") << ServerHistory{.indexWasReady = false} << u"committed"_s;
    QTest::newRow("it was there") << ServerHistory{.indexWasReady = true} << u"not-done"_s;
    QTest::newRow("nobody looked") << ServerHistory{} << u"unknown"_s;
    QTest::newRow("written by one of its transactions")
        << ServerHistory{.transactions = {750}} << u"committed"_s;
    QTest::newRow("written by another's") << ServerHistory{.transactions = {749}} << u"unknown"_s;
}

void TestServerVerdict::readyIndexSaysOnlyWhatIsKnown()
{
    QFETCH(const ServerHistory, history);
    const ServerChecked answer = verdict(kIndex, created(true), history);
    QTEST(toWord(answer.verdict), "expected");
    QVERIFY2(answer.finding.contains(u"“items_slow”"_s), qPrintable(answer.finding));
}

/// How things were before the command is known of the environment's own database alone.
void TestServerVerdict::readyIndexElsewhereWasNotLookedAtBefore()
{
    const ServerHistory before{.indexWasReady = false};
    QCOMPARE(verdict(kIndex, in(u"other"_s, created(true)), before).verdict,
             ServerVerdict::Unknown);
}

void TestServerVerdict::adviceNamesItsDatabase()
{
    QCOMPARE(verdict(kIndex, in(u"other"_s, invalid(u"items_slow"_s, u"items"_s))).advice,
             u"DROP INDEX CONCURRENTLY public.items_slow; -- in the database “other”"_s);
}

void TestServerVerdict::whatItWasDoingDecidesBesideTheCheck()
{
    ServerFindings findings = told(u"canceling statement due to user request"_s);
    findings.check = checked(false).check;
    const ServerChecked answer = verdict(kScript, findings);
    QCOMPARE(answer.verdict, ServerVerdict::LastRolledBack);
    QVERIFY2(answer.finding.contains(u"answers “f”"_s), qPrintable(answer.finding));
}

void TestServerVerdict::createdIndexIsTold()
{
    const auto sql = [](const QString &text) { return createdIndex(CommandLanguage::Sql, text); };
    QCOMPARE(createdIndex(CommandLanguage::Shell, kIndex), u"items_slow"_s);
    QCOMPARE(sql(u"CREATE UNIQUE INDEX Items_A ON public.items (a);"_s), u"items_a"_s);
    QCOMPARE(sql(u"create index if not exists items_a on items (a)"_s), QString());
    QCOMPARE(createdIndex(CommandLanguage::Shell,
                          u"psql -d other -c 'create index items_a on items (a)'"_s),
             u"items_a"_s);
    QCOMPARE(sql(u"create index on items (a)"_s), QString());
    QCOMPARE(sql(u"create index concurrently on items (a)"_s), QString());
    QCOMPARE(sql(u"create index \"A\" on items (a)"_s), QString());
    QCOMPARE(sql(u"create index a on items (a); create index b on items (b)"_s), QString());
}

void TestServerVerdict::oneTransactionIsTold_data()
{
    QTest::addColumn<bool>("sql");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("one");
    const auto row = [](const char *name, bool sql, const QString &text, bool one) {
        QTest::newRow(name) << sql << text << one;
    };
    row("statement", true, u"-- add; it\nalter table a add b int;\n"_s, true);
    row("settings first", true, u"\\timing\nset lock_timeout = '2s';\nalter table a add b int"_s,
        true);
    row("block", true, u"begin;\nupdate a set b = 1;\nupdate c set d = ';';\ncommit;"_s, true);
    row("two blocks", true, u"begin;\nselect 1;\ncommit;\nbegin;\nselect 1;\ncommit;"_s, false);
    row("two statements", true, u"update a set b = 1; update c set d = 1;"_s, false);
    row("included file", true, u"\\i more.sql\nselect 1;"_s, false);
    row("procedure", true, u"call backfill();"_s, false);
    row("rebuilding of many", true, u"reindex schema public;"_s, false);
    row("statements made by a query", true,
        u"select format('update t set a = %s', n) from generate_series(1, 9) n \\gexec"_s, false);
    row("repeated", true, u"update a set b = 1 \\watch 1"_s, false);
    row("code", true, u"do $$ begin commit; end $$;"_s, false);
    row("dollar quotes", true,
        u"create function f() returns int as $x$ select 1; $x$ language sql;"_s, true);
    row("psql -c", false, u"# Apply\npsql -X -c \"alter table a add b int\""_s, true);
    row("psql -c with its own environment", false, u"exec env -i PGUSER=x psql -c 'select 1'"_s,
        true);
    row("psql -c twice", false, u"psql -c 'select 1' -c 'select 2'"_s, false);
    row("psql -c with two", false, u"psql -c 'update a set b = 1; update c set d = 1'"_s, false);
    row("psql -c of a file", false, u"psql -c \"$(cat batches.sql)\""_s, false);
    row("psql -c of a variable", false, u"psql -c \"$SQL\""_s, false);
    row("psql -c with a dollar of its own", false, u"psql -c 'select $1'"_s, true);
    row("psql -f", false, u"psql -f migrate.sql"_s, false);
    row("in several steps", true, u"create index concurrently a on b (c)"_s, false);
    row("detached in two steps", false,
        u"psql -c 'alter table a detach partition b concurrently'"_s, false);
    row("a view refreshed beside its readers", true, u"refresh materialized view concurrently v"_s,
        true);
    row("only a comment says so", true, u"alter table a add b int -- not concurrently"_s, true);
    row("another tool", false, u"sqitch deploy"_s, false);
    row("two lines", false, u"psql -c 'select 1'\nsqitch deploy"_s, false);
    row("pipe", false, u"psql -c 'select 1' | psql other"_s, false);
}

void TestServerVerdict::oneTransactionIsTold()
{
    QFETCH(bool, sql);
    QFETCH(QString, text);
    QFETCH(bool, one);
    QCOMPARE(isOneTransaction(sql ? CommandLanguage::Sql : CommandLanguage::Shell, text), one);
}

QTEST_GUILESS_MAIN(TestServerVerdict)
#include "tst_serververdict.moc"
