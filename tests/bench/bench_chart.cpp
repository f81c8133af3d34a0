// SPDX-License-Identifier: Apache-2.0
// A million points of query durations on a chart as wide as a screen, beside what painting the same
// points without thinning them out costs.
#include "charts/chartpainter.h"
#include "support/benchreport.h"
#include "theme.h"

#include <QApplication>
#include <QImage>
#include <QPainter>

#include <random>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr qint64 kPoints = 1'000'000;
constexpr int kRounds = 9;
constexpr double kAimMs = 16; // one frame at 60 Hz
const QSize kSize(1200, 400);

std::vector<PercentilePoint> millionPoints()
{
    std::mt19937 random(1); // NOLINT: the same picture in every run
    std::vector<PercentilePoint> points;
    points.reserve(kPoints);
    for (qint64 i = 0; i < kPoints; ++i) {
        const qint64 noise = static_cast<qint64>(random() % 20'000);
        points.push_back({.timeMs = i * 1000,
                          .p50 = 9000 + noise / 10,
                          .p95 = 30'000 + noise,
                          .p99 = 60'000 + 2 * noise});
    }
    return points;
}

double medianOf(const std::function<void()> &work)
{
    std::vector<double> times;
    for (int round = 0; round < kRounds; ++round)
        times.push_back(bench::milliseconds(work));
    return bench::median(times);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const auto points = millionPoints();
    const TimeRange range{.fromMs = points.front().timeMs, .toMs = points.back().timeMs};
    const QFont font = scaledFont(0.85);
    const ChartGeometry empty = ChartGeometry::fit(QRectF({}, kSize), font, range, 1);
    QImage image(kSize, QImage::Format_ARGB32_Premultiplied);

    const double decimated = medianOf([&] {
        image.fill(Qt::white);
        QPainter painter(&image);
        const ChartPicture picture = makePicture(points, {}, range, empty.plot.size(), font);
        const ChartGeometry geometry =
            ChartGeometry::fit(QRectF({}, kSize), font, range, picture.valueTicks.last().value);
        paintChart(painter, geometry, picture, lightTheme(), font);
    });

    const ChartGeometry geometry = ChartGeometry::fit(QRectF({}, kSize), font, range, 100'000);
    const double whole = medianOf([&] {
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setPen(QPen(lightTheme().p50, 1));
        for (const auto value :
             {&PercentilePoint::p50, &PercentilePoint::p95, &PercentilePoint::p99}) {
            QList<QPointF> line;
            line.reserve(kPoints);
            for (const PercentilePoint &point : points)
                line.append({geometry.xOf(point.timeMs), geometry.yOf(point.*value)});
            painter.drawPolyline(line.constData(), static_cast<int>(line.size()));
        }
    });

    bench::report({.name = u"chart, a million points of three lines"_s,
                   .value = decimated,
                   .unit = u"ms"_s,
                   .reference = u"plain polylines of all points"_s,
                   .referenceValue = whole,
                   .aim = u"≤ 16 ms"_s,
                   .met = decimated <= kAimMs});
    return 0;
}
