// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/decimation.h"

#include <optional>

namespace runsheet
{

/// Which stretch of time a chart shows. It follows the newest data until somebody zooms or pans,
/// and again after reset().
class ChartViewport
{
public:
    static constexpr qint64 kLiveMs = 30 * 60'000;
    static constexpr qint64 kShortestLiveMs = 5 * 60'000;
    static constexpr qint64 kShortestMs = 10'000;

    /// First and last time there are data for.
    void setData(TimeRange data) { m_data = data; }
    /// Without hands on it: the whole of the data instead of the last half hour.
    void showWhole(bool whole) { m_whole = whole; }

    [[nodiscard]] TimeRange range() const;
    [[nodiscard]] bool isFollowing() const { return !m_chosen; }

    /// A factor below 1 shows less; the anchor stays where it is on the screen.
    void zoom(double factor, qint64 anchorMs);
    void pan(qint64 byMs);
    void reset() { m_chosen.reset(); }

private:
    [[nodiscard]] TimeRange following() const;
    void choose(TimeRange range);

    TimeRange m_data;
    std::optional<TimeRange> m_chosen;
    bool m_whole = false;
};

} // namespace runsheet
