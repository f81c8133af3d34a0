// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/wording.h"

namespace runsheet
{

/// Each state of a command has a shape as well as a colour: "✓", "●", "!", "✕".
[[nodiscard]] QString shapeOf(Tone tone);

/// One execution whose log can be shown.
struct LogEntry
{
    QString id;
    QString title; ///< of the command; plain text
    QString state; ///< "running", "exit 1"
    Tone tone = Tone::Ok;
    QString explanation; ///< of a state that needs one

    bool operator==(const LogEntry &) const = default;
};

} // namespace runsheet
