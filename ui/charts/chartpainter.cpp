// SPDX-License-Identifier: Apache-2.0
#include "charts/chartpainter.h"

#include "theme.h"

#include <QDateTime>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr double kSpace = 4; // the unit of all distances
constexpr double kLineWidth = 1.5;
constexpr double kRoundCorner = 4;
constexpr qsizetype kFewestLetters = 5;
constexpr double kNarrowestBand = 2; // a command of a second must show in a day
constexpr double kDensePattern = 2; // pixels per unit of a dash where strokes are vertical
constexpr double kDenseFrom = 16; // points more than three a pixel
constexpr double kHeadroom = 1.1; // for the labels of bands
constexpr qint64 kLeastTop = 100; // microseconds: below is nothing but noise

struct Line
{
    const Stretches *stretches;
    QColor color;
    QList<qreal> dashes; ///< in line widths; empty: solid
};

QPen penFor(const Line &line)
{
    QPen pen(line.color, kLineWidth);
    pen.setJoinStyle(Qt::BevelJoin);
    pen.setCapStyle(Qt::FlatCap);
    if (!line.dashes.isEmpty())
        pen.setDashPattern(line.dashes);
    return pen;
}

void paintBands(QPainter &painter, const ChartGeometry &geometry, const ChartPicture &picture,
                const Theme &theme)
{
    const QFontMetricsF metrics(painter.font());
    for (const ChartBand &band : picture.bands) {
        const double left = geometry.xOf(std::max(band.startMs, picture.range.fromMs));
        const qint64 end = band.endMs == 0 ? picture.range.toMs : band.endMs;
        const double right = geometry.xOf(std::min(end, picture.range.toMs));
        const double width = std::max(right - left, kNarrowestBand);
        const QRectF area(std::min(left, geometry.plot.right() - width), geometry.plot.top(), width,
                          geometry.plot.height());
        painter.fillRect(area, theme.accentGround);
        painter.setPen(theme.dim);
        const QString label =
            metrics.elidedText(band.label.simplified(), Qt::ElideRight, area.width() - 2 * kSpace);
        // A word cut down to its first letters tells nothing.
        if (label.size() > kFewestLetters || label == band.label.simplified())
            painter.drawText(area.adjusted(kSpace, kSpace / 2, -kSpace, 0),
                             Qt::AlignLeft | Qt::AlignTop, label);
    }
}

void paintAxes(QPainter &painter, const ChartGeometry &geometry, const ChartPicture &picture,
               const Theme &theme)
{
    const QFontMetricsF metrics(painter.font());
    const QRectF plot = geometry.plot;
    for (const Tick &tick : picture.valueTicks) {
        const double y = std::round(geometry.yOf(tick.value));
        painter.setPen(theme.line);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(theme.dim);
        const QRectF label(0, y - metrics.height() / 2, plot.left() - 2 * kSpace, metrics.height());
        painter.drawText(label, Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    for (const Tick &tick : picture.timeTicks) {
        const double width = metrics.horizontalAdvance(tick.label);
        const double x =
            std::clamp(geometry.xOf(tick.value) - width / 2, plot.left(), plot.right() - width);
        painter.drawText(QPointF(x, plot.bottom() + kSpace + metrics.ascent()), tick.label);
    }
    // Left of the times: the labels of the lines may come down to the other corner.
    const double zoneX = plot.left() - 2 * kSpace - metrics.horizontalAdvance(u"UTC"_s);
    painter.drawText(QPointF(zoneX, plot.bottom() + kSpace + metrics.ascent()), u"UTC"_s);
}

/// Where data are denser than pixels the line is a band of vertical strokes, and dashing along its
/// length would cost seconds and show nothing. The pattern then runs along the time axis.
void paintDense(QPainter &painter, const QList<QPointF> &points, const Line &line)
{
    const double on = line.dashes.isEmpty() ? 1 : line.dashes[0] * kDensePattern;
    const double period = line.dashes.isEmpty() ? 1 : on + line.dashes[1] * kDensePattern;
    QList<QLineF> strokes;
    strokes.reserve(points.size());
    for (qsizetype i = 1; i < points.size(); ++i) {
        if (std::fmod(points[i].x(), period) <= on)
            strokes.append({points[i - 1], points[i]});
    }
    painter.setPen(QPen(line.color, 0));
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.drawLines(strokes);
    painter.setRenderHint(QPainter::Antialiasing);
}

void paintLine(QPainter &painter, const ChartGeometry &geometry, const Line &line)
{
    QList<QPointF> points;
    for (const auto &stretch : *line.stretches) {
        points.clear();
        points.reserve(static_cast<qsizetype>(stretch.size()));
        for (const TimedValue &value : stretch)
            points.append({geometry.xOf(value.timeMs), geometry.yOf(value.value)});
        const double width = points.last().x() - points.first().x();
        if (static_cast<double>(points.size()) > 3 * width + kDenseFrom) {
            paintDense(painter, points, line);
            continue;
        }
        painter.setPen(penFor(line));
        if (points.size() == 1)
            painter.drawPoint(points.first());
        else
            painter.drawPolyline(points.constData(), static_cast<int>(points.size()));
    }
}

/// Heights for labels so that none covers another: pushed down from the topmost on, then up again
/// from the bottom.
void spread(std::array<double, 3> &heights, double distance, double bottom)
{
    heights[1] = std::max(heights[1], heights[0] + distance);
    heights[2] = std::min(std::max(heights[2], heights[1] + distance), bottom);
    heights[1] = std::min(heights[1], heights[2] - distance);
    heights[0] = std::min(heights[0], heights[1] - distance);
}

void paintEndLabels(QPainter &painter, const ChartGeometry &geometry, const PercentilePoint &last,
                    const Theme &theme, const QFont &font)
{
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    const QFontMetricsF metrics(bold);
    const std::array<qint64, 3> values{last.p99, last.p95, last.p50};
    const std::array<QString, 3> names{u"p99 "_s, u"p95 "_s, u"p50 "_s};
    const std::array<QColor, 3> colors{theme.p99, theme.p95, theme.p50};
    std::array<double, 3> heights{};
    std::ranges::transform(values, heights.begin(),
                           [&](qint64 value) { return geometry.yOf(value); });
    spread(heights, metrics.height(), geometry.plot.bottom());
    for (std::size_t i = 0; i < values.size(); ++i) {
        painter.setPen(colors[i]);
        painter.drawText(QPointF(geometry.plot.right() + 2 * kSpace,
                                 heights[i] + metrics.ascent() / 2 - metrics.descent() / 2),
                         names[i] + formatMicros(values[i]));
    }
    painter.setFont(font);
}

void paintMark(QPainter &painter, const ChartGeometry &geometry, const PercentilePoint &point,
               const Theme &theme)
{
    const double x = geometry.xOf(point.timeMs);
    painter.setPen(QPen(theme.dim, 1));
    painter.drawLine(QPointF(x, geometry.plot.top()), QPointF(x, geometry.plot.bottom()));

    const QFontMetricsF metrics(painter.font());
    const QString text = readOut(point);
    QRectF box(0, geometry.plot.top(), metrics.horizontalAdvance(text) + 4 * kSpace,
               metrics.height() + 2 * kSpace);
    const bool fitsRight = x + 2 * kSpace + box.width() <= geometry.plot.right();
    box.moveLeft(fitsRight ? x + 2 * kSpace
                           : std::max(geometry.plot.left(), x - 2 * kSpace - box.width()));
    painter.setPen(theme.line);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(box, kRoundCorner, kRoundCorner);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(theme.text);
    painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace

double ChartGeometry::xOf(qint64 timeMs) const
{
    return plot.left()
        + static_cast<double>(timeMs - range.fromMs) * plot.width()
        / static_cast<double>(range.length());
}

double ChartGeometry::yOf(qint64 micros) const
{
    return plot.bottom()
        - static_cast<double>(micros) * plot.height() / static_cast<double>(topMicros);
}

qint64 ChartGeometry::timeAt(double x) const
{
    return range.fromMs
        + std::llround((x - plot.left()) * static_cast<double>(range.length()) / plot.width());
}

ChartGeometry ChartGeometry::fit(const QRectF &area, const QFont &font, TimeRange range,
                                 qint64 topMicros)
{
    const QFontMetricsF metrics(font);
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    const double left = metrics.horizontalAdvance(u"0000 ms"_s) + 2 * kSpace;
    const double right = QFontMetricsF(bold).horizontalAdvance(u"p99 00.0 ms"_s) + 3 * kSpace;
    const double below = metrics.height() + 1.5 * kSpace;
    ChartGeometry geometry;
    const double above = metrics.height() / 2 + kSpace / 2; // half a label, and the focus frame
    geometry.plot = area.adjusted(left, above, -right, -below);
    geometry.range = range;
    geometry.topMicros = std::max<qint64>(topMicros, 1);
    return geometry;
}

ChartPicture makePicture(std::span<const PercentilePoint> points, const QList<ChartBand> &bands,
                         TimeRange range, QSizeF plot, const QFont &font)
{
    const QFontMetricsF metrics(font);
    ChartPicture picture;
    picture.range = range;
    picture.series = decimate(points, range, std::max(static_cast<int>(plot.width()), 1));
    std::ranges::copy_if(bands, std::back_inserter(picture.bands), [range](const ChartBand &band) {
        return band.startMs < range.toMs && (band.endMs == 0 || band.endMs > range.fromMs);
    });
    const int rows = static_cast<int>(plot.height() / (metrics.height() * 2)) + 1;
    const int columns =
        static_cast<int>(plot.width() / (metrics.horizontalAdvance(u"00:00:00"_s) * 2));
    const auto top = std::llround(static_cast<double>(picture.series.maximum) * kHeadroom);
    picture.valueTicks = durationTicks(std::max<qint64>(top, kLeastTop), std::clamp(rows, 2, 6));
    picture.timeTicks = timeTicks(range, std::max(columns, 1), QTimeZone::utc());
    const auto after = std::ranges::upper_bound(points, range.toMs, {}, &PercentilePoint::timeMs);
    if (after != points.begin() && !(after - 1)->isGap() && (after - 1)->timeMs >= range.fromMs)
        picture.last = *(after - 1);
    return picture;
}

QString readOut(const PercentilePoint &point)
{
    const QString time =
        QDateTime::fromMSecsSinceEpoch(point.timeMs, QTimeZone::utc()).toString(u"HH:mm:ss"_s);
    if (point.isGap())
        return time + u"  no answer"_s;
    return u"%1  p50 %2  p95 %3  p99 %4"_s.arg(time, formatMicros(point.p50),
                                               formatMicros(point.p95), formatMicros(point.p99));
}

void paintChart(QPainter &painter, const ChartGeometry &geometry, const ChartPicture &picture,
                const Theme &theme, const QFont &font)
{
    painter.setFont(font);
    paintBands(painter, geometry, picture, theme);
    paintAxes(painter, geometry, picture, theme);

    painter.save();
    painter.setClipRect(geometry.plot.adjusted(0, -kLineWidth, 0, kLineWidth));
    painter.setRenderHint(QPainter::Antialiasing);
    const std::array<Line, 3> lines{
        Line{.stretches = &picture.series.p99, .color = theme.p99, .dashes = {1, 1.5}},
        Line{.stretches = &picture.series.p95, .color = theme.p95, .dashes = {4, 2}},
        Line{.stretches = &picture.series.p50, .color = theme.p50, .dashes = {}},
    };
    for (const Line &line : lines)
        paintLine(painter, geometry, line);
    painter.restore();

    if (picture.last)
        paintEndLabels(painter, geometry, *picture.last, theme, font);
    if (picture.marked)
        paintMark(painter, geometry, *picture.marked, theme);
}

} // namespace runsheet
