// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/logentry.h"
#include "models/wording.h"

#include <QList>

namespace runsheet
{

[[nodiscard]] LogTone logTone(Tone tone);
/// The run's executions for the log pane's list, newest first.
[[nodiscard]] QList<LogEntry> logEntries(const RunState &state);

} // namespace runsheet
