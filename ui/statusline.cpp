// SPDX-License-Identifier: Apache-2.0
#include "statusline.h"

#include "base/text.h"
#include "run/controller.h"
#include "widgets/elidedlabel.h"
#include "widgets/labels.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString shortHash(const QString &hash)
{
    return hash.first(std::min<qsizetype>(4, hash.size())) + u'…'
        + hash.last(std::min<qsizetype>(2, hash.size()));
}

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QFrame(parent)
    , m_saved(dimLine({}, this))
    , m_running(dimLine({}, this))
    , m_monitor(dimLine({}, this))
    , m_hints(dimLine({}, this))
{
    setProperty("ground", u"panel"_s);
    setProperty("edge", u"top"_s);
    m_saved->setObjectName(u"saved"_s);
    m_running->hide();
    m_hints->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 5, 16, 5);
    row->setSpacing(20);
    row->addWidget(m_saved);
    row->addWidget(m_running);
    row->addWidget(m_monitor);
    row->addWidget(m_hints, 1);
}

void StatusLine::showJournal(const QString &text)
{
    m_saved->setText(text);
    m_monitor->clear();
    showRunning(0);
}

void StatusLine::showRunning(qsizetype commands)
{
    setTextOrHide(m_running,
                  commands == 0 ? QString()
                                : tr("%1 running, even when this window is closed")
                                      .arg(countOf(commands, tr("command"))));
}

void StatusLine::showRun(const RunController &controller)
{
    showRunning(controller.state().openExecutions().size());
    if (controller.pendingEvents() > 0) {
        m_saved->setText(tr("Saving…"));
        return;
    }
    const QList<RunEvent> &events = controller.events();
    if (events.isEmpty())
        return;
    const RunEvent &last = events.last();
    m_saved->setText(tr("Saved %1 UTC · %2 · chain %3")
                         .arg(last.at.toUTC().toString(u"HH:mm:ss"_s),
                              countOf(events.size(), tr("event")), shortHash(last.hash)));
}

void StatusLine::showMonitor(const MonitorStatus &status)
{
    if (status.state == MonitorStatus::State::Connected) {
        const double cost = static_cast<double>(status.costMicros) / 1000.0;
        m_monitor->setText(tr("Monitor 1 Hz · costs %1 ms").arg(cost, 0, 'f', 1));
        return;
    }
    m_monitor->setText(status.message);
}

void StatusLine::showHints(const QString &text)
{
    m_hints->setText(text);
}

QString StatusLine::savedText() const
{
    return m_saved->text();
}

} // namespace runsheet
