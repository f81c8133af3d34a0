// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

#include <optional>

namespace runsheet
{

/// The only database that the execution can have worked in; "" is the environment's own. Nothing
/// when that is not known: what a catalogue does not hold says nothing then. `seenIn`: where its
/// sessions were, in the same words. Pure.
[[nodiscard]] std::optional<QString> databaseWorkedIn(const RunState &state,
                                                      const Execution &execution,
                                                      CommandLanguage language,
                                                      const QStringList &seenIn);

} // namespace runsheet
