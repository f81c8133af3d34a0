// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

#include <QStringList>

#include <functional>
#include <optional>

namespace runsheet
{

/// What the plan needs to know beside the state.
struct PhaseContext
{
    QStringList processVariables; ///< names that this program's own process has a value for
    QDateTime now;
    /// Somebody sits in front of it: types into a command, confirms, waits, looks at differences.
    bool attended = true;
    /// Whether the output of an ended execution was looked at. Empty: nobody does.
    std::function<bool(const ExecutionId &)> isExamined;
};

/// What comes next when the commands of a phase are run in order.
struct PhaseMove
{
    enum class Kind
    {
        Run, ///< `command`
        Busy, ///< `command` runs, or its output is being looked at
        Stop, ///< only a person can say how it goes on, or nothing is left
    };

    Kind kind = Kind::Stop;
    CommandId command;
    PhaseStopped stop; ///< with Stop

    bool operator==(const PhaseMove &) const = default;
};

/// Pure. A command that succeeded is never a next one; one that failed is, once the phase has
/// stopped at it and was told to go on.
[[nodiscard]] PhaseMove nextMove(const RunState &state, const PhaseId &phase,
                                 const PhaseContext &context);
/// Within one step; nothing when the step asks for nothing more, its sign-off included.
[[nodiscard]] std::optional<PhaseMove> nextMove(const RunState &state, const Step &step,
                                                const PhaseContext &context);

/// "exit 3", "signal 15", "could not start: …".
[[nodiscard]] QString endingOf(const Execution &execution);

} // namespace runsheet
