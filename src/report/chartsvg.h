// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QByteArray>
#include <QPointF>
#include <QRectF>

namespace runsheet
{

/// Size of the drawing's view box; it scales without loss.
inline constexpr int kChartWidth = 788;
inline constexpr int kChartHeight = 180;
inline constexpr int kChartFontSize = 11;

/// The query durations as shapes, the same for every rendering: p50 solid, p95 dashed, p99 dotted,
/// each with its label at the end, commands as bands, gaps left open. Colours as "#rrggbb".
struct ChartDrawing
{
    struct Band
    {
        QRectF area;
        QString colour;
    };
    struct Line
    {
        QList<QPointF> points;
        QString colour;
        double width = 1;
        QList<double> dashes; ///< lengths drawn and left out; empty: solid
    };
    struct Text
    {
        enum class Anchor
        {
            Start,
            Middle,
            End
        };
        QPointF baseline;
        QString text;
        QString colour;
        Anchor anchor = Anchor::Start;
        bool strong = false;
    };

    QList<Band> bands;
    QList<Line> lines;
    QList<Text> texts;
};

[[nodiscard]] ChartDrawing drawChart(const ReportChart &chart);

/// One SVG element; empty for an empty chart.
[[nodiscard]] QByteArray chartSvg(const ReportChart &chart);

/// The same in sentences.
[[nodiscard]] QString chartSummary(const ReportChart &chart);

} // namespace runsheet
