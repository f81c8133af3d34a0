// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"

#include <QStringList>
#include <QTextStream>

namespace runsheet
{

/// `runsheet runs [--json]`: the runs of the journal, newest first. The arguments are those after
/// the word "runs". Answers the exit code: 0 fine (also without runs), 2 usage or unreadable.
[[nodiscard]] int runRuns(const QStringList &arguments, const Paths &paths, QTextStream &out,
                          QTextStream &err);

} // namespace runsheet
