// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/chartband.h"
#include "metrics/monitorstatus.h"
#include "metrics/percentiles.h"
#include "metrics/probesample.h"

#include <QSet>
#include <QWidget>

class QLabel;
class QToolButton;

namespace runsheet
{

class DurationChart;
class ServerStrip;

/// "Query duration": what the figures are made of, the chart, and what is wrong with the server.
/// Where no figures are to be expected it is folded to a line that says so.
class DurationPane final : public QWidget
{
    Q_OBJECT

public:
    explicit DurationPane(QWidget *parent = nullptr);

    void addSamples(const QList<runsheet::ProbeSample> &samples);
    /// Replaces everything with the samples of a reopened run and shows all of them.
    void loadFrom(const QList<runsheet::ProbeSample> &samples);
    void clear();
    void setBands(const QList<runsheet::ChartBand> &bands);
    void setStatus(const runsheet::MonitorStatus &status);

    /// What the chart says, in a sentence.
    [[nodiscard]] QString summary() const;
    [[nodiscard]] bool isFolded() const;

Q_SIGNALS:
    /// Try the server now.
    void retryRequested();
    /// Ask for the password of the server.
    void passwordRequested();
    void foldedChanged(bool folded);

private:
    QWidget *createHeader();
    void take(const QList<ProbeSample> &samples);
    void showPoints();
    void showState();
    void fold(bool folded);
    void updateHeader();
    [[nodiscard]] QString emptyText() const;

    PercentileSeries m_series;
    QSet<QString> m_probes;
    MonitorStatus m_status;
    bool m_loaded = false;
    DurationChart *m_chart;
    QLabel *m_source = nullptr;
    QToolButton *m_follow = nullptr;
    ServerStrip *m_strip;
};

} // namespace runsheet
