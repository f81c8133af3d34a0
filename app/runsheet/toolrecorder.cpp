// SPDX-License-Identifier: Apache-2.0
#include "toolrecorder.h"

#include "output/toolscan.h"
#include "run/phaseplan.h"

namespace runsheet
{

namespace
{

OutputRecognised recognitionOf(const ExecutionId &execution, const ToolReport &report,
                               const ToolEnding &ending)
{
    const ToolReport last = settled(report, ending);
    return {.execution = execution,
            .tool = last.tool,
            .migration = last.migration,
            .done = last.done,
            .total = last.total,
            .failure = last.failure,
            .contradiction = contradictionOf(last, ending)};
}

} // namespace

ToolRecorder::ToolRecorder(RunController &controller, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
{
    m_pool.setMaxThreadCount(1);
    connect(&controller, &RunController::stateChanged, this, &ToolRecorder::onStateChanged);
    connect(&controller, &RunController::runOpened, this, &ToolRecorder::catchUp);
    connect(&controller, &RunController::runClosed, this, [this] { m_open.clear(); });
}

ToolRecorder::~ToolRecorder()
{
    m_cancelled = true;
    m_pool.waitForDone();
}

bool ToolRecorder::isExamined(const ExecutionId &execution) const
{
    return !m_open.contains(execution);
}

void ToolRecorder::onStateChanged(const RunEvent &event)
{
    const auto *ended = std::get_if<CommandEnded>(&event.body);
    const Execution *execution =
        ended == nullptr ? nullptr : m_controller.state().execution(ended->execution);
    if (execution != nullptr)
        examine(*execution);
}

void ToolRecorder::catchUp()
{
    const RunState &state = m_controller.state();
    if (state.status == RunStatus::InProgress && !state.executions.isEmpty())
        examine(state.executions.constLast());
}

void ToolRecorder::examine(const Execution &execution)
{
    const std::optional<ExecutionOutcome> outcome = execution.outcome();
    if (!outcome || outcome == ExecutionOutcome::CouldNotStart || execution.recognised
        || m_open.contains(execution.id))
        return;
    m_open.insert(execution.id);
    const ToolEnding ending{.succeeded = outcome == ExecutionOutcome::Succeeded,
                            .words = runsheet::endingOf(execution)};
    const QString file = m_controller.outputFile(execution.id);
    m_pool.start([this, file, ending, id = execution.id] {
        const OutputRecognised found =
            recognitionOf(id, scanFile(file, m_cancelled).value_or(ToolReport()), ending);
        QMetaObject::invokeMethod(
            this,
            [this, found] {
                if (!found.tool.isEmpty())
                    m_controller.recordRecognition(found);
                m_open.remove(found.execution);
                Q_EMIT examined(found.execution);
            },
            Qt::QueuedConnection);
    });
}

} // namespace runsheet
