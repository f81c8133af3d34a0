// SPDX-License-Identifier: Apache-2.0
#include "run/phaserunner.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

PhaseRunner::PhaseRunner(RunController &controller, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
{
    connect(&controller, &RunController::stateChanged, this, &PhaseRunner::onStateChanged);
    connect(&controller, &RunController::failed, this, &PhaseRunner::onFailed);
    connect(&controller, &RunController::runClosed, this, [this] {
        m_stopping.reset();
        forget();
    });
}

PhaseContext PhaseRunner::context() const
{
    return {.processVariables = m_controller.knownVariables(),
            .now = m_controller.now(),
            .attended = true,
            .isExamined = m_isExamined};
}

PhaseMove PhaseRunner::next(const PhaseId &phase) const
{
    return nextMove(m_controller.state(), phase, context());
}

void PhaseRunner::setExaminer(std::function<bool(const ExecutionId &)> isExamined)
{
    m_isExamined = std::move(isExamined);
}

void PhaseRunner::start(const PhaseId &phase)
{
    begin(phase, {});
}

void PhaseRunner::start(const PhaseId &phase, const CommandId &command,
                        const QMap<QString, QString> &answers)
{
    begin(phase, {.command = command, .answers = answers});
}

void PhaseRunner::begin(const PhaseId &phase, Prepared prepared)
{
    if (m_phase == phase)
        return; // a second press
    pause();
    m_phase = phase;
    m_prepared = std::move(prepared);
    m_recorded = false;
    Q_EMIT changed();
    m_controller.recordPhaseStarted({.phase = phase}); // answered by the event, or by failed
}

void PhaseRunner::pause()
{
    if (m_phase.isEmpty())
        return;
    stop({.phase = m_phase, .halt = PhaseHalt::Paused, .text = u"Paused by hand."_s});
}

void PhaseRunner::onStateChanged(const RunEvent &event)
{
    if (std::holds_alternative<PhaseStopped>(event.body))
        m_stopping.reset();
    if (m_phase.isEmpty())
        return;
    if (m_controller.state().status != RunStatus::InProgress) {
        forget();
        return;
    }
    if (const auto *started = std::get_if<PhaseStarted>(&event.body))
        m_recorded = m_recorded || started->phase == m_phase;
    if (const auto *intended = std::get_if<CommandIntended>(&event.body);
        intended != nullptr && intended->command == m_asked)
        m_asked = {};
    advance();
}

/// What was handed to the controller came to nothing. Other things may fail meanwhile; those are
/// for whoever asked for them.
void PhaseRunner::onFailed(const Error &error)
{
    if (m_phase.isEmpty())
        return;
    if (m_recorded && m_asked.isEmpty()) {
        advance(); // it may have been waited for
        return;
    }
    stop({.phase = m_phase, .halt = PhaseHalt::Refused, .command = m_asked, .text = error.message});
}

void PhaseRunner::look()
{
    if (!m_phase.isEmpty())
        advance();
}

/// Only on what is durable: a command that is on its way to the store counts as asked for.
void PhaseRunner::advance()
{
    if (!m_recorded || !m_asked.isEmpty() || m_controller.pendingEvents() > 0)
        return;
    if (!m_prepared.command.isEmpty()) {
        const Prepared first = std::exchange(m_prepared, {});
        run(first.command, first.answers);
        return;
    }
    const PhaseMove move = next(m_phase);
    switch (move.kind) {
    case PhaseMove::Kind::Run:
        run(move.command, {});
        return;
    case PhaseMove::Kind::Stop:
        stop(move.stop);
        return;
    case PhaseMove::Kind::Busy:
        return;
    }
}

void PhaseRunner::run(const CommandId &command, const QMap<QString, QString> &answers)
{
    m_asked = command;
    m_controller.runCommand(command, answers);
}

void PhaseRunner::stop(const PhaseStopped &halt)
{
    m_stopping = halt;
    forget();
    m_controller.recordPhaseStopped(halt);
    Q_EMIT stopped(halt);
}

std::optional<PhaseStopped> PhaseRunner::lastStop(const PhaseId &phase) const
{
    if (m_stopping && m_stopping->phase == phase)
        return m_stopping;
    return m_controller.state().phaseRuns.value(phase).stop;
}

bool PhaseRunner::wasStarted(const PhaseId &phase) const
{
    return m_controller.state().phaseRuns.contains(phase) || lastStop(phase);
}

void PhaseRunner::forget()
{
    if (m_phase.isEmpty())
        return;
    m_phase = {};
    m_prepared = {};
    m_asked = {};
    m_recorded = false;
    Q_EMIT changed();
}

} // namespace runsheet
