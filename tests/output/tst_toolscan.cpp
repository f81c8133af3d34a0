// SPDX-License-Identifier: Apache-2.0
// What migration tools say: short samples in our own words here, and the output of the real tools
// where ../shared/migration-tools has been collected.
#include "output/toolrules.h"
#include "output/toolscan.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

ToolReport scan(const QByteArray &bytes, qsizetype piece = 0)
{
    ToolScan scan;
    const qsizetype step = piece > 0 ? piece : std::max<qsizetype>(1, bytes.size());
    for (qsizetype at = 0; at < bytes.size(); at += step)
        scan.add(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at)));
    return scan.report();
}

QString sampleFolder()
{
    return QStringLiteral(RUNSHEET_SOURCE_DIR "/../shared/migration-tools/");
}

/// What the same command printed on a terminal, though perhaps in another state of the database.
QByteArray terminalSample(const QString &name)
{
    QFile raw(sampleFolder() + name + u".pty.raw"_s);
    return raw.open(QIODevice::ReadOnly) ? raw.readAll() : QByteArray();
}

/// A capture: what was printed, and how the command ended.
struct Sample
{
    QByteArray output;
    int exitCode = -1;
};

Sample sampleFrom(const QString &name)
{
    QFile file(sampleFolder() + name + u".txt"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    const qsizetype exitAt = text.indexOf("# exit: ") + 8;
    Sample sample{.output = text.sliced(text.indexOf("--- stdout\n") + 11),
                  .exitCode = text.sliced(exitAt, text.indexOf('\n', exitAt) - exitAt).toInt()};
    sample.output.replace("--- stderr\n", "");
    return sample;
}

ToolEnding endingOf(int exitCode)
{
    return {.succeeded = exitCode == 0, .words = u"exit %1"_s.arg(exitCode)};
}

} // namespace

class TestToolScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRuleCanBeMet()
    {
        for (const ToolRule &rule : toolRules()) {
            const QString pattern = rule.pattern.toString();
            QVERIFY2(QRegularExpression(pattern).isValid(), qPrintable(pattern));
            QVERIFY2(rule.anchor.size() >= 4, rule.anchor.data());
            QCOMPARE(QString(rule.anchor).toLower(), QString(rule.anchor));
        }
    }

    void linesOfToolsAreUnderstood_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<ToolReport>("report");
        QTest::newRow("nothing") << "hello\nall is well\n"_ba << ToolReport{};
        QTest::newRow("a generic error needs a tool before it") << "error: no\n"_ba << ToolReport{};
        QTest::newRow("alembic, under way")
            << "INFO  [alembic.runtime.migration] Running upgrade  -> c1, one\n"
               "INFO  [alembic.runtime.migration] Running upgrade c1 -> c2, two\n"_ba
            << ToolReport{.tool = u"Alembic"_s, .migration = u"c2"_s, .done = 1, .open = true};
        QTest::newRow("alembic, offline SQL is no migration")
            << "-- Running upgrade c1 -> c2\n"_ba << ToolReport{};
        QTest::newRow("django, in the middle of a line")
            << "  Applying shop.0001_a... OK\n  Applying shop.0002_b..."_ba
            << ToolReport{
                   .tool = u"Django"_s, .migration = u"shop.0002_b"_s, .done = 1, .open = true};
        QTest::newRow("django, status")
            << "shop\n [X] 0001_a\n [X] 0002_b\n [ ] 0003_c\n"_ba
            << ToolReport{.tool = u"Django"_s, .migration = u"0002_b"_s, .done = 2, .total = 3};
        QTest::newRow("sqitch, coloured")
            << "  + \x1b[1mone\x1b[0m .. \x1b[32mok\x1b[0m\r\n  + two .. not ok\r\nDeploy failed\r\n"_ba
            << ToolReport{.tool = u"Sqitch"_s,
                          .migration = u"two"_s,
                          .done = 1,
                          .open = true,
                          .failure = u"+ two .. not ok"_s};
        QTest::newRow("sqitch, the reason in the next line")
            << "  + one .. ok\n  + two .. not ok\npsql:deploy/two.sql:2: ERROR:  no column\n"
               "\"psql\" unexpectedly returned exit value 3\n\nDeploy failed\n"_ba
            << ToolReport{.tool = u"Sqitch"_s,
                          .migration = u"two"_s,
                          .done = 1,
                          .open = true,
                          .failure = u"psql:deploy/two.sql:2: ERROR:  no column"_s};
        QTest::newRow("sqitch, what fails while work is taken back is no reason")
            << "  + one .. ok\n  + two .. not ok\nReverting all changes\n"
               "psql:revert/one.sql:1: ERROR:  other\n  - one .. not ok\nDeploy failed\n"_ba
            << ToolReport{.tool = u"Sqitch"_s,
                          .migration = u"two"_s,
                          .open = true,
                          .failure = u"+ two .. not ok"_s};
        QTest::newRow("knex, the reason in the next line")
            << "migration file \"2_b.js\" failed\nmigration failed with error: create - no\n"
               "error: create - no\n"_ba
            << ToolReport{.tool = u"Knex"_s,
                          .migration = u"2_b.js"_s,
                          .failure = u"migration failed with error: create - no"_s};
        QTest::newRow("rails, the reason behind two headlines")
            << "== 2 AddB: migrating ====\nrails aborted!\nStandardError: An error has occurred, "
               "this and all later migrations canceled:\n\nPG::NotNullViolation: ERROR:  no\n"_ba
            << ToolReport{.tool = u"Rails"_s,
                          .migration = u"2 AddB"_s,
                          .open = true,
                          .failure = u"PG::NotNullViolation: ERROR:  no"_s};
        QTest::newRow("another failure after the reason")
            << "  + two .. not ok\npsql:a.sql:1: ERROR:  first\npsql:a.sql:2: ERROR:  second\n"_ba
            << ToolReport{.tool = u"Sqitch"_s,
                          .migration = u"two"_s,
                          .open = true,
                          .failure = u"psql:a.sql:1: ERROR:  first"_s};
        QTest::newRow("a headline after a success is a new one")
            << "  + two .. not ok\nVerify successful\npsql:a.sql:1: ERROR:  later\n"_ba
            << ToolReport{.tool = u"Sqitch"_s,
                          .migration = u"two"_s,
                          .open = true,
                          .failure = u"psql:a.sql:1: ERROR:  later"_s};
        QTest::newRow("sqitch takes everything back")
            << "  + one .. ok\n  + two .. psql:b.sql:1: ERROR:  no\nnot ok\n"
               "Reverting all changes\n  - one .. ok\nDeploy failed\n"_ba
            << ToolReport{.tool = u"Sqitch"_s,
                          .migration = u"two"_s,
                          .open = true,
                          .failure = u"+ two .. psql:b.sql:1: ERROR:  no"_s};
        QTest::newRow("dbmate claims what has failed")
            << "Applying: 1_a.sql\nApplied: 1_a.sql in 4ms\nApplying: 2_b.sql\n"
               "Applied: 2_b.sql in 1ms\nError: pq: no such column\n"_ba
            << ToolReport{.tool = u"dbmate"_s,
                          .migration = u"2_b.sql"_s,
                          .done = 1,
                          .open = true,
                          .failure = u"Error: pq: no such column"_s};
        QTest::newRow("node-pg-migrate lists first")
            << "> Migrating files:\n> - 1_a\n> - 2_b\n### MIGRATION 1_a (UP) ###\n"
               "### MIGRATION 2_b (UP) ###\n"_ba
            << ToolReport{.tool = u"node-pg-migrate"_s,
                          .migration = u"2_b"_s,
                          .done = 1,
                          .total = 2,
                          .open = true};
        QTest::newRow("knex, status")
            << "Found 4 Completed Migration file/files.\nFound 1 Pending Migration file/files.\n"_ba
            << ToolReport{.tool = u"Knex"_s, .done = 4, .total = 5};
        QTest::newRow("flyway")
            << "Migrating schema \"public\" to version \"2 - orders\"\n"
               "Successfully applied 1 migration to schema \"public\", now at version v2\n"_ba
            << ToolReport{.tool = u"Flyway"_s,
                          .migration = u"2 - orders"_s,
                          .done = 1,
                          .success = u"Successfully applied 1 migration to schema \"public\", now "
                                     "at version v2"_s};
        QTest::newRow("a colour that ends before the colon")
            << "Prisma schema loaded from x\n\x1b[1;31mError\x1b[0m: one\n"_ba
            << ToolReport{.tool = u"Prisma"_s, .failure = u"Error: one"_s};
        QTest::newRow("a colour that ends behind the colon")
            << "Prisma schema loaded from x\n\x1b[1;31mError:\x1b[0m P3018\n"_ba
            << ToolReport{.tool = u"Prisma"_s, .failure = u"Error: P3018"_s};
        QTest::newRow("a colour within a word, and another escape before it")
            << "Prisma schema loaded from x\n\x1b[2K\x1b[38:5:1mErr\x1b[mor: x\x1b\n"_ba
            << ToolReport{.tool = u"Prisma"_s, .failure = u"Error: x\x1b"_s};
        QTest::newRow("a progress line is read anew from its first column")
            << "[*] applying migrations...\x1b[2K\x1b[1G[v] migrations applied successfully!\n"_ba
            << ToolReport{.tool = u"Drizzle"_s,
                          .success = u"[v] migrations applied successfully!"_s};
        QTest::newRow("the tool keeps its name where it calls psql")
            << "  + one .. psql:a.sql:1: ERROR:  no\nnot ok\nDeploy failed\n"_ba
            << ToolReport{.tool = u"Sqitch"_s,
                          .migration = u"one"_s,
                          .open = true,
                          .failure = u"+ one .. psql:a.sql:1: ERROR:  no"_s};
        QTest::newRow("success after a failure is the last word")
            << "psql:a.sql:1: ERROR:  locked\n> Migrating files:\nMigrations complete!\n"_ba
            << ToolReport{.tool = u"node-pg-migrate"_s, .success = u"Migrations complete!"_s};
        QTest::newRow("psql, a file name with blanks")
            << "psql:/srv/my files/fix.sql:3: ERROR:  no\n"_ba
            << ToolReport{.tool = u"psql"_s,
                          .failure = u"psql:/srv/my files/fix.sql:3: ERROR:  no"_s};
        QTest::newRow("psql, what a notice says is no failure")
            << "psql:a.sql:3: NOTICE:  at 4:5: ERROR:  no\n"_ba << ToolReport{};
        QTest::newRow("a server's log is no failure")
            << "2026-11-20 02:00:00 UTC [12] app@shop ERROR:  canceling statement\n"_ba
            << ToolReport{};
    }
    void linesOfToolsAreUnderstood()
    {
        QFETCH(QByteArray, output);
        QFETCH(ToolReport, report);
        for (const qsizetype piece : {0, 1, 7}) {
            const ToolReport read = scan(output, piece);
            QCOMPARE(read.tool, report.tool);
            QCOMPARE(read.migration, report.migration);
            QCOMPARE(read.done, report.done);
            QCOMPARE(read.total, report.total);
            QCOMPARE(read.failure, report.failure);
            QCOMPARE(read.success, report.success);
            QCOMPARE(read.open, report.open);
        }
    }

    void textAndEndingAreCompared_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("contradiction");
        const QByteArray failed = "psql:a.sql:6: ERROR:  no such table\n";
        const QByteArray worked = "Database schema is up to date!\n";
        QTest::newRow("failure, exit 0")
            << failed << 0
            << u"exit 0, but psql reported a failure: psql:a.sql:6: ERROR:  no such table"_s;
        QTest::newRow("failure, exit 3") << failed << 3 << QString();
        QTest::newRow("success, exit 0") << worked << 0 << QString();
        QTest::newRow("success, exit 1")
            << worked << 1
            << u"exit 1, but Prisma reported success: Database schema is up to date!"_s;
        QTest::newRow("failure at last, exit 0")
            << worked + failed << 0
            << u"exit 0, but Prisma reported a failure: psql:a.sql:6: ERROR:  no such table"_s;
        QTest::newRow("tried again, exit 0") << failed + worked << 0 << QString();
        QTest::newRow("no tool, exit 1") << "done\n"_ba << 1 << QString();
    }
    void textAndEndingAreCompared()
    {
        QFETCH(QByteArray, output);
        QFETCH(int, exitCode);
        QTEST(contradictionOf(scan(output), endingOf(exitCode)), "contradiction");
    }

    void whatWasOpenIsDoneWithASuccess()
    {
        const ToolReport report =
            scan("INFO  [alembic.runtime.migration] Running upgrade  -> c1, one\n");
        QCOMPARE(settled(report, endingOf(0)).done, 1);
        QCOMPARE(settled(report, endingOf(1)).done, 0);
    }

    void longLinesAndFilesAreReadInPieces()
    {
        QTemporaryDir folder;
        QFile log(folder.filePath(u"log"_s));
        QVERIFY(log.open(QIODevice::WriteOnly));
        const QByteArray noise = QByteArray(1'000, 'x') + " applying nothing at all\n";
        for (int line = 0; line < 3'000; ++line)
            log.write(noise);
        log.write(QByteArray(3'000'000, 'y') + "\n  Applying shop.0001_a... OK\n");
        log.close();
        std::atomic_bool cancelled = false;
        const std::optional<ToolReport> report = scanFile(log.fileName(), cancelled);
        QVERIFY(report);
        QCOMPARE(report->migration, u"shop.0001_a"_s);
        QCOMPARE(report->done, 1);
        cancelled = true;
        QVERIFY(!scanFile(log.fileName(), cancelled));
        QVERIFY(!scanFile(folder.filePath(u"none"_s), cancelled));
    }

    void realToolsAreUnderstood_data()
    {
        QTest::addColumn<QString>("sample");
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QString>("migration");
        QTest::addColumn<int>("done");
        QTest::addColumn<bool>("fails"); ///< and says so
        const auto row = [](const char *sample, const QString &tool, const QString &migration,
                            int done, bool fails) {
            QTest::newRow(sample) << QString::fromLatin1(sample) << tool << migration << done
                                  << fails;
        };
        row("alembic/04-up", u"Alembic"_s, u"a002"_s, 2, false);
        row("alembic/05-status-pending", u"Alembic"_s, u"a002"_s, 0, false);
        row("alembic/07-fail", u"Alembic"_s, u"a003"_s, 0, true);
        row("django/04-up", u"Django"_s, u"shop.0002_add_orders"_s, 2, false);
        row("django/05-status", u"Django"_s, u"0002_add_orders"_s, 2, false);
        row("django/07-fail", u"Django"_s, u"shop.0003_status_not_null"_s, 18, true);
        row("sqitch/04-up", u"Sqitch"_s, u"orders"_s, 2, false);
        row("sqitch/05-status-pending", u"Sqitch"_s, u"orders"_s, 0, false);
        row("sqitch/07-fail", u"Sqitch"_s, u"status"_s, 0, true);
        row("sqitch/10-down", u"Sqitch"_s, u"orders"_s, 1, false);
        row("rails-activerecord/04-up", u"Rails"_s, u"20260102000000 CreateOrders"_s, 2, false);
        row("rails-activerecord/07-fail", u"Rails"_s, u"20260103000000 AddStatus"_s, 0, true);
        row("knex/04-up", u"Knex"_s, {}, 2, false);
        row("knex/05-status-pending2", u"Knex"_s, {}, 2, false);
        row("knex/07-fail", u"Knex"_s, u"20260103000000_status_not_null.js"_s, 0, true);
        row("node-pg-migrate/04-up", u"node-pg-migrate"_s, u"1700000000002_add-orders"_s, 2, false);
        row("node-pg-migrate/07-fail", u"node-pg-migrate"_s, u"1700000000003_status-not-null"_s, 0,
            true);
        row("db-migrate/04-up", u"db-migrate"_s, u"20260102000000-orders"_s, 2, false);
        row("db-migrate/07-fail", u"db-migrate"_s, {}, 0, true);
        row("dbmate/04-up", u"dbmate"_s, u"20260102000000_orders.sql"_s, 2, false);
        row("dbmate/07-fail", u"dbmate"_s, u"20260103000000_status.sql"_s, 0, true);
        row("drizzle-kit/04-up", u"Drizzle"_s, {}, 0, false);
        row("prisma6/04-up", u"Prisma"_s, u"20260102000000_add_orders"_s, 2, false);
        row("prisma6/07-fail", u"Prisma"_s, {}, 0, true);
        row("sql-migrate/04-up", u"sql-migrate"_s, {}, 2, false);
        row("sql-migrate/07-fail", u"sql-migrate"_s, {}, 0, true);
        row("supabase/04-push", u"Supabase"_s, u"20260102000000_orders.sql"_s, 2, false);
        row("supabase/07-fail", u"Supabase"_s, u"20260103000000_status.sql"_s, 0, true);
        row("liquibase/04-up", u"Liquibase"_s, {}, 0, false);
        row("liquibase/07-fail", u"Liquibase"_s, {}, 0, true);
        row("psql/02-stop-exit3", u"psql"_s, {}, 0, true);
    }
    void realToolsAreUnderstood()
    {
        QFETCH(QString, sample);
        const Sample real = sampleFrom(sample);
        if (real.output.isEmpty())
            QSKIP("../shared/migration-tools is not there: the real tools' output is not checked");
        const ToolReport report = settled(scan(real.output), endingOf(real.exitCode));
        QTEST(report.tool, "tool");
        QTEST(report.migration, "migration");
        QTEST(report.done, "done");
        QFETCH(bool, fails);
        QVERIFY2(report.failure.isEmpty() != fails, qPrintable(report.failure));
        QCOMPARE(contradictionOf(report, endingOf(real.exitCode)), QString());
    }

    void realTerminalsAreUnderstood_data()
    {
        QTest::addColumn<QString>("sample");
        QTest::addColumn<ToolReport>("report");
        QTest::newRow("django, coloured")
            << u"django/04-up"_s
            << ToolReport{.tool = u"Django"_s, .success = u"No migrations to apply."_s};
        QTest::newRow("django, the error in the middle of the line")
            << u"django/07-fail"_s
            << ToolReport{.tool = u"Django"_s,
                          .migration = u"shop.0003_status_not_null"_s,
                          .open = true,
                          .failure = u"psycopg2.errors.NotNullViolation: column \"status\" of "
                                     "relation \"shop_account\" contains null values"_s};
        QTest::newRow("sqitch, the error in the middle of the line")
            << u"sqitch/07-fail"_s
            << ToolReport{.tool = u"Sqitch"_s,
                          .migration = u"status"_s,
                          .open = true,
                          .failure = u"+ status .. psql:deploy/status.sql:2: ERROR:  column "
                                     "\"status\" of relation \"accounts\" contains null values"_s};
        QTest::newRow("drizzle, in one line")
            << u"drizzle-kit/04-up"_s
            << ToolReport{.tool = u"Drizzle"_s,
                          .success = u"[✓] migrations applied successfully!"_s};
    }
    void realTerminalsAreUnderstood()
    {
        QFETCH(QString, sample);
        QFETCH(ToolReport, report);
        const QByteArray output = terminalSample(sample);
        if (output.isEmpty())
            QSKIP("../shared/migration-tools is not there: the real tools' output is not checked");
        const ToolReport read = scan(output);
        QCOMPARE(read.tool, report.tool);
        QCOMPARE(read.migration, report.migration);
        QCOMPARE(read.done, report.done);
        QCOMPARE(read.failure, report.failure);
        QCOMPARE(read.success, report.success);
    }

    void aFailureBehindExitZeroIsFound_data()
    {
        QTest::addColumn<QString>("sample");
        for (const auto &sample : {u"psql/01-nostop-exit0"_s, u"psql/04-stdin-exit0"_s})
            QTest::newRow(qPrintable(sample)) << sample;
    }
    void aFailureBehindExitZeroIsFound()
    {
        QFETCH(QString, sample);
        const Sample real = sampleFrom(sample);
        if (real.output.isEmpty())
            QSKIP("../shared/migration-tools is not there: the real tools' output is not checked");
        QCOMPARE(real.exitCode, 0);
        QVERIFY(contradictionOf(scan(real.output), endingOf(0)).contains(u"ERROR:"_s));
    }

    void noRealOutputIsMisunderstood()
    {
        if (!QFile::exists(sampleFolder()))
            QSKIP("../shared/migration-tools is not there: the real tools' output is not checked");
        int checked = 0;
        for (const auto &sample :
             {u"psql/12-notices"_s, u"psql/13-copy-progress"_s, u"pg-backup/01-pg_dump-Fc-v"_s,
              u"pg-backup/05-pg_restore-scratch"_s, u"pg-backup/20-pg_basebackup-P"_s,
              u"alembic/10-conn-fail"_s, u"sqitch/09-log"_s, u"django/06-sqlmigrate"_s}) {
            const Sample real = sampleFrom(sample);
            if (real.exitCode < 0)
                continue;
            ++checked;
            QVERIFY2(contradictionOf(scan(real.output), endingOf(real.exitCode)).isEmpty(),
                     qPrintable(sample));
        }
        QVERIFY(checked > 0);
    }
};

QTEST_GUILESS_MAIN(TestToolScan)
#include "tst_toolscan.moc"
