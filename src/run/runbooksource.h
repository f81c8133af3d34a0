// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "run/event.h"
#include "runbook/runbook.h"

namespace runsheet
{

/// Text that turns into exactly the same bytes again, byte order mark and all: how the journal
/// keeps a runbook.
[[nodiscard]] QString decodedSource(const QByteArray &source);
/// The runbook's first error, with its place.
[[nodiscard]] Result<void> withoutErrors(const Runbook &runbook);
/// Parses what a run is to begin with. `phaseRules` are a team's own, as YAML; may be empty.
[[nodiscard]] Result<Runbook> acceptableRunbook(const QByteArray &source, const QString &fileName,
                                                const QByteArray &phaseRules = {});
/// Another text of the run's runbook, read as the first one was.
[[nodiscard]] Runbook readForRun(const RunCreated &created, const QByteArray &source);

} // namespace runsheet
