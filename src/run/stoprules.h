// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "run/state.h"

namespace runsheet::rules
{

/// Rungs of the process: only while it runs, SIGTERM after an interrupt, SIGKILL after SIGTERM.
/// Rungs of the server: after an interrupt, or when the command is gone and the server still works
/// on what it sent. None for a command that is not to be stopped.
[[nodiscard]] Result<void> mayStop(const RunState &state, const ExecutionId &execution,
                                   StopRung rung);
/// What to propose: the gentlest that was not tried yet; nothing when none is allowed.
[[nodiscard]] std::optional<StopRung> nextRung(const RunState &state, const ExecutionId &execution);
/// The word to type before it is done; empty: none.
[[nodiscard]] QString confirmationWord(StopRung rung);

[[nodiscard]] Result<void> mayCheckServer(const RunState &state, const ExecutionId &execution);
/// It ended in a way that says nothing about the server, and the server was not asked since.
[[nodiscard]] bool needsServerCheck(const RunState &state, const Execution &execution);

} // namespace runsheet::rules
