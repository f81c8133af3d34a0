// SPDX-License-Identifier: Apache-2.0
#include "run/state.h"

#include "run/amendment.h"
#include "run/runbooksource.h"
#include "run/stopladder.h"
#include "runbook/fillplaceholders.h"

#include <algorithm>

namespace runsheet
{

namespace
{

Execution *findExecution(RunState &state, const ExecutionId &id)
{
    const auto it = std::ranges::find(state.executions, id, &Execution::id);
    return it == state.executions.end() ? nullptr : &*it;
}

/// One overload per event type: what it does to the state.
struct Reducer
{
    RunState &state;
    const RunEvent &event;

    void operator()(const RunCreated &body) const
    {
        state.id = event.run;
        state.status = RunStatus::InProgress;
        state.created = body;
        state.createdAt = event.at;
        state.environment = Environment::fromJson(body.environment);
        state.runbook =
            std::make_shared<const Runbook>(readForRun(body, body.runbookSource.toUtf8()));
    }
    void operator()(const RunbookApproved &body) const
    {
        if (!state.amendments.isEmpty() && body.runbookSha256 != state.runbookSha256())
            return; // what was approved is no longer what would run
        state.approval = body;
        state.approvedBy = event.actor;
        state.approvedUnattended = event.unattended;
    }
    void operator()(const GateDecided &body) const
    {
        state.gates += Gate{.decision = body, .by = event.actor, .at = event.at};
    }
    void operator()(const StepSigned &body) const
    {
        state.signOffs[body.step] += SignOff{
            .event = event.id,
            .seq = event.seq,
            .outcome = body.outcome,
            .observed = body.observed,
            .note = body.note,
            .by = event.actor,
            .unattended = event.unattended,
            .at = event.at,
        };
    }
    void operator()(const StepReopened &body) const { state.signOffs.remove(body.step); }
    void operator()(const CommandIntended &body) const
    {
        Execution execution;
        execution.id = body.execution;
        execution.command = body.command;
        execution.step = StepId{body.command.value.section(u'#', 0, -2)};
        execution.attempt = body.attempt;
        execution.text = body.text;
        execution.sha256 = body.sha256;
        execution.intendedAt = event.at;
        execution.by = event.actor;
        execution.unattended = event.unattended;
        execution.answers = body.answers;
        execution.secretAnswers = body.secretAnswers;
        execution.sessionOptions = body.sessionOptions;
        state.executions += execution;
        for (auto it = body.answers.begin(); it != body.answers.end(); ++it)
            state.answers.insert(variableNameOf(it.key()), it.value());
    }
    void operator()(const CommandStarted &body) const
    {
        if (Execution *execution = findExecution(state, body.execution)) {
            execution->phase = Execution::Phase::Running;
            execution->startedAt = event.at;
            execution->pid = body.pid;
            execution->unmasked = body.unmasked;
        }
    }
    void operator()(const CommandSignalled &body) const
    {
        Execution *execution = findExecution(state, body.execution);
        if (execution == nullptr)
            return;
        execution->signalsSent += body.signal;
        if (const std::optional<StopRung> rung = rungOf(body.signal))
            execution->stops += StopAsked{.rung = *rung, .at = event.at, .by = event.actor};
    }
    void operator()(const BackendSignalled &body) const
    {
        if (Execution *execution = findExecution(state, body.execution))
            execution->stops += StopAsked{.rung = body.rung, .at = event.at, .by = event.actor};
    }
    void operator()(const CommandOverran &body) const
    {
        if (Execution *execution = findExecution(state, body.execution))
            execution->overranAt = event.at;
    }
    void operator()(const ServerChecked &body) const
    {
        Execution *execution = findExecution(state, body.execution);
        if (execution == nullptr)
            return;
        execution->server = body;
        execution->serverCheckedAt = event.at;
        execution->transactions = body.transactions;
        execution->wasOnServer = execution->wasOnServer || !body.backends.isEmpty();
    }
    void operator()(const CommandEnded &body) const
    {
        Execution *execution = findExecution(state, body.execution);
        if (execution == nullptr)
            return;
        execution->phase = Execution::Phase::Ended;
        execution->endedAt = event.at;
        execution->end = body;
        execution->unmasked += body.unmasked;
        execution->unmasked.removeDuplicates();
        execution->endSeq = event.seq;
        execution->server.reset(); // what the server said before is not about the end
        execution->serverCheckedAt = {};
        // What was sent elsewhere by cwd= leaves the others where they are.
        const Command *command =
            state.runbook ? state.runbook->command(execution->command) : nullptr;
        const bool elsewhere = command != nullptr && !command->workingFolder().isEmpty();
        if (!body.workingDirectory.isEmpty() && !elsewhere)
            state.workingDirectory = body.workingDirectory;
    }
    void operator()(const OutputCompared &body) const
    {
        if (Execution *execution = findExecution(state, body.execution))
            execution->comparison = body;
    }
    void operator()(const OutputRecognised &body) const
    {
        if (Execution *execution = findExecution(state, body.execution))
            execution->recognised = body;
    }
    void operator()(const PhaseStarted &body) const
    {
        PhaseRun &run = state.phaseRuns[body.phase];
        if (run.stop && !run.stop->execution.isEmpty())
            run.seen.insert(run.stop->execution);
        run.stop.reset();
    }
    void operator()(const PhaseStopped &body) const { state.phaseRuns[body.phase].stop = body; }
    void operator()(const HttpChecked &body) const
    {
        state.httpAnswers[body.step].insert(body.check, body);
    }
    void operator()(const WaitStarted &body) const
    {
        state.waits.insert(body.step, {.startedAt = event.at, .seconds = body.seconds});
    }
    void operator()(const CommandResolved &body) const
    {
        if (Execution *execution = findExecution(state, body.execution))
            execution->resolution = body;
    }
    void operator()(const VariablesCaptured &body) const
    {
        for (auto it = body.variables.begin(); it != body.variables.end(); ++it) {
            state.variables.insert(it.key(), it.value());
            state.variableOrigins.insert(it.key(), body.execution);
        }
        for (const QString &name : body.removed) {
            state.variables.remove(name);
            state.variableOrigins.remove(name);
        }
    }
    void operator()(const TargetChecked &body) const { state.targetChecks += body; }
    void operator()(const NoteAdded &) const { }
    void operator()(const RollbackDeclared &body) const
    {
        state.rollbacks += RollbackDeclaration{
            .declared = body, .by = event.actor, .unattended = event.unattended, .at = event.at};
    }
    void operator()(const RunCompleted &body) const
    {
        end(body.rolledBack ? RunStatus::RolledBack : RunStatus::Completed);
    }
    void operator()(const RunAborted &) const { end(RunStatus::Aborted); }
    void operator()(const RunbookAmended &) const { amend(state, event); }

    void end(RunStatus status) const
    {
        state.status = status;
        state.endedAt = event.at;
    }
};

} // namespace

RunState apply(RunState state, const RunEvent &event)
{
    std::visit(Reducer{state, event}, event.body);
    state.lastSeq = event.seq;
    state.head = event.hash;
    return state;
}

RunState replay(const QList<RunEvent> &events)
{
    RunState state;
    for (const RunEvent &event : events)
        state = apply(std::move(state), event);
    return state;
}

} // namespace runsheet
