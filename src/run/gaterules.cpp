// SPDX-License-Identifier: Apache-2.0
// Gates, rollback scenarios, and the commands of a phase one after the other.
#include "run/conditions.h"
#include "run/rules.h"

#include "base/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet::rules
{

namespace
{

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

} // namespace

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

Result<void> mayCarryOn(const RunState &state, const PhaseId &id)
{
    if (auto running = inProgress(state); !running)
        return running;
    if (state.runbook->phase(id) == nullptr)
        return refusal(u"The runbook has no such phase."_s);
    if (!state.approval)
        return refusal(
            u"Nothing runs before the commands of this runbook were shown and approved."_s);
    return {};
}

} // namespace runsheet::rules
