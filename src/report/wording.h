// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

namespace runsheet
{

// How the report says things. English, as everything that is stored.

/// "done", "done with deviation", "skipped" …
[[nodiscard]] QString describe(SignOffOutcome outcome);
/// What the signature under a step states.
[[nodiscard]] QString meaningOf(SignOffOutcome outcome, bool unattended);
/// "interrupt (SIGINT)", "pg_cancel_backend" …
[[nodiscard]] QString describe(StopRung rung);
[[nodiscard]] QString describe(ServerVerdict verdict);
/// "exit 0", "exit 3", "ended by signal 15 (SIGTERM)", "cancelled, confirmed by the server" …
[[nodiscard]] QString describe(const CommandEnded &end);
[[nodiscard]] QString describe(ExecutionOutcome outcome);
/// Of an execution that may still run or was settled by a person.
[[nodiscard]] QString describeOutcome(const Execution &execution);
/// "signed after 4 min of 15 min".
[[nodiscard]] QString earlySignOff(qint64 waitedSeconds, qint64 askedSeconds);
[[nodiscard]] QString describe(RunStatus status);
/// "rosa on desk"
[[nodiscard]] QString accountOf(const Person &person);
/// The name, or that no person did it.
[[nodiscard]] QString actorName(const Person &person, bool unattended);

/// "20 November 2026"
[[nodiscard]] QString longDate(const QDateTime &time);
/// "02:09:31", with the day in front when it is not the reference's. UTC.
[[nodiscard]] QString shortTime(const QDateTime &time, const QDateTime &reference);
/// Text that hides nothing: control characters and those that turn the direction of reading are
/// written as ⟨U+202E⟩; line breaks and tabs stay.
[[nodiscard]] QString visible(const QString &text);

} // namespace runsheet
