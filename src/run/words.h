// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/event.h"
#include "run/state.h"

#include <QString>

#include <array>
#include <optional>
#include <utility>

namespace runsheet
{

/// The stored words of an enumeration. Each enumeration has one table.
template <typename Enum, size_t Count>
struct Words
{
    std::array<std::pair<Enum, QStringView>, Count> table;

    [[nodiscard]] QString word(Enum value) const
    {
        for (const auto &[candidate, text] : table) {
            if (candidate == value)
                return text.toString();
        }
        return {};
    }
    [[nodiscard]] std::optional<Enum> value(QStringView text) const
    {
        for (const auto &[candidate, word] : table) {
            if (word == text)
                return candidate;
        }
        return std::nullopt;
    }
};

inline constexpr Words<RunMode, 2> kRunModeWords{{{
    {RunMode::Rehearsal, u"rehearsal"},
    {RunMode::Live, u"live"},
}}};

inline constexpr Words<SignOffOutcome, 5> kSignOffWords{{{
    {SignOffOutcome::Done, u"done"},
    {SignOffOutcome::DoneWithDeviation, u"done-with-deviation"},
    {SignOffOutcome::Skipped, u"skipped"},
    {SignOffOutcome::NotApplicable, u"not-applicable"},
    {SignOffOutcome::Failed, u"failed"},
}}};

inline constexpr Words<ExecutionOutcome, 7> kExecutionWords{{{
    {ExecutionOutcome::Succeeded, u"succeeded"},
    {ExecutionOutcome::Failed, u"failed"},
    {ExecutionOutcome::Signalled, u"signalled"},
    {ExecutionOutcome::Cancelled, u"cancelled"},
    {ExecutionOutcome::CouldNotStart, u"could-not-start"},
    {ExecutionOutcome::TimedOut, u"timed-out"},
    {ExecutionOutcome::Unknown, u"unknown"},
}}};

inline constexpr Words<PhaseHalt, 13> kPhaseHaltWords{{{
    {PhaseHalt::Finished, u"finished"},
    {PhaseHalt::Paused, u"paused"},
    {PhaseHalt::Failed, u"failed"},
    {PhaseHalt::Differs, u"differs"},
    {PhaseHalt::Contradicts, u"contradicts"},
    {PhaseHalt::SignOff, u"sign-off"},
    {PhaseHalt::Answer, u"answer"},
    {PhaseHalt::Choice, u"choice"},
    {PhaseHalt::Wait, u"wait"},
    {PhaseHalt::Confirmation, u"confirmation"},
    {PhaseHalt::Approval, u"approval"},
    {PhaseHalt::Typing, u"typing"},
    {PhaseHalt::Refused, u"refused"},
}}};

inline constexpr Words<StopRung, 5> kStopRungWords{{{
    {StopRung::Interrupt, u"interrupt"},
    {StopRung::CancelBackend, u"cancel-backend"},
    {StopRung::Terminate, u"terminate"},
    {StopRung::TerminateBackend, u"terminate-backend"},
    {StopRung::Kill, u"kill"},
}}};

inline constexpr Words<ServerVerdict, 9> kServerVerdictWords{{{
    {ServerVerdict::Unknown, u"unknown"},
    {ServerVerdict::None, u"none"},
    {ServerVerdict::Running, u"running"},
    {ServerVerdict::RolledBack, u"rolled-back"},
    {ServerVerdict::Committed, u"committed"},
    {ServerVerdict::LastRolledBack, u"last-rolled-back"},
    {ServerVerdict::NotDone, u"not-done"},
    {ServerVerdict::InvalidIndex, u"invalid-index"},
    {ServerVerdict::PreparedLeft, u"prepared-left"},
}}};

inline constexpr Words<RunStatus, 5> kRunStatusWords{{{
    {RunStatus::NotCreated, u"not-created"},
    {RunStatus::InProgress, u"in-progress"},
    {RunStatus::Completed, u"completed"},
    {RunStatus::RolledBack, u"rolled-back"},
    {RunStatus::Aborted, u"aborted"},
}}};

} // namespace runsheet
