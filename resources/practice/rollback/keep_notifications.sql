-- SPDX-License-Identifier: Apache-2.0
-- Writes the notifications to standard output as CSV, for the day they are wanted again.
select to_regclass('notifications') is not null as there \gset
\if :there
    copy notifications to stdout with (format csv, header);
\else
    \warn There are no notifications to keep.
\endif
