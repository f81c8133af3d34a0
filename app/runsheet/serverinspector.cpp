// SPDX-License-Identifier: Apache-2.0
#include "serverinspector.h"

#include "run/stopladder.h"

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

/// The server is still at work, or could not be asked.
bool isUnsettled(const ServerChecked &checked, const ServerFindings &findings)
{
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
    connect(&controller, &RunController::runClosed, this, &ServerInspector::forget);
}

void ServerInspector::forget()
{
    m_seen.clear();
    m_retries.clear();
    m_optionsTicket = 0;
}

void ServerInspector::learnServer()
{
    m_optionsTicket = ++m_lastTicket;
    m_checker.tryOptions(m_optionsTicket, m_controller.state().environment.connection,
                         m_controller.serverPassword(), kClientCheckOption.toString());
}

void ServerInspector::remember(const DatabaseSnapshot &snapshot)
{
    for (const DatabaseSession &session : snapshot.sessions) {
        if (!session.isOwn())
            continue;
        ServerHistory &seen = m_seen[session.application];
        seen.wasSeen = true;
        if (session.transaction > 0 && !seen.transactions.contains(session.transaction))
            seen.transactions += session.transaction;
    }
}

ServerHistory ServerInspector::historyOf(const Execution &execution) const
{
    ServerHistory history = m_seen.value(applicationName(m_controller.state().id, execution));
    for (const qint64 transaction : execution.transactions) {
        if (!history.transactions.contains(transaction))
            history.transactions += transaction;
    }
    return history;
}

ServerInquiry ServerInspector::inquiryFor(const Execution &execution) const
{
    const RunState &state = m_controller.state();
    const Command *command = state.commandOf(execution);
    return {.connection = state.environment.connection,
            .password = m_controller.serverPassword(),
            .applicationName = applicationName(state.id, execution),
            .transactions = historyOf(execution).transactions,
            .sinceMs = execution.intendedAt.msecsTo(m_controller.now()),
            .checkQuery = command == nullptr ? QString() : command->checkQuery(),
            .commandText = execution.text,
            .createsIndex = createdIndex(
                command == nullptr ? CommandLanguage::Shell : command->language, execution.text),
            .logFile = m_controller.outputFile(execution.id),
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
    ServerHistory &seen = m_seen[applicationName(state.id, *execution)];
    seen.wasSeen = seen.wasSeen || !findings.backends.isEmpty();
    for (const TransactionFate &fate : std::as_const(findings.transactions)) {
        if (!seen.transactions.contains(fate.transaction))
            seen.transactions += fate.transaction;
    }
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
    const ServerChecked checked = serverVerdict(state, *execution, historyOf(*execution), findings);
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
