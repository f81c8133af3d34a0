-- SPDX-License-Identifier: Apache-2.0
-- Did migration 009 do all it should? Fails with what is missing. Changes nothing.
do $$
declare
    wrong bigint;
    one bigint;
begin
    if not exists (select from schema_migrations where version = '009') then
        raise exception 'Migration 009 is not in the list of applied migrations.';
    end if;
    if not coalesce((select indisvalid from pg_index
                     where indexrelid = to_regclass('notifications_unread')), false) then
        raise exception 'The index notifications_unread is missing or invalid.';
    end if;
    if not coalesce((select convalidated from pg_constraint
                     where conname = 'orders_shipped_notified'), false) then
        raise exception 'The constraint orders_shipped_notified is missing or not validated.';
    end if;
    select count(*) into wrong from orders o
    where (o.status = 'shipped')
          is distinct from exists (select from notifications n where n.order_id = o.id);
    if wrong > 0 then
        raise exception '% orders have no notification, or one that they should not have.', wrong;
    end if;

    -- The trigger, tried on a real order and undone by the exception.
    begin
        update orders set status = 'shipped'
        where id = (select max(id) from orders where status = 'placed')
        returning id into one;
        if one is not null and not exists (select from notifications where order_id = one) then
            raise exception 'Shipping order % made no notification.', one;
        end if;
        raise sqlstate 'RS001';
    exception when sqlstate 'RS001' then
        null;
    end;
    raise notice 'PASSED: index, constraint, trigger and % notifications.',
        (select count(*) from notifications);
end
$$;
