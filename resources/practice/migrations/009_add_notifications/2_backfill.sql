-- SPDX-License-Identifier: Apache-2.0
-- Part 2 of 3: a notification for every order that was shipped before. In small batches with a
-- pause between them, each committed by itself: no lock is held for long, the shop keeps its share
-- of the server, and after an interruption it goes on where it was.
do $$
declare
    batch constant integer := 2000;
    pause constant double precision := 0.6;
    last_id bigint := 0;
    rows_of_batch integer;
    done integer := 0;
    total integer;
begin
    select count(*) into total from orders where status = 'shipped' and notified_at is null;
    raise notice 'PROGRESS 0/% orders', total;
    loop
        with due as (
            select id from orders
            where status = 'shipped' and notified_at is null and id > last_id
            order by id limit batch
            for no key update
        ), changed as (
            update orders o set notified_at = o.updated_at
            from due where o.id = due.id
            returning o.id, o.user_id, o.notified_at
        ), told as (
            insert into notifications (user_id, order_id, body, created_at, read_at)
            select user_id, id, format('Your order %s is on its way.', id), notified_at, now()
            from changed
            on conflict (order_id) do nothing
        )
        select count(*), coalesce(max(id), last_id) into rows_of_batch, last_id from changed;
        exit when rows_of_batch = 0;
        commit;
        done := done + rows_of_batch;
        raise notice 'PROGRESS %/% orders, % %%', done, total, done * 100 / greatest(total, done);
        perform pg_sleep(pause);
    end loop;
    raise notice 'DONE: % orders have their notification.', done;
end
$$;
