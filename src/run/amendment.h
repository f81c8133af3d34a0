// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

namespace runsheet
{

/// The reducer's part for runbook.amended: puts the new runbook into force and carries over what
/// is unchanged. Sign-offs of other steps stay in the journal alone; executions of commands that
/// are gone keep a name that no command of the new runbook has.
void amend(RunState &state, const RunEvent &event);

} // namespace runsheet
