-- SPDX-License-Identifier: Apache-2.0
-- psql -d postgres -v damaged=NAME: puts the database shop_restored in the place of the database
-- shop, which is kept under another name and closed, for whoever looks for the cause.
alter database shop with allow_connections false;
select count(pg_terminate_backend(pid)) as sessions_ended
from pg_stat_activity where datname in ('shop', 'shop_restored');

begin;
alter database shop rename to :"damaged";
alter database shop_restored rename to shop;
commit;
\echo The restored database is in place. The damaged one is kept, closed, as :damaged
