// SPDX-License-Identifier: Apache-2.0
#include "support/fakerunner.h"

namespace runsheet::test
{

void FakeRunner::reportStarted(qint64 pid)
{
    const ExecutionId execution =
        m_requests.isEmpty() ? m_recovered.constLast() : m_requests.constLast().execution;
    Q_EMIT started(run(), {.execution = execution, .pid = pid});
}

void FakeRunner::reportEnded(CommandEnded end, const QMap<QString, ShellVariable> &variables)
{
    if (end.execution.isEmpty())
        end.execution =
            m_requests.isEmpty() ? m_recovered.constLast() : m_requests.constLast().execution;
    Q_EMIT ended({.run = run(), .end = end, .changedVariables = variables, .removedVariables = {}});
}

} // namespace runsheet::test
