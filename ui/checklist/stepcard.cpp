// SPDX-License-Identifier: Apache-2.0
#include "checklist/stepcard.h"

#include "base/text.h"
#include "checklist/commandrow.h"
#include "checklist/httpcheckrow.h"
#include "checklist/signoffform.h"
#include "checklist/textblocks.h"
#include "checklist/waitrow.h"
#include "models/outputcomparison.h"
#include "models/stepresult.h"
#include "models/wording.h"
#include "theme.h"
#include "widgets/elidedlabel.h"
#include "widgets/iconlabel.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

struct StateSign
{
    QString icon;
    Tone tone = Tone::Neutral;
    QString words;
};

StateSign signOf(SignOffOutcome outcome)
{
    const Tone tone = Wording::tone(outcome);
    const QString words = Wording::outcome(outcome);
    switch (outcome) {
    case SignOffOutcome::Done:
        return {u"signed"_s, tone, StepCard::tr("signed")};
    case SignOffOutcome::DoneWithDeviation:
        return {u"deviation"_s, tone, words};
    case SignOffOutcome::Skipped:
    case SignOffOutcome::NotApplicable:
        return {u"skipped"_s, tone, words};
    case SignOffOutcome::Failed:
        return {u"failed"_s, tone, words};
    }
    return {};
}

bool hasUnresolved(const RunState &state, const StepId &step)
{
    return std::ranges::any_of(state.executions, [&](const Execution &execution) {
        return execution.step == step && execution.isUnresolved();
    });
}

bool hasWorkOnServer(const RunState &state, const StepId &step)
{
    return std::ranges::any_of(state.executions, [&](const Execution &execution) {
        return execution.step == step && execution.isUnresolved() && execution.worksOnServer();
    });
}

StateSign signOf(const RunState &state, const StepId &step)
{
    if (hasWorkOnServer(state, step))
        return {u"running"_s, Tone::Running, StepCard::tr("still on the server")};
    if (hasUnresolved(state, step))
        return {u"unknown"_s, Tone::Warning, StepCard::tr("outcome unknown")};
    const QList<SignOff> signOffs = state.signOffs.value(step);
    switch (state.stepStatus(step)) {
    case StepStatus::Pending:
        return {u"pending"_s, Tone::Neutral, StepCard::tr("to do")};
    case StepStatus::Running:
        return {u"running"_s, Tone::Running, StepCard::tr("running")};
    case StepStatus::AwaitingSignOff:
        return {u"awaiting"_s, Tone::Warning, StepCard::tr("waits for sign-off")};
    case StepStatus::Signed:
        return signOffs.isEmpty() ? signOf(SignOffOutcome::Done) : signOf(signOffs.last().outcome);
    }
    return {};
}

} // namespace

StepCard::StepCard(const Step &step, ChecklistIntents &intents, QWidget *parent)
    : Card(step.title, parent)
    , m_step(step)
    , m_intents(intents)
    , m_icon(new IconLabel(this))
    , m_title(strongLabel(step.title, this))
    , m_meta(dimLine({}, this))
    , m_summaryChip(chipLabel({}, Tone::Neutral, this))
    , m_summaryText(dimLine({}, this))
    , m_signOffs(dimLabel({}, this))
    , m_withdraw(new QPushButton(tr("Withdraw…"), this))
    , m_open(linkButton(tr("Sign off…"), this))
{
    setObjectName(u"stepCard"_s);
    m_withdraw->setAccessibleName(tr("Withdraw sign-off: %1").arg(step.title));
    connect(m_withdraw, &QPushButton::clicked, this,
            [this] { Q_EMIT m_intents.reopenWanted(m_step.id); });
    m_open->setAccessibleName(tr("Sign off: %1").arg(step.title));
    connect(m_open, &QPushButton::clicked, this, [this] {
        Q_EMIT m_intents.stepChosen(m_step.id);
        focusSignOff();
    });
    connect(this, &Card::pressed, this, [this] { Q_EMIT m_intents.stepChosen(m_step.id); });
    buildLayout();
}

void StepCard::buildLayout()
{
    m_meta->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_title, 1);
    head->addWidget(m_meta, 0, Qt::AlignTop);
    head->addWidget(m_open, 0, Qt::AlignTop);

    m_summary = new QWidget(this);
    auto *summary = new QHBoxLayout(m_summary);
    summary->setContentsMargins(0, 0, 0, 0);
    summary->setSpacing(8);
    summary->addWidget(m_summaryChip);
    summary->addWidget(m_summaryText, 1);

    auto *signedRow = new QHBoxLayout;
    signedRow->setSpacing(8);
    signedRow->addWidget(m_signOffs, 1);
    signedRow->addWidget(m_withdraw, 0, Qt::AlignBottom);

    m_content = new QVBoxLayout;
    m_content->setSpacing(8);
    m_content->addLayout(head);
    m_content->addWidget(m_summary);
    m_content->addLayout(signedRow);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 10, 14, 10);
    row->setSpacing(12);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(m_content, 1);
}

void StepCard::buildBody()
{
    m_body = new QWidget(this);
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    for (const TextBlock &note : m_step.notes)
        column->addWidget(textBlockWidget(note, m_body));
    for (const Command &command : m_step.commands) {
        auto *row = new CommandRow(command, m_intents, m_body);
        const QList<Expectation> expectations = expectationsOf(m_step, command.id);
        if (!expectations.isEmpty())
            row->setExpectations(expectations);
        m_rows.append(row);
        column->addWidget(row);
    }
    for (int check = 0; check < m_step.httpChecks.size(); ++check) {
        m_httpChecks += new HttpCheckRow(m_step, check, m_intents, m_body);
        column->addWidget(m_httpChecks.last());
    }
    if (m_step.waitSeconds) {
        m_wait = new WaitRow(m_step, m_intents, m_body);
        column->addWidget(m_wait);
    }
    m_content->insertWidget(1, m_body);
}

void StepCard::refresh(const ChecklistView &view, bool current)
{
    const bool isSigned = view.state.isSigned(m_step.id);
    const bool folded = isSigned && !current && m_step.isSignable();
    setCurrent(current);
    showState(view.state);
    showMeta(view);
    showBody(view, folded);
    showSummary(view.state, folded);
    showSignOffs(view, current && !view.state.signOffs.value(m_step.id).isEmpty());
    const bool signable =
        !isSigned && m_step.isSignable() && view.state.status == RunStatus::InProgress;
    m_open->setVisible(signable && !current);
    showForm(view, current && signable);
}

void StepCard::showState(const RunState &state)
{
    const StateSign sign = signOf(state, m_step.id);
    m_icon->setIcon(sign.icon, sign.tone);
    m_icon->setTurning(sign.tone == Tone::Running);
    setAccessibleDescription(sign.words);
}

void StepCard::showMeta(const ChecklistView &view)
{
    const QList<SignOff> signOffs = view.state.signOffs.value(m_step.id);
    QStringList parts;
    if (!m_step.required)
        parts << tr("optional");
    if (m_step.signOffs > 1)
        parts << (signOffs.isEmpty()
                      ? tr("%1 sign-offs").arg(m_step.signOffs)
                      : tr("%1 of %2 sign-offs").arg(signOffs.size()).arg(m_step.signOffs));
    if (m_step.checkedInSource)
        parts << tr("ticked in the runbook");
    if (!signOffs.isEmpty())
        parts << Wording::signOff(signOffs.last(), view.now);
    setTextOrHide(m_meta, parts.join(u" · "_s));
    m_meta->setKept(signOffs.isEmpty() ? QString()
                                       : u" · "_s + Wording::moment(signOffs.last().at, view.now));
}

void StepCard::showBody(const ChecklistView &view, bool folded)
{
    const bool hasBody = !m_step.notes.isEmpty() || !m_step.commands.isEmpty()
        || !m_step.httpChecks.isEmpty() || m_step.waitSeconds;
    if (!folded && hasBody && m_body == nullptr)
        buildBody();
    if (m_body != nullptr)
        m_body->setVisible(!folded);
    for (CommandRow *row : std::as_const(m_rows))
        row->refresh(view);
    for (HttpCheckRow *row : std::as_const(m_httpChecks))
        row->refresh(view);
    if (m_wait != nullptr)
        m_wait->refresh(view);
}

void StepCard::showSummary(const RunState &state, bool folded)
{
    const Execution *last = state.lastExecution(m_step.id);
    const bool shown = folded && last != nullptr && !last->isOpen();
    m_summary->setVisible(shown);
    if (!shown)
        return;
    const Command *command = state.runbook->command(last->command);
    setChip(m_summaryChip, Wording::result(*last), Wording::tone(*last));
    const QString title = command == nullptr ? QString() : command->title() + u" · "_s;
    m_summaryText->setText(title + Wording::resultDetail(*last));
}

void StepCard::showSignOffs(const ChecklistView &view, bool wanted)
{
    QStringList lines;
    for (const SignOff &signOff : view.state.signOffs.value(m_step.id))
        lines << Wording::signOff(signOff, view.now);
    setTextOrHide(m_signOffs, wanted ? lines.join(u'\n') : QString());
    const bool mayWithdraw = rules::mayReopen(view.state, m_step.id, tr("a reason")).hasValue();
    m_withdraw->setVisible(wanted && mayWithdraw);
}

void StepCard::showForm(const ChecklistView &view, bool wanted)
{
    if (wanted && m_form == nullptr) {
        m_form = new SignOffForm(m_step, m_intents, this);
        m_content->addWidget(m_form);
    }
    if (m_form == nullptr)
        return;
    m_form->setVisible(wanted);
    m_form->refresh(view);
    if (const QString seen = stepResult(view.state, m_step); !seen.isEmpty())
        m_form->setObserved(seen);
}

/// Who and when get the room they need, but never more than the title.
void StepCard::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    m_meta->setMaximumWidth(width() / 2);
}

void StepCard::tick(const QDateTime &now)
{
    for (CommandRow *row : std::as_const(m_rows))
        row->tick(now);
    if (m_wait != nullptr)
        m_wait->tick(now);
}

void StepCard::stopSaving()
{
    if (m_form != nullptr)
        m_form->stopSaving();
}

bool StepCard::focusSignOff()
{
    if (m_form == nullptr || m_form->isHidden())
        return false;
    m_form->focusFirstField();
    return true;
}

} // namespace runsheet
