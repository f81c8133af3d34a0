// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "runbook/phaserules.h"
#include "runbook/runbook.h"

namespace runsheet
{

/// Parses CommonMark + GFM (cmark-gfm, tasklist and table extensions). Total: any bytes give a
/// Runbook, with every problem in its diagnostics. Pure, any thread; opens nothing, runs nothing
/// but `bash -n` on shell text to find where a block may be cut.
[[nodiscard]] Runbook parseRunbook(const QByteArray &source, const QString &fileName,
                                   const PhaseRules &rules = PhaseRules::bundled());

/// Reads and parses a file; the Error is for a file that cannot be read at all.
[[nodiscard]] Result<Runbook> loadRunbook(const QString &fileName,
                                          const PhaseRules &rules = PhaseRules::bundled());

} // namespace runsheet
