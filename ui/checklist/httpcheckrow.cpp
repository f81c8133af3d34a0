// SPDX-License-Identifier: Apache-2.0
#include "checklist/httpcheckrow.h"

#include "theme.h"
#include "widgets/elidedlabel.h"
#include "widgets/labels.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

HttpCheckRow::HttpCheckRow(const Step &step, int check, ChecklistIntents &intents, QWidget *parent)
    : QWidget(parent)
    , m_step(step.id)
    , m_check(check)
    , m_chip(chipLabel({}, Tone::Neutral, this))
    , m_ask(new QPushButton(tr("Check"), this))
{
    const HttpCheck &wanted = step.httpChecks.at(check);
    const QString request = u"%1 %2"_s.arg(wanted.method, wanted.target);
    auto *text = dimLine(
        wanted.expectedStatus == 0 ? request : u"%1 → %2"_s.arg(request).arg(wanted.expectedStatus),
        this);
    text->setFont(fixedFont());
    m_ask->setObjectName(u"httpCheck"_s);
    m_ask->setAccessibleName(tr("Check: %1").arg(request));
    connect(m_ask, &QPushButton::clicked, this,
            [this, &intents] { Q_EMIT intents.httpCheckWanted(m_step, m_check); });
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(text, 1);
    row->addWidget(m_chip);
    row->addWidget(m_ask);
}

void HttpCheckRow::refresh(const ChecklistView &view)
{
    const QMap<int, HttpChecked> answers = view.state.httpAnswers.value(m_step);
    const auto answer = answers.constFind(m_check);
    if (answer == answers.constEnd())
        setChip(m_chip, {}, Tone::Neutral);
    else
        setChip(m_chip, answer->finding, answer->matches ? Tone::Ok : Tone::Warning);
    m_chip->setToolTip(
        answer == answers.constEnd() ? QString() : u"<p>%1</p>"_s.arg(answer->url.toHtmlEscaped()));
    const Result<void> allowed = rules::mayCheckHttp(view.state, m_step, m_check);
    m_ask->setEnabled(allowed.hasValue());
    m_ask->setToolTip(allowed ? QString() : allowed.error().message);
}

} // namespace runsheet
