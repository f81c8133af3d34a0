// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/probesample.h"
#include "report/report.h"

namespace runsheet
{

/// Percentiles of the samples around the commands (five minutes before and after them; all samples
/// without commands), thinned to what a page can show.
[[nodiscard]] ReportChart chartOf(const QList<ProbeSample> &samples,
                                  const QList<ReportCommand> &commands);

} // namespace runsheet
