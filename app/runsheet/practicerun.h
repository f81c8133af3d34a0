// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "practice/practice.h"
#include "run/controller.h"

namespace runsheet
{

/// A rehearsal of the practice runbook on the practice server, its window beginning now.
[[nodiscard]] Result<RunRequest> practiceRunRequest(const Practice &practice);

} // namespace runsheet
