// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

#include <QCoreApplication>
#include <QString>

namespace runsheet
{

/// What a colour stands for; never the only sign.
enum class Tone
{
    Neutral,
    Accent,
    Ok,
    Running,
    Warning,
    Bad
};

/// How the values of a run are said to people: one place, so that the window says one thing one
/// way.
class Wording
{
    Q_DECLARE_TR_FUNCTIONS(runsheet::Wording)

public:
    [[nodiscard]] static QString outcome(SignOffOutcome outcome); ///< "done with deviation"
    [[nodiscard]] static Tone tone(SignOffOutcome outcome);

    /// "exit 0", "stopped by signal 2", "outcome unknown"; empty while it runs.
    [[nodiscard]] static QString result(const Execution &execution);
    /// The same of the end alone, before anybody has settled it.
    [[nodiscard]] static QString ending(const CommandEnded &end, ExecutionOutcome outcome);
    /// What a person found, without the numbers of an end that nobody saw.
    [[nodiscard]] static QString settled(ExecutionOutcome outcome);
    [[nodiscard]] static Tone tone(const Execution &execution);
    /// What its output says beside the exit code: a contradiction, a difference from what the
    /// runbook expects; empty when there is neither.
    [[nodiscard]] static QString finding(const Execution &execution);
    /// "server: rolled back", "still on the server"; empty when the server had nothing to say.
    [[nodiscard]] static QString server(const ServerChecked &checked);
    [[nodiscard]] static Tone tone(ServerVerdict verdict);
    /// "interrupt", "cancel on the server" …
    [[nodiscard]] static QString rung(StopRung rung);
    /// "output as expected", "differs in 2 lines".
    [[nodiscard]] static QString comparison(const OutputCompared &comparison);
    /// "2 of 3 · a003 · ERROR: …"; may be empty
    [[nodiscard]] static QString recognisedDetail(const OutputRecognised &recognised);
    /// "Alembic: …", with the contradiction where there is one.
    [[nodiscard]] static QString recognised(const OutputRecognised &recognised);
    /// "The log may hold: PIN (too short to be masked)"; empty when it holds no secret.
    [[nodiscard]] static QString unmasked(const Execution &execution);
    /// "41 s · 212 lines · 1.6 MB · attempt 2".
    [[nodiscard]] static QString resultDetail(const Execution &execution);

    [[nodiscard]] static QString status(RunStatus status);
    [[nodiscard]] static Tone tone(RunStatus status);
    [[nodiscard]] static QString mode(RunMode mode);

    /// "release · 02:06 UTC · observed “503”": one sign-off on one line.
    [[nodiscard]] static QString signOff(const SignOff &signOff, const QDateTime &now);
    /// One line about an event, for the journal table.
    [[nodiscard]] static QString event(const RunEvent &event, const Runbook *runbook);

    /// "02:06 UTC" today, "19 Nov 02:06 UTC" on another day.
    [[nodiscard]] static QString moment(const QDateTime &time, const QDateTime &now);
    /// "today", "yesterday", "tomorrow", "13 Nov", "13 Nov 2025".
    [[nodiscard]] static QString day(const QDateTime &time, const QDateTime &now);
};

} // namespace runsheet
