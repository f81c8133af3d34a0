-- SPDX-License-Identifier: Apache-2.0
-- Takes migration 009 back, from whatever part it got to. Notifications are lost: keep a copy first
-- when they matter (rollback/keep_notifications.sql).
\ir ../with_retries.sql
call pg_temp.with_retries($ddl$
    drop trigger if exists orders_notify on orders;
    drop function if exists notify_when_shipped();
    drop table if exists notifications;
    alter table orders
        drop constraint if exists orders_shipped_notified,
        drop column if exists notified_at;
    delete from schema_migrations where version = '009';
$ddl$);
\echo Migration 009 is taken back.
