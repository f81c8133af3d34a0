// SPDX-License-Identifier: Apache-2.0
#include "charts/chartviewport.h"

#include <algorithm>
#include <cmath>

namespace runsheet
{

TimeRange ChartViewport::range() const
{
    return m_chosen.value_or(following());
}

TimeRange ChartViewport::following() const
{
    const qint64 length = m_whole ? std::max(m_data.length(), kShortestMs)
                                  : std::clamp(m_data.length(), kShortestLiveMs, kLiveMs);
    return {.fromMs = m_data.toMs - length, .toMs = m_data.toMs};
}

void ChartViewport::zoom(double factor, qint64 anchorMs)
{
    const TimeRange now = range();
    const auto scaled = [&](qint64 time) {
        return anchorMs + std::llround(static_cast<double>(time - anchorMs) * factor);
    };
    choose({.fromMs = scaled(now.fromMs), .toMs = scaled(now.toMs)});
}

void ChartViewport::pan(qint64 byMs)
{
    const TimeRange now = range();
    choose({.fromMs = now.fromMs + byMs, .toMs = now.toMs + byMs});
}

/// Keeps the range within the data, and longer than nothing.
void ChartViewport::choose(TimeRange range)
{
    const TimeRange limit = following();
    const qint64 first = std::min(m_data.fromMs, limit.fromMs);
    const qint64 longest = std::max(m_data.toMs - first, kShortestMs);
    const qint64 length = std::clamp(range.length(), kShortestMs, longest);
    const qint64 middle = range.fromMs + range.length() / 2;
    const qint64 from = std::clamp(range.length() == length ? range.fromMs : middle - length / 2,
                                   first, std::max(first, m_data.toMs - length));
    m_chosen = TimeRange{.fromMs = from, .toMs = from + length};
}

} // namespace runsheet
