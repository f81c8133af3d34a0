// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "run/state.h"

namespace runsheet
{

/// Whether an event still makes sense to the state it would be stored on. The rules were asked
/// about the state as one window knew it; another window on the same run may have acted meanwhile.
/// Refused: what it says is stored already, or what it wants is under way.
[[nodiscard]] Result<void> stillFits(const RunState &state, const EventBody &body);

/// Made by the program as it sees a command, so another window makes the same: when it does not fit
/// any more there is nothing to tell anybody.
[[nodiscard]] bool isSeenByEveryWindow(const EventBody &body);

} // namespace runsheet
