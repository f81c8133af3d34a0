// SPDX-License-Identifier: Apache-2.0
#include "run/state.h"

#include "base/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Rollback scenarios and reference sections are not part of the way through the run.
bool isOnTheWay(const Phase &phase)
{
    return phase.group != PhaseGroup::Rollback && phase.group != PhaseGroup::Reference;
}

RunState::Progress progressOf(const RunState &state, const Phase &phase)
{
    RunState::Progress progress;
    for (const Step &step : phase.steps) {
        if (!step.isSignable())
            continue;
        ++progress.total;
        if (state.isSigned(step.id))
            ++progress.closed;
    }
    return progress;
}

StepStatus derivedStatus(const RunState &state, const Step &parent)
{
    const auto has = [&](StepStatus status) {
        return std::ranges::any_of(parent.children, [&](const StepId &child) {
            return state.stepStatus(child) == status;
        });
    };
    if (has(StepStatus::Running))
        return StepStatus::Running;
    if (has(StepStatus::AwaitingSignOff))
        return StepStatus::AwaitingSignOff;
    return has(StepStatus::Pending) ? StepStatus::Pending : StepStatus::Signed;
}

template <typename Id>
const Execution *lastBy(const QList<Execution> &executions, Id Execution::*member, const Id &id)
{
    const auto it =
        std::find_if(executions.rbegin(), executions.rend(),
                     [&](const Execution &candidate) { return candidate.*member == id; });
    return it == executions.rend() ? nullptr : &*it;
}

} // namespace

bool Execution::worksOnServer() const
{
    return end && server && server->verdict == ServerVerdict::Running;
}

bool Execution::isDeniedByServer() const
{
    if (!server || resolution || outcome() != ExecutionOutcome::Succeeded)
        return false;
    switch (server->verdict) {
    case ServerVerdict::RolledBack:
    case ServerVerdict::LastRolledBack:
    case ServerVerdict::NotDone:
    case ServerVerdict::InvalidIndex:
    case ServerVerdict::PreparedLeft:
        return true;
    case ServerVerdict::None:
    case ServerVerdict::Running:
    case ServerVerdict::Committed:
    case ServerVerdict::Unknown:
        break;
    }
    return false;
}

bool Execution::isUnresolved() const
{
    return !resolution && end && (outcome() == ExecutionOutcome::Unknown || worksOnServer());
}

bool Execution::wasAsked(StopRung rung) const
{
    return std::ranges::find(stops, rung, &StopAsked::rung) != stops.end();
}

std::optional<ExecutionOutcome> Execution::outcome() const
{
    if (resolution)
        return resolution->outcome;
    if (!end)
        return std::nullopt;
    const bool broken =
        end->outcome == ExecutionOutcome::Failed || end->outcome == ExecutionOutcome::Signalled;
    // A signal says nothing about the server; only the server's own answer does.
    const bool undone = server
        && (server->verdict == ServerVerdict::RolledBack
            || server->verdict == ServerVerdict::LastRolledBack);
    if (broken && !stops.isEmpty() && undone)
        return ExecutionOutcome::Cancelled;
    const bool seenThere = wasOnServer || !transactions.isEmpty();
    if (end->outcome == ExecutionOutcome::Signalled && seenThere && server
        && server->verdict == ServerVerdict::Unknown)
        return ExecutionOutcome::Unknown;
    return end->outcome;
}

bool RunState::isSigned(const StepId &step) const
{
    const Step *definition = runbook ? runbook->step(step) : nullptr;
    if (definition == nullptr)
        return false;
    if (!definition->isSignable())
        return std::ranges::all_of(definition->children,
                                   [this](const StepId &child) { return isSigned(child); });
    return signOffs.value(step).size() >= definition->signOffs;
}

StepStatus RunState::stepStatus(const StepId &step) const
{
    const Step *definition = runbook ? runbook->step(step) : nullptr;
    if (definition != nullptr && !definition->isSignable() && definition->commands.isEmpty())
        return derivedStatus(*this, *definition);
    const auto ofStep = [&step](const Execution &execution) { return execution.step == step; };
    if (std::ranges::any_of(executions, [&](const Execution &execution) {
            return ofStep(execution) && execution.isOpen();
        }))
        return StepStatus::Running;
    if (isSigned(step))
        return StepStatus::Signed;
    if (!signOffs.value(step).isEmpty() || std::ranges::any_of(executions, ofStep))
        return StepStatus::AwaitingSignOff;
    return StepStatus::Pending;
}

const Execution *RunState::execution(const ExecutionId &wanted) const
{
    const auto it = std::ranges::find(executions, wanted, &Execution::id);
    return it == executions.end() ? nullptr : &*it;
}

const Execution *RunState::lastExecution(const CommandId &command) const
{
    return lastBy(executions, &Execution::command, command);
}

const Execution *RunState::lastExecution(const StepId &step) const
{
    return lastBy(executions, &Execution::step, step);
}

QList<ExecutionId> RunState::openExecutions() const
{
    QList<ExecutionId> open;
    for (const Execution &candidate : executions) {
        if (candidate.isOpen())
            open += candidate.id;
    }
    return open;
}

bool RunState::hasRollback(const PhaseId &scenario) const
{
    return std::ranges::any_of(rollbacks, [&](const RollbackDeclaration &declaration) {
        return declaration.declared.scenario == scenario;
    });
}

RunState::Progress RunState::progress(const PhaseId &phase) const
{
    const Phase *definition = runbook ? runbook->phase(phase) : nullptr;
    return definition == nullptr ? Progress{} : progressOf(*this, *definition);
}

RunState::Progress RunState::progress() const
{
    Progress sum;
    if (!runbook)
        return sum;
    for (const Phase &phase : runbook->phases) {
        if (!isOnTheWay(phase))
            continue;
        const Progress part = progressOf(*this, phase);
        sum.closed += part.closed;
        sum.total += part.total;
    }
    return sum;
}

StepId RunState::firstOpenStep() const
{
    if (!runbook)
        return {};
    for (const Phase &phase : runbook->phases) {
        if (!isOnTheWay(phase))
            continue;
        for (const Step &step : phase.steps) {
            if (step.isSignable() && !isSigned(step.id))
                return step.id;
        }
    }
    return {};
}

RunSummary summarize(const RunState &state, qint64 number)
{
    RunSummary summary{
        .id = state.id,
        .number = number,
        .runbookTitle = state.created.runbookTitle,
        .environmentName = state.environment.name,
        .environmentColour = state.environment.colour,
        .mode = state.created.mode,
        .status = state.status,
        .createdAt = state.createdAt,
        .endedAt = state.endedAt,
        .closedSteps = state.progress().closed,
        .totalSteps = state.progress().total,
        .openExecutions = static_cast<int>(state.openExecutions().size()),
        .signedBy = {},
    };
    if (summary.environmentColour.isEmpty())
        summary.environmentColour = state.environment.production ? u"red"_s : u"teal"_s;
    QList<SignOff> all;
    for (const QList<SignOff> &signOffs : state.signOffs)
        all += signOffs;
    std::ranges::sort(all, {}, &SignOff::seq);
    for (const SignOff &signOff : all) {
        if (!summary.signedBy.contains(signOff.by.name))
            summary.signedBy += signOff.by.name;
    }
    return summary;
}

} // namespace runsheet
