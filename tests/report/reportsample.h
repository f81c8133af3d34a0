// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/reportbuilder.h"
#include "store/samplerun.h"

namespace runsheet::test
{

/// A run with a failed and a repeated command, a deviation, two signers and a finished log.
[[nodiscard]] QList<RunEvent> reportEvents(SampleRun &run, bool finished = true);

/// Its input for a report, with two hours of samples and without log files.
[[nodiscard]] ReportInput reportInput(const QList<RunEvent> &events);

/// One sample a second; a gap of a minute in the middle.
[[nodiscard]] QList<ProbeSample> probeSamples(const QDateTime &start, int seconds);

} // namespace runsheet::test
