// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

Error refusal(const QString &message)
{
    return {.kind = Error::Kind::Refused, .message = message, .detail = {}};
}

QString describe(const Error &error)
{
    if (error.detail.isEmpty())
        return error.message;
    return error.message + u" ("_s + error.detail.simplified() + u")"_s;
}

} // namespace runsheet
