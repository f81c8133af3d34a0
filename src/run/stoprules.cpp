// SPDX-License-Identifier: Apache-2.0
#include "run/stoprules.h"

#include "run/rules.h"
#include "run/stopladder.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet::rules
{

namespace
{

bool mayBeStopped(const RunState &state, const Execution &execution)
{
    const Command *command = state.commandOf(execution);
    return command == nullptr || command->canBeCancelled();
}

Result<void> mayStopProcess(const RunState &state, const Execution &execution, StopRung rung)
{
    if (Result<void> signal = maySignal(state, execution.id); !signal)
        return signal;
    if (rung == StopRung::Terminate && !execution.wasAsked(StopRung::Interrupt))
        return refusal(u"Interrupt it first: only an interrupt lets a client cancel its statement "
                       "on the server."_s);
    if (rung == StopRung::Kill && !execution.wasAsked(StopRung::Terminate))
        return refusal(u"Terminate it first: a program that is killed cannot tidy up."_s);
    return {};
}

Result<void> mayStopBackend(const RunState &state, const Execution &execution, StopRung rung)
{
    if (state.environment.connection.isEmpty())
        return refusal(u"This environment names no server to ask."_s);
    if (!mayBeStopped(state, execution))
        return refusal(u"The runbook says not to stop this command (cancel=false): let it end."_s);
    const bool nothingToCancel = execution.server && !execution.server->backends.isEmpty()
        && std::ranges::all_of(execution.server->backends, &ServerBackend::isIdleInTransaction);
    if (rung == StopRung::CancelBackend && nothingToCancel)
        return refusal(u"Its session holds a transaction open and runs no statement, so there is "
                       "none to cancel. Disconnect it."_s);
    if (execution.phase == Execution::Phase::Ended)
        return execution.worksOnServer()
            ? Result<void>()
            : Result<void>(
                refusal(u"As far as is known nothing of this command runs on the server. "
                        "Check the server first."_s));
    if (execution.phase == Execution::Phase::Intended)
        return refusal(u"This command is not running."_s);
    if (!execution.wasAsked(StopRung::Interrupt))
        return refusal(u"Interrupt it first: that lets the client cancel its own statement."_s);
    if (rung == StopRung::TerminateBackend && !execution.wasAsked(StopRung::CancelBackend)
        && !execution.wasAsked(StopRung::Terminate))
        return refusal(u"Cancel its statement on the server first, or terminate the command."_s);
    return {};
}

} // namespace

Result<void> mayStop(const RunState &state, const ExecutionId &id, StopRung rung)
{
    const Execution *execution = state.execution(id);
    if (execution == nullptr)
        return refusal(u"This command is not running."_s);
    return isServerRung(rung) ? mayStopBackend(state, *execution, rung)
                              : mayStopProcess(state, *execution, rung);
}

std::optional<StopRung> nextRung(const RunState &state, const ExecutionId &id)
{
    const Execution *execution = state.execution(id);
    std::optional<StopRung> hardestAllowed;
    const bool isNowhere = execution != nullptr && execution->isOpen() && execution->server
        && execution->server->backends.isEmpty();
    for (const StopRung rung : kStopLadder) {
        if (execution == nullptr || !mayStop(state, id, rung))
            continue;
        if (isServerRung(rung) && isNowhere)
            continue; // may be asked for, but has nobody to reach
        hardestAllowed = rung;
        // Gone on the client's side, what was asked of it before counts no more.
        const auto isPassed = [&](const StopAsked &asked) {
            return asked.rung >= rung && (execution->isOpen() || asked.at >= execution->endedAt);
        };
        if (std::ranges::none_of(execution->stops, isPassed))
            return rung;
    }
    return hardestAllowed;
}

QString confirmationWord(StopRung rung)
{
    return rung == StopRung::Kill ? u"kill"_s : QString();
}

Result<void> mayCheckServer(const RunState &state, const ExecutionId &id)
{
    if (state.status != RunStatus::InProgress)
        return refusal(u"This run has ended, so its record is closed."_s);
    if (state.execution(id) == nullptr)
        return refusal(u"This command has not run."_s);
    if (state.environment.connection.isEmpty())
        return refusal(u"This environment names no server to ask."_s);
    return {};
}

bool needsServerCheck(const RunState &state, const Execution &execution)
{
    if (!execution.end || !mayCheckServer(state, execution.id))
        return false;
    const ExecutionOutcome outcome = execution.end->outcome;
    const bool ranCleanly = outcome == ExecutionOutcome::Succeeded && execution.stops.isEmpty()
        && !execution.end->background;
    return !ranCleanly && outcome != ExecutionOutcome::CouldNotStart
        && !execution.serverCheckedAt.isValid(); // it counts from the end
}

} // namespace runsheet::rules
