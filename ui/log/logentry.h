// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// How a command stands, for its badge.
enum class LogTone
{
    Ok,
    Running,
    Warning,
    Bad,
};

/// Each state has a shape as well as a colour: "✓", "●", "!", "✕".
[[nodiscard]] QString shapeOf(LogTone tone);
/// The style sheet's word for it.
[[nodiscard]] QString toneName(LogTone tone);

/// One execution whose log can be shown.
struct LogEntry
{
    QString id;
    QString title; ///< of the command; plain text
    QString state; ///< "running", "exit 1"
    LogTone tone = LogTone::Ok;

    bool operator==(const LogEntry &) const = default;
};

} // namespace runsheet
