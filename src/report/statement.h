// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

namespace runsheet
{

/// What a reader may rely on, what not, and how to check it. Says no more than the program can do.
[[nodiscard]] ReportStatement statementOf(const Report &report);

} // namespace runsheet
