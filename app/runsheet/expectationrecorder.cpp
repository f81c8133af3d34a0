// SPDX-License-Identifier: Apache-2.0
#include "expectationrecorder.h"

#include "models/outputcomparison.h"

namespace runsheet
{

ExpectationRecorder::ExpectationRecorder(RunController &controller, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
{
    m_pool.setMaxThreadCount(1);
    connect(&controller, &RunController::stateChanged, this, &ExpectationRecorder::onStateChanged);
    connect(&controller, &RunController::runOpened, this, &ExpectationRecorder::catchUp);
    connect(&controller, &RunController::runClosed, this, [this] { m_started.clear(); });
}

ExpectationRecorder::~ExpectationRecorder()
{
    m_pool.waitForDone();
}

void ExpectationRecorder::onStateChanged(const RunEvent &event)
{
    const auto *ended = std::get_if<CommandEnded>(&event.body);
    const Execution *execution =
        ended == nullptr ? nullptr : m_controller.state().execution(ended->execution);
    if (execution != nullptr)
        compare(*execution);
}

void ExpectationRecorder::catchUp()
{
    if (m_controller.state().status != RunStatus::InProgress)
        return;
    for (const Execution &execution : m_controller.state().executions)
        compare(execution);
}

void ExpectationRecorder::compare(const Execution &execution)
{
    const Step *step = m_controller.runbook().step(execution.step);
    if (step == nullptr || execution.comparison || m_started.contains(execution.id)
        || execution.outcome() != ExecutionOutcome::Succeeded)
        return;
    const QList<Expectation> expectations = expectationsOf(*step, execution.command);
    if (expectations.isEmpty())
        return;
    m_started.insert(execution.id);
    const QString file = m_controller.outputFile(execution.id);
    m_pool.start([this, file, expectations, id = execution.id] {
        const OutputCompared verdict = verdictOf(id, compareOutput(file, expectations));
        QMetaObject::invokeMethod(
            this, [this, verdict] { m_controller.recordComparison(verdict); },
            Qt::QueuedConnection);
    });
}

} // namespace runsheet
