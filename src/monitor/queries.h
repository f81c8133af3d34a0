// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the monitor asks. Only activity views and settings: nothing that takes a lock on a user's
// table. pg_*_size(table), pg_get_*def() and EXPLAIN wait behind ACCESS EXCLUSIVE, held or merely
// wanted, so none of them may appear here.

namespace runsheet::queries
{

// Set on every new connection. A probe gives way to a lock instead of queueing behind the
// migration; a snapshot held open would delay CREATE INDEX CONCURRENTLY, hence autocommit and the
// limit on idle transactions. jit: compiling costs more than a probe query.
constexpr const char *kSettings = "SET default_transaction_read_only = on;"
                                  "SET statement_timeout = '2s';"
                                  "SET lock_timeout = '100ms';"
                                  "SET idle_in_transaction_session_timeout = '10s';"
                                  "SET jit = off;"
                                  "SET client_encoding = 'UTF8'";

constexpr const char *kIdentity =
    "SELECT pg_catalog.current_database(), current_user,"
    " pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1),"
    " pg_catalog.current_setting('server_version_num'), pg_catalog.pg_is_in_recovery()";

// Apart from the rest: an administrator can take the right to call it away.
constexpr const char *kSystemIdentifier =
    "SELECT system_identifier FROM pg_catalog.pg_control_system()";

// backend_type is hidden from a role without pg_monitor; background processes have no database.
constexpr const char *kConnections =
    "SELECT coalesce(state, ''), count(*), pg_catalog.current_setting('max_connections')"
    " FROM pg_catalog.pg_stat_activity"
    " WHERE datid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'"
    " GROUP BY 1 ORDER BY 2 DESC, 1";

// A transaction's number in a session has 32 bits; the epoch comes from the newest number.
// pg_blocking_pids needs the lock manager to itself for a moment, so only for those who wait.
constexpr const char *kSessions =
    "SELECT pid, coalesce(application_name, ''), coalesce(usename, ''), coalesce(state, ''),"
    " (extract(epoch FROM pg_catalog.clock_timestamp()"
    "   - CASE WHEN state = 'active' THEN query_start ELSE state_change END) * 1000)::bigint,"
    " coalesce(CASE WHEN state = 'active' THEN wait_event_type || ': ' || wait_event END, ''),"
    " pg_catalog.left(coalesce(query, ''), 500),"
    " CASE WHEN wait_event_type = 'Lock' THEN"
    "   pg_catalog.array_to_string(pg_catalog.pg_blocking_pids(pid), ',') ELSE '' END,"
    " coalesce(query = '<insufficient privilege>', false),"
    " coalesce(s.newest - ((((s.newest & 4294967295) - backend_xid::text::bigint + 2147483648)"
    "   & 4294967295) - 2147483648), 0),"
    " coalesce(nullif(datname, pg_catalog.current_database()), '')"
    " FROM pg_catalog.pg_stat_activity,"
    " (SELECT pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()) AS newest) s"
    " WHERE pid <> pg_catalog.pg_backend_pid()"
    " AND coalesce(backend_type, 'client backend') = 'client backend'"
    " AND (application_name LIKE 'runsheet:%'"
    "   OR (datname = pg_catalog.current_database() AND state IS DISTINCT FROM 'idle'))"
    " ORDER BY application_name LIKE 'runsheet:%' DESC NULLS LAST, 5 DESC NULLS LAST, pid"
    " LIMIT 200";

} // namespace runsheet::queries
