// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/decimation.h"

#include <QList>
#include <QString>
#include <QTimeZone>

namespace runsheet
{

struct Tick
{
    qint64 value = 0; ///< microseconds or milliseconds since the epoch, as the axis
    QString label;

    bool operator==(const Tick &) const = default;
};

/// From 0 to a round number at or above the maximum (1, 2, 2.5 or 5 times a power of ten apart), at
/// most `maxTicks`; the topmost carries the unit: "0", "100", "200", "300 ms".
[[nodiscard]] QList<Tick> durationTicks(qint64 maximumMicros, int maxTicks);

/// Round times within the range, at most `maxTicks`: "01:50", with seconds where they are closer
/// than a minute, with the day where they are a day apart.
[[nodiscard]] QList<Tick> timeTicks(TimeRange range, int maxTicks, const QTimeZone &zone);

/// "11 ms", "0.84 ms", "1.25 s": three digits at most. For figures beside each other.
[[nodiscard]] QString formatMicros(qint64 micros);

} // namespace runsheet
