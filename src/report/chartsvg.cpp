// SPDX-License-Identifier: Apache-2.0
#include "report/chartsvg.h"

#include "report/html.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

QString bandSvg(const ChartDrawing::Band &band)
{
    return u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" fill=\"%5\"/>"_s.arg(
        number(band.area.x()), number(band.area.y()), number(band.area.width()),
        number(band.area.height()), band.colour);
}

QString lineSvg(const ChartDrawing::Line &line)
{
    QStringList points;
    for (const QPointF &point : line.points)
        points += number(point.x()) + u',' + number(point.y());
    QStringList dashes;
    for (const double dash : line.dashes)
        dashes += number(dash);
    return u"<polyline fill=\"none\" stroke=\"%1\" stroke-width=\"%2\" stroke-dasharray=\"%3\" points=\"%4\"/>"_s
        .arg(line.colour, number(line.width), dashes.isEmpty() ? u"none"_s : dashes.join(u' '),
             points.join(u' '));
}

QString textSvg(const ChartDrawing::Text &text)
{
    QString anchor = u"start"_s;
    if (text.anchor != ChartDrawing::Text::Anchor::Start)
        anchor = text.anchor == ChartDrawing::Text::Anchor::End ? u"end"_s : u"middle"_s;
    return u"<text x=\"%1\" y=\"%2\" fill=\"%3\" text-anchor=\"%4\"%5>%6</text>"_s.arg(
        number(text.baseline.x()), number(text.baseline.y()), text.colour, anchor,
        text.strong ? u" font-weight=\"600\""_s : QString(), escapeHtml(text.text));
}

} // namespace

QByteArray chartSvg(const ReportChart &chart)
{
    if (chart.isEmpty())
        return {};
    const ChartDrawing drawing = drawChart(chart);
    QString svg = u"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1 %2\" "
                  "font-family=\"sans-serif\" font-size=\"%3\" role=\"img\"><title>%4</title>"_s
                      .arg(kChartWidth)
                      .arg(kChartHeight)
                      .arg(kChartFontSize)
                      .arg(escapeHtml(chartSummary(chart)));
    for (const ChartDrawing::Band &band : drawing.bands)
        svg += bandSvg(band);
    for (const ChartDrawing::Line &line : drawing.lines)
        svg += lineSvg(line);
    for (const ChartDrawing::Text &text : drawing.texts)
        svg += textSvg(text);
    return (svg + u"</svg>"_s).toUtf8();
}

} // namespace runsheet
