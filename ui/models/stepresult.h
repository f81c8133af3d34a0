// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

namespace runsheet
{

/// What the checks and commands of a step came to, in a line; empty before there is anything. It is
/// proposed as the step's observed value.
[[nodiscard]] QString stepResult(const RunState &state, const Step &step);

} // namespace runsheet
