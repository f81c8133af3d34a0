// SPDX-License-Identifier: Apache-2.0
#include "models/duetimes.h"

#include <algorithm>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kMinute = 60;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;
constexpr qint64 kMinutesMatter = 6 * kHour; // further away, whole hours are enough
constexpr qint64 kHoursMatter = 2 * kDay;

/// As exactly as it matters at that distance.
QString roughly(qint64 seconds)
{
    if (seconds >= kHoursMatter)
        return DueTimes::tr("%1 days").arg(seconds / kDay);
    if (seconds < kHour)
        return DueTimes::tr("%1 min").arg(seconds / kMinute);
    const qint64 minutes = seconds % kHour / kMinute;
    if (seconds >= kMinutesMatter || minutes == 0)
        return DueTimes::tr("%1 h").arg(seconds / kHour);
    return DueTimes::tr("%1 h %2 min").arg(seconds / kHour).arg(minutes);
}

} // namespace

bool DueTime::isOverdue(const QDateTime &now) const
{
    return due.secsTo(now) >= kMinute;
}

std::optional<DueTime> DueTimes::of(const RunState &state, const Phase &phase)
{
    if (state.status != RunStatus::InProgress || !state.created.windowStart.isValid()
        || phase.group == PhaseGroup::Rollback || phase.group == PhaseGroup::Reference)
        return std::nullopt;
    DueTime due{.phase = phase.id, .title = phase.title, .due = {}};
    for (const Step &step : phase.steps) {
        if (!step.isSignable() || state.isSigned(step.id))
            continue;
        ++due.open;
        const std::optional<qint64> offset = step.dueSeconds ? step.dueSeconds : phase.dueSeconds;
        if (!offset)
            continue;
        const QDateTime time = state.created.windowStart.addSecs(*offset);
        due.due = due.due.isValid() ? std::min(due.due, time) : time;
    }
    return due.due.isValid() ? std::optional(due) : std::nullopt;
}

std::optional<DueTime> DueTimes::mostUrgent(const RunState &state)
{
    std::optional<DueTime> first;
    if (!state.runbook)
        return first;
    for (const Phase &phase : state.runbook->phases) {
        const std::optional<DueTime> due = of(state, phase);
        if (due && (!first || due->due < first->due))
            first = due;
    }
    return first;
}

QString DueTimes::words(const DueTime &due, const QDateTime &now)
{
    const qint64 seconds = now.secsTo(due.due);
    if (std::abs(seconds) < kMinute)
        return tr("due now");
    return seconds > 0 ? tr("due in %1").arg(roughly(seconds))
                       : tr("overdue by %1").arg(roughly(-seconds));
}

QString DueTimes::headline(const DueTime &due, const QDateTime &now)
{
    return tr("%1: %2 open, %3").arg(due.title).arg(due.open).arg(words(due, now));
}

} // namespace runsheet
