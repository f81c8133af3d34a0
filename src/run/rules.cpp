// SPDX-License-Identifier: Apache-2.0
#include "run/rules.h"

#include "base/text.h"
#include "run/conditions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet::rules
{

namespace
{

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
            "or failed and say why."_s.arg(state.titleOf(*failed)));
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

} // namespace runsheet::rules
