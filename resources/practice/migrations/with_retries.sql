-- SPDX-License-Identifier: Apache-2.0
-- Runs DDL that needs a whole table for a moment. It waits two seconds for the lock at most,
-- because everybody else queues behind whoever waits for it; then it steps aside, says who was in
-- the way and tries again. Either all of the statements take effect or none.
create or replace procedure pg_temp.with_retries(statements text)
language plpgsql as $procedure$
declare
    attempts constant integer := 20;
    blocker text;
begin
    set local lock_timeout = '2s';
    set local client_min_messages = warning; -- not a word about what need not be dropped
    for attempt in 1 .. attempts loop
        begin
            execute statements;
            raise info 'LOCK GRANTED at attempt % of %.', attempt, attempts;
            return;
        exception when lock_not_available then
            perform pg_stat_clear_snapshot();
            select string_agg(format('pid %s (%s, %s for %s s)', a.pid, a.application_name, a.state,
                                     extract(epoch from clock_timestamp() - a.state_change)::integer), ', ')
            into blocker
            from pg_stat_activity a
            where a.pid <> pg_backend_pid()
              and a.state like 'idle in transaction%'
              and a.xact_start < clock_timestamp() - interval '1 second'
              and exists (select from pg_locks l
                          where l.pid = a.pid and l.locktype = 'relation' and l.granted
                            and l.relation = 'orders'::regclass);
            raise info 'LOCK TIMEOUT at attempt % of %: table orders is in use by %. Trying again in 1 s.',
                attempt, attempts, coalesce(blocker, 'a session that let go meanwhile');
            perform pg_sleep(1);
        end;
    end loop;
    raise exception 'No lock on the table orders after % attempts. Nothing was changed.', attempts
        using errcode = 'lock_not_available',
              hint = 'Stop the session that holds it, then start this part again.';
end
$procedure$;
