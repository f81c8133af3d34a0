// SPDX-License-Identifier: Apache-2.0
#include "metrics/percentiles.h"

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr qint64 kSilentSteps = 3; // one slow tick is no gap
constexpr std::size_t kMaxPoints = 1'200'000; // two weeks at one a second, 38 MB

} // namespace

qint64 nearestRank(const std::vector<qint64> &ascending, int percent)
{
    const auto count = static_cast<qint64>(ascending.size());
    const qint64 rank = (percent * count + 99) / 100;
    return ascending[static_cast<std::size_t>(std::clamp<qint64>(rank, 1, count) - 1)];
}

void PercentileSeries::add(const QList<ProbeSample> &samples)
{
    for (const ProbeSample &sample : samples)
        addOne(sample);
    limitLength();
}

void PercentileSeries::clear()
{
    m_window.clear();
    m_sorted.clear();
    m_points.clear();
}

void PercentileSeries::addOne(const ProbeSample &sample)
{
    // The point of a step stands at its end, so that it covers everything sent within it.
    const qint64 stepTime = (sample.timeMs / m_stepMs + 1) * m_stepMs;
    if (m_points.empty() || stepTime > m_points.back().timeMs)
        openStep(stepTime);
    if (!sample.isGap())
        keepAnswer(std::max(sample.timeMs, m_points.back().timeMs - m_stepMs), sample.micros);
}

void PercentileSeries::openStep(qint64 stepTime)
{
    if (!m_points.empty()) {
        const PercentilePoint &last = m_points.back();
        if (stepTime - last.timeMs > kSilentSteps * m_stepMs && !last.isGap())
            m_points.push_back({.timeMs = last.timeMs + m_stepMs});
    }
    forgetBefore(stepTime - m_windowMs);
    m_points.push_back({.timeMs = stepTime});
}

void PercentileSeries::forgetBefore(qint64 timeMs)
{
    while (!m_window.empty() && m_window.front().timeMs < timeMs) {
        m_sorted.erase(std::ranges::lower_bound(m_sorted, m_window.front().micros));
        m_window.pop_front();
    }
}

void PercentileSeries::keepAnswer(qint64 timeMs, qint64 micros)
{
    m_window.push_back({.timeMs = timeMs, .micros = micros});
    m_sorted.insert(std::ranges::upper_bound(m_sorted, micros), micros);
    PercentilePoint &point = m_points.back();
    point.p50 = nearestRank(m_sorted, 50);
    point.p95 = nearestRank(m_sorted, 95);
    point.p99 = nearestRank(m_sorted, 99);
}

void PercentileSeries::limitLength()
{
    if (m_points.size() > kMaxPoints)
        m_points.erase(m_points.begin(), m_points.begin() + kMaxPoints / 10);
}

} // namespace runsheet
