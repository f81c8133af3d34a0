// SPDX-License-Identifier: Apache-2.0
#include "checklist/waitrow.h"

#include "base/text.h"
#include "widgets/elidedlabel.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QProgressBar>

#include <algorithm>

using namespace Qt::StringLiterals;
using std::chrono::seconds;

namespace runsheet
{

WaitRow::WaitRow(const Step &step, ChecklistIntents &intents, QWidget *parent)
    : QWidget(parent)
    , m_step(step.id)
    , m_seconds(step.waitSeconds.value_or(0))
    , m_chip(chipLabel({}, Tone::Running, this))
    , m_text(dimLine({}, this))
    , m_start(new QPushButton(this))
    , m_progress(new QProgressBar(this))
{
    const QString span = formatSpan(seconds(m_seconds));
    setAccessibleName(tr("Time to wait: %1").arg(span));
    m_start->setObjectName(u"startWait"_s);
    m_start->setAccessibleName(tr("Start the %1: %2").arg(span, step.title));
    m_progress->setAccessibleName(tr("Waited of %1").arg(span));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setRange(0, static_cast<int>(std::clamp<qint64>(m_seconds, 1, 1'000'000'000)));
    connect(m_start, &QPushButton::clicked, this,
            [this, &intents] { Q_EMIT intents.waitWanted(m_step); });
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_chip);
    row->addWidget(m_text, 1);
    row->addWidget(m_start);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_progress);
}

void WaitRow::refresh(const ChecklistView &view)
{
    const auto wait = view.state.waits.constFind(m_step);
    m_wait = wait == view.state.waits.constEnd() ? std::nullopt : std::optional(*wait);
    const Result<void> allowed = rules::mayStartWait(view.state, m_step);
    const QString span = formatSpan(seconds(m_seconds));
    m_start->setText(m_wait ? tr("Start again") : tr("Start %1").arg(span));
    m_start->setEnabled(allowed.hasValue());
    m_start->setToolTip(allowed ? QString() : allowed.error().message);
    m_progress->setVisible(m_wait.has_value());
    if (m_wait)
        m_text->setText(tr("%1, until %2")
                            .arg(formatSpan(seconds(m_wait->seconds)),
                                 Wording::moment(m_wait->endsAt(), view.now)));
    else
        m_text->setText(tr("This step asks for %1.").arg(span));
    tick(view.now);
}

void WaitRow::tick(const QDateTime &now)
{
    if (!m_wait) {
        setChip(m_chip, {}, Tone::Neutral);
        return;
    }
    const qint64 left = now.secsTo(m_wait->endsAt());
    m_progress->setMaximum(static_cast<int>(std::clamp<qint64>(m_wait->seconds, 1, 1'000'000'000)));
    m_progress->setValue(
        static_cast<int>(std::clamp<qint64>(m_wait->seconds - left, 0, m_progress->maximum())));
    if (left > 0)
        setChip(m_chip, tr("%1 left").arg(formatClock(seconds(std::min(left, m_wait->seconds)))),
                Tone::Running);
    else
        setChip(m_chip, tr("time is over"), Tone::Ok);
}

} // namespace runsheet
