// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

#include <QByteArray>

namespace runsheet
{

/// The line of a run in lists, kept beside the run's head so that a list of hundreds of runs need
/// not replay them. It is no part of the record: whenever it is missing or old it is made again.
[[nodiscard]] QByteArray summaryToJson(const RunSummary &summary);
[[nodiscard]] std::optional<RunSummary> summaryFromJson(const QByteArray &bytes);

} // namespace runsheet
