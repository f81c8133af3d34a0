// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace runsheet
{

/// Lets screen readers see ListPanel as a list and Card as an item of it. Safe to call again.
void installAccessibleRoles();

} // namespace runsheet
