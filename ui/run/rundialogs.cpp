// SPDX-License-Identifier: Apache-2.0
#include "run/rundialogs.h"

#include "base/text.h"
#include "run/approvaldialog.h"
#include "run/choicedialog.h"
#include "run/filldialog.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

Error notYet(const QString &message)
{
    return {.kind = Error::Kind::Refused, .message = message, .detail = {}};
}

QString stepTitle(const RunController &controller, const StepId &id)
{
    const Step *step = controller.runbook().step(id);
    return step == nullptr ? id.value : step->title;
}

/// With %1 for the command and %2 for the word.
QString confirmationText(rules::SecondLook reason)
{
    using rules::SecondLook;
    switch (reason) {
    case SecondLook::None:
        break;
    case SecondLook::Asked:
        return RunDialogs::tr("The runbook asks for a second look at “%1” before it runs. Type "
                              "“%2” to run it.");
    case SecondLook::Succeeded:
        return RunDialogs::tr("“%1” has succeeded in this run already. Running it a second time "
                              "may change data again. Type “%2” to run it again.");
    case SecondLook::RanOnce:
        return RunDialogs::tr("“%1” has run in this run already, and the runbook says to run it "
                              "once (once=true). Type “%2” to run it again all the same.");
    case SecondLook::InDoubt:
        return RunDialogs::tr("The last attempt of “%1” was at work on the server, and what "
                              "became of that is not known. Look at the data first; running it "
                              "again may do the work twice. Type “%2” to run it again.");
    case SecondLook::PartlyDone:
        return RunDialogs::tr("The last attempt of “%1” did not end well, and a part of its work "
                              "may stay on the server: read what the server check found. Running "
                              "it again may do that part twice. Type “%2” to run it again.");
    case SecondLook::Committed:
        return RunDialogs::tr("The last attempt of “%1” did not end well, but the server says "
                              "that its work was committed. Running it again may do the work "
                              "twice. Type “%2” to run it again.");
    case SecondLook::LeftProcess:
        return RunDialogs::tr("The last attempt of “%1” left a process behind, which may still "
                              "be at work. Look for it and end it first, or type “%2” to run the "
                              "command beside it.");
    }
    return {};
}

} // namespace

RunDialogs::RunDialogs(RunController &controller, QWidget &window)
    : QObject(&window)
    , m_controller(controller)
    , m_window(window)
{
    connect(&controller, &RunController::stateChanged, this, &RunDialogs::onStateChanged);
    const auto forget = [this] { m_afterApproval = nullptr; };
    connect(&controller, &RunController::failed, this, forget);
    connect(&controller, &RunController::runClosed, this, forget);
}

void RunDialogs::ask(const ReasonDialog::Content &content, ReasonDialog::Check check, Then then)
{
    auto *dialog = new ReasonDialog(content, std::move(check), &m_window);
    connect(dialog, &ReasonDialog::confirmed, this, std::move(then));
    dialog->open();
}

void RunDialogs::run(const CommandId &command)
{
    askFor(command, [this, command](const QMap<QString, QString> &answers) {
        m_controller.runCommand(command, answers);
    });
}

void RunDialogs::askFor(const CommandId &command, Go go)
{
    if (m_controller.state().approval)
        runApproved(command, go);
    else
        approve([this, command, go = std::move(go)] { runApproved(command, go); });
}

void RunDialogs::approve(std::function<void()> then)
{
    auto *dialog = new ApprovalDialog(m_controller.runbook(), &m_window);
    const QString shown = m_controller.runbook().sha256;
    connect(dialog, &QDialog::accepted, this, [this, then = std::move(then), shown] {
        if (m_controller.runbook().sha256 != shown)
            return; // amended meanwhile: these are not the commands that would run
        m_afterApproval = then;
        m_controller.approveRunbook();
    });
    dialog->open();
}

void RunDialogs::onStateChanged(const RunEvent &event)
{
    if (!std::holds_alternative<RunbookApproved>(event.body) || !m_afterApproval)
        return;
    const auto then = std::exchange(m_afterApproval, {});
    then();
}

void RunDialogs::runApproved(const CommandId &id, const Go &go)
{
    const RunState &state = m_controller.state();
    const rules::SecondLook reason = rules::secondLook(state, id);
    const QString word = rules::confirmationWord(reason);
    const Command *command = m_controller.runbook().command(id);
    if (word.isEmpty() || command == nullptr || !rules::mayRun(state, id)) {
        fillIn(id, go);
        return;
    }
    const bool again = reason != rules::SecondLook::Asked;
    ask(
        {.title = again ? tr("Run again") : tr("Run"),
         .text = confirmationText(reason).arg(command->title(), word),
         .field = tr("Type “%1”").arg(word),
         .verb = again ? tr("Run again") : tr("Run"),
         .danger = true},
        [word](const QString &typed) -> Result<void> {
            return typed == word ? Result<void>() : notYet({});
        },
        [this, id, go](const QString &) { fillIn(id, go); });
}

void RunDialogs::fillIn(const CommandId &id, const Go &go)
{
    const QList<CommandInput> inputs = m_controller.inputs(id);
    if (inputs.isEmpty() || !rules::mayRun(m_controller.state(), id)) {
        go({});
        return;
    }
    auto *dialog = new FillDialog(
        *m_controller.runbook().command(id), inputs,
        [this, id](const QMap<QString, QString> &answers) {
            return m_controller.prepare(id, answers);
        },
        &m_window);
    connect(dialog, &FillDialog::confirmed, this, go);
    dialog->open();
}

void RunDialogs::reopen(const StepId &step)
{
    ask(
        {.title = tr("Withdraw sign-off"),
         .text = tr("The sign-off of “%1” stays in the record, and so does its withdrawal.")
                     .arg(stepTitle(m_controller, step)),
         .field = tr("Reason"),
         .verb = tr("Withdraw sign-off")},
        [this, step](const QString &reason) {
            return rules::mayReopen(m_controller.state(), step, reason);
        },
        [this, step](const QString &reason) { m_controller.reopenStep(step, reason); });
}

void RunDialogs::openGate(const PhaseId &phase)
{
    const Phase *opened = m_controller.runbook().phase(phase);
    ask(
        {.title = tr("Open phase"),
         .text = tr("“%1” opens although steps before it are not signed. The report lists this "
                    "among the "
                    "deviations, with your reason.")
                     .arg(opened == nullptr ? phase.value : opened->title),
         .field = tr("Reason"),
         .verb = tr("Open phase")},
        [this, phase](const QString &reason) {
            return rules::mayDecideGate(m_controller.state(),
                                        {.phase = phase, .go = true, .reason = reason});
        },
        [this, phase](const QString &reason) { m_controller.decideGate(phase, true, reason); });
}

void RunDialogs::rollBack(const PhaseId &preferred)
{
    QList<ChoiceDialog::Choice> choices;
    for (const Phase &phase : m_controller.runbook().phases) {
        if (!phase.isRollbackScenario() || m_controller.state().hasRollback(phase.id))
            continue;
        if (phase.id == preferred)
            choices.prepend({phase.title, phase.id.value});
        else
            choices.append({phase.title, phase.id.value});
    }
    if (choices.isEmpty()) {
        Q_EMIT nothingToAsk(tr("Every rollback scenario of this runbook is declared already. Work "
                               "through its steps under At hand."));
        return;
    }
    auto *dialog = new ChoiceDialog(
        {.title = tr("Roll back"),
         .text =
             tr("Declaring a rollback opens its steps. Nothing is run or undone by itself. It is "
                "recorded and cannot be taken back."),
         .field = tr("Reason"),
         .verb = tr("Declare rollback"),
         .danger = true},
        tr("Scenario"), choices,
        [this](const QString &scenario, const QString &reason) {
            return rules::mayDeclareRollback(m_controller.state(), {scenario}, reason);
        },
        &m_window);
    connect(dialog, &ChoiceDialog::chosen, this,
            [this](const QString &scenario, const QString &reason) {
                m_controller.declareRollback({scenario}, reason);
            });
    dialog->open();
}

void RunDialogs::addNote(const StepId &step)
{
    ask(
        {.title = tr("Add note"),
         .text = tr("The note goes into the journal and the report."),
         .field = tr("Note"),
         .verb = tr("Add note")},
        [](const QString &text) -> Result<void> {
            return text.isEmpty() ? Result<void>(notYet({})) : Result<void>();
        },
        [this, step](const QString &text) { m_controller.addNote(text, step); });
}

void RunDialogs::complete()
{
    ask(
        {.title = tr("Complete run"),
         .text = tr("The record of this run is closed. Its report can be exported at any time."),
         .field = tr("Note"),
         .verb = tr("Complete run")},
        [this](const QString &) { return rules::mayComplete(m_controller.state()); },
        [this](const QString &note) { m_controller.completeRun(note); });
}

void RunDialogs::abort()
{
    ask(
        {.title = tr("Abort run"),
         .text =
             tr("The run ends here, unfinished. Commands that still run go on; nothing is undone."),
         .field = tr("Reason"),
         .verb = tr("Abort run"),
         .danger = true},
        [this](const QString &reason) { return rules::mayAbort(m_controller.state(), reason); },
        [this](const QString &reason) { m_controller.abortRun(reason); });
}

} // namespace runsheet
