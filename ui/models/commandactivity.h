// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/outputfindings.h"
#include "models/wording.h"

namespace runsheet
{

/// How a running command stands, in words.
struct CommandActivity
{
    QString word; ///< "running", "waits for input", "suspended", "log disk full", "lingering"
    Tone tone = Tone::Running;
    QString explanation; ///< and what can be done; empty while it just runs

    bool operator==(const CommandActivity &) const = default;
};

/// A command lingers when its tool has said that all went well, and then nothing for ten seconds.
[[nodiscard]] CommandActivity activityOf(const OutputFindings &found, const QDateTime &now);

} // namespace runsheet
