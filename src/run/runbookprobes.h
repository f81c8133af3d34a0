// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

namespace runsheet
{

/// The runbook's SQL commands that are marked with `probe`, in its order, each named after its
/// command. None before the commands were approved, and none with an open placeholder: the exact
/// text is sent, on the monitor's read-only connection.
[[nodiscard]] QList<Probe> runbookProbes(const RunState &state);

/// The run's environment, with its runbook's probes behind its own.
[[nodiscard]] Environment watchedEnvironment(const RunState &state);

} // namespace runsheet
