// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"
#include "base/result.h"

namespace runsheet
{

/// Writes the report of a run, in the format its suffix names, from what the journal and the data
/// folder hold now. Reads whole logs: call it from a worker thread.
[[nodiscard]] Result<void> exportRun(const Paths &paths, const RunId &run, const QString &fileName);

} // namespace runsheet
