// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>

#include <array>

// What is asked of the server about a command that was stopped or did not end well. %1 stands for a
// quoted value. Nothing here waits for a user's table.
namespace runsheet::stopqueries
{

// A transaction's number in a session has 32 bits; txid_status() wants all 64, so the epoch comes
// from the newest number. backend_xid and application_name are shown to every role.
constexpr const char *kBackends =
    "SELECT a.pid, coalesce(a.usename, ''), coalesce(a.state, ''),"
    " coalesce(CASE WHEN a.state = 'active' THEN a.wait_event_type || ': ' || a.wait_event END, "
    "''),"
    " pg_catalog.left(coalesce(a.query, ''), 500),"
    " (extract(epoch FROM pg_catalog.clock_timestamp()"
    "   - CASE WHEN a.state = 'active' THEN a.query_start ELSE a.state_change END) * 1000)::bigint,"
    " coalesce(s.newest - ((((s.newest & 4294967295) - a.backend_xid::text::bigint + 2147483648)"
    "   & 4294967295) - 2147483648), 0),"
    " coalesce(nullif(a.datname, pg_catalog.current_database()), '')"
    " FROM pg_catalog.pg_stat_activity a,"
    " (SELECT pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()) AS newest) s"
    " WHERE a.application_name = %1 AND coalesce(a.backend_type, 'client backend') = 'client "
    "backend'"
    " AND a.pid <> pg_catalog.pg_backend_pid()"
    " ORDER BY a.state = 'active' DESC NULLS LAST, a.pid LIMIT 50";

// Only sessions of that name, whatever pids were seen before: a pid may belong to another by now.
constexpr const char *kCancel =
    "SELECT pid, pg_catalog.pg_cancel_backend(pid) FROM pg_catalog.pg_stat_activity"
    " WHERE application_name = %1 AND pid <> pg_catalog.pg_backend_pid()"
    " AND coalesce(backend_type, 'client backend') = 'client backend'";
constexpr const char *kTerminate =
    "SELECT pid, pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
    " WHERE application_name = %1 AND pid <> pg_catalog.pg_backend_pid()"
    " AND coalesce(backend_type, 'client backend') = 'client backend'";

// Recovering from a crash resets these two at once, whatever it is that a person resets. The time
// since when the server runs does not change then.
constexpr const char *kRecovered =
    "SELECT least(b.stats_reset, a.stats_reset)"
    " > pg_catalog.clock_timestamp() - %1::bigint * interval '1 millisecond'"
    " FROM pg_catalog.pg_stat_bgwriter b, pg_catalog.pg_stat_archiver a";

constexpr const char *kTransactionFate = "SELECT coalesce(pg_catalog.txid_status(%1), '')";

// Not one that is being built right now. format() and not ::regclass: no lock on the table.
constexpr const char *kInvalidIndexes =
    "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.relname, t.relname"
    " FROM pg_catalog.pg_index i"
    " JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
    " JOIN pg_catalog.pg_class t ON t.oid = i.indrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE NOT i.indisvalid AND c.relkind = 'i'"
    " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index p"
    "   WHERE p.index_relid = i.indexrelid)"
    " ORDER BY 1 LIMIT 20";

// Half detached: servers before 14 have no such column, and nothing to tell.
constexpr const char *kHalfDetached =
    "SELECT pg_catalog.format('%I.%I', tn.nspname, t.relname),"
    " pg_catalog.format('%I.%I', pn.nspname, p.relname), p.relname"
    " FROM pg_catalog.pg_inherits i"
    " JOIN pg_catalog.pg_class t ON t.oid = i.inhparent"
    " JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace"
    " JOIN pg_catalog.pg_class p ON p.oid = i.inhrelid"
    " JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace"
    " WHERE (pg_catalog.to_jsonb(i) ->> 'inhdetachpending')::boolean"
    " ORDER BY 2 LIMIT 20";

// In any schema: the command's search path may be another than ours. Two of that name decide
// nothing.
constexpr const char *kCreatedIndex =
    "SELECT i.indisvalid, pg_catalog.format('%I.%I', n.nspname, c.relname),"
    " s.newest - ((((s.newest & 4294967295) - c.xmin::text::bigint + 4294967296) & 4294967295))"
    " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,"
    " (SELECT pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()) AS newest) s"
    " WHERE c.relname = %1 LIMIT 2";

// Of this database, and not older than the command.
constexpr const char *kPrepared =
    "SELECT p.gid, s.newest - ((((s.newest & 4294967295) - p.transaction::text::bigint + "
    "2147483648)"
    "   & 4294967295) - 2147483648),"
    " (extract(epoch FROM pg_catalog.clock_timestamp() - p.prepared) * 1000)::bigint"
    " FROM pg_catalog.pg_prepared_xacts p,"
    " (SELECT pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()) AS newest) s"
    " WHERE p.database = pg_catalog.current_database()"
    " AND p.prepared >= pg_catalog.clock_timestamp() - %1::bigint * interval '1 millisecond'"
    " ORDER BY p.prepared DESC LIMIT 20";

/// Where a migration tool writes down what it has done, and when.
struct HistoryTable
{
    QLatin1StringView tool; ///< word in the command
    QLatin1StringView table;
    QLatin1StringView entry; ///< SQL of what an entry is called
    QLatin1StringView time; ///< SQL of when it was written
    QLatin1StringView condition; ///< SQL; only entries of work that came to its end
};

constexpr std::array kHistoryTables{
    HistoryTable{QLatin1StringView("flyway"), QLatin1StringView("flyway_schema_history"),
                 QLatin1StringView("coalesce(version, description)"),
                 QLatin1StringView("installed_on"), QLatin1StringView("success")},
    HistoryTable{QLatin1StringView("prisma"), QLatin1StringView("_prisma_migrations"),
                 QLatin1StringView("migration_name"), QLatin1StringView("finished_at"),
                 QLatin1StringView("rolled_back_at IS NULL")},
    HistoryTable{QLatin1StringView("liquibase"), QLatin1StringView("databasechangelog"),
                 QLatin1StringView("id"), QLatin1StringView("dateexecuted"),
                 QLatin1StringView("true")},
    HistoryTable{QLatin1StringView("sqitch"), QLatin1StringView("sqitch.changes"),
                 QLatin1StringView("change"), QLatin1StringView("committed_at"),
                 QLatin1StringView("true")},
    HistoryTable{QLatin1StringView("node-pg-migrate"), QLatin1StringView("pgmigrations"),
                 QLatin1StringView("name"), QLatin1StringView("run_on"), QLatin1StringView("true")},
    HistoryTable{QLatin1StringView("knex"), QLatin1StringView("knex_migrations"),
                 QLatin1StringView("name"), QLatin1StringView("migration_time"),
                 QLatin1StringView("true")},
    HistoryTable{QLatin1StringView("manage.py"), QLatin1StringView("django_migrations"),
                 QLatin1StringView("app || '.' || name"), QLatin1StringView("applied"),
                 QLatin1StringView("true")},
};

constexpr const char *kTableIsThere = "SELECT pg_catalog.to_regclass(%1) IS NOT NULL";

// Columns of either timestamp type: the session's time zone is set to the server's own.
constexpr const char *kHistory =
    "SELECT (%1)::text FROM %2 WHERE %3 AND (%4)::timestamptz >="
    " pg_catalog.clock_timestamp() - %5::bigint * interval '1 millisecond'"
    " ORDER BY (%4) DESC LIMIT 5";

} // namespace runsheet::stopqueries
