// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"

#include <QStringList>
#include <QTextStream>

namespace runsheet
{

/// `runsheet verify RUN|FILE [--json]`: checks a run in the journal, or an exported report in JSON.
/// The arguments are those after the word "verify". Answers the exit code: 0 it holds, 1 it does
/// not (the first event that does not fit is named), 2 usage or unreadable.
[[nodiscard]] int runVerify(const QStringList &arguments, const Paths &paths, QTextStream &out,
                            QTextStream &err);

} // namespace runsheet
