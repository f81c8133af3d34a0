// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace runsheet
{

/// "-7d", "30 minutes", "1 h": a number and a unit known by its first letter (w, d, h, m, s). In
/// seconds.
[[nodiscard]] std::optional<qint64> durationIn(const QString &text);

/// The time a person is told to watch or wait: "Monitor for 15 minutes", "watch the error rate over
/// the next 24 hours". Nothing for times that mean something else ("keep backups for 30 days").
[[nodiscard]] std::optional<qint64> waitAskedFor(const QString &text);

} // namespace runsheet
