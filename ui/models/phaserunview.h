// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/wording.h"
#include "run/phaseplan.h"

#include <optional>

namespace runsheet
{

/// How the carrying on of a phase stands.
struct PhaseRunFacts
{
    PhaseId phase;
    bool running = false; ///< carried on now
    bool started = false; ///< some time in this run
    std::optional<PhaseStopped> lastStop; ///< none although started: not from this window
    PhaseMove next;
};

/// What the window says about it, and the one thing to do.
struct PhaseRunView
{
    enum class Kind
    {
        None, ///< nothing to say
        Ready, ///< it may be run, or `refusal` says why not
        Running,
        Halted, ///< and why
    };

    Kind kind = Kind::None;
    Tone tone = Tone::Neutral;
    QString icon;
    QString text;
    QString verb; ///< on the button that goes on; empty: only the step itself can be worked on
    QString refusal;
    StepId step; ///< where to look

    bool operator==(const PhaseRunView &) const = default;
};

[[nodiscard]] PhaseRunView phaseRunView(const RunState &state, const PhaseRunFacts &facts);

} // namespace runsheet
