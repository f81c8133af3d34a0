-- SPDX-License-Identifier: Apache-2.0
-- 20,000 users, 2,000 products, 70,000 orders and 110,000 order items. The same every time: no
-- random numbers, only remainders by primes.
insert into users (email, full_name, city, created_at)
select format('user%s@shop.example', n),
       (array['Ada', 'Ben', 'Chloe', 'Dmitri', 'Elif', 'Femi', 'Greta', 'Hiro'])[1 + n % 8]
           || ' ' || (array['Abel', 'Brandt', 'Costa', 'Dunn', 'Ek', 'Fox', 'Gruber'])[1 + n % 7],
       (array['Berlin', 'Lagos', 'Lima', 'Lyon', 'Osaka', 'Oslo', 'Quito'])[1 + n * 31 % 7],
       now() - make_interval(days => 800 - n / 30)
from generate_series(1, 20000) as n;

insert into products (sku, name, price_cents, stock)
select format('P-%s', 10000 + n),
       (array['Desk', 'Lamp', 'Chair', 'Shelf', 'Rug', 'Clock'])[1 + n % 6] || ' no. ' || n,
       499 + n * 7919 % 45000,
       100000
from generate_series(1, 2000) as n;

-- One item per order, and a second one for four of every seven orders.
create temporary table new_items as
select n as order_id,
       1 + (n * 7919 + k * 104729) % 2000 as product_id,
       1 + (n + k) % 3 as quantity
from generate_series(1, 70000) as n, generate_series(0, 1) as k
where k = 0 or n % 7 < 4;

insert into orders (user_id, status, total_cents, placed_at, updated_at)
select 1 + i.order_id * 6151 % 20000,
       case when i.order_id % 25 = 0 then 'cancelled'
            when i.order_id > 66000 then 'placed'
            when i.order_id % 5 = 0 then 'paid'
            else 'shipped' end,
       sum(i.quantity * p.price_cents),
       now() - make_interval(mins => (70001 - i.order_id) * 8),
       now() - make_interval(mins => (70001 - i.order_id) * 7)
from new_items i
join products p on p.id = i.product_id
group by i.order_id
order by i.order_id;

insert into order_items (order_id, product_id, quantity, price_cents)
select i.order_id, i.product_id, i.quantity, p.price_cents
from new_items i
join products p on p.id = i.product_id;

insert into schema_migrations (version, name)
values ('001', 'create_users'), ('002', 'create_products'), ('003', 'create_orders'),
       ('004', 'create_order_items'), ('005', 'add_user_city'), ('006', 'add_product_stock'),
       ('007', 'add_order_status'), ('008', 'index_orders_by_user');
