// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

namespace runsheet
{

/// The report as one file: no script, nothing fetched, all text escaped, made to be printed.
[[nodiscard]] QByteArray renderHtml(const Report &report);

} // namespace runsheet
