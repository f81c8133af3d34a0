// SPDX-License-Identifier: Apache-2.0
// What is asked about commands that are to be stopped, or that nobody knows the end of.
#include "run/choicedialog.h"
#include "run/rundialogs.h"
#include "run/stopdialog.h"
#include "run/stoprules.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

void RunDialogs::stop(const ExecutionId &id)
{
    const RunState &state = m_controller.state();
    const Execution *execution = state.execution(id);
    const Command *command = execution == nullptr ? nullptr : state.commandOf(*execution);
    if (command != nullptr && command->follower && execution->stops.isEmpty()) {
        m_controller.stopExecution(id, StopRung::Interrupt); // it only looks on; nothing is lost
        return;
    }
    auto *dialog = new StopDialog(m_controller, id, &m_window);
    connect(dialog, &StopDialog::stopWanted, this,
            [this, id](StopRung rung) { m_controller.stopExecution(id, rung); });
    connect(dialog, &StopDialog::checkWanted, this, [this, id] { m_controller.checkServer(id); });
    dialog->open();
    if (rules::mayCheckServer(state, id))
        m_controller.checkServer(id);
}

void RunDialogs::checkServer(const ExecutionId &id)
{
    m_controller.checkServer(id);
}

void RunDialogs::settle(const ExecutionId &id)
{
    // None to begin with: a success is not to be recorded by pressing on.
    const QList<ChoiceDialog::Choice> choices{
        {tr("Choose what became of it"),
         QString::number(static_cast<int>(ExecutionOutcome::Unknown))},
        {tr("It succeeded"), QString::number(static_cast<int>(ExecutionOutcome::Succeeded))},
        {tr("It failed"), QString::number(static_cast<int>(ExecutionOutcome::Failed))},
        {tr("It was cancelled, and the server confirms it"),
         QString::number(static_cast<int>(ExecutionOutcome::Cancelled))},
    };
    const auto outcomeOf = [](const QString &value) {
        return static_cast<ExecutionOutcome>(value.toInt());
    };
    const Execution *execution = m_controller.state().execution(id);
    const QString known =
        execution == nullptr || !execution->end ? QString() : execution->end->reason;
    const QString server =
        execution == nullptr || !execution->server ? QString() : execution->server->finding;
    const QString title =
        execution == nullptr ? QString() : m_controller.state().titleOf(*execution);
    QStringList text{tr("How “%1” ended is not known. Until somebody says what became of it, "
                        "nothing else of this run goes on. Look at the server and the log, then "
                        "say what you found; it is recorded with your name.")
                         .arg(title),
                     known, server};
    text.removeAll(QString());
    auto *dialog = new ChoiceDialog(
        {.title = tr("Settle what became of the command"),
         .text = text.join(u"\n\n"_s),
         .field = tr("Evidence"),
         .verb = tr("Record outcome")},
        tr("Outcome"), choices,
        [this, id, outcomeOf](const QString &value, const QString &evidence) {
            return rules::mayResolve(m_controller.state(), id, outcomeOf(value), evidence);
        },
        &m_window);
    connect(dialog, &ChoiceDialog::chosen, this,
            [this, id, outcomeOf](const QString &value, const QString &evidence) {
                m_controller.resolveExecution(id, outcomeOf(value), evidence);
            });
    dialog->open();
}

} // namespace runsheet
