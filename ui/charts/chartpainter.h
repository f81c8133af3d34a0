// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/chartband.h"
#include "metrics/decimation.h"
#include "metrics/scale.h"

#include <QFont>
#include <QList>
#include <QRectF>

#include <optional>
#include <span>

class QPainter;

namespace runsheet
{

struct Theme;

/// Everything a picture of query durations shows, ready to be painted.
struct ChartPicture
{
    TimeRange range;
    DecimatedSeries series;
    QList<ChartBand> bands; ///< those that reach into the range
    QList<Tick> valueTicks;
    QList<Tick> timeTicks;
    std::optional<PercentilePoint> last; ///< newest point in the range, for the labels at the end
    std::optional<PercentilePoint> marked; ///< the one under the pointer
};

/// Where times and durations are on the paper.
struct ChartGeometry
{
    QRectF plot;
    TimeRange range;
    qint64 topMicros = 1;

    [[nodiscard]] double xOf(qint64 timeMs) const;
    [[nodiscard]] double yOf(qint64 micros) const;
    [[nodiscard]] qint64 timeAt(double x) const;

    /// Leaves room around the plot for the labels in this font.
    [[nodiscard]] static ChartGeometry fit(const QRectF &area, const QFont &font, TimeRange range,
                                           qint64 topMicros);
};

/// Decimates and scales what lies in the range for a plot of that many pixels.
[[nodiscard]] ChartPicture makePicture(std::span<const PercentilePoint> points,
                                       const QList<ChartBand> &bands, TimeRange range, QSizeF plot,
                                       const QFont &font);

/// "02:14:31  p50 11 ms  p95 96 ms  p99 212 ms"; a gap says that nothing answered.
[[nodiscard]] QString readOut(const PercentilePoint &point);

/// Paints on anything: the widget, a test's image.
void paintChart(QPainter &painter, const ChartGeometry &geometry, const ChartPicture &picture,
                const Theme &theme, const QFont &font);

} // namespace runsheet
