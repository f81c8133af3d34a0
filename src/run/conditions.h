// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "run/state.h"

/// What several rules ask for.
namespace runsheet::rules
{

/// A run is open and has not ended.
[[nodiscard]] Result<void> inProgress(const RunState &state);
/// Of every command it is known how it ended, and the server works on none that has.
[[nodiscard]] Result<void> nothingUnresolved(const RunState &state);
/// A rollback scenario must be declared before anything in it happens; other phases need an open
/// gate.
[[nodiscard]] Result<void> phaseAccepts(const RunState &state, const StepId &step);

} // namespace runsheet::rules
