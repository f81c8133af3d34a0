// SPDX-License-Identifier: Apache-2.0
#include "report/chartdata.h"

#include "base/text.h"
#include "metrics/decimation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kMarginMs = 5LL * 60 * 1000;
constexpr qsizetype kMaxPoints = 600;

QList<ChartBand> bandsOf(const QList<ReportCommand> &commands)
{
    QList<ChartBand> bands;
    for (const ReportCommand &command : commands) {
        if (command.startedAt.isValid())
            bands += {.label = command.step,
                      .startMs = command.startedAt.toMSecsSinceEpoch(),
                      .endMs = command.endedAt.isValid() ? command.endedAt.toMSecsSinceEpoch() : 0};
    }
    return bands;
}

TimeRange rangeOf(const QList<ProbeSample> &samples, const QList<ChartBand> &bands)
{
    const TimeRange all{.fromMs = samples.constFirst().timeMs, .toMs = samples.constLast().timeMs};
    if (bands.isEmpty())
        return all;
    qint64 last = 0;
    for (const ChartBand &band : bands)
        last = std::max(last, band.endMs == 0 ? all.toMs : band.endMs);
    const TimeRange around{.fromMs = std::max(all.fromMs, bands.constFirst().startMs - kMarginMs),
                           .toMs = std::min(all.toMs, last + kMarginMs)};
    return around.length() > 0 ? around : all;
}

/// Of each stretch the point with the slowest p99, so that nothing bad is thinned away; a stretch
/// without any answer stays a gap.
QList<PercentilePoint> thinned(const QList<PercentilePoint> &points)
{
    const qsizetype stride = (points.size() + kMaxPoints - 1) / kMaxPoints;
    if (stride <= 1)
        return points;
    QList<PercentilePoint> out;
    for (qsizetype i = 0; i < points.size(); i += stride) {
        const auto end = points.begin() + std::min(i + stride, points.size());
        out += *std::max_element(points.begin() + i, end,
                                 [](const auto &a, const auto &b) { return a.p99 < b.p99; });
    }
    return out;
}

} // namespace

ReportChart chartOf(const QList<ProbeSample> &samples, const QList<ReportCommand> &commands)
{
    ReportChart chart;
    chart.bands = bandsOf(commands);
    if (samples.isEmpty())
        return chart;
    chart.samples = samples.size();
    for (const ProbeSample &sample : samples) {
        chart.lost += sample.isGap() ? 1 : 0;
        if (!chart.probes.contains(sample.probe))
            chart.probes += sample.probe;
    }
    PercentileSeries series;
    series.add(samples);
    const TimeRange range = rangeOf(samples, chart.bands);
    QList<PercentilePoint> points;
    for (const PercentilePoint &point : series.points()) {
        if (point.timeMs >= range.fromMs && point.timeMs <= range.toMs)
            points += point;
    }
    const qsizetype before = points.size();
    chart.points = thinned(points);
    chart.windowMs = series.windowMs();
    chart.stepMs = chart.points.isEmpty()
        ? series.stepMs()
        : series.stepMs() * ((before + chart.points.size() - 1) / chart.points.size());
    chart.bands.removeIf([&range](const ChartBand &band) {
        return band.startMs > range.toMs || (band.endMs != 0 && band.endMs < range.fromMs);
    });
    return chart;
}

} // namespace runsheet
