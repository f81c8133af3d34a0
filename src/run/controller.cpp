// SPDX-License-Identifier: Apache-2.0
#include "run/controller.h"

#include "run/runbooksource.h"
#include "run/stillfits.h"
#include "run/stopladder.h"
#include "run/stoprules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// What libpq reads a password from.
const QString kPassword = u"PGPASSWORD"_s;

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
    connect(&m_journal, &RunJournal::loadFailed, this, &RunController::onLoadFailed);
    connect(&m_journal, &RunJournal::approvalFound, this, &RunController::onApprovalFound);
    connect(&m_journal, &RunJournal::appendedElsewhere, this, &RunController::onAppendedElsewhere);
    connect(&m_runner, &CommandRunner::undelivered, this, &RunController::onUndelivered);
    connect(&m_runner, &CommandRunner::started, this, &RunController::onStarted);
    connect(&m_runner, &CommandRunner::ended, this, &RunController::onEnded);
    connect(&m_runner, &CommandRunner::terminalChanged, this, &RunController::terminalChanged);
}

QString RunController::outputFile(const ExecutionId &execution) const
{
    return m_runner.outputFile(m_state.id, execution);
}

void RunController::createRun(const RunRequest &request)
{
    if (isCreating())
        return; // a second click; the first is answered
    const Result<Runbook> runbook =
        acceptableRunbook(request.runbookSource, request.runbookFile, request.phaseRules);
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
               .runbookSource = decodedSource(request.runbookSource),
               .phaseRules = QString::fromUtf8(request.phaseRules),
               .repaired = request.repaired,
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
    // It may be a part of the state that closing forgets.
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
    const RunId wanted = run;
    closeRun();
    m_expected = wanted;
    m_journal.load(wanted);
}

void RunController::closeRun()
{
    const bool had = hasRun();
    forget();
    if (had)
        Q_EMIT runClosed();
}

QMap<QString, QString> RunController::secrets() const
{
    QMap<QString, QString> all = m_secrets;
    all.insert(m_secretVariables);
    return all;
}

QString RunController::serverPassword() const
{
    return secrets().value(kPassword);
}

void RunController::usePassword(const QString &password)
{
    m_secretVariables.insert(kPassword, password);
}

void RunController::forget()
{
    m_state = {};
    m_events.clear();
    m_unsaved.clear();
    m_refused.clear();
    m_expected = {};
    m_handedOver.clear();
    m_secrets.clear();
    m_secretVariables.clear();
    m_takesClientCheck = false;
}

bool RunController::isCreating() const
{
    return std::ranges::any_of(m_unsaved, [](const RunEvent &event) {
        return std::holds_alternative<RunCreated>(event.body);
    });
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
        return; // of a run that was closed meanwhile, or taken in with those of others
    if (hasRun() && event.seq > m_state.lastSeq + 1) {
        lookForOthers(); // another window wrote before it; they come in order
        return;
    }
    m_unsaved.erase(sent);
    m_refused.removeAll(event.id);
    if (std::holds_alternative<RunCreated>(event.body)) {
        adopt({event});
        m_journal.findApproval(m_state.created.runbookSha256);
        return;
    }
    takeOwn(event);
}

void RunController::onAppendFailed(const RunEvent &event, const Error &error)
{
    const auto sent = std::ranges::find(m_unsaved, event.id, &RunEvent::id);
    if (sent == m_unsaved.end())
        return;
    // Nobody will see it a second time, so it is kept and sent again; the rest a person repeats.
    if (hasRun() && error.kind == Error::Kind::Unwritable && isSeenByEveryWindow(event.body)) {
        sendLater(event, error);
        return;
    }
    if (const auto *intended = std::get_if<CommandIntended>(&event.body))
        m_handedOver.remove(intended->execution);
    m_refused.removeAll(event.id);
    if (hasRun())
        m_unsaved.erase(sent);
    else
        forget(); // the run that was to begin with it
    if (error.kind == Error::Kind::Refused && isSeenByEveryWindow(event.body))
        lookForOthers(); // another window saw it first
    else
        Q_EMIT failed(error);
}

void RunController::onLoaded(const RunId &run, const QList<RunEvent> &events)
{
    if (run == m_expected && !hasRun())
        adopt(events);
}

void RunController::onLoadFailed(const RunId &run, const Error &error)
{
    if (run != m_expected || hasRun())
        return;
    forget();
    Q_EMIT failed(error);
}

void RunController::adopt(const QList<RunEvent> &events)
{
    m_events = events;
    m_state = replay(events);
    if (!hasRun()) {
        forget();
        Q_EMIT failed({.kind = Error::Kind::Corrupt,
                       .message = u"The record of this run does not say how it began, so it cannot "
                                  "be carried on. Export what there is, and start a new run."_s,
                       .detail = {}});
        return;
    }
    Q_EMIT runOpened();
    if (const QList<ExecutionId> open = m_state.openExecutions(); !open.isEmpty())
        m_runner.recover(m_state.id, open);
    askAboutEnded();
}

void RunController::startExecution(const CommandIntended &intended)
{
    const Command *command = runbook().command(intended.command);
    const Execution *execution = m_state.execution(intended.execution);
    const PreparedCommand given = m_handedOver.take(intended.execution);
    QMap<QString, QString> environment = commandEnvironment(m_state.environment);
    environment.insert(given.variables);
    QMap<QString, QString> secrets = m_secretVariables;
    secrets.insert(given.secrets);
    if (!intended.sessionOptions.isEmpty())
        environment.insert(
            u"PGOPTIONS"_s,
            (ownSessionOptions(m_state.environment) + u' ' + intended.sessionOptions).trimmed());
    m_runner.start({
        .run = m_state.id,
        .execution = intended.execution,
        .command = intended.command,
        .language = command->language,
        .script = intended.text.toUtf8(),
        .workingDirectory = intended.workingDirectory, // as recorded
        .environment = environment,
        .secrets = secrets,
        .otherSecrets = m_secrets,
        .variables = m_state.variables,
        .applicationName = applicationName(m_state.id, *execution),
        .terminal = command->wantsTerminal() || command->interactive,
    });
}

void RunController::onStarted(const RunId &run, const CommandStarted &start)
{
    if (run != m_state.id)
        return;
    const RunState state = projected();
    const Execution *execution = state.execution(start.execution);
    if (execution == nullptr || execution->phase != Execution::Phase::Intended)
        return;
    record({}, start);
    startWaitWith(start.execution);
}

void RunController::onEnded(const ExecutionReport &report)
{
    if (report.run != m_state.id)
        return;
    const RunState state = projected();
    const Execution *execution = state.execution(report.end.execution);
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

} // namespace runsheet
