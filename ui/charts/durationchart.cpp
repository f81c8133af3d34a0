// SPDX-License-Identifier: Apache-2.0
#include "charts/durationchart.h"

#include "charts/accessiblechart.h"
#include "theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr double kZoomPerStep = 0.8;
constexpr double kWheelStep = 120; // Qt's angle of one notch
constexpr int kPanParts = 10; // an arrow key moves by a tenth

} // namespace

DurationChart::DurationChart(QWidget *parent)
    : QWidget(parent)
{
    installChartAccessibility();
    setObjectName("durationChart"_L1);
    setAccessibleName(tr("Query durations"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void DurationChart::setPoints(std::span<const PercentilePoint> points)
{
    m_points = points;
    if (!points.empty())
        m_viewport.setData({.fromMs = points.front().timeMs, .toMs = points.back().timeMs});
    invalidate();
}

void DurationChart::setBands(const QList<ChartBand> &bands)
{
    m_bands = bands;
    invalidate();
}

void DurationChart::showWhole(bool whole)
{
    m_viewport.showWhole(whole);
    follow();
}

void DurationChart::setEmptyText(const QString &text)
{
    m_emptyText = text;
    update();
}

void DurationChart::setSummary(const QString &summary)
{
    m_summary = summary;
}

void DurationChart::follow()
{
    m_viewport.reset();
    invalidate();
}

QString DurationChart::markedText() const
{
    return m_picture && m_picture->marked ? readOut(*m_picture->marked) : QString();
}

QSize DurationChart::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 50, line * 9};
}

QSize DurationChart::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 16, line * 5};
}

void DurationChart::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const QPalette colours = palette();
    const Theme &theme = themeOf(colours);
    painter.fillRect(rect(), theme.panel);
    if (m_points.empty()) {
        painter.setPen(theme.dim);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    } else {
        const ChartPicture &shown = picture();
        paintChart(painter, geometryFor(shown.valueTicks.last().value), shown, theme, labelFont());
    }
    if (hasFocus()) {
        painter.setPen(theme.accent);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

const ChartPicture &DurationChart::picture()
{
    if (!m_picture) {
        const ChartGeometry geometry = geometryFor(1);
        m_picture =
            makePicture(m_points, m_bands, m_viewport.range(), geometry.plot.size(), labelFont());
        if (m_markX)
            mark(*m_markX);
    }
    return *m_picture;
}

void DurationChart::invalidate()
{
    m_picture.reset();
    update();
    Q_EMIT rangeChanged();
}

QFont DurationChart::labelFont() const
{
    QFont font = this->font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    return font;
}

ChartGeometry DurationChart::geometryFor(qint64 topMicros) const
{
    return ChartGeometry::fit(QRectF(rect()), labelFont(), m_viewport.range(), topMicros);
}

void DurationChart::zoomBy(double factor, qint64 anchorMs)
{
    if (m_points.empty())
        return;
    m_viewport.zoom(factor, anchorMs);
    invalidate();
}

void DurationChart::panBy(qint64 byMs)
{
    if (m_points.empty())
        return;
    m_viewport.pan(byMs);
    invalidate();
}

void DurationChart::mark(double x)
{
    m_markX = x;
    if (m_points.empty() || !m_picture)
        return;
    const ChartGeometry geometry = geometryFor(1);
    const qint64 time = geometry.timeAt(std::clamp(x, geometry.plot.left(), geometry.plot.right()));
    auto nearest = std::ranges::lower_bound(m_points, time, {}, &PercentilePoint::timeMs);
    const bool isPreviousNearer = nearest != m_points.begin()
        && (nearest == m_points.end() || time - (nearest - 1)->timeMs < nearest->timeMs - time);
    if (isPreviousNearer)
        --nearest;
    m_picture->marked = *nearest;
    update();
}

void DurationChart::clearMark()
{
    m_markX.reset();
    if (m_picture)
        m_picture->marked.reset();
    update();
}

void DurationChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        invalidate();
    QWidget::changeEvent(event);
}

void DurationChart::resizeEvent(QResizeEvent *event)
{
    invalidate();
    QWidget::resizeEvent(event);
}

void DurationChart::wheelEvent(QWheelEvent *event)
{
    const double steps = event->angleDelta().y() / kWheelStep;
    zoomBy(std::pow(kZoomPerStep, steps), geometryFor(1).timeAt(event->position().x()));
    event->accept();
}

void DurationChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_dragX = event->position().x();
}

void DurationChart::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (m_dragX) {
        const ChartGeometry geometry = geometryFor(1);
        panBy(geometry.timeAt(*m_dragX) - geometry.timeAt(x));
        m_dragX = x;
    }
    picture();
    mark(x);
}

void DurationChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_dragX.reset();
}

void DurationChart::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_dragX.reset();
    follow();
    event->accept();
}

void DurationChart::keyPressEvent(QKeyEvent *event)
{
    const TimeRange shown = m_viewport.range();
    const qint64 middle = shown.fromMs + shown.length() / 2;
    switch (event->key()) {
    case Qt::Key_Left:
        return panBy(-shown.length() / kPanParts);
    case Qt::Key_Right:
        return panBy(shown.length() / kPanParts);
    case Qt::Key_Plus:
        return zoomBy(kZoomPerStep, middle);
    case Qt::Key_Minus:
        return zoomBy(1 / kZoomPerStep, middle);
    case Qt::Key_Home:
        return follow();
    default:
        QWidget::keyPressEvent(event);
    }
}

void DurationChart::leaveEvent(QEvent *event)
{
    clearMark();
    QWidget::leaveEvent(event);
}

} // namespace runsheet
