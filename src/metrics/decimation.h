// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/percentiles.h"

#include <span>
#include <vector>

namespace runsheet
{

struct TimeRange
{
    qint64 fromMs = 0;
    qint64 toMs = 0;

    bool operator==(const TimeRange &) const = default;
    [[nodiscard]] qint64 length() const { return toMs - fromMs; }
};

struct TimedValue
{
    qint64 timeMs = 0;
    qint64 value = 0;

    bool operator==(const TimedValue &) const = default;
};

/// Lines without the gaps between them.
using Stretches = std::vector<std::vector<TimedValue>>;

struct DecimatedSeries
{
    Stretches p50;
    Stretches p95;
    Stretches p99;
    qint64 maximum = 0; ///< largest value in the range
};

/// The part of a series that shows in `columns` pixels: per column the first, lowest, highest and
/// last value in order of time, so that the painted line covers the same pixels as the whole one.
/// A gap ends the stretch; gaps narrower than a column do so after the column. The nearest point on
/// either side of the range is kept, so that lines reach the edge.
[[nodiscard]] DecimatedSeries decimate(std::span<const PercentilePoint> points, TimeRange range,
                                       int columns);

} // namespace runsheet
