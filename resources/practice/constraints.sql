-- SPDX-License-Identifier: Apache-2.0
alter table users add primary key (id), add unique (email);
alter table products add primary key (id), add unique (sku), add check (stock >= 0);
alter table orders
    add primary key (id),
    add check (status in ('placed', 'paid', 'shipped', 'cancelled')),
    add foreign key (user_id) references users (id);
alter table order_items
    add primary key (order_id, product_id),
    add check (quantity > 0),
    add foreign key (order_id) references orders (id),
    add foreign key (product_id) references products (id);
alter table schema_migrations add primary key (version);

create index orders_user_placed on orders (user_id, placed_at desc);
create index orders_placed on orders (placed_at);

do $$
begin
    create extension pg_stat_statements;
exception when others then
    raise notice 'Going on without pg_stat_statements: %', sqlerrm;
end
$$;

analyze;
