// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"
#include "runbook/expectationmatch.h"

namespace runsheet
{

/// What the runbook expects the command to print; empty for most.
[[nodiscard]] QList<Expectation> expectationsOf(const Step &step, const CommandId &command);

/// Compares a command's output file with its expectations, one after the other: the first must
/// begin the output where there are several. Reads and works within the limits of
/// runbook/expectationmatch.h; any thread, but not the window's.
[[nodiscard]] Result<ExpectationMatch> compareOutput(const QString &file,
                                                     const QList<Expectation> &expectations);

/// The verdict as it goes into the journal.
[[nodiscard]] OutputCompared verdictOf(const ExecutionId &execution,
                                       const Result<ExpectationMatch> &match);

} // namespace runsheet
