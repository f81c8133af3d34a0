// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"

#include <QString>

namespace runsheet
{

/// Why the commands of a phase are not carried on by themselves.
enum class PhaseHalt
{
    Finished, ///< nothing of the phase is left
    Paused, ///< a person asked for it
    Failed, ///< a command did not succeed
    Differs, ///< a command printed something else than the runbook expects
    Contradicts, ///< what a tool printed and its exit code do not go together
    SignOff, ///< a step waits for its sign-off
    Answer, ///< the next command has to be filled in
    Choice, ///< a person has to decide what of the step is run
    Wait, ///< the step asks to wait or watch
    Confirmation, ///< the next command asks for a typed word
    Approval, ///< the commands are not approved
    Typing, ///< the next command asks for typing, and nobody is there
    Refused, ///< the rules do not let the next command run
};

/// From here on the commands of a phase were started one after the other.
struct PhaseStarted
{
    PhaseId phase;
    bool operator==(const PhaseStarted &) const = default;
};

/// From here on no command of the phase was started by itself any more.
struct PhaseStopped
{
    PhaseId phase;
    PhaseHalt halt = PhaseHalt::Finished;
    StepId step; ///< where; may be empty
    CommandId command; ///< which; may be empty
    ExecutionId execution; ///< the attempt that it stopped at; may be empty
    QString text; ///< a sentence
    bool operator==(const PhaseStopped &) const = default;
};

/// What a migration tool said in the output of a command. The exit code wins over it.
struct OutputRecognised
{
    ExecutionId execution;
    QString tool; ///< "Alembic"
    QString migration; ///< the last that it named; may be empty
    int done = 0; ///< migrations, as far as it said
    int total = 0; ///< 0: it did not say
    QString failure; ///< its own line; empty: it printed none
    QString contradiction; ///< in words, when text and exit code do not go together
    bool operator==(const OutputRecognised &) const = default;
};

} // namespace runsheet
