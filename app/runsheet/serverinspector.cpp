// SPDX-License-Identifier: Apache-2.0
#include "serverinspector.h"

#include "output/clientwords.h"
#include "run/stopladder.h"
#include "run/stoprules.h"

#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using std::chrono::milliseconds;

constexpr milliseconds kLongestPause{10'000};

/// Whether a person learns something from it; ages change all the time.
bool saysNews(const Execution &execution, const ServerChecked &now)
{
    if (!execution.server || execution.server->verdict != now.verdict)
        return true;
    const auto pids = [](const ServerChecked &checked) {
        QList<qint64> all;
        for (const ServerBackend &backend : checked.backends)
            all += backend.pid;
        return all;
    };
    return pids(*execution.server) != pids(now)
        || execution.server->transactions != now.transactions;
}

/// The server is still at work, could not be asked, or is about to notice that a session is gone.
bool isUnsettled(const ServerChecked &checked, const ServerFindings &findings)
{
    const bool isPending =
        std::ranges::any_of(findings.transactions, [](const TransactionFate &fate) {
            return fate.fate == TransactionFate::Fate::InProgress;
        });
    if (checked.verdict == ServerVerdict::Unknown && isPending)
        return true;
    return checked.verdict == ServerVerdict::Running || !findings.problem.isEmpty();
}

} // namespace

ServerInspector::ServerInspector(RunController &controller, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
{
    connect(&m_checker, &ServerChecker::answered, this, &ServerInspector::onAnswered);
    connect(&m_checker, &ServerChecker::optionsTried, this, [this](quint64 ticket, bool taken) {
        if (ticket == m_optionsTicket)
            m_controller.useClientCheck(taken);
    });
    connect(&controller, &RunController::serverCheckWanted, this,
            [this](const ExecutionId &execution) {
                inspect({.execution = execution}, ServerInquiry::Action::None);
            });
    connect(&controller, &RunController::backendStopWanted, this,
            [this](const BackendSignalled &wanted) {
                inspect({.execution = wanted.execution},
                        wanted.rung == StopRung::TerminateBackend ? ServerInquiry::Action::Terminate
                                                                  : ServerInquiry::Action::Cancel);
            });
    connect(&controller, &RunController::stateChanged, this, [this](const RunEvent &event) {
        if (const auto *intended = std::get_if<CommandIntended>(&event.body))
            lookBefore(intended->execution);
    });
    connect(&controller, &RunController::runClosed, this, &ServerInspector::forget);
}

void ServerInspector::forget()
{
    m_memory.clear();
    m_retries.clear();
    m_optionsTicket = 0;
}

void ServerInspector::learnServer()
{
    m_optionsTicket = ++m_lastTicket;
    m_checker.tryOptions(m_optionsTicket, m_controller.state().environment.connection,
                         m_controller.serverPassword(), kClientCheckOption.toString());
}

const Execution *ServerInspector::executionOf(const QString &application) const
{
    const RunState &state = m_controller.state();
    const auto it = std::ranges::find_if(state.executions, [&](const Execution &execution) {
        return applicationName(state.id, execution) == application;
    });
    return it == state.executions.end() ? nullptr : &*it;
}

void ServerInspector::remember(const DatabaseSnapshot &snapshot)
{
    for (const DatabaseSession &session : snapshot.sessions) {
        const Execution *execution = session.isOwn() ? executionOf(session.application) : nullptr;
        if (execution == nullptr)
            continue;
        const QString logFile = m_controller.outputFile(execution->id);
        m_memory.saw(execution->id, logFile, session.transaction);
        m_memory.sawIn(execution->id, logFile, session.database);
    }
}

void ServerInspector::keep(const Execution &execution, const ServerFindings &findings)
{
    const QString logFile = m_controller.outputFile(execution.id);
    for (const ServerBackend &backend : findings.backends)
        m_memory.saw(execution.id, logFile, backend.transaction);
    for (const QString &database : findings.databases)
        m_memory.sawIn(execution.id, logFile, database);
    for (const TransactionFate &fate : findings.transactions)
        m_memory.saw(execution.id, logFile, fate.transaction);
    if (findings.createdIndex && execution.isOpen())
        m_memory.sawIndex(execution.id, logFile,
                          findings.createdIndex->isThere && findings.createdIndex->isValid);
}

/// An index that is there afterwards says something only when it was not there before.
void ServerInspector::lookBefore(const ExecutionId &id)
{
    const Execution *execution = m_controller.state().execution(id);
    if (execution != nullptr && rules::mayCheckServer(m_controller.state(), id)
        && !inquiryFor(*execution).createsIndex.isEmpty())
        inspect({.execution = id, .isFirstLook = true}, ServerInquiry::Action::None);
}

ServerInquiry ServerInspector::inquiryFor(const Execution &execution)
{
    const RunState &state = m_controller.state();
    const Command *command = state.commandOf(execution);
    const ServerHistory &seen = m_memory.of(execution.id, m_controller.outputFile(execution.id));
    return {.connection = state.environment.connection,
            .password = m_controller.serverPassword(),
            .applicationName = applicationName(state.id, execution),
            .transactions = execution.transactions + seen.transactions,
            .databases = seen.databases,
            .sinceMs = execution.intendedAt.msecsTo(m_controller.now()),
            .checkQuery = command == nullptr ? QString() : command->checkQuery(),
            .commandText = execution.text,
            .createsIndex = createdIndex(
                command == nullptr ? CommandLanguage::Shell : command->language, execution.text),
            .wantsHistory = !execution.isOpen()};
}

void ServerInspector::inspect(Asked asked, ServerInquiry::Action action)
{
    const Execution *execution = m_controller.state().execution(asked.execution);
    if (execution == nullptr)
        return;
    ServerInquiry inquiry = inquiryFor(*execution);
    inquiry.action = action;
    asked.run = m_controller.state().id;
    asked.wasOpen = execution->isOpen();
    m_asked.insert(++m_lastTicket, asked);
    m_checker.ask(m_lastTicket, inquiry);
}

void ServerInspector::onAnswered(quint64 ticket, ServerFindings findings)
{
    const Asked asked = m_asked.take(ticket);
    const RunState &state = m_controller.state();
    const Execution *execution = state.execution(asked.execution);
    if (asked.run != state.id || execution == nullptr)
        return; // another run was opened meanwhile
    keep(*execution, findings);
    if (asked.isFirstLook)
        return;
    findings.actions = asked.actions + findings.actions;
    if (asked.wasOpen && execution->end) {
        // It ended meanwhile: what was seen is of before, and the end asks for more. It is asked
        // about by itself too, so without something done there is no need to say it twice.
        inspect({.execution = asked.execution,
                 .repeats = findings.actions.isEmpty(),
                 .actions = findings.actions},
                ServerInquiry::Action::None);
        return;
    }
    if (execution->end)
        findings.clientWords = clientWordsIn(m_controller.outputFile(execution->id),
                                             execution->end->durationMicros / 1000);
    const ServerChecked checked =
        serverVerdict(state, *execution,
                      m_memory.of(execution->id, m_controller.outputFile(execution->id)), findings);
    if (!asked.repeats || saysNews(*execution, checked))
        m_controller.recordServerCheck(checked);
    if (execution->end && !execution->resolution && isUnsettled(checked, findings))
        inspectAgain(asked.execution);
    else
        m_retries.remove(asked.execution);
}

void ServerInspector::inspectAgain(const ExecutionId &id)
{
    Retry &retry = m_retries[id];
    if (retry.isWaiting)
        return;
    retry.isWaiting = true;
    QTimer::singleShot(retry.pause, this, [this, id] {
        const auto due = m_retries.find(id);
        if (due == m_retries.end())
            return; // settled meanwhile
        due->isWaiting = false;
        due->pause = std::min(due->pause * 2, kLongestPause);
        inspect({.execution = id, .repeats = true}, ServerInquiry::Action::None);
    });
}

} // namespace runsheet
