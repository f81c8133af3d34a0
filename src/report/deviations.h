// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

namespace runsheet
{

/// Everything in the events that did not go as the runbook says, in order of time, and after it
/// what concerns the run as a whole. `state` is the replay of the events.
[[nodiscard]] QList<Deviation> collectDeviations(const RunState &state,
                                                 const QList<RunEvent> &events);

} // namespace runsheet
