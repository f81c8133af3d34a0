// SPDX-License-Identifier: Apache-2.0
#include "run/conditions.h"

#include "base/text.h"
#include "run/rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet::rules
{

namespace
{

const Execution *unresolvedExecution(const RunState &state)
{
    const auto it = std::ranges::find_if(state.executions, &Execution::isUnresolved);
    return it == state.executions.end() ? nullptr : &*it;
}

} // namespace

Result<void> inProgress(const RunState &state)
{
    if (state.status == RunStatus::InProgress)
        return {};
    if (state.status == RunStatus::NotCreated)
        return refusal(u"No run is open."_s);
    return refusal(u"This run has ended, so its record is closed. Start a new run to go on."_s);
}

Result<void> nothingUnresolved(const RunState &state)
{
    const Execution *execution = unresolvedExecution(state);
    if (execution == nullptr)
        return {};
    if (execution->worksOnServer())
        return refusal(
            u"The server still works on “%1”, although the command has ended. Stop it "
            "there or wait, and check the server again."_s.arg(state.titleOf(*execution)));
    return refusal(
        u"It is unknown how “%1” ended. Settle that first: say what you found, and how."_s.arg(
            state.titleOf(*execution)));
}

Result<void> phaseAccepts(const RunState &state, const StepId &step)
{
    const Phase *phase = state.runbook->phaseOf(step);
    if (phase->group != PhaseGroup::Rollback)
        return phaseIsOpen(state, phase->id);
    if (state.hasRollback(phase->id))
        return {};
    return refusal(u"Declare the rollback “%1” before working through it."_s.arg(phase->title));
}

} // namespace runsheet::rules
