// SPDX-License-Identifier: Apache-2.0
#include "charts/durationpane.h"

#include "base/text.h"
#include "charts/durationchart.h"
#include "metrics/summary.h"
#include "theme.h"
#include "widgets/serverstrip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kSpace = 8;

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

/// "30 min" where formatDuration says "30 min 00 s".
QString roughly(qint64 milliseconds)
{
    const std::chrono::milliseconds length(milliseconds);
    const auto minutes = std::chrono::round<std::chrono::minutes>(length).count();
    return minutes > 1 && minutes < 120 ? DurationPane::tr("%1 min").arg(minutes)
                                        : formatDuration(length);
}

} // namespace

DurationPane::DurationPane(QWidget *parent)
    : QWidget(parent)
    , m_chart(new DurationChart(this))
    , m_strip(new ServerStrip(ServerStrip::Detail::InToolTip, this))
{
    setObjectName("durationPane"_L1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * kSpace, kSpace, 2 * kSpace, kSpace);
    layout->setSpacing(kSpace);
    layout->addWidget(createHeader());
    layout->addWidget(m_strip);
    layout->addWidget(m_chart, 1);
    connect(m_strip, &ServerStrip::retryRequested, this, &DurationPane::retryRequested);
    connect(m_strip, &ServerStrip::passwordRequested, this, &DurationPane::passwordRequested);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    connect(m_chart, &DurationChart::rangeChanged, this, &DurationPane::updateHeader);
    m_chart->hide(); // until a server is watched
    setStatus({});
}

QWidget *DurationPane::createHeader()
{
    auto *header = new QWidget(this);
    auto *title = plainLabel(header);
    title->setText(tr("Query duration"));
    title->setFont(scaledFont(1, QFont::DemiBold));
    m_source = plainLabel(header);
    m_source->setObjectName("durationSource"_L1);
    m_source->setProperty("dim", true);
    m_follow = new QToolButton(header);
    m_follow->setObjectName("followDurations"_L1);
    m_follow->setText(tr("Show newest"));
    m_follow->setAutoRaise(true);
    connect(m_follow, &QToolButton::clicked, m_chart, &DurationChart::follow);

    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * kSpace);
    layout->addWidget(title);
    layout->addWidget(m_source);
    layout->addStretch();
    layout->addWidget(m_follow);
    return header;
}

void DurationPane::addSamples(const QList<ProbeSample> &samples)
{
    if (m_loaded) {
        m_loaded = false;
        m_chart->showWhole(false);
    }
    take(samples);
    showPoints();
}

void DurationPane::loadFrom(const QList<ProbeSample> &samples)
{
    clear();
    m_loaded = true;
    take(samples);
    m_chart->showWhole(true);
    showPoints();
}

void DurationPane::clear()
{
    m_loaded = false;
    m_probes.clear();
    m_chart->setPoints({}); // before its points go
    m_series.clear();
    m_chart->showWhole(false);
    showPoints();
}

void DurationPane::take(const QList<ProbeSample> &samples)
{
    m_chart->setPoints({}); // adding may move the points
    m_series.add(samples);
    for (const ProbeSample &sample : samples)
        m_probes.insert(sample.probe);
}

void DurationPane::showPoints()
{
    m_chart->setPoints(m_series.points());
    showState();
}

void DurationPane::showState()
{
    m_chart->setEmptyText(emptyText());
    m_chart->setSummary(summary());
    fold(m_series.points().empty() && m_status.state == MonitorStatus::State::Off);
    updateHeader();
}

bool DurationPane::isFolded() const
{
    return m_chart->isHidden();
}

void DurationPane::fold(bool folded)
{
    if (folded == isFolded())
        return;
    m_chart->setVisible(!folded);
    Q_EMIT foldedChanged(folded);
}

void DurationPane::setBands(const QList<ChartBand> &bands)
{
    m_chart->setBands(bands);
}

void DurationPane::setStatus(const MonitorStatus &status)
{
    m_status = status;
    m_strip->setStatus(status);
    showState();
}

QString DurationPane::summary() const
{
    if (m_series.points().empty())
        return emptyText();
    return describeDurations(m_series.points(), m_series.windowMs(), m_probes.size());
}

QString DurationPane::emptyText() const
{
    if (m_status.state == MonitorStatus::State::Off)
        return tr("No server is watched, so there are no query durations.");
    return tr("Waiting for the first answer of the server …");
}

void DurationPane::updateHeader()
{
    const auto &points = m_series.points();
    m_follow->setVisible(!points.empty() && !m_chart->isFollowing());
    if (points.empty()) {
        m_source->setText(isFolded() ? emptyText() : QString());
        return;
    }
    const QString source = m_probes.size() == 1
        ? tr("1 probe query, exact")
        : tr("%1 probe queries, exact").arg(m_probes.size());
    const QString length = roughly(m_chart->range().length());
    const bool isLive = m_chart->isFollowing() && !m_loaded;
    m_source->setText(source + u" · "_s + (isLive ? tr("last %1").arg(length) : length));
}

} // namespace runsheet
