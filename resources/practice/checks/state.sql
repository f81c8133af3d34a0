-- SPDX-License-Identifier: Apache-2.0
-- How far migration 009 got, piece by piece.
select 'entry in schema_migrations' as piece,
       case when exists (select from schema_migrations where version = '009')
            then 'there' else 'not there' end as state
union all
select 'table notifications',
       case when to_regclass('notifications') is not null then 'there' else 'not there' end
union all
select 'column orders.notified_at',
       case when exists (select from pg_attribute where attrelid = 'orders'::regclass
                         and attname = 'notified_at' and not attisdropped)
            then 'there' else 'not there' end
union all
select 'constraint orders_shipped_notified',
       coalesce((select case when convalidated then 'there, validated' else 'there, not validated' end
                 from pg_constraint where conname = 'orders_shipped_notified'), 'not there')
union all
select 'index notifications_unread',
       coalesce((select case when indisvalid then 'there, valid' else 'there, INVALID' end
                 from pg_index where indexrelid = to_regclass('notifications_unread')), 'not there');
