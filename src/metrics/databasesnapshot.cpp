// SPDX-License-Identifier: Apache-2.0
#include "metrics/databasesnapshot.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

bool DatabaseSession::isOwn() const
{
    return application.startsWith("runsheet:"_L1);
}

qint64 DatabaseSnapshot::totalConnections() const
{
    qint64 total = 0;
    for (const ConnectionCount &connection : connections)
        total += connection.count;
    return total;
}

} // namespace runsheet
