// SPDX-License-Identifier: Apache-2.0
#include "migrationprojects.h"

using namespace Qt::StringLiterals;

namespace runsheet::test
{

namespace
{

// What the three migrations do, in every tool.
const QString kOne = u"create table accounts(id bigserial primary key, email text not null);"_s;
const QString kTwo =
    u"insert into accounts(email) values('a'), ('b'); create table orders(id bigserial primary key);"_s;
const QString kThree = u"alter table accounts add column status text not null;"_s;
const QString kMended = u"alter table accounts add column status text not null default 1;"_s;

QString filled(const char *text)
{
    return QString::fromUtf8(text)
        .replace(u"@1"_s, kOne)
        .replace(u"@2"_s, kTwo)
        .replace(u"@3"_s, kThree)
        .replace(u"@mended"_s, kMended);
}

MigrationProject sqitch()
{
    return {.tool = u"Sqitch"_s,
            .needs = {u"sqitch"_s},
            .probe = u"perl -MDBD::Pg -e 1"_s,
            .setUp = filled(R"(export SQITCH_FULLNAME=DBA SQITCH_EMAIL=dba@example.com
export SQITCH_CONFIG=$PWD/sqitch.conf
sqitch --no-pager init demo --engine pg --target "db:pg:$PGDATABASE"
for change in accounts orders status; do sqitch --no-pager add "$change" -n "$change"; done
echo "@1" > deploy/accounts.sql
echo "@2" > deploy/orders.sql
echo "@3" > deploy/status.sql
echo "drop table accounts;" > revert/accounts.sql
echo "drop table orders;" > revert/orders.sql)"),
            .migrate = u"sqitch deploy"_s,
            .mend = filled(R"(echo "@mended" > deploy/status.sql)"),
            .failing = u"status"_s,
            .exitCode = 2};
}

MigrationProject alembic()
{
    return {.tool = u"Alembic"_s,
            .needs = {u"/usr/bin/alembic"_s},
            .probe = u"/usr/bin/python3 -c 'import psycopg2'"_s,
            .setUp = filled(R"(/usr/bin/alembic init migrations
sed -i 's|^sqlalchemy.url = .*|sqlalchemy.url = postgresql://|' alembic.ini
write() {
    printf 'from alembic import op\nrevision = "%s"\ndown_revision = %s\n\ndef upgrade():\n    op.execute("""%s""")\n' \
        "$1" "$2" "$3" > "migrations/versions/$1.py"
}
write a1 None "@1"
write a2 '"a1"' "@2"
write a3 '"a2"' "@3")"),
            .migrate = u"/usr/bin/alembic upgrade head"_s,
            .mend = filled(
                R"(sed -i 's|not null;"""|not null default 1;"""|' migrations/versions/a3.py)"),
            .failing = u"a3"_s,
            .exitCode = 1};
}

MigrationProject django()
{
    return {
        .tool = u"Django"_s,
        .needs = {u"/usr/bin/python3"_s},
        .probe = u"/usr/bin/python3 -c 'import django, psycopg2'"_s,
        .setUp = filled(R"(mkdir -p shop/migrations
touch shop/__init__.py shop/migrations/__init__.py
cat > settings.py <<'END'
import os
SECRET_KEY = "x"
INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"],
    "HOST": os.environ["PGHOST"], "PORT": os.environ["PGPORT"], "USER": os.environ["PGUSER"]}}
END
write() {
    printf 'from django.db import migrations\n\nclass Migration(migrations.Migration):\n    dependencies = [%s]\n    operations = [migrations.RunSQL("""%s""")]\n' \
        "$2" "$3" > "shop/migrations/$1.py"
}
write 0001_accounts '' "@1"
write 0002_orders '("shop", "0001_accounts")' "@2"
write 0003_status '("shop", "0002_orders")' "@3"
export DJANGO_SETTINGS_MODULE=settings PYTHONPATH=$PWD)"),
        .migrate = u"/usr/bin/python3 -m django migrate"_s,
        .mend = filled(
            R"(sed -i 's|not null;"""|not null default 1;"""|' shop/migrations/0003_status.py)"),
        .failing = u"shop.0003_status"_s,
        .exitCode = 1};
}

MigrationProject nodePgMigrate()
{
    return {
        .tool = u"node-pg-migrate"_s,
        .needs = {u"node"_s, u"node-pg-migrate"_s},
        .probe = {},
        .setUp = filled(R"(mkdir migrations
write() { printf -- '-- Up Migration\n%s\n-- Down Migration\n' "$2" > "migrations/$1.sql"; }
write 1700000000001_accounts "@1"
write 1700000000002_orders "@2"
write 1700000000003_status "@3"
export DATABASE_URL="postgres:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=$PGUSER")"),
        .migrate = u"node-pg-migrate up"_s,
        .mend = filled(
            R"(printf -- '-- Up Migration\n%s\n-- Down Migration\n' "@mended" > migrations/1700000000003_status.sql)"),
        .failing = u"1700000000003_status"_s,
        .exitCode = 1};
}

MigrationProject knex()
{
    return {
        .tool = u"Knex"_s,
        .needs = {u"node"_s, u"knex"_s},
        .probe = {},
        .setUp = filled(
            R"sh(ln -s "$(readlink -f "$(command -v knex)" | sed 's|/knex/.*||')" node_modules
mkdir migrations
write() {
    printf 'exports.up = (knex) => knex.raw(`%s`);\nexports.down = () => Promise.resolve();\n' \
        "$2" > "migrations/$1.js"
}
write 20260101000000_accounts "@1"
write 20260102000000_orders "@2"
write 20260103000000_status "@3"
cat > knexfile.js <<'END'
module.exports = {client: "pg", connection: {host: process.env.PGHOST, port: +process.env.PGPORT,
    user: process.env.PGUSER, database: process.env.PGDATABASE}};
END
)sh"),
        .migrate = u"knex migrate:latest"_s,
        .mend = filled(
            R"(sed -i 's|not null;`|not null default 1;`|' migrations/20260103000000_status.js)"),
        .failing = {},
        .exitCode = 1};
}

MigrationProject dbmate()
{
    return {
        .tool = u"dbmate"_s,
        .needs = {u"dbmate"_s, u"pg_dump"_s},
        .probe = {},
        .setUp = filled(R"(mkdir -p db/migrations
write() { printf -- '-- migrate:up\n%s\n-- migrate:down\n' "$2" > "db/migrations/$1.sql"; }
write 20260101000000_accounts "@1"
write 20260102000000_orders "@2"
write 20260103000000_status "@3"
export DATABASE_URL="postgres://$PGUSER@/$PGDATABASE?socket=$PGHOST&port=$PGPORT&sslmode=disable")"),
        .migrate = u"dbmate --no-dump-schema up"_s,
        .mend = filled(
            R"(printf -- '-- migrate:up\n%s\n-- migrate:down\n' "@mended" > db/migrations/20260103000000_status.sql)"),
        .failing = u"20260103000000_status.sql"_s,
        .exitCode = 2};
}

} // namespace

QList<MigrationProject> migrationProjects()
{
    return {sqitch(), alembic(), django(), nodePgMigrate(), knex(), dbmate()};
}

} // namespace runsheet::test
