// SPDX-License-Identifier: Apache-2.0
#include "exec/secretpipe.h"

#include "base/json.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QJsonObject toObject(const QMap<QString, QString> &values)
{
    QJsonObject object;
    for (auto it = values.begin(); it != values.end(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

} // namespace

QByteArray secretsForPipe(const CommandRequest &request)
{
    return canonicalJson(QJsonObject{{u"environment"_s, toObject(request.secrets)},
                                     {u"known"_s, toObject(request.otherSecrets)}});
}

} // namespace runsheet
