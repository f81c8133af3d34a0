// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"
#include "base/result.h"

#include <QMap>

namespace runsheet
{

/// Writes the report of a run, in the format its suffix names, from what the journal and the data
/// folder hold now. Reads whole logs: call it from a worker thread.
/// Refuses a report that would hold one of the secrets, which are by name.
[[nodiscard]] Result<void> exportRun(const Paths &paths, const RunId &run, const QString &fileName,
                                     const QMap<QString, QString> &secrets = {});

} // namespace runsheet
