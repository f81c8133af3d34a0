// SPDX-License-Identifier: Apache-2.0
// What a person or the monitor wants: each asks the rules and, when they allow it, becomes an
// event.
#include "base/json.h"
#include "base/sha256.h"
#include "run/controller.h"
#include "run/runbooksource.h"
#include "runbook/fillplaceholders.h"

#include <QDir>
#include <QFileInfo>

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

/// Where a command starts: where the one before it ended, or where its cwd= says, counted from the
/// runbook's folder.
QString startFolder(const RunState &state, const Command &command)
{
    const QString wanted = command.workingFolder();
    if (wanted.isEmpty())
        return state.workingDirectory;
    if (wanted == "~"_L1 || wanted.startsWith("~/"_L1))
        return QDir::homePath() + wanted.sliced(1);
    const bool bundled = state.created.runbookFile.startsWith(u':');
    const QDir base = bundled
        ? QDir(state.workingDirectory.isEmpty() ? QDir::homePath() : state.workingDirectory)
        : QFileInfo(state.created.runbookFile).absoluteDir();
    return QDir::cleanPath(base.absoluteFilePath(wanted));
}

Error notFilledIn(const Command &command, const QStringList &open)
{
    return {.kind = Error::Kind::Refused,
            .message = u"“%1” does not run before it has a value for %2. Run it in the window, "
                       "which asks for it."_s.arg(command.title(), open.join(u", "_s)),
            .detail = {}};
}

} // namespace

void RunController::approveRunbook()
{
    const RunState state = projected();
    Result<void> allowed = rules::mayApprove(state);
    if (allowed && state.runbookSha256() != m_state.runbookSha256())
        allowed = Error{.kind = Error::Kind::Refused,
                        .message = u"The runbook is just being amended. Look at its commands as "
                                   "they are then, and approve those."_s,
                        .detail = {}};
    record(allowed,
           RunbookApproved{.runbookSha256 = state.runbookSha256(),
                           .commands = allowed ? state.runbook->commandCount() : 0,
                           .basis = {}});
}

void RunController::amendRunbook(const QByteArray &source, const QString &reason)
{
    const RunState state = projected();
    const Runbook amended = readForRun(state.created, source);
    record(rules::mayAmend(state, amended, reason),
           RunbookAmended{.runbookSha256 = amended.sha256,
                          .runbookSource = decodedSource(source),
                          .reason = reason.trimmed()});
}

void RunController::onApprovalFound(const QString &runbookSha256, const QString &basis)
{
    // As it is once everything sent to the store is there: an amendment may be among it.
    const RunState state = projected();
    // With rules of one's own the same text may have other commands.
    if (basis.isEmpty() || !state.created.phaseRules.isEmpty()
        || runbookSha256 != state.runbookSha256() || !rules::mayApprove(state))
        return;
    record({},
           RunbookApproved{.runbookSha256 = runbookSha256,
                           .commands = state.runbook->commandCount(),
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

QList<CommandInput> RunController::inputs(const CommandId &id) const
{
    const Command *command = hasRun() ? runbook().command(id) : nullptr;
    if (command == nullptr)
        return {};
    QList<CommandInput> inputs = commandInputs(m_state, *command, knownVariables());
    const QMap<QString, QString> given = secrets();
    for (CommandInput &input : inputs) {
        const auto secret = given.constFind(variableNameOf(input.name));
        if (secret == given.constEnd())
            continue;
        input.proposal = *secret;
        input.origin = CommandInput::Origin::Remembered;
        input.secret = true;
    }
    return inputs;
}

Result<PreparedCommand> RunController::prepare(const CommandId &id,
                                               const QMap<QString, QString> &answers) const
{
    const RunState state = projected();
    if (const Result<void> allowed = rules::mayRun(state, id); !allowed)
        return allowed.error();
    return prepareCommand(state, *state.runbook->command(id), answers, knownVariables());
}

void RunController::runCommand(const CommandId &id, const QMap<QString, QString> &answers)
{
    const Result<PreparedCommand> prepared = prepare(id, answers);
    const RunState state = projected();
    if (!prepared || !prepared->open.isEmpty()) {
        Q_EMIT failed(prepared ? notFilledIn(*state.runbook->command(id), prepared->open)
                               : prepared.error());
        return;
    }
    const Execution *last = state.lastExecution(id);
    const ExecutionId execution = ExecutionId::create();
    m_handedOver.insert(execution, *prepared);
    for (const QString &name : prepared->secretAnswers)
        m_secrets.insert(variableNameOf(name), answers.value(name));
    record({},
           CommandIntended{.execution = execution,
                           .command = id,
                           .attempt = last == nullptr ? 1 : last->attempt + 1,
                           .text = prepared->text,
                           .sha256 = sha256Hex(prepared->text.toUtf8()),
                           .workingDirectory = startFolder(state, *state.runbook->command(id)),
                           .answers = prepared->answers,
                           .secretAnswers = prepared->secretAnswers,
                           .sessionOptions =
                               sessionOptions(*state.runbook->command(id), prepared->text)});
}

void RunController::startWait(const StepId &id)
{
    const RunState state = projected();
    const Result<void> allowed = rules::mayStartWait(state, id);
    record(allowed,
           WaitStarted{.step = id,
                       .seconds = allowed ? state.runbook->step(id)->waitSeconds.value_or(0) : 0});
}

/// The first command of a step that asks to watch begins the watch.
void RunController::startWaitWith(const ExecutionId &id)
{
    const RunState state = projected();
    const StepId step = state.execution(id)->step;
    if (!state.waits.contains(step) && rules::mayStartWait(state, step))
        startWait(step);
}

void RunController::recordComparison(const OutputCompared &comparison)
{
    const RunState state = projected();
    const Execution *execution = state.execution(comparison.execution);
    if (state.status == RunStatus::InProgress && execution != nullptr && !execution->comparison)
        record({}, comparison);
}

void RunController::recordHttpCheck(const HttpChecked &checked)
{
    record(rules::mayCheckHttp(projected(), checked.step, checked.check), checked);
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
