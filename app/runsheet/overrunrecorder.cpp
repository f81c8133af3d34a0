// SPDX-License-Identifier: Apache-2.0
#include "overrunrecorder.h"

#include <algorithm>

namespace runsheet
{

OverrunRecorder::OverrunRecorder(RunController &controller, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &OverrunRecorder::look);
    connect(&controller, &RunController::runOpened, this, &OverrunRecorder::look);
    connect(&controller, &RunController::stateChanged, this, &OverrunRecorder::look);
    connect(&controller, &RunController::runClosed, &m_next, &QTimer::stop);
}

void OverrunRecorder::look()
{
    constexpr qint64 kLongest = 3'600'000; // a timer of days is not to be relied on
    const RunState &state = m_controller.state();
    qint64 next = -1;
    for (const Execution &execution : state.executions) {
        const Command *command = state.commandOf(execution);
        if (execution.phase != Execution::Phase::Running || execution.overranAt.isValid()
            || command == nullptr || !command->timeoutSeconds())
            continue;
        const qint64 left =
            m_controller.now().msecsTo(execution.startedAt.addSecs(*command->timeoutSeconds()));
        if (left <= 0)
            m_controller.recordOverrun(execution.id);
        else
            next = next < 0 ? left : std::min(next, left);
    }
    if (next >= 0)
        m_next.start(static_cast<int>(std::min(next + 1, kLongest)));
}

} // namespace runsheet
