// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/chartpainter.h"
#include "charts/chartviewport.h"

#include <QWidget>

#include <optional>

namespace runsheet
{

/// Query durations over time: wheel or + and − zoom, dragging or the arrow keys pan, a double click
/// or Home goes back to the newest. The points belong to the caller.
class DurationChart final : public QWidget
{
    Q_OBJECT

public:
    explicit DurationChart(QWidget *parent = nullptr);

    /// Shows these points, which must stay alive and unmoved until the next call.
    void setPoints(std::span<const PercentilePoint> points);
    void setBands(const QList<ChartBand> &bands);
    /// Whole data instead of the last half hour, for runs that are over.
    void showWhole(bool whole);
    /// Shown while there are no points.
    void setEmptyText(const QString &text);
    /// What a screen reader reads.
    void setSummary(const QString &summary);
    [[nodiscard]] QString summary() const { return m_summary; }

    [[nodiscard]] TimeRange range() const { return m_viewport.range(); }
    [[nodiscard]] bool isFollowing() const { return m_viewport.isFollowing(); }
    void follow();
    /// What stands beside the line under the pointer; empty without one.
    [[nodiscard]] QString markedText() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Another stretch of time is shown, by hand or because data came in.
    void rangeChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void invalidate();
    void zoomBy(double factor, qint64 anchorMs);
    void panBy(qint64 byMs);
    void mark(double x);
    void clearMark();
    [[nodiscard]] QFont labelFont() const;
    [[nodiscard]] ChartGeometry geometryFor(qint64 topMicros) const;
    const ChartPicture &picture();

    std::span<const PercentilePoint> m_points;
    QList<ChartBand> m_bands;
    QString m_emptyText;
    QString m_summary;
    ChartViewport m_viewport;
    std::optional<ChartPicture> m_picture; ///< kept until data, range or size change
    std::optional<double> m_markX;
    std::optional<double> m_dragX;
};

} // namespace runsheet
