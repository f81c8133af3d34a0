// SPDX-License-Identifier: Apache-2.0
// What is recorded beside the steps: how phases were carried on, what tools said, and variables
// that were set by hand.
#include "base/secrets.h"
#include "base/shellnames.h"
#include "run/controller.h"
#include "run/notices.h"

#include <QProcessEnvironment>
#include <QTimer>

#include <chrono>

namespace runsheet
{

void RunController::recordRecognition(const OutputRecognised &recognised)
{
    const RunState state = projected();
    const Execution *execution = state.execution(recognised.execution);
    if (state.status == RunStatus::InProgress && execution != nullptr && !execution->recognised)
        record({}, recognised);
}

void RunController::recordPhaseStarted(const PhaseStarted &started)
{
    record(rules::mayCarryOn(projected(), started.phase), started);
}

void RunController::recordPhaseStopped(const PhaseStopped &stopped)
{
    if (projected().status == RunStatus::InProgress)
        record({}, stopped);
}

QStringList RunController::knownVariables() const
{
    return QProcessEnvironment::systemEnvironment().keys() + m_secretVariables.keys();
}

void RunController::setVariable(const QString &name, const QString &value)
{
    const Result<void> allowed = rules::maySetVariable(projected(), name);
    const bool secret = isSecretName(name) || holdsPassword(value);
    if (allowed && secret)
        m_secretVariables.insert(name, value);
    else if (allowed)
        m_secretVariables.remove(name);
    const ShellVariable variable = secret
        ? ShellVariable{.value = kMaskedValue.toString(), .declaration = {}, .exported = true}
        : ShellVariable{
            .value = value, .declaration = exportedDeclaration(name, value), .exported = true};
    record(allowed, VariablesCaptured{.variables = {{name, variable}}, .removed = {}});
}

void RunController::removeVariable(const QString &name)
{
    const Result<void> allowed = rules::maySetVariable(projected(), name);
    if (allowed)
        m_secretVariables.remove(name);
    record(allowed, VariablesCaptured{.variables = {}, .removed = {name}});
}

void RunController::sendLater(const RunEvent &event, const Error &error)
{
    constexpr std::chrono::milliseconds kPause{1000};
    if (!m_refused.contains(event.id)) {
        m_refused += event.id;
        const ExecutionId id = std::visit(
            [](const auto &body) {
                if constexpr (requires { ExecutionId(body.execution); })
                    return ExecutionId(body.execution);
                else
                    return ExecutionId();
            },
            event.body);
        const Execution *execution = m_state.execution(id);
        Q_EMIT failed(execution == nullptr ? error : notRecorded(m_state, *execution, error));
    }
    QTimer::singleShot(kPause, this, [this, event] {
        if (m_refused.contains(event.id)) // else the run was closed, or another window's is there
            m_journal.append(event);
    });
}

} // namespace runsheet
