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

/// While the journal cannot be read.
[[nodiscard]] StartContent startContentWithoutRuns();

[[nodiscard]] RunbookCard cardOf(const Runbook &runbook);

} // namespace runsheet
