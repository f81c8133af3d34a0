// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

#include <QCoreApplication>

#include <optional>

namespace runsheet
{

/// When the open steps of a phase are to be done, counted from the start of the window (T0).
struct DueTime
{
    PhaseId phase;
    QString title; ///< of the phase, as written
    QDateTime due; ///< of the open step that is due first
    int open = 0; ///< steps of the phase still to sign

    bool operator==(const DueTime &) const = default;
    [[nodiscard]] bool isOverdue(const QDateTime &now) const;
};

/// Pure: the clock is given. Only a run in progress has due times; rollback scenarios have none.
class DueTimes
{
    Q_DECLARE_TR_FUNCTIONS(runsheet::DueTimes)

public:
    [[nodiscard]] static std::optional<DueTime> of(const RunState &state, const Phase &phase);
    /// The phase whose open steps are, or were, due first.
    [[nodiscard]] static std::optional<DueTime> mostUrgent(const RunState &state);

    /// "due in 3 h", "due now", "overdue by 20 min".
    [[nodiscard]] static QString words(const DueTime &due, const QDateTime &now);
    /// "24 Hours Before: 2 open, due in 3 h".
    [[nodiscard]] static QString headline(const DueTime &due, const QDateTime &now);
};

} // namespace runsheet
