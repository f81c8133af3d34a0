// SPDX-License-Identifier: Apache-2.0
// Starting commands and what they get, continuing them, and settling how they ended.
#include "run/conditions.h"
#include "run/rules.h"

#include "base/shellnames.h"
#include "runbook/readonly.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet::rules
{

namespace
{

bool hasSucceeded(const RunState &state, const CommandId &command)
{
    return std::ranges::any_of(state.executions, [&](const Execution &execution) {
        return execution.command == command && execution.outcome() == ExecutionOutcome::Succeeded;
    });
}

bool hasStarted(const RunState &state, const CommandId &command)
{
    return std::ranges::any_of(state.executions, [&](const Execution &execution) {
        return execution.command == command
            && execution.outcome() != ExecutionOutcome::CouldNotStart;
    });
}

/// The runbook says so in as many words; that it does not say once=true means nothing.
bool isRepeatable(const Command &command)
{
    return command.attributes.value(u"once"_s) == u"false";
}

/// A migration tool knows by its own table what is done already and goes on from there.
bool knowsWhatIsDone(const Execution &execution)
{
    return execution.recognised && !execution.recognised->tool.isEmpty()
        && execution.recognised->tool != u"psql";
}

SecondLook afterVerdict(const Execution &last)
{
    const bool wasThere = last.wasOnServer || !last.transactions.isEmpty();
    switch (last.server->verdict) {
    case ServerVerdict::Committed:
        return SecondLook::Committed;
    case ServerVerdict::Unknown:
        return wasThere ? SecondLook::InDoubt : SecondLook::None;
    case ServerVerdict::LastRolledBack:
    case ServerVerdict::NotDone:
        return knowsWhatIsDone(last) ? SecondLook::None : SecondLook::PartlyDone;
    case ServerVerdict::PreparedLeft:
    case ServerVerdict::InvalidIndex:
        return SecondLook::PartlyDone;
    case ServerVerdict::None:
    case ServerVerdict::Running:
    case ServerVerdict::RolledBack:
        break;
    }
    return SecondLook::None;
}

/// What the last attempt may have left to trip over.
SecondLook whatWasLeft(const Execution *last)
{
    if (last == nullptr || !last->end)
        return SecondLook::None;
    if (last->end->background)
        return SecondLook::LeftProcess;
    if (!last->server || last->outcome() == ExecutionOutcome::Succeeded)
        return SecondLook::None;
    return afterVerdict(*last);
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

} // namespace

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
    for (qsizetype i = state.executions.size() - 1; i >= 0; --i) {
        const Execution &execution = state.executions.at(i);
        if (execution.step != step.id)
            continue;
        const auto command = std::ranges::find(step.commands, execution.command, &Command::id);
        if (command != step.commands.end() && !command->choice.isEmpty())
            return command->choice;
    }
    return {};
}

SecondLook secondLook(const RunState &state, const CommandId &id)
{
    const Command *command = state.runbook ? state.runbook->command(id) : nullptr;
    if (command == nullptr)
        return SecondLook::None;
    const bool isFree = command->follower || isRepeatable(*command)
        || (!command->runsOnce() && !command->asksConfirmation() && changesNothing(*command));
    const SecondLook left = whatWasLeft(state.lastExecution(id));
    if (left == SecondLook::LeftProcess || (left != SecondLook::None && !isFree))
        return left;
    if (command->runsOnce() && hasStarted(state, id))
        return SecondLook::RanOnce;
    if (hasSucceeded(state, id) && !isFree)
        return SecondLook::Succeeded;
    return command->asksConfirmation() ? SecondLook::Asked : SecondLook::None;
}

QString confirmationWord(SecondLook reason)
{
    if (reason == SecondLook::None)
        return {};
    return reason == SecondLook::Asked ? u"run"_s : u"again"_s;
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

Result<void> maySetVariable(const RunState &state, const QString &name)
{
    if (auto running = inProgress(state); !running)
        return running;
    if (!isVariableName(name))
        return refusal(u"A name has letters, digits and “_” only, and no digit in front."_s);
    if (isShellOwnName(name))
        return refusal(u"%1 belongs to the shell itself. Choose another name."_s.arg(name));
    return {};
}

} // namespace runsheet::rules
