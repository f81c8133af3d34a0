// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

namespace runsheet
{

/// What a deviation is about that belongs to no step.
inline const QString kWholeRun = QStringLiteral("The run");

/// Those that no single event tells: they show in what came before and after it.
[[nodiscard]] QList<Deviation> overallDeviations(const RunState &state,
                                                 const QList<RunEvent> &events);

} // namespace runsheet
