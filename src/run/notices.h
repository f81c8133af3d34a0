// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "run/state.h"

namespace runsheet
{

// What a person is told about a command until something has happened that makes it untrue.

/// A signal or a typed line does not reach it; true until it has ended.
[[nodiscard]] Error outOfReach(const RunState &state, const Execution &execution);

/// Something was seen of it that the journal does not take, for `cause`; true until it does.
[[nodiscard]] Error notRecorded(const RunState &state, const Execution &execution,
                                const Error &cause);

} // namespace runsheet
