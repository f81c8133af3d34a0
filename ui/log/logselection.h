// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <compare>

namespace runsheet
{

/// A place between two characters of a displayed line.
struct LogPosition
{
    qint64 line = 0;
    qsizetype index = 0; ///< UTF-16 units from the start of the line as shown

    // NOLINTNEXTLINE(modernize-use-nullptr): the check takes the compiler's own comparison with 0
    auto operator<=>(const LogPosition &) const = default;
};

/// From where a selection was started to where the cursor is, either of them first.
struct LogSelection
{
    LogPosition anchor;
    LogPosition cursor;

    [[nodiscard]] bool isEmpty() const { return anchor == cursor; }
    [[nodiscard]] LogPosition start() const { return std::min(anchor, cursor); }
    [[nodiscard]] LogPosition end() const { return std::max(anchor, cursor); }
    bool operator==(const LogSelection &) const = default;
};

} // namespace runsheet
