// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/environment.h"
#include "run/state.h"
#include "runbook/runbook.h"
#include "start/startcontent.h"

namespace runsheet
{

/// What the start page shows: the bundled runbooks and the journal's runs.
[[nodiscard]] StartContent startContent(const QList<RunSummary> &runs);

[[nodiscard]] RunbookCard cardOf(const Runbook &runbook);

/// The environments a runbook may be carried out on: environments.yaml beside it, then the one in
/// the configuration folder; without a runbook the latter alone. A file that cannot be read is an
/// Error that names its line.
[[nodiscard]] Result<QList<Environment>> environmentsFor(const QString &runbookFile);

} // namespace runsheet
