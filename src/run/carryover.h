// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QHash>

namespace runsheet
{

/// What of one runbook lives on in another version of it, by its ids there and then.
struct CarryOver
{
    QHash<PhaseId, PhaseId> phases; ///< same title in the same section
    /// Same titles from the phase down, same text, commands and expectations. Where the two hold a
    /// different number of identical steps it is not known which is which, and none is here.
    QHash<StepId, StepId> steps;
    /// Those of the steps above; then every other one whose exact text is still there, so that
    /// what has run stays known as having run.
    QHash<CommandId, CommandId> commands;

    bool operator==(const CarryOver &) const = default;
};

/// Pure. Order does not matter: a step that was only moved within its phase is the same step.
[[nodiscard]] CarryOver carryOver(const Runbook &before, const Runbook &after);

} // namespace runsheet
