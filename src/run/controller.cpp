// SPDX-License-Identifier: Apache-2.0
#include "run/controller.h"

#include "base/json.h"
#include "base/text.h"
#include "runbook/parser.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kShortId = 8;
constexpr int kMaxApplicationName = 63; // PostgreSQL cuts application_name there

int commandCount(const Runbook &runbook)
{
    int count = 0;
    for (const Phase &phase : runbook.phases) {
        for (const Step &step : phase.steps)
            count += static_cast<int>(step.commands.size());
    }
    return count;
}

/// Text that turns into exactly the same bytes again, byte order mark and all.
QString decoded(const QByteArray &source)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(source);
}

Result<Runbook> acceptable(const RunRequest &request)
{
    Runbook runbook = parseRunbook(request.runbookSource, request.runbookFile);
    const auto worst =
        std::ranges::find(runbook.diagnostics, Diagnostic::Severity::Error, &Diagnostic::severity);
    if (worst == runbook.diagnostics.end())
        return runbook;
    return Error{.kind = Error::Kind::Invalid,
                 .message = u"%1, line %2: %3"_s.arg(request.runbookFile)
                                .arg(worst->location.line)
                                .arg(worst->message),
                 .detail = {}};
}

/// PGAPPNAME, by which the command's backends are found: runsheet:<run>:<step>:<attempt>.
QString applicationName(const RunId &run, const Execution &execution)
{
    const QString head = u"runsheet:"_s + run.value.left(kShortId) + u':';
    const QString tail = u':' + QString::number(execution.attempt);
    const QString step = execution.step.value.section(u'/', -1);
    return head + step.left(kMaxApplicationName - head.size() - tail.size()) + tail;
}

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

RunController::RunController(RunJournal &journal, CommandRunner &runner, const Clock &clock,
                             Person person, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_runner(runner)
    , m_clock(clock)
    , m_person(std::move(person))
{
    connectPorts();
}

void RunController::connectPorts()
{
    connect(&m_journal, &RunJournal::appended, this, &RunController::onAppended);
    connect(&m_journal, &RunJournal::appendFailed, this, &RunController::onAppendFailed);
    connect(&m_journal, &RunJournal::loaded, this, &RunController::onLoaded);
    connect(&m_journal, &RunJournal::loadFailed, this,
            [this](const RunId &run, const Error &error) {
                if (run == m_expected)
                    Q_EMIT failed(error);
            });
    connect(&m_journal, &RunJournal::approvalFound, this, &RunController::onApprovalFound);
    connect(&m_runner, &CommandRunner::started, this, &RunController::onStarted);
    connect(&m_runner, &CommandRunner::ended, this, &RunController::onEnded);
}

QString RunController::outputFile(const ExecutionId &execution) const
{
    return m_runner.outputFile(m_state.id, execution);
}

void RunController::createRun(const RunRequest &request)
{
    const Result<Runbook> runbook = acceptable(request);
    if (!runbook) {
        Q_EMIT failed(runbook.error());
        return;
    }
    closeRun();
    m_expected = RunId::create();
    record({},
           RunCreated{
               .runbookTitle = runbook->title,
               .runbookFile = request.runbookFile,
               .runbookSha256 = runbook->sha256,
               .runbookSource = decoded(request.runbookSource),
               .environment = request.environment.toJson(),
               .mode = request.mode,
               .windowStart = request.windowStart,
               .windowEnd = request.windowEnd,
               .change = request.change,
               .versions = {{u"runsheet"_s, QString::fromLatin1(RUNSHEET_VERSION)},
                            {u"qt"_s, QString::fromLatin1(qVersion())}},
           });
}

void RunController::openRun(const RunId &run)
{
    closeRun();
    m_expected = run;
    m_journal.load(run);
}

void RunController::closeRun()
{
    const bool had = hasRun();
    m_state = {};
    m_events.clear();
    m_unsaved.clear();
    m_expected = {};
    if (had)
        Q_EMIT runClosed();
}

RunState RunController::projected() const
{
    RunState state = m_state;
    for (const RunEvent &event : m_unsaved)
        state = apply(std::move(state), event);
    return state;
}

RunEvent RunController::makeEvent(EventBody body, const QString &signedBy) const
{
    Person actor = m_person;
    if (!signedBy.isEmpty())
        actor.name = signedBy;
    return {
        .id = EventId::create(),
        .run = m_expected,
        .seq = 0,
        .at = m_clock.now(),
        .actor = actor,
        .unattended = m_unattended,
        .body = std::move(body),
        .previous = {},
        .hash = {},
    };
}

void RunController::record(const Result<void> &allowed, EventBody body, const QString &signedBy)
{
    if (!allowed) {
        Q_EMIT failed(allowed.error());
        return;
    }
    m_unsaved += makeEvent(std::move(body), signedBy);
    m_journal.append(m_unsaved.constLast());
}

void RunController::onAppended(const RunEvent &event)
{
    const auto sent = std::ranges::find(m_unsaved, event.id, &RunEvent::id);
    if (sent == m_unsaved.end())
        return; // of a run that was closed meanwhile
    m_unsaved.erase(sent);
    if (std::holds_alternative<RunCreated>(event.body)) {
        adopt({event});
        m_journal.findApproval(m_state.created.runbookSha256);
        return;
    }
    m_state = apply(std::move(m_state), event);
    m_events += event;
    if (const auto *intended = std::get_if<CommandIntended>(&event.body))
        startExecution(*intended);
    Q_EMIT stateChanged(event);
}

void RunController::onAppendFailed(const RunEvent &event, const Error &error)
{
    const auto sent = std::ranges::find(m_unsaved, event.id, &RunEvent::id);
    if (sent == m_unsaved.end())
        return;
    m_unsaved.erase(sent);
    Q_EMIT failed(error);
}

void RunController::onLoaded(const RunId &run, const QList<RunEvent> &events)
{
    if (run == m_expected && !hasRun() && !events.isEmpty())
        adopt(events);
}

void RunController::adopt(const QList<RunEvent> &events)
{
    m_events = events;
    m_state = replay(events);
    Q_EMIT runOpened();
    if (const QList<ExecutionId> open = m_state.openExecutions(); !open.isEmpty())
        m_runner.recover(m_state.id, open);
}

void RunController::onApprovalFound(const QString &runbookSha256, const QString &basis)
{
    if (!hasRun() || basis.isEmpty() || projected().approval
        || runbookSha256 != m_state.created.runbookSha256)
        return;
    record({},
           RunbookApproved{.runbookSha256 = runbookSha256,
                           .commands = commandCount(runbook()),
                           .basis = basis});
}

void RunController::approveRunbook()
{
    record({},
           RunbookApproved{.runbookSha256 = m_state.created.runbookSha256,
                           .commands = commandCount(runbook()),
                           .basis = {}});
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

void RunController::startExecution(const CommandIntended &intended)
{
    const Command *command = runbook().command(intended.command);
    const Execution *execution = m_state.execution(intended.execution);
    m_runner.start({
        .run = m_state.id,
        .execution = intended.execution,
        .command = intended.command,
        .language = command->language,
        .script = intended.text.toUtf8(),
        .workingDirectory = m_state.workingDirectory,
        .environment = commandEnvironment(m_state.environment),
        .variables = m_state.variables,
        .applicationName = applicationName(m_state.id, *execution),
        .terminal = command->wantsTerminal(),
    });
}

void RunController::onStarted(const RunId &run, const CommandStarted &start)
{
    if (run != m_state.id)
        return;
    const Execution *execution = m_state.execution(start.execution);
    if (execution != nullptr && execution->phase == Execution::Phase::Intended)
        record({}, start);
}

void RunController::onEnded(const ExecutionReport &report)
{
    const Execution *execution =
        report.run == m_state.id ? m_state.execution(report.end.execution) : nullptr;
    if (execution == nullptr || !execution->isOpen())
        return;
    record({}, report.end);
    if (!report.changedVariables.isEmpty() || !report.removedVariables.isEmpty()) {
        record({},
               VariablesCaptured{.execution = report.end.execution,
                                 .variables = report.changedVariables,
                                 .removed = report.removedVariables});
    }
}

void RunController::signalExecution(const ExecutionId &execution, int signal)
{
    const Result<void> allowed = rules::maySignal(m_state, execution);
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
    if (m_state.status != RunStatus::InProgress)
        return;
    const QJsonObject seen = identity.toJson();
    if (!m_state.targetChecks.isEmpty() && m_state.targetChecks.constLast().identity == seen)
        return;
    const QString finding = targetFinding(m_state, identity);
    record({}, TargetChecked{.identity = seen, .matches = finding.isEmpty(), .finding = finding});
}

void RunController::addNote(const QString &text, const StepId &step)
{
    if (!text.trimmed().isEmpty())
        record({}, NoteAdded{.text = text.trimmed(), .step = step});
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
