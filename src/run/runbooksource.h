// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "runbook/runbook.h"

namespace runsheet
{

/// Text that turns into exactly the same bytes again, byte order mark and all: how the journal
/// keeps a runbook.
[[nodiscard]] QString decodedSource(const QByteArray &source);
/// The runbook's first error, with its place.
[[nodiscard]] Result<void> withoutErrors(const Runbook &runbook);
/// Parses what a run is to begin with.
[[nodiscard]] Result<Runbook> acceptableRunbook(const QByteArray &source, const QString &fileName);

} // namespace runsheet
