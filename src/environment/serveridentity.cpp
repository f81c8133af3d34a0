// SPDX-License-Identifier: Apache-2.0
#include "environment/serveridentity.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

QJsonObject ServerIdentity::toJson() const
{
    return {
        {u"database"_s, database},
        {u"user"_s, user},
        {u"host"_s, host},
        {u"port"_s, port},
        {u"version"_s, version},
        {u"version_number"_s, versionNumber},
        {u"system_identifier"_s, systemIdentifier},
        {u"in_recovery"_s, inRecovery},
    };
}

ServerIdentity ServerIdentity::fromJson(const QJsonObject &object)
{
    return {
        .database = object.value("database"_L1).toString(),
        .user = object.value("user"_L1).toString(),
        .host = object.value("host"_L1).toString(),
        .port = object.value("port"_L1).toInt(),
        .version = object.value("version"_L1).toString(),
        .versionNumber = object.value("version_number"_L1).toInt(),
        .systemIdentifier = object.value("system_identifier"_L1).toString(),
        .inRecovery = object.value("in_recovery"_L1).toBool(),
    };
}

} // namespace runsheet
