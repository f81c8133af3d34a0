// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/attributes.h"
#include "runbook/commandcutter.h"
#include "runbook/fenceinfo.h"

namespace runsheet
{

/// The command that a piece of a block is, with all that can be said of it from its text.
/// `attributes` are those of its block and of everything around it.
[[nodiscard]] Command commandFrom(const CommandPiece &piece, const FenceInfo &fence,
                                  const Attributes &attributes, SourceLocation location);

} // namespace runsheet
