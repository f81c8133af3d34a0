// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

namespace runsheet
{

/// Every part of the command is known to look and to change nothing: ls, kubectl get, psql -c
/// "select count(*) …". In doubt it is false, for then a person is asked before it runs again.
[[nodiscard]] bool changesNothing(const Command &command);

} // namespace runsheet
