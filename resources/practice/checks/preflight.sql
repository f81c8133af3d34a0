-- SPDX-License-Identifier: Apache-2.0
-- May migration 009 start? Fails with the reason when not.
do $$
declare
    found text;
begin
    if pg_is_in_recovery() then
        raise exception 'This server is a standby. Connect to the primary.';
    end if;
    if exists (select from schema_migrations where version = '009')
       or to_regclass('notifications') is not null then
        raise exception 'Migration 009 is applied already, at least in part.'
            using hint = 'Take it back first: migrations/009_add_notifications/down.sql';
    end if;
    select max(version) into found from schema_migrations;
    if found is distinct from '008' then
        raise exception 'The shop is at version %, expected 008.', coalesce(found, 'none');
    end if;
    select string_agg(indexrelid::regclass::text, ', ') into found from pg_index where not indisvalid;
    if found is not null then
        raise exception 'Invalid indexes: %. Drop them or build them again first.', found;
    end if;
    select string_agg(format('pid %s (%s)', pid, application_name), ', ') into found
    from pg_stat_activity
    where xact_start < now() - interval '5 minutes' and backend_type = 'client backend';
    if found is not null then
        raise exception 'Transactions open for more than five minutes: %.', found
            using hint = 'Ask their owners to end them.';
    end if;
    raise notice 'READY: version 008, no invalid index, no forgotten transaction.';
end
$$;
