// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>

namespace runsheet
{

/// Where time comes from. Tests pass a fixed one.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Wall clock in UTC, millisecond resolution.
    [[nodiscard]] virtual QDateTime now() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override;
};

/// ISO 8601 UTC with milliseconds and a trailing Z: the form of every stored time.
[[nodiscard]] QString toIsoUtc(const QDateTime &time);
/// Invalid when the text is not such a time.
[[nodiscard]] QDateTime fromIsoUtc(const QString &text);

} // namespace runsheet
