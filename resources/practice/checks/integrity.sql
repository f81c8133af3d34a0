-- SPDX-License-Identifier: Apache-2.0
-- Is the shop's data whole? True before, during and after the migration. Fails with what is wrong.
do $$
declare
    wrong bigint;
begin
    select count(*) into wrong
    from orders o
    left join (select order_id, sum(quantity * price_cents) as total
               from order_items group by order_id) i on i.order_id = o.id
    where i.total is distinct from o.total_cents;
    if wrong > 0 then
        raise exception 'DAMAGED: the total of % orders differs from the sum of their items.', wrong;
    end if;
    select count(*) into wrong from order_items i
    where not exists (select from orders o where o.id = i.order_id);
    if wrong > 0 then
        raise exception 'DAMAGED: % items belong to no order.', wrong;
    end if;
    select count(*) into wrong from orders o
    where not exists (select from users u where u.id = o.user_id);
    if wrong > 0 then
        raise exception 'DAMAGED: % orders belong to no user.', wrong;
    end if;
    raise notice 'WHOLE: % users, % products, % orders, % items.',
        (select count(*) from users), (select count(*) from products),
        (select count(*) from orders), (select count(*) from order_items);
end
$$;
