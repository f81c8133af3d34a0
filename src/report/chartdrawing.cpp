// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "metrics/scale.h"
#include "report/chartsvg.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

// The plot inside the view box; the rest holds the labels.
constexpr double kLeft = 52;
constexpr double kRight = 690;
constexpr double kTop = 22;
constexpr double kBottom = 156;
constexpr double kLabelGap = 14; // between the labels at the lines' ends
constexpr double kLetter = 6.2; // rough width, to tell whether labels would meet
constexpr int kMaxDurationTicks = 5;
constexpr int kMaxTimeTicks = 7;

const QString kDim = u"#5b6570"_s;

/// One percentile: its value, and how it is told apart from the others.
struct Curve
{
    QString name;
    qint64 PercentilePoint::*value;
    QString colour;
    QList<double> dashes;
    double labelY = 0;
};

class Drawer
{
public:
    explicit Drawer(const ReportChart &chart)
        : m_chart(chart)
        , m_range{.fromMs = chart.points.constFirst().timeMs,
                  .toMs = std::max(chart.points.constLast().timeMs,
                                   chart.points.constFirst().timeMs + 1)}
    {
        qint64 maximum = 1;
        for (const PercentilePoint &point : chart.points)
            maximum = std::max(maximum, point.p99);
        m_ticks = durationTicks(maximum, kMaxDurationTicks);
        m_top = m_ticks.isEmpty() ? maximum : std::max(maximum, m_ticks.constLast().value);
    }

    ChartDrawing draw()
    {
        addBands();
        addAxes();
        std::array<Curve, 3> curves{
            Curve{u"p50"_s, &PercentilePoint::p50, u"#2457c5"_s, {}},
            Curve{u"p95"_s, &PercentilePoint::p95, u"#b35900"_s, {6, 3}},
            Curve{u"p99"_s, &PercentilePoint::p99, u"#8b2fc9"_s, {1.5, 2.5}},
        };
        placeLabels(curves);
        for (const Curve &curve : curves)
            addCurve(curve);
        return std::move(m_drawing);
    }

private:
    [[nodiscard]] double x(qint64 timeMs) const
    {
        const double share =
            static_cast<double>(timeMs - m_range.fromMs) / static_cast<double>(m_range.length());
        return kLeft + std::clamp(share, 0.0, 1.0) * (kRight - kLeft);
    }
    [[nodiscard]] double y(qint64 micros) const
    {
        return kBottom
            - static_cast<double>(micros) / static_cast<double>(m_top) * (kBottom - kTop);
    }

    void addBands()
    {
        double labelEnd = 0;
        for (const ChartBand &band : m_chart.bands) {
            const double left = x(band.startMs);
            const double right = std::max(x(band.endMs == 0 ? m_range.toMs : band.endMs), left + 1);
            m_drawing.bands += {{left, kTop, right - left, kBottom - kTop}, u"#e8eefb"_s};
            // A label may be wider than its band; it is left out where it would meet another.
            const QString label = band.label.left(24);
            const double width = kLetter * static_cast<double>(label.size());
            if (left < labelEnd || left + width > kChartWidth)
                continue;
            m_drawing.texts += {.baseline = {left, kTop - 6}, .text = label, .colour = kDim};
            labelEnd = left + width + 12;
        }
    }

    void addAxes()
    {
        for (const Tick &tick : m_ticks) {
            m_drawing.lines += {.points = {{kLeft, y(tick.value)}, {kRight, y(tick.value)}},
                                .colour = u"#dfe3e8"_s,
                                .dashes = {}};
            m_drawing.texts += {.baseline = {kLeft - 6, y(tick.value) + 4},
                                .text = tick.label,
                                .colour = kDim,
                                .anchor = ChartDrawing::Text::Anchor::End};
        }
        for (const Tick &tick : timeTicks(m_range, kMaxTimeTicks, QTimeZone::utc()))
            m_drawing.texts += {.baseline = {x(tick.value), kBottom + 17},
                                .text = tick.label,
                                .colour = kDim,
                                .anchor = ChartDrawing::Text::Anchor::Middle};
    }

    [[nodiscard]] const PercentilePoint *lastAnswer() const
    {
        for (qsizetype i = m_chart.points.size() - 1; i >= 0; --i) {
            if (!m_chart.points.at(i).isGap())
                return &m_chart.points.at(i);
        }
        return nullptr;
    }

    /// Beside the curves' ends, lowest first, pushed up where they would touch.
    void placeLabels(std::array<Curve, 3> &curves) const
    {
        const PercentilePoint *last = lastAnswer();
        double below = kBottom + kLabelGap;
        for (Curve &curve : curves) {
            curve.labelY = last == nullptr ? below : y(last->*curve.value) + 4;
            curve.labelY = std::min(curve.labelY, below - kLabelGap);
            below = curve.labelY;
        }
    }

    void addCurve(const Curve &curve)
    {
        QList<QPointF> points;
        const auto flush = [&] {
            if (!points.isEmpty())
                m_drawing.lines += {points, curve.colour, 1.4, curve.dashes};
            points.clear();
        };
        qint64 previous = 0;
        for (const PercentilePoint &point : m_chart.points) {
            // Two steps without a point: the program was closed, which is a gap as well.
            if (point.isGap() || point.timeMs - previous > 3 * m_chart.stepMs)
                flush();
            if (!point.isGap())
                points += QPointF(x(point.timeMs), y(point.*curve.value));
            previous = point.timeMs;
        }
        flush();
        if (const PercentilePoint *last = lastAnswer(); last != nullptr)
            m_drawing.texts += {.baseline = {kRight + 8, curve.labelY},
                                .text = curve.name + u' ' + formatMicros(last->*curve.value),
                                .colour = curve.colour,
                                .strong = true};
    }

    const ReportChart &m_chart;
    TimeRange m_range;
    QList<Tick> m_ticks;
    qint64 m_top = 1;
    ChartDrawing m_drawing;
};

} // namespace

ChartDrawing drawChart(const ReportChart &chart)
{
    return chart.isEmpty() ? ChartDrawing{} : Drawer(chart).draw();
}

QString chartSummary(const ReportChart &chart)
{
    if (chart.isEmpty())
        return u"No query durations were measured during this run."_s;
    QString text =
        u"Durations of the probe queries (%1), measured by running them. Each percentile is taken over %2 s."_s
            .arg(chart.probes.join(u", "_s))
            .arg(chart.windowMs / 1000);
    if (chart.stepMs > 1000)
        text += u" Each point is the slowest of %1 s."_s.arg(chart.stepMs / 1000);
    text += u' ' + countOf(chart.samples, u"sample"_s) + u", "_s;
    text +=
        chart.lost == 0 ? u"all answered."_s : u"%1 of them without an answer."_s.arg(chart.lost);
    return text;
}

} // namespace runsheet
