// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace runsheet::bench
{

/// One measured figure beside the floor or peer that was measured in the same run.
struct Measurement
{
    QString name; ///< "sign-off, durable"
    double value = 0;
    QString unit; ///< "ms", "MB", "lines/s"
    QString reference; ///< what the floor or peer is: "bare SQLite insert"; empty: none
    double referenceValue = 0; ///< in the same unit
    QString aim; ///< in words: "≤ 1.2×", "≤ 16 ms"
    bool met = true;
};

/// Prints a line for people and, when RUNSHEET_BENCH_JSON names a file, appends a JSON line with
/// name, value, unit, reference, reference_value, ratio, aim, met.
void report(const Measurement &measurement);

/// Milliseconds of one call, monotonic.
[[nodiscard]] double milliseconds(const std::function<void()> &work);
[[nodiscard]] double median(std::vector<double> values);
/// Peak resident set of this process in MB (VmHWM).
[[nodiscard]] double peakMemoryMb();

} // namespace runsheet::bench
