// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "report/report.h"

#include <QByteArray>

namespace runsheet
{

/// The report as PDF: A4, text that can be searched, the chart as a vector picture, page numbers
/// and the hash of the JSON at the foot of each page. Any thread, several at a time; needs a
/// QGuiApplication for its fonts.
[[nodiscard]] Result<QByteArray> renderPdf(const Report &report);

} // namespace runsheet
