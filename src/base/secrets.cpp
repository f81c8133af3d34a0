// SPDX-License-Identifier: Apache-2.0
#include "base/secrets.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

bool isSecretName(const QString &name)
{
    const QString upper = name.toUpper();
    return std::ranges::any_of(kSecretWords,
                               [&upper](QLatin1StringView word) { return upper.contains(word); });
}

bool holdsPassword(const QString &value)
{
    static const QRegularExpression kInUrl(u"://[^/\\s:@]*:[^/\\s@]+@"_s);
    static const QRegularExpression kAsParameter(u"(?:^|[?&\\s])password=[^\\s&]"_s,
                                                 QRegularExpression::CaseInsensitiveOption);
    return value.contains(kInUrl) || value.contains(kAsParameter);
}

} // namespace runsheet
