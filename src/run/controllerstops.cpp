// SPDX-License-Identifier: Apache-2.0
// Stopping commands, asking the server what became of them, and other windows on the same run.
#include "run/controller.h"
#include "run/notices.h"
#include "run/stopladder.h"
#include "run/stoprules.h"

#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QList<qint64> pidsOf(const Execution &execution)
{
    QList<qint64> pids;
    if (execution.server) {
        for (const ServerBackend &backend : execution.server->backends)
            pids += backend.pid;
    }
    return pids;
}

} // namespace

void RunController::stopExecution(const ExecutionId &id, StopRung rung)
{
    const RunState state = projected();
    const Result<void> allowed = rules::mayStop(state, id, rung);
    if (allowed && !isServerRung(rung)) {
        signalExecution(id, signalOf(rung));
        return;
    }
    record(allowed,
           BackendSignalled{.execution = id,
                            .rung = rung,
                            .pids = allowed ? pidsOf(*state.execution(id)) : QList<qint64>()});
}

void RunController::continueExecution(const ExecutionId &id)
{
    const Result<void> allowed = rules::mayContinue(projected(), id);
    record(allowed, CommandSignalled{.execution = id, .signal = SIGCONT});
    if (allowed)
        m_runner.sendSignal(id, SIGCONT);
}

void RunController::checkServer(const ExecutionId &id)
{
    if (const Result<void> allowed = rules::mayCheckServer(projected(), id); !allowed)
        Q_EMIT failed(allowed.error());
    else
        Q_EMIT serverCheckWanted(id);
}

void RunController::recordServerCheck(const ServerChecked &checked)
{
    const RunState state = projected();
    const Execution *known = m_state.execution(checked.execution);
    const Execution *soon = state.execution(checked.execution);
    // Its end is on the way to the store: what was seen is of before, and the end asks again.
    const bool isOvertaken = known != nullptr && known->isOpen() && soon->end.has_value();
    if (!isOvertaken && rules::mayCheckServer(state, checked.execution))
        record({}, checked);
}

void RunController::recordOverrun(const ExecutionId &id)
{
    const RunState state = projected();
    const Execution *execution = state.execution(id);
    const Command *command = execution == nullptr ? nullptr : state.commandOf(*execution);
    if (state.status != RunStatus::InProgress || command == nullptr || !execution->isOpen()
        || execution->overranAt.isValid() || !command->timeoutSeconds())
        return;
    record({}, CommandOverran{.execution = id, .seconds = *command->timeoutSeconds()});
}

QString RunController::sessionOptions(const Command &command, const QString &text) const
{
    if (!m_takesClientCheck)
        return {};
    const QString left = m_state.variables.value(u"PGOPTIONS"_s).value; // by an earlier command
    return sessionOptionsFor(command, text,
                             left.isEmpty() ? ownSessionOptions(m_state.environment) : left);
}

/// What ended while nobody was there to ask.
void RunController::askAboutEnded()
{
    for (const Execution &execution : m_state.executions) {
        if (rules::needsServerCheck(m_state, execution) || execution.worksOnServer())
            Q_EMIT serverCheckWanted(execution.id);
    }
}

void RunController::onUndelivered(const ExecutionId &id)
{
    const Execution *execution = m_state.execution(id);
    if (execution != nullptr && execution->isOpen())
        Q_EMIT failed(outOfReach(m_state, *execution));
}

void RunController::lookForOthers()
{
    if (hasRun())
        m_journal.lookForMore(m_state.id, m_state.lastSeq);
}

void RunController::onAppendedElsewhere(const RunId &run, const QList<RunEvent> &events)
{
    for (const RunEvent &event : events) {
        if (run != m_state.id || event.seq != m_state.lastSeq + 1)
            continue; // of a run that was closed meanwhile, or taken in already
        const auto sent = std::ranges::find(m_unsaved, event.id, &RunEvent::id);
        if (sent == m_unsaved.end()) {
            takeForeign(event);
        } else {
            m_unsaved.erase(sent);
            m_refused.removeAll(event.id);
            takeOwn(event);
        }
    }
}

void RunController::takeOwn(const RunEvent &event)
{
    m_state = apply(std::move(m_state), event);
    m_events += event;
    if (const auto *intended = std::get_if<CommandIntended>(&event.body))
        startExecution(*intended);
    if (std::holds_alternative<RunbookAmended>(event.body))
        m_journal.findApproval(m_state.runbookSha256());
    const RunId run = m_state.id;
    Q_EMIT stateChanged(event);
    if (run != m_state.id)
        return; // whoever heard of it closed the run
    if (const auto *wanted = std::get_if<BackendSignalled>(&event.body))
        Q_EMIT backendStopWanted(*wanted);
    const auto *ended = std::get_if<CommandEnded>(&event.body);
    const Execution *execution = ended == nullptr ? nullptr : m_state.execution(ended->execution);
    if (execution != nullptr && rules::needsServerCheck(m_state, *execution))
        Q_EMIT serverCheckWanted(execution->id);
}

/// What another window starts is followed here too: its log, its input, Stop.
void RunController::takeForeign(const RunEvent &event)
{
    m_state = apply(std::move(m_state), event);
    m_events += event;
    Q_EMIT stateChanged(event);
    if (const auto *started = std::get_if<CommandStarted>(&event.body);
        started != nullptr && m_state.id == event.run)
        m_runner.recover(m_state.id, {started->execution});
}

} // namespace runsheet
