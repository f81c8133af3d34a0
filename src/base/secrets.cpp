// SPDX-License-Identifier: Apache-2.0
#include "base/secrets.h"

#include "redaction/secretnames.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace runsheet
{

bool isSecretName(const QString &name)
{
    return redaction::isSecretName(name.toStdString());
}

bool holdsPassword(const QString &value)
{
    static const QRegularExpression kInUrl(u"://[^/\\s:@]*:[^/\\s@]+@"_s);
    static const QRegularExpression kAsParameter(u"(?:^|[?&\\s])password=[^\\s&]"_s,
                                                 QRegularExpression::CaseInsensitiveOption);
    return value.contains(kInUrl) || value.contains(kAsParameter);
}

} // namespace runsheet
