-- SPDX-License-Identifier: Apache-2.0
-- Is nothing of migration 009 left? Fails with what is.
do $$
declare
    found text;
begin
    if exists (select from schema_migrations where version = '009') then
        raise exception 'Migration 009 is still in the list of applied migrations.';
    end if;
    select string_agg(name, ', ') into found
    from (select 'table notifications' as name where to_regclass('notifications') is not null
          union all
          select 'column orders.notified_at' from pg_attribute
          where attrelid = 'orders'::regclass and attname = 'notified_at' and not attisdropped
          union all
          select 'trigger orders_notify' from pg_trigger where tgname = 'orders_notify'
          union all
          select 'constraint orders_shipped_notified' from pg_constraint
          where conname = 'orders_shipped_notified') as pieces;
    if found is not null then
        raise exception 'Migration 009 is not wholly taken back: % still there.', found;
    end if;
    raise notice 'REVERTED: nothing of migration 009 is left.';
end
$$;
