// SPDX-License-Identifier: Apache-2.0
#include "metrics/decimation.h"

#include <algorithm>
#include <array>

namespace runsheet
{

namespace
{

/// First, lowest, highest and last of one series in one column.
struct Column
{
    TimedValue first, lowest, highest, last;
    bool used = false;

    void add(TimedValue value)
    {
        if (!used) {
            first = lowest = highest = last = value;
            used = true;
            return;
        }
        if (value.value < lowest.value)
            lowest = value;
        if (value.value > highest.value)
            highest = value;
        last = value;
    }
};

class Line
{
public:
    void add(TimedValue value) { m_column.add(value); }

    void endColumn()
    {
        if (!m_column.used)
            return;
        if (m_broken || m_stretches.empty())
            m_stretches.emplace_back();
        m_broken = false;
        std::array<TimedValue, 2> inner{m_column.lowest, m_column.highest};
        if (inner[0].timeMs > inner[1].timeMs)
            std::swap(inner[0], inner[1]);
        for (const TimedValue &value : {m_column.first, inner[0], inner[1], m_column.last})
            append(value);
        m_column.used = false;
    }

    void breakLine() { m_broken = true; }
    [[nodiscard]] Stretches take() { return std::move(m_stretches); }

private:
    void append(TimedValue value)
    {
        std::vector<TimedValue> &stretch = m_stretches.back();
        if (stretch.empty() || stretch.back() != value)
            stretch.push_back(value);
    }

    Column m_column;
    Stretches m_stretches;
    bool m_broken = false;
};

std::span<const PercentilePoint> visible(std::span<const PercentilePoint> points, TimeRange range)
{
    const auto first = std::ranges::lower_bound(points, range.fromMs, {}, &PercentilePoint::timeMs);
    const auto last = std::ranges::upper_bound(points, range.toMs, {}, &PercentilePoint::timeMs);
    return {first == points.begin() ? first : first - 1, last == points.end() ? last : last + 1};
}

} // namespace

DecimatedSeries decimate(std::span<const PercentilePoint> points, TimeRange range, int columns)
{
    DecimatedSeries result;
    if (columns < 1 || range.length() < 1)
        return result;
    std::array<Line, 3> lines;
    const auto endColumn = [&lines] { std::ranges::for_each(lines, &Line::endColumn); };
    const auto breakLines = [&lines] { std::ranges::for_each(lines, &Line::breakLine); };

    bool gapInColumn = false;
    int column = 0;
    qint64 columnEnd = range.fromMs;
    for (const PercentilePoint &point : visible(points, range)) {
        if (point.timeMs >= columnEnd) {
            endColumn();
            if (gapInColumn)
                breakLines();
            gapInColumn = false;
            // Long stretches without points cost one division, not a loop over empty columns.
            column = static_cast<int>((point.timeMs - range.fromMs) * columns / range.length()) + 1;
            columnEnd = range.fromMs + (column * range.length() + columns - 1) / columns;
        }
        if (point.isGap()) {
            gapInColumn = true;
            continue;
        }
        lines[0].add({.timeMs = point.timeMs, .value = point.p50});
        lines[1].add({.timeMs = point.timeMs, .value = point.p95});
        lines[2].add({.timeMs = point.timeMs, .value = point.p99});
        if (point.timeMs >= range.fromMs && point.timeMs <= range.toMs)
            result.maximum = std::max(result.maximum, point.p99);
    }
    endColumn();
    result.p50 = lines[0].take();
    result.p95 = lines[1].take();
    result.p99 = lines[2].take();
    return result;
}

} // namespace runsheet
