// SPDX-License-Identifier: Apache-2.0
// What a person or the monitor wants: each asks the rules and, when they allow it, becomes an
// event.
#include "base/json.h"
#include "base/sha256.h"
#include "run/controller.h"
#include "run/runbooksource.h"
#include "runbook/parser.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString targetFinding(const RunState &state, const ServerIdentity &identity)
{
    const QString expected = state.environment.expectedSystemIdentifier;
    if (!expected.isEmpty() && identity.systemIdentifier != expected)
        return u"The server is %1, the environment expects %2."_s.arg(identity.systemIdentifier,
                                                                      expected);
    if (state.targetChecks.isEmpty())
        return {};
    const ServerIdentity first = ServerIdentity::fromJson(state.targetChecks.first().identity);
    if (first.systemIdentifier != identity.systemIdentifier)
        return u"The server is %1, at the start of the run it was %2."_s.arg(
            identity.systemIdentifier, first.systemIdentifier);
    return {};
}

} // namespace

void RunController::approveRunbook()
{
    const RunState state = projected();
    const Result<void> allowed = rules::mayApprove(state);
    record(allowed,
           RunbookApproved{.runbookSha256 = state.runbookSha256(),
                           .commands = allowed ? state.runbook->commandCount() : 0,
                           .basis = {}});
}

void RunController::amendRunbook(const QByteArray &source, const QString &reason)
{
    const RunState state = projected();
    const Runbook amended = parseRunbook(source, state.created.runbookFile);
    record(rules::mayAmend(state, amended, reason),
           RunbookAmended{.runbookSha256 = amended.sha256,
                          .runbookSource = decodedSource(source),
                          .reason = reason.trimmed()});
}

void RunController::onApprovalFound(const QString &runbookSha256, const QString &basis)
{
    if (basis.isEmpty() || runbookSha256 != m_state.runbookSha256()
        || !rules::mayApprove(projected()))
        return;
    record({},
           RunbookApproved{.runbookSha256 = runbookSha256,
                           .commands = runbook().commandCount(),
                           .basis = basis});
}

void RunController::signStep(const rules::SignOffRequest &request)
{
    record(rules::maySign(projected(), request),
           StepSigned{.step = request.step,
                      .outcome = request.outcome,
                      .observed = request.observed.trimmed(),
                      .note = request.note.trimmed()},
           request.signedBy.trimmed());
}

void RunController::reopenStep(const StepId &step, const QString &reason)
{
    record(rules::mayReopen(projected(), step, reason),
           StepReopened{.step = step, .reason = reason.trimmed()});
}

void RunController::decideGate(const PhaseId &phase, bool go, const QString &reason)
{
    const GateDecided decision{.phase = phase, .go = go, .reason = reason.trimmed()};
    record(rules::mayDecideGate(projected(), decision), decision);
}

void RunController::runCommand(const CommandId &id)
{
    const RunState state = projected();
    const Result<void> allowed = rules::mayRun(state, id);
    if (!allowed) {
        Q_EMIT failed(allowed.error());
        return;
    }
    const Command *command = state.runbook->command(id);
    const Execution *last = state.lastExecution(id);
    record({},
           CommandIntended{.execution = ExecutionId::create(),
                           .command = id,
                           .attempt = last == nullptr ? 1 : last->attempt + 1,
                           .text = command->text,
                           .sha256 = sha256Hex(command->text.toUtf8()),
                           .workingDirectory = state.workingDirectory});
}

void RunController::signalExecution(const ExecutionId &execution, int signal)
{
    const Result<void> allowed = rules::maySignal(projected(), execution);
    record(allowed, CommandSignalled{.execution = execution, .signal = signal});
    if (allowed)
        m_runner.sendSignal(execution, signal);
}

void RunController::sendInput(const ExecutionId &execution, const QByteArray &bytes)
{
    m_runner.sendInput(execution, bytes);
}

void RunController::resizeTerminal(const ExecutionId &execution, int columns, int rows)
{
    m_runner.resizeTerminal(execution, columns, rows);
}

void RunController::resolveExecution(const ExecutionId &execution, ExecutionOutcome outcome,
                                     const QString &evidence)
{
    record(rules::mayResolve(projected(), execution, outcome, evidence),
           CommandResolved{
               .execution = execution, .outcome = outcome, .evidence = evidence.trimmed()});
}

void RunController::declareRollback(const PhaseId &scenario, const QString &reason)
{
    record(rules::mayDeclareRollback(projected(), scenario, reason),
           RollbackDeclared{.scenario = scenario, .reason = reason.trimmed()});
}

void RunController::recordTarget(const ServerIdentity &identity)
{
    const RunState state = projected();
    if (state.status != RunStatus::InProgress)
        return;
    const QJsonObject seen = identity.toJson();
    if (!state.targetChecks.isEmpty() && state.targetChecks.constLast().identity == seen)
        return;
    const QString finding = targetFinding(state, identity);
    record({}, TargetChecked{.identity = seen, .matches = finding.isEmpty(), .finding = finding});
}

void RunController::addNote(const QString &text, const StepId &step)
{
    if (!text.trimmed().isEmpty())
        record(rules::mayNote(projected()), NoteAdded{.text = text.trimmed(), .step = step});
}

void RunController::completeRun(const QString &note)
{
    const RunState state = projected();
    record(rules::mayComplete(state),
           RunCompleted{.note = note.trimmed(), .rolledBack = !state.rollbacks.isEmpty()});
}

void RunController::abortRun(const QString &reason)
{
    record(rules::mayAbort(projected(), reason), RunAborted{.reason = reason.trimmed()});
}

} // namespace runsheet
