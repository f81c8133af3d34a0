// SPDX-License-Identifier: Apache-2.0
#include "metrics/summary.h"

#include "base/text.h"
#include "metrics/scale.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString queries(qsizetype probes)
{
    return probes == 1 ? u"1 probe query"_s : u"%1 probe queries"_s.arg(probes);
}

QString gaps(qint64 count)
{
    return count == 0 ? u"no gap"_s : countOf(count, u"gap"_s);
}

} // namespace

qint64 countGaps(std::span<const PercentilePoint> points)
{
    qint64 count = 0;
    bool inGap = false;
    for (const PercentilePoint &point : points) {
        count += point.isGap() && !inGap ? 1 : 0;
        inGap = point.isGap();
    }
    return count;
}

QString describeDurations(std::span<const PercentilePoint> points, qint64 windowMs,
                          qsizetype probes)
{
    if (points.empty())
        return u"No query durations yet"_s;
    const QString tail = u"; %1; %2"_s.arg(queries(probes), gaps(countGaps(points)));
    const PercentilePoint &last = points.back();
    if (last.isGap())
        return u"The server does not answer"_s + tail;
    return u"p50 %1, p95 %2, p99 %3 over the last %4 s"_s
               .arg(formatMicros(last.p50), formatMicros(last.p95), formatMicros(last.p99))
               .arg(windowMs / 1000)
        + tail;
}

} // namespace runsheet
