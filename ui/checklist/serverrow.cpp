// SPDX-License-Identifier: Apache-2.0
#include "checklist/serverrow.h"

#include "models/wording.h"
#include "run/stoprules.h"
#include "theme.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace runsheet
{

ServerRow::ServerRow(const Command &command, ChecklistIntents &intents, QWidget *parent)
    : QWidget(parent)
    , m_intents(intents)
    , m_stops(dimLabel({}, this))
    , m_chip(chipLabel({}, Tone::Neutral, this))
    , m_finding(wrappedLabel({}, this))
    , m_check(linkButton(tr("Check server"), this))
    , m_stop(new QPushButton(tr("Stop on the server…"), this))
    , m_advice(new ElidedLabel({}, this))
    , m_copy(linkButton(tr("Copy"), this))
{
    m_check->setAccessibleName(tr("Check server: %1").arg(command.title()));
    m_check->setToolTip(tr("Asks the server what became of this command's work there. Read-only."));
    m_stop->setAccessibleName(tr("Stop on the server: %1").arg(command.title()));
    m_copy->setAccessibleName(tr("Copy the statement"));
    connect(m_check, &QPushButton::clicked, this,
            [this] { Q_EMIT m_intents.serverCheckWanted(m_execution); });
    connect(m_stop, &QPushButton::clicked, this,
            [this] { Q_EMIT m_intents.stopWanted(m_execution); });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_advice->text()); });

    m_answer = new QWidget(this);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_chip);
    head->addStretch(1);
    head->addWidget(m_stop);
    head->addWidget(m_check);
    auto *answer = new QVBoxLayout(m_answer);
    answer->setContentsMargins(0, 0, 0, 0);
    answer->setSpacing(4);
    answer->addLayout(head);
    answer->addWidget(m_finding);
    answer->addWidget(buildAdvice());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_stops);
    column->addWidget(m_answer);
    hide();
}

QWidget *ServerRow::buildAdvice()
{
    m_adviceBox = styled(new QFrame(this), "code");
    m_advice->setFont(fixedFont());
    auto *row = new QHBoxLayout(m_adviceBox);
    row->setContentsMargins(10, 5, 6, 5);
    row->addWidget(m_advice, 1);
    row->addWidget(m_copy);
    return m_adviceBox;
}

void ServerRow::refresh(const RunState &state, const Execution *execution)
{
    showStops(state, execution);
    const bool isAnswered =
        execution != nullptr && execution->server && execution->server->finding.size() > 0;
    const bool endedBadly =
        execution != nullptr && execution->end && rules::needsServerCheck(state, *execution);
    m_answer->setVisible(isAnswered || endedBadly);
    if (execution != nullptr)
        showServer(state, *execution);
    setVisible(isAnswered || endedBadly || !m_stops->isHidden());
}

/// While it still runs: afterwards the outcome and the journal say it, or that nobody was asked.
void ServerRow::showStops(const RunState &state, const Execution *execution)
{
    QStringList parts;
    if (execution != nullptr && execution->isOpen()) {
        for (const StopAsked &stop : execution->stops)
            parts +=
                tr("%1 %2").arg(Wording::rung(stop.rung), stop.at.toUTC().toString(u"HH:mm:ss"_s));
    }
    QStringList lines;
    if (!parts.isEmpty())
        lines += tr("Asked to stop: %1. It still runs; Stop offers the next way.")
                     .arg(parts.join(u", "_s));
    if (execution != nullptr && execution->isOpen() && !execution->sessionOptions.isEmpty())
        lines += tr("Its server was told to notice within 2 s when it is killed "
                    "(client_connection_check_interval).");
    if (execution != nullptr && execution->end && !execution->stops.isEmpty()
        && state.environment.connection.isEmpty())
        lines += tr("This environment names no server, so none was asked what became of the "
                    "command's work there.");
    setTextOrHide(m_stops, lines.join(u'\n'));
}

void ServerRow::showServer(const RunState &state, const Execution &execution)
{
    m_execution = execution.id;
    m_check->setVisible(rules::mayCheckServer(state, execution.id).hasValue());
    m_stop->setVisible(execution.worksOnServer()
                       && rules::nextRung(state, execution.id).has_value());
    const ServerChecked checked = execution.server.value_or(ServerChecked());
    setChip(m_chip, execution.server ? Wording::server(checked) : QString(),
            Wording::tone(checked.verdict));
    setTextOrHide(m_finding, checked.finding);
    m_advice->setText(QString(checked.advice).replace(u'\n', u' '));
    m_adviceBox->setVisible(!checked.advice.isEmpty());
}

} // namespace runsheet
