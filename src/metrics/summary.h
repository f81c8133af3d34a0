// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/percentiles.h"

#include <QString>

#include <span>

namespace runsheet
{

/// What a sighted person reads off the chart, in a sentence: "p50 11 ms, p95 96 ms, p99 212 ms over
/// the last 60 s; 5 probe queries; no gap". Gaps are counted over all points given.
[[nodiscard]] QString describeDurations(std::span<const PercentilePoint> points, qint64 windowMs,
                                        qsizetype probes);

/// Stretches of gap points.
[[nodiscard]] qint64 countGaps(std::span<const PercentilePoint> points);

} // namespace runsheet
