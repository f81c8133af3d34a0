-- SPDX-License-Identifier: Apache-2.0
-- psql -v before=NUMBER: fails when there are fewer orders than there were.
select count(*) as orders_now, count(*) >= :before as kept from orders \gset
\if :kept
    \echo KEPT: :orders_now orders, :before before.
\else
    \echo LOST: :orders_now orders, :before before.
    do $$ begin raise exception 'Orders are missing.'; end $$;
\endif
