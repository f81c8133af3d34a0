// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/logentry.h"
#include "models/outputfindings.h"

#include <QHash>
#include <QList>

namespace runsheet
{

/// The run's executions for the log pane's list, newest first. findings: of those that run.
[[nodiscard]] QList<LogEntry> logEntries(const RunState &state,
                                         const QHash<ExecutionId, OutputFindings> &findings,
                                         const QDateTime &now);

} // namespace runsheet
