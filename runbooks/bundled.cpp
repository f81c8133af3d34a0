// SPDX-License-Identifier: Apache-2.0
#include "runbooks/bundled.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

QStringList bundledRunbooks()
{
    return {
        u":/runbooks/practice.md"_s,
        u":/runbooks/production-migration.md"_s,
        u":/runbooks/expand-contract-prisma.md"_s,
        u":/runbooks/prisma-supabase.md"_s,
        u":/runbooks/cosmos-db.md"_s,
        u":/runbooks/files-to-database.md"_s,
    };
}

} // namespace runsheet
