// SPDX-License-Identifier: Apache-2.0
#include "checklist/phasestrip.h"

#include "base/text.h"
#include "widgets/card.h"
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

constexpr qsizetype kNamedSteps = 6;
constexpr qsizetype kNamedCommands = 6; // the steps below must stay in sight

/// Titles of the required steps still open before `phase`, in order.
QStringList openStepsBefore(const RunState &state, const Phase &phase)
{
    QStringList titles;
    for (const Phase &earlier : state.runbook->phases) {
        if (earlier.id == phase.id)
            break;
        if (earlier.group == PhaseGroup::Rollback || earlier.group == PhaseGroup::Reference)
            continue;
        for (const Step &step : earlier.steps) {
            if (step.isSignable() && step.required && !state.isSigned(step.id))
                titles << step.title;
        }
    }
    return titles;
}

QString named(const QStringList &titles)
{
    const QString shown = titles.mid(0, kNamedSteps).join(u" · "_s);
    const qsizetype more = titles.size() - kNamedSteps;
    return more > 0 ? PhaseStrip::tr("%1 · and %2 more").arg(shown).arg(more) : shown;
}

/// What ran to its end in this run, newest first: what a rollback has to undo.
QString doneSoFar(const ChecklistView &view)
{
    QStringList lines;
    const QList<Execution> &executions = view.state.executions;
    for (qsizetype i = executions.size() - 1; i >= 0; --i) {
        const Execution &execution = executions.at(i);
        const Command *command = view.state.commandOf(execution);
        const Phase *phase = view.state.phaseOf(execution);
        if (command == nullptr || phase == nullptr || phase->group == PhaseGroup::Rollback)
            continue;
        const QString result =
            execution.isOpen() ? PhaseStrip::tr("running") : Wording::result(execution);
        lines << u"%1   %2 — %3"_s.arg(Wording::moment(execution.intendedAt, view.now),
                                       command->title(), result);
    }
    if (const qsizetype more = lines.size() - kNamedCommands; more > 0) {
        lines.resize(kNamedCommands);
        lines << PhaseStrip::tr("and %1 earlier, in the journal").arg(countOf(more, u"command"_s));
    }
    return lines.isEmpty()
        ? PhaseStrip::tr("No command has run in this run.")
        : PhaseStrip::tr("Done in this run, newest first:") + u'\n' + lines.join(u'\n');
}

} // namespace

PhaseStrip::PhaseStrip(ChecklistIntents &intents, QWidget *parent)
    : QFrame(parent)
    , m_intents(intents)
    , m_icon(new IconLabel(this))
    , m_text(wrappedLabel({}, this))
    , m_detail(dimLabel({}, this))
    , m_open(new QPushButton(tr("Open this phase anyway…"), this))
    , m_declare(styled(new QPushButton(tr("Declare this rollback…"), this), "danger"))
    , m_goOn(styled(new QPushButton(this), "primary"))
    , m_complete(styled(new QPushButton(tr("Complete run…"), this), "primary"))
    , m_export(new QPushButton(tr("Export report…"), this))
{
    setProperty("strip", true);
    for (QPushButton *button : {m_open, m_declare})
        button->setAccessibleName(button->text().chopped(1));
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT m_intents.gateWanted(m_phase); });
    connect(m_declare, &QPushButton::clicked, this,
            [this] { Q_EMIT m_intents.rollbackWanted(m_phase); });
    connect(m_goOn, &QPushButton::clicked, this, [this] { Q_EMIT m_intents.phaseChosen(m_next); });
    connect(m_complete, &QPushButton::clicked, &m_intents, &ChecklistIntents::completeWanted);
    connect(m_export, &QPushButton::clicked, &m_intents, &ChecklistIntents::exportWanted);
    // The ellipsis tells them from the menu's actions and the buttons of their dialogs.
    for (QPushButton *button : {m_complete, m_export})
        button->setAccessibleName(button->text());
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_open, m_declare, m_goOn, m_complete, m_export})
        buttons->addWidget(button);
    buttons->addStretch();
    auto *column = new QVBoxLayout;
    column->setSpacing(6);
    column->addWidget(m_text);
    column->addWidget(m_detail);
    column->addLayout(buttons);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 10, 14, 10);
    row->setSpacing(12);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(column, 1);
    hide();
}

void PhaseStrip::refresh(const ChecklistView &view, const Phase &phase)
{
    m_phase = phase.id;
    for (QPushButton *button : {m_open, m_declare, m_goOn, m_complete, m_export})
        button->hide();
    hide();
    if (view.state.status != RunStatus::InProgress)
        showEnded(view.state);
    else if (phase.isRollbackScenario())
        showRollback(view, phase);
    else
        showGate(view, phase);
}

void PhaseStrip::showEnded(const RunState &state)
{
    const Tone tone = Wording::tone(state.status);
    present(tone, tone == Tone::Ok ? u"signed"_s : u"overview"_s,
            tr("This run is %1. Its record is closed.").arg(Wording::status(state.status)), {});
    m_export->show();
}

void PhaseStrip::showGate(const ChecklistView &view, const Phase &phase)
{
    const Result<void> open = rules::phaseIsOpen(view.state, phase.id);
    if (open) {
        showComplete(view, phase);
        return;
    }
    present(Tone::Warning, u"gate"_s, open.error().message,
            named(openStepsBefore(view.state, phase)));
    m_open->show();
}

void PhaseStrip::showComplete(const ChecklistView &view, const Phase &phase)
{
    const RunState::Progress progress = view.state.progress(phase.id);
    if (progress.total == 0 || !progress.isComplete())
        return;
    const Phase *next = view.state.runbook->phaseOf(view.state.firstOpenStep());
    if (next == nullptr) {
        present(Tone::Ok, u"signed"_s,
                tr("Every step of this run is signed. Complete it to close its record."), {});
        m_complete->show();
        return;
    }
    m_next = next->id;
    m_goOn->setText(
        tr("Go on: %1").arg(next->shortTitle.isEmpty() ? next->title : next->shortTitle));
    m_goOn->setAccessibleName(m_goOn->text());
    present(Tone::Ok, u"signed"_s, tr("Every step of this phase is signed."), {});
    m_goOn->show();
}

void PhaseStrip::showRollback(const ChecklistView &view, const Phase &phase)
{
    const bool declared = view.state.hasRollback(phase.id);
    if (declared && rules::mayComplete(view.state)) {
        present(Tone::Ok, u"signed"_s,
                tr("Every step of the declared rollback is signed. Complete the run to close its "
                   "record."),
                doneSoFar(view));
        m_complete->show();
        return;
    }
    if (declared) {
        present(Tone::Warning, u"rollback"_s,
                tr("This rollback is declared. Work through its steps."), doneSoFar(view));
        return;
    }
    present(
        Tone::Neutral, u"rollback"_s,
        tr("Nothing of this scenario runs before it is declared. Declaring is recorded with its "
           "reason and cannot be undone."),
        doneSoFar(view));
    m_declare->show();
}

void PhaseStrip::present(Tone tone, const QString &icon, const QString &text, const QString &detail)
{
    setTone(this, tone);
    m_icon->setIcon(icon, tone);
    m_text->setText(text);
    setTextOrHide(m_detail, detail);
    show();
}

} // namespace runsheet
