// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QJsonObject>

namespace runsheet
{

inline constexpr QLatin1StringView kReportFormat("runsheet-report-v1");

/// The canonical form: RFC 8785, integers and strings only, with every event and its hash, so that
/// the file can be checked without the journal it came from.
[[nodiscard]] QByteArray reportToJson(const Report &report);

/// The members of the file that follow from the events alone: run, people, deviations, phases,
/// commands, rollbacks.
[[nodiscard]] QJsonObject derivedSections(const Report &report);

} // namespace runsheet
