// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

namespace runsheet
{

/// Reads a log once: hashes all of it and keeps its first and last lines, with terminal escapes
/// taken out. Compared with what the journal recorded of it.
[[nodiscard]] LogExcerpt readLogExcerpt(const QString &fileName, const ReportCommand &command);

/// One line as people read it: escapes removed, of text overwritten by carriage returns the last,
/// hidden characters shown, at most 400 characters.
[[nodiscard]] QString plainLogLine(const QByteArray &line);

} // namespace runsheet
