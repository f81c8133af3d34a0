// SPDX-License-Identifier: Apache-2.0
#include "output/toolrules.h"

#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using enum ToolSays;

constexpr std::array kRules{
    ToolRule{"Alembic"_L1, Starts, "running upgrade "_L1,
             u"^(?!--).*Running upgrade \\S* -> (\\S+?)(?:,|$)"},
    ToolRule{"Alembic"_L1, Starts, "running downgrade "_L1,
             u"^(?!--).*Running downgrade (\\S+) ->"},
    ToolRule{"Alembic"_L1, Seen, "alembic.runtime.migration"_L1, u"\\[alembic\\."},
    ToolRule{"Alembic"_L1, IsAt, " (current)"_L1, u" -> (\\w+)(?: \\(head\\))? \\(current\\)"},
    ToolRule{"Alembic"_L1, IsAt, " (head)"_L1, u"^(\\w+) \\(head\\)$"},
    ToolRule{"Alembic"_L1, Fails, "failed: "_L1, u"^FAILED: ."},

    ToolRule{"Django"_L1, Starts, "applying "_L1, u"^\\s*(?:A|Una)pplying (\\w+\\.\\w+)\\.\\.\\."},
    ToolRule{"Django"_L1, Finishes, "applying "_L1,
             u"^\\s*(?:A|Una)pplying (\\w+\\.\\w+)\\.\\.\\. ?(?:OK|FAKED)"},
    ToolRule{"Django"_L1, Applied, " [x] "_L1, u"^ \\[X\\] (\\d{4}_\\w+)"},
    ToolRule{"Django"_L1, Pending, " [ ] "_L1, u"^ \\[ \\] (\\d{4}_\\w+)"},
    ToolRule{"Django"_L1, Applied, "[x]  "_L1, u"^\\[X\\]  (\\w+\\.\\d{4}_\\w+)"},
    ToolRule{"Django"_L1, Pending, "[ ]  "_L1, u"^\\[ \\]  (\\w+\\.\\d{4}_\\w+)"},
    ToolRule{"Django"_L1, Succeeds, "no migrations to apply"_L1, u"^\\s*No migrations to apply\\."},

    ToolRule{"Sqitch"_L1, Starts, "  + "_L1, u"^  \\+ (\\S+) \\.\\."},
    ToolRule{"Sqitch"_L1, Starts, "  - "_L1, u"^  - (\\S+) \\.\\."},
    ToolRule{"Sqitch"_L1, Finishes, "  + "_L1, u"^  \\+ (\\S+) \\.+ ok$"},
    ToolRule{"Sqitch"_L1, Finishes, "  - "_L1, u"^  - (\\S+) \\.+ ok$"},
    ToolRule{"Sqitch"_L1, Headline, "not ok"_L1, u"^  [-+*] \\S+ \\.+ .*not ok$"},
    ToolRule{"Sqitch"_L1, Headline, " failed"_L1, u"^(?:Deploy|Revert|Verify) failed"},
    ToolRule{"Sqitch"_L1, TakesBack, "reverting "_L1, u"^Reverting (?:all changes|to \\S+)$"},
    ToolRule{"Sqitch"_L1, IsAt, "# name: "_L1, u"^# Name: +(\\S+)"},
    ToolRule{"Sqitch"_L1, Succeeds, "verify successful"_L1, u"^Verify successful"},
    ToolRule{"Sqitch"_L1, Succeeds, "nothing to deploy"_L1, u"^Nothing to deploy \\("},

    ToolRule{"Rails"_L1, Starts, ": migrating ="_L1, u"^== (\\d+ \\S+): migrating ="},
    ToolRule{"Rails"_L1, Starts, ": reverting ="_L1, u"^== (\\d+ \\S+): reverting ="},
    ToolRule{"Rails"_L1, Finishes, ": migrated ("_L1, u"^== (\\d+ \\S+): migrated \\("},
    ToolRule{"Rails"_L1, Finishes, ": reverted ("_L1, u"^== (\\d+ \\S+): reverted \\("},
    ToolRule{"Rails"_L1, Headline, "migrations canceled"_L1,
             u"An error has occurred, (?:this and )?all later migrations canceled"},
    ToolRule{""_L1, Headline, " aborted!"_L1, u"^r(?:ake|ails) aborted!"},
    ToolRule{"Rails"_L1, Fails, "pg::"_L1, u"^PG::\\w+: "},
    ToolRule{"Sequelize"_L1, Starts, ": migrating ="_L1, u"^== (\\S+): migrating ="},
    ToolRule{"Sequelize"_L1, Finishes, ": migrated ("_L1, u"^== (\\S+): migrated \\("},

    ToolRule{"Knex"_L1, FinishesMany, "batch "_L1, u"^Batch \\d+ run: (\\d+) migrations?"},
    ToolRule{"Knex"_L1, AppliedMany, "completed migration"_L1,
             u"^Found (\\d+) Completed Migration file"},
    ToolRule{"Knex"_L1, PendingMany, "pending migration"_L1,
             u"^Found (\\d+) Pending Migration file"},
    ToolRule{"Knex"_L1, Succeeds, "already up to date"_L1, u"^Already up to date$"},
    ToolRule{"Knex"_L1, Headline, "migration file "_L1, uR"re(^migration file "([^"]+)" failed)re"},
    ToolRule{"Knex"_L1, Fails, "migration failed with"_L1, u"^migration failed with error: "},
    ToolRule{"Knex"_L1, Fails, "already locked"_L1, u"Migration table is already locked"},
    ToolRule{"Knex"_L1, Fails, "directory is corrupt"_L1, u"The migration directory is corrupt"},

    ToolRule{"node-pg-migrate"_L1, Seen, "migrating files"_L1, u"^> Migrating files:"},
    ToolRule{"node-pg-migrate"_L1, Lists, "> - "_L1, u"^> - (\\S+)"},
    ToolRule{"node-pg-migrate"_L1, Starts, "### migration "_L1,
             u"^### MIGRATION (\\S+) \\((?:UP|DOWN)\\) ###"},
    ToolRule{"node-pg-migrate"_L1, Succeeds, "migrations complete!"_L1, u"^Migrations complete!"},
    ToolRule{"node-pg-migrate"_L1, Headline, "rolling back attempted"_L1,
             u"^> Rolling back attempted migration"},
    ToolRule{"node-pg-migrate"_L1, Fails, "migration is already"_L1,
             u"Another migration is already running"},

    ToolRule{"db-migrate"_L1, Finishes, "processed migration "_L1,
             u"^\\[INFO\\] Processed migration (\\S+)"},
    ToolRule{""_L1, Succeeds, "[info] done"_L1, u"^\\[INFO\\] Done$"},
    ToolRule{"db-migrate"_L1, Fails, "[error] "_L1, u"^\\[ERROR\\] \\w*Error"},

    ToolRule{"dbmate"_L1, Starts, "applying: "_L1, u"^Applying: (\\S+)"},
    ToolRule{"dbmate"_L1, Starts, "rolling back: "_L1, u"^Rolling back: (\\S+)"},
    ToolRule{"dbmate"_L1, Claims, "applied: "_L1, u"^Applied: (\\S+) in "},
    ToolRule{"dbmate"_L1, Finishes, "rolled back: "_L1, u"^Rolled back: (\\S+) in "},
    ToolRule{"dbmate"_L1, Applied, "[x] "_L1, u"^\\[X\\] (\\S+\\.sql)"},
    ToolRule{"dbmate"_L1, Pending, "[ ] "_L1, u"^\\[ \\] (\\S+\\.sql)"},

    ToolRule{"Drizzle"_L1, Seen, "applying migrations..."_L1, u"applying migrations\\.\\.\\."},
    ToolRule{"Drizzle"_L1, Succeeds, "applied successfully!"_L1,
             u"migrations applied successfully!"},

    ToolRule{"Prisma"_L1, Seen, "prisma schema loaded"_L1, u"^Prisma schema loaded from"},
    ToolRule{"Prisma"_L1, Starts, "applying migration `"_L1, u"^Applying migration `([^`]+)`"},
    ToolRule{"Prisma"_L1, Finishes, "─ 20"_L1, u"^\\s+└─ (\\d{14}_\\w+)/"},
    ToolRule{"Prisma"_L1, Succeeds, "successfully applied"_L1,
             u"^All migrations have been successfully applied"},
    ToolRule{"Prisma"_L1, Succeeds, "no pending migrations"_L1, u"^No pending migrations to apply"},
    ToolRule{"Prisma"_L1, Succeeds, "schema is up to date"_L1, u"^Database schema is up to date!"},
    ToolRule{"Prisma"_L1, Fails, "found failed migrations"_L1, u"migrate found failed migrations"},

    ToolRule{"sql-migrate"_L1, FinishesMany, "applied "_L1, u"^Applied (\\d+) migrations?$"},
    ToolRule{"sql-migrate"_L1, Fails, "migration failed: "_L1, u"^Migration failed: "},

    ToolRule{"Supabase"_L1, Plans, "confirmed by --yes: "_L1, u"Apply (\\d+) migrations? on "},
    ToolRule{"Supabase"_L1, Starts, "applying migration "_L1,
             u"^Applying migration (\\S+\\.sql)\\.\\.\\."},
    ToolRule{"Supabase"_L1, Succeeds, "finished supabase"_L1, u"^Finished supabase db push"},

    ToolRule{"Liquibase"_L1, Seen, "starting liquibase"_L1, u"^Starting Liquibase at "},
    ToolRule{"Liquibase"_L1, Starts, "running changeset: "_L1, u"Running Changeset: (\\S+)"},
    ToolRule{"Liquibase"_L1, Starts, "rolling back changeset:"_L1,
             u"Rolling Back Changeset: ?(\\S+)"},
    ToolRule{"Liquibase"_L1, PendingMany, "have not been applied"_L1,
             u"^(\\d+) change ?sets? ha(?:s|ve) not been applied"},
    ToolRule{"Liquibase"_L1, Succeeds, "has been successful"_L1,
             u"^Liquibase: \\w+ has been successful"},
    ToolRule{"Liquibase"_L1, Fails, "error running liquibase"_L1,
             u"^Unexpected error running Liquibase: "},

    ToolRule{"TypeORM"_L1, Finishes, "executed successfully"_L1,
             u"^Migration (\\S+) has been\\s+executed successfully"},

    ToolRule{"Flyway"_L1, Starts, " to version "_L1,
             u"^Migrating schema .+ to version \"?([^\"]+)\"?"},
    ToolRule{"Flyway"_L1, FinishesMany, "successfully applied "_L1,
             u"^Successfully applied (\\d+) migrations? to schema"},
    ToolRule{"Flyway"_L1, Succeeds, "is up to date."_L1, u"^Schema .+ is up to date\\."},

    ToolRule{"psql"_L1, Fails, "error:  "_L1, u"(?:^|psql:(?:\\S+|[^:]+):\\d+: )ERROR:  "},
    ToolRule{"psql"_L1, Fails, "fatal:  "_L1, u"(?:^|psql:(?:\\S+|[^:]+):\\d+: )FATAL:  "},
    ToolRule{"pg_restore"_L1, Fails, "pg_restore: "_L1,
             u"^pg_restore: (?:error:|warning: errors ignored on restore:)"},
    ToolRule{"pg_dump"_L1, Fails, "pg_dump: error:"_L1, u"^pg_dump: error:"},

    ToolRule{""_L1, Fails, "error: "_L1, u"^(?:error|Error|ERROR): "},
    ToolRule{""_L1, Fails, "error: "_L1, u"^(?:[a-z]\\w*\\.)+\\w*Error: "},
    ToolRule{""_L1, Fails, "psycopg"_L1, u"^psycopg2?\\.[\\w.]+: "},
};

} // namespace

std::span<const ToolRule> toolRules()
{
    return kRules;
}

} // namespace runsheet
