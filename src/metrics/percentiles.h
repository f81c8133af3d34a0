// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/probesample.h"

#include <QList>

#include <deque>
#include <vector>

namespace runsheet
{

/// Percentiles of the durations in the window that ends at a time. Microseconds; −1 in all three:
/// nothing was measured there.
struct PercentilePoint
{
    qint64 timeMs = 0; ///< milliseconds since the epoch, a multiple of the step
    qint64 p50 = -1;
    qint64 p95 = -1;
    qint64 p99 = -1;

    bool operator==(const PercentilePoint &) const = default;
    [[nodiscard]] bool isGap() const { return p50 < 0; }
};

/// Nearest-rank percentile (ceil(p·n)) of an ascending list that is not empty: an observed value,
/// never an interpolated one.
[[nodiscard]] qint64 nearestRank(const std::vector<qint64> &ascending, int percent);

/// Exact sliding percentiles, one point per step, extended as samples arrive.
///
/// A step in which probes were sent and none answered is a gap, and so is silence for longer than
/// three steps. Samples are expected in order of time; one that is older than the last (the clock
/// was set back) counts as if it came with the last.
class PercentileSeries
{
public:
    static constexpr qint64 kWindowMs = 60'000;
    static constexpr qint64 kStepMs = 1000;

    explicit PercentileSeries(qint64 windowMs = kWindowMs, qint64 stepMs = kStepMs)
        : m_windowMs(windowMs)
        , m_stepMs(stepMs)
    {
    }

    void add(const QList<ProbeSample> &samples);
    void clear();

    [[nodiscard]] const std::vector<PercentilePoint> &points() const { return m_points; }
    [[nodiscard]] qint64 windowMs() const { return m_windowMs; }
    [[nodiscard]] qint64 stepMs() const { return m_stepMs; }

private:
    struct Answer
    {
        qint64 timeMs = 0;
        qint64 micros = 0;
    };

    void addOne(const ProbeSample &sample);
    void openStep(qint64 stepTime);
    void forgetBefore(qint64 timeMs);
    void keepAnswer(qint64 timeMs, qint64 micros);
    void limitLength();

    qint64 m_windowMs;
    qint64 m_stepMs;
    std::deque<Answer> m_window; // in order of time
    std::vector<qint64> m_sorted; // the same durations, ascending
    std::vector<PercentilePoint> m_points;
};

} // namespace runsheet
