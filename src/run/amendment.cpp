// SPDX-License-Identifier: Apache-2.0
#include "run/amendment.h"

#include "base/text.h"
#include "run/carryover.h"
#include "run/rules.h"
#include "run/runbooksource.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Ids are slugs, so this begins none of them: "~2/execution/migrate#1" was taken out by the
/// second amendment.
constexpr QChar kRetired = u'~';

CommandId retired(const CommandId &id, qsizetype amendment)
{
    return {kRetired + QString::number(amendment) + u'/' + id.value};
}

StepId stepPart(const CommandId &command)
{
    return {command.value.section(u'#', 0, -2)};
}

/// Where the execution's ids can be looked up.
struct Origin
{
    const Runbook *runbook = nullptr;
    CommandId command;
};

Origin originOf(const RunState &state, const Execution &execution)
{
    const QString &id = execution.command.value;
    if (!id.startsWith(kRetired))
        return {.runbook = state.runbook.get(), .command = execution.command};
    const qsizetype amendment = id.section(u'/', 0, 0).sliced(1).toLongLong();
    if (amendment < 1 || amendment > state.amendments.size())
        return {};
    return {.runbook = state.amendments.at(amendment - 1).before.get(),
            .command = {id.section(u'/', 1)}};
}

/// What is known of unchanged steps, by their ids in the new runbook.
template <typename Fact>
QHash<StepId, Fact> carriedFacts(const QHash<StepId, Fact> &facts, const CarryOver &carried)
{
    QHash<StepId, Fact> kept;
    for (auto it = carried.steps.begin(); it != carried.steps.end(); ++it) {
        if (const auto fact = facts.find(it.key()); fact != facts.end())
            kept.insert(it.value(), *fact);
    }
    return kept;
}

QList<StepId> withdrawnSteps(const RunState &state, const CarryOver &carried)
{
    QList<StepId> steps;
    for (const Phase &phase : state.runbook->phases) {
        for (const Step &step : phase.steps) {
            if (!state.signOffs.value(step.id).isEmpty() && !carried.steps.contains(step.id))
                steps += step.id;
        }
    }
    return steps;
}

void carryExecutions(RunState &state, const CarryOver &carried)
{
    for (Execution &execution : state.executions) {
        if (execution.command.value.startsWith(kRetired))
            continue;
        execution.command = carried.commands.value(
            execution.command, retired(execution.command, state.amendments.size()));
        execution.step = stepPart(execution.command);
    }
}

/// Decisions about phases that are gone stay in the journal alone.
void carryDecisions(RunState &state, const CarryOver &carried)
{
    state.gates.removeIf(
        [&](const Gate &gate) { return !carried.phases.contains(gate.decision.phase); });
    for (Gate &gate : state.gates)
        gate.decision.phase = carried.phases.value(gate.decision.phase);
    for (RollbackDeclaration &rollback : state.rollbacks)
        rollback.declared.scenario =
            carried.phases.value(rollback.declared.scenario, rollback.declared.scenario);
}

Result<void> keepsDeclaredRollbacks(const RunState &state, const Runbook &amended)
{
    if (state.rollbacks.isEmpty())
        return {};
    const CarryOver carried = carryOver(*state.runbook, amended);
    for (const RollbackDeclaration &rollback : state.rollbacks) {
        const Phase *phase = state.runbook->phase(rollback.declared.scenario);
        if (phase != nullptr && !carried.phases.contains(phase->id))
            return refusal(
                u"The rollback “%1” is declared and no longer in the file. Put it back, under "
                "its old heading, then amend the run."_s.arg(phase->title));
    }
    return {};
}

} // namespace

void amend(RunState &state, const RunEvent &event)
{
    if (!state.runbook)
        return; // a journal that does not say how its run began
    const auto &body = std::get<RunbookAmended>(event.body);
    auto amended =
        std::make_shared<const Runbook>(readForRun(state.created, body.runbookSource.toUtf8()));
    const CarryOver carried = carryOver(*state.runbook, *amended);
    state.amendments += Amendment{.amended = body,
                                  .before = state.runbook,
                                  .withdrawn = withdrawnSteps(state, carried),
                                  .by = event.actor,
                                  .unattended = event.unattended,
                                  .at = event.at,
                                  .seq = event.seq};
    state.signOffs = carriedFacts(state.signOffs, carried);
    state.waits = carriedFacts(state.waits, carried);
    state.httpAnswers = carriedFacts(state.httpAnswers, carried);
    carryExecutions(state, carried);
    carryDecisions(state, carried);
    state.approval.reset();
    state.phaseRuns.clear();
    state.runbook = std::move(amended);
}

AmendmentPreview previewOf(const RunState &state, const Runbook &amended)
{
    const QList<StepId> withdrawn = withdrawnSteps(state, carryOver(*state.runbook, amended));
    AmendmentPreview preview{.kept = state.signOffs.size() - withdrawn.size(), .withdrawn = {}};
    for (const StepId &step : withdrawn)
        preview.withdrawn += state.runbook->step(step)->title;
    return preview;
}

QString RunState::runbookSha256() const
{
    return amendments.isEmpty() ? created.runbookSha256
                                : amendments.constLast().amended.runbookSha256;
}

const Runbook *RunState::runbookAt(qint64 seq) const
{
    const auto next =
        std::ranges::find_if(amendments, [seq](const Amendment &one) { return seq <= one.seq; });
    return next == amendments.end() ? runbook.get() : next->before.get();
}

const Command *RunState::commandOf(const Execution &execution) const
{
    const Origin origin = originOf(*this, execution);
    return origin.runbook == nullptr ? nullptr : origin.runbook->command(origin.command);
}

QString RunState::titleOf(const Execution &execution) const
{
    const Command *command = commandOf(execution);
    return command == nullptr ? firstLine(execution.text) : command->title();
}

const Step *RunState::stepOf(const Execution &execution) const
{
    const Origin origin = originOf(*this, execution);
    return origin.runbook == nullptr ? nullptr : origin.runbook->stepOf(origin.command);
}

const Phase *RunState::phaseOf(const Execution &execution) const
{
    const Origin origin = originOf(*this, execution);
    return origin.runbook == nullptr ? nullptr : origin.runbook->phaseOf(stepPart(origin.command));
}

namespace rules
{

Result<void> mayAmend(const RunState &state, const Runbook &amended, const QString &reason)
{
    if (auto running = mayNote(state); !running)
        return running;
    if (!state.openExecutions().isEmpty())
        return refusal(u"A command is still running. Amend the run when it has ended."_s);
    if (std::ranges::any_of(state.executions, &Execution::isUnresolved))
        return refusal(u"It is unknown how a command ended. Settle that first: say what you "
                       "found, and how."_s);
    if (amended.sha256 == state.runbookSha256())
        return refusal(u"The file is the same as the runbook of this run."_s);
    if (auto usable = withoutErrors(amended); !usable)
        return usable;
    if (auto kept = keepsDeclaredRollbacks(state, amended); !kept)
        return kept;
    if (reason.trimmed().isEmpty())
        return refusal(
            u"Say why: the report lists every change of the runbook, with its reason."_s);
    return {};
}

} // namespace rules

} // namespace runsheet
