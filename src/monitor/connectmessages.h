// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/monitorstatus.h"
#include "monitor/doorknock.h"

namespace runsheet
{

/// What became of an attempt to connect, in words for people: Refused when trying again cannot help
/// before somebody has put something right, else Lost.
[[nodiscard]] MonitorStatus statusOf(const ConnectFailure &failure);

/// A connection that broke after it was made.
[[nodiscard]] MonitorStatus lostStatus(const QString &server, const QString &detail);

/// Whole sentence about a password file that libpq ignores because others may read it; else empty.
[[nodiscard]] QString passwordFileProblem(const QString &fileName);
/// $PGPASSFILE, else ~/.pgpass.
[[nodiscard]] QString passwordFile();

} // namespace runsheet
