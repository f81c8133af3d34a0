// SPDX-License-Identifier: Apache-2.0
#include "run/rules.h"

#include "base/text.h"
#include "runbook/readonly.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet::rules
{

namespace
{

Error refusal(const QString &message)
{
    return {.kind = Error::Kind::Refused, .message = message, .detail = {}};
}

Result<void> inProgress(const RunState &state)
{
    if (state.status == RunStatus::InProgress)
        return {};
    if (state.status == RunStatus::NotCreated)
        return refusal(u"No run is open."_s);
    return refusal(u"This run has ended, so its record is closed. Start a new run to go on."_s);
}

/// What the command is called in the window.
QString titleOf(const RunState &state, const Execution &execution)
{
    const Command *command = state.commandOf(execution);
    return command == nullptr ? firstLine(execution.text) : command->title();
}

const Execution *unresolvedExecution(const RunState &state)
{
    const auto it = std::ranges::find_if(state.executions, &Execution::isUnresolved);
    return it == state.executions.end() ? nullptr : &*it;
}

Result<void> nothingUnresolved(const RunState &state)
{
    const Execution *execution = unresolvedExecution(state);
    if (execution == nullptr)
        return {};
    if (execution->worksOnServer())
        return refusal(
            u"The server still works on “%1”, although the command has ended. Stop it "
            "there or wait, and check the server again."_s.arg(titleOf(state, *execution)));
    return refusal(
        u"It is unknown how “%1” ended. Settle that first: say what you found, and how."_s.arg(
            titleOf(state, *execution)));
}

/// A rollback scenario must be declared before anything in it happens; other phases need an open
/// gate.
Result<void> phaseAccepts(const RunState &state, const StepId &step)
{
    const Phase *phase = state.runbook->phaseOf(step);
    if (phase->group != PhaseGroup::Rollback)
        return phaseIsOpen(state, phase->id);
    if (state.hasRollback(phase->id))
        return {};
    return refusal(u"Declare the rollback “%1” before working through it."_s.arg(phase->title));
}

bool isGated(const Phase &phase)
{
    return phase.group == PhaseGroup::Before || phase.group == PhaseGroup::Window
        || phase.group == PhaseGroup::After;
}

int openRequiredSteps(const RunState &state, const Phase &phase)
{
    return static_cast<int>(std::ranges::count_if(phase.steps, [&](const Step &step) {
        return step.isSignable() && step.required && !state.isSigned(step.id);
    }));
}

/// The nearest earlier phase with open required steps.
const Phase *blockingPhase(const RunState &state, const PhaseId &id)
{
    const Phase *blocking = nullptr;
    for (const Phase &phase : state.runbook->phases) {
        if (phase.id == id)
            break;
        if (isGated(phase) && openRequiredSteps(state, phase) > 0)
            blocking = &phase;
    }
    return blocking;
}

bool hasGo(const RunState &state, const PhaseId &phase)
{
    const auto it = std::find_if(state.gates.rbegin(), state.gates.rend(),
                                 [&](const Gate &gate) { return gate.decision.phase == phase; });
    return it != state.gates.rend() && it->decision.go;
}

/// The last attempt of a command of the step that did not end well, if that is how it stands now.
const Execution *failedCommand(const RunState &state, const Step &step)
{
    const QString option = chosenOption(state, step);
    for (const Command &command : step.commands) {
        if (!command.choice.isEmpty() && command.choice != option)
            continue; // given up for the option that was taken
        const Execution *last = state.lastExecution(command.id);
        if (last != nullptr && last->outcome() && last->outcome() != ExecutionOutcome::Succeeded
            && !command.follower)
            return last;
    }
    return nullptr;
}

bool hasSucceeded(const RunState &state, const CommandId &command)
{
    return std::ranges::any_of(state.executions, [&](const Execution &execution) {
        return execution.command == command && execution.outcome() == ExecutionOutcome::Succeeded;
    });
}

/// Of alternatives one is run. Another may follow only when the first came to nothing.
Result<void> optionIsFree(const RunState &state, const Command &command)
{
    if (command.choice.isEmpty())
        return {};
    for (const Command &other : state.runbook->stepOf(command.id)->commands) {
        const Execution *last = state.lastExecution(other.id);
        const bool elsewhere = !other.choice.isEmpty() && other.choice != command.choice;
        if (elsewhere && last != nullptr
            && (last->isOpen() || last->outcome() == ExecutionOutcome::Succeeded))
            return refusal(
                u"Not chosen: “%1” was. Of these alternatives one is run."_s.arg(other.choice));
    }
    return {};
}

Result<void> signableNow(const RunState &state, const Step &step)
{
    if (!step.isSignable())
        return refusal(u"This step is closed by the steps under it. Sign those."_s);
    if (state.isSigned(step.id))
        return refusal(u"This step is already signed. Withdraw the sign-off first to change it."_s);
    const bool running = std::ranges::any_of(state.executions, [&](const Execution &execution) {
        const Command *command = state.runbook->command(execution.command);
        return execution.step == step.id && execution.isOpen()
            && !(command != nullptr && command->follower);
    });
    if (running)
        return refusal(u"A command of this step is still running. Sign when it has ended."_s);
    return nothingUnresolved(state);
}

Result<void> requestIsComplete(const RunState &state, const Step &step,
                               const SignOffRequest &request)
{
    const QString name = request.signedBy.trimmed();
    if (name.isEmpty())
        return refusal(u"Say who signs: “Signed by” is empty."_s);
    for (const SignOff &earlier : state.signOffs.value(step.id)) {
        if (isSameName(earlier.by.name, name))
            return refusal(u"%1 has signed this step already. It needs %2 different people."_s
                               .arg(earlier.by.name)
                               .arg(step.signOffs));
    }
    if (request.outcome != SignOffOutcome::Done && request.note.trimmed().isEmpty())
        return refusal(
            u"Say why in the note: the report lists every step that was not simply done."_s);
    const Execution *failed = failedCommand(state, step);
    if (request.outcome == SignOffOutcome::Done && failed != nullptr)
        return refusal(
            u"“%1” did not succeed. Run it again, or sign the step as done with deviation "
            "or failed and say why."_s.arg(titleOf(state, *failed)));
    return {};
}

} // namespace

Result<void> mayApprove(const RunState &state)
{
    if (auto running = inProgress(state); !running)
        return running;
    if (state.approval)
        return refusal(u"The commands of this run are approved already."_s);
    return {};
}

Result<void> mayNote(const RunState &state)
{
    return inProgress(state);
}

Result<void> maySign(const RunState &state, const SignOffRequest &request)
{
    if (auto running = inProgress(state); !running)
        return running;
    const Step *step = state.runbook->step(request.step);
    if (step == nullptr)
        return refusal(u"The runbook has no such step."_s);
    if (auto open = phaseAccepts(state, step->id); !open)
        return open;
    if (auto signable = signableNow(state, *step); !signable)
        return signable;
    return requestIsComplete(state, *step, request);
}

Result<void> mayReopen(const RunState &state, const StepId &step, const QString &reason)
{
    if (auto running = inProgress(state); !running)
        return running;
    if (state.signOffs.value(step).isEmpty())
        return refusal(u"This step has no sign-off to withdraw."_s);
    if (reason.trimmed().isEmpty())
        return refusal(u"Say why the sign-off is withdrawn: both stay in the record."_s);
    return {};
}

Result<void> mayRun(const RunState &state, const CommandId &id)
{
    if (auto running = inProgress(state); !running)
        return running;
    const Command *command = state.runbook->command(id);
    if (command == nullptr)
        return refusal(u"The runbook has no such command."_s);
    if (!state.approval)
        return refusal(
            u"Nothing runs before the commands of this runbook were shown and approved."_s);
    const StepId step = state.runbook->stepOf(id)->id;
    if (auto open = phaseAccepts(state, step); !open)
        return open;
    const Execution *last = state.lastExecution(id);
    if (last != nullptr && last->isOpen())
        return refusal(u"This command is running."_s);
    if (state.isSigned(step))
        return refusal(u"This step is signed. Withdraw the sign-off first to run it again."_s);
    if (auto free = optionIsFree(state, *command); !free)
        return free;
    return nothingUnresolved(state);
}

QStringList optionsOf(const Step &step)
{
    QStringList options;
    for (const Command &command : step.commands) {
        if (!command.choice.isEmpty() && !options.contains(command.choice))
            options += command.choice;
    }
    return options;
}

QString chosenOption(const RunState &state, const Step &step)
{
    for (auto it = state.executions.rbegin(); it != state.executions.rend(); ++it) {
        if (it->step != step.id)
            continue;
        const auto command = std::ranges::find(step.commands, it->command, &Command::id);
        if (command != step.commands.end() && !command->choice.isEmpty())
            return command->choice;
    }
    return {};
}

Result<void> mayCheckHttp(const RunState &state, const StepId &id, int check)
{
    if (auto running = inProgress(state); !running)
        return running;
    const Step *step = state.runbook->step(id);
    if (step == nullptr || check < 0 || check >= step->httpChecks.size())
        return refusal(u"This step describes no such request."_s);
    return phaseAccepts(state, id);
}

Result<void> mayStartWait(const RunState &state, const StepId &id)
{
    if (auto running = inProgress(state); !running)
        return running;
    const Step *step = state.runbook->step(id);
    if (step == nullptr || !step->waitSeconds)
        return refusal(u"This step asks for no time to wait."_s);
    if (auto open = phaseAccepts(state, id); !open)
        return open;
    if (state.isSigned(id))
        return refusal(u"This step is signed. Withdraw the sign-off first to wait again."_s);
    return {};
}

QString confirmationWord(const RunState &state, const CommandId &command)
{
    const Command *definition = state.runbook ? state.runbook->command(command) : nullptr;
    const bool harmless = definition != nullptr
        && (definition->follower
            || (!definition->runsOnce() && !definition->asksConfirmation()
                && changesNothing(*definition)));
    if (hasSucceeded(state, command) && !harmless)
        return u"again"_s;
    return definition != nullptr && definition->asksConfirmation() ? u"run"_s : QString();
}

Result<void> mayContinue(const RunState &state, const ExecutionId &execution)
{
    const Execution *known = state.execution(execution);
    if (known == nullptr || known->phase != Execution::Phase::Running)
        return refusal(u"This command is not running."_s);
    return {};
}

Result<void> maySignal(const RunState &state, const ExecutionId &execution)
{
    if (Result<void> running = mayContinue(state, execution); !running)
        return running;
    const Command *command = state.commandOf(*state.execution(execution));
    if (command != nullptr && !command->canBeCancelled())
        return refusal(u"The runbook says not to stop this command (cancel=false): let it end."_s);
    return {};
}

Result<void> mayDeclareRollback(const RunState &state, const PhaseId &scenario,
                                const QString &reason)
{
    if (auto running = inProgress(state); !running)
        return running;
    const Phase *phase = state.runbook->phase(scenario);
    if (phase == nullptr || !phase->isRollbackScenario())
        return refusal(u"Choose one of the runbook's rollback scenarios."_s);
    if (state.hasRollback(scenario))
        return refusal(u"This rollback is already declared."_s);
    if (reason.trimmed().isEmpty())
        return refusal(u"Say why you roll back: it is the first thing the report is asked for."_s);
    return {};
}

Result<void> phaseIsOpen(const RunState &state, const PhaseId &id)
{
    const Phase *phase = state.runbook ? state.runbook->phase(id) : nullptr;
    if (phase == nullptr || !isGated(*phase) || hasGo(state, id))
        return {};
    const Phase *blocking = blockingPhase(state, id);
    if (blocking == nullptr)
        return {};
    const int open = openRequiredSteps(state, *blocking);
    return refusal(u"“%1” has %2 to sign. Close them, or open this phase anyway and say why."_s.arg(
        blocking->title, countOf(open, u"step"_s)));
}

Result<void> mayDecideGate(const RunState &state, const GateDecided &decision)
{
    if (auto running = inProgress(state); !running)
        return running;
    if (state.runbook->phase(decision.phase) == nullptr)
        return refusal(u"The runbook has no such phase."_s);
    if (auto settled = nothingUnresolved(state); decision.go && !settled)
        return settled;
    if (decision.reason.trimmed().isEmpty())
        return refusal(u"Say why: the report lists every gate that was passed with open steps."_s);
    return {};
}

Result<void> mayComplete(const RunState &state)
{
    if (auto running = inProgress(state); !running)
        return running;
    if (!state.openExecutions().isEmpty())
        return refusal(u"A command is still running. Complete the run when it has ended."_s);
    if (auto settled = nothingUnresolved(state); !settled)
        return settled;
    const RunState::Progress progress = state.progress();
    if (state.rollbacks.isEmpty() && !progress.isComplete())
        return refusal(
            u"%1 still to sign. Sign or skip them with a reason, or abort the run."_s.arg(
                countOf(progress.total - progress.closed, u"step"_s)));
    for (const RollbackDeclaration &rollback : state.rollbacks) {
        if (!state.progress(rollback.declared.scenario).isComplete())
            return refusal(u"The declared rollback still has steps to sign."_s);
    }
    return {};
}

Result<void> mayAbort(const RunState &state, const QString &reason)
{
    if (auto running = inProgress(state); !running)
        return running;
    if (reason.trimmed().isEmpty())
        return refusal(u"Say why the run is aborted: its report stays."_s);
    return {};
}

Result<void> mayResolve(const RunState &state, const ExecutionId &execution,
                        ExecutionOutcome outcome, const QString &evidence)
{
    const Execution *known = state.execution(execution);
    if (known == nullptr || !known->isUnresolved())
        return refusal(u"Only a command whose end is unknown can be settled by hand."_s);
    if (outcome == ExecutionOutcome::Unknown)
        return refusal(u"Choose what you found out: succeeded, failed or cancelled."_s);
    if (evidence.trimmed().isEmpty())
        return refusal(u"Say what shows it: a query and its result, a log line, a colleague."_s);
    return {};
}

} // namespace runsheet::rules
