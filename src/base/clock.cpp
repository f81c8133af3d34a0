// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

namespace runsheet
{

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

QString toIsoUtc(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime fromIsoUtc(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
}

} // namespace runsheet
