// SPDX-License-Identifier: Apache-2.0
#include "report/overalldeviations.h"

#include "base/text.h"
#include "report/wording.h"
#include "run/carryover.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

void addUnattended(QList<Deviation> &deviations, const QList<RunEvent> &events)
{
    qint64 unattended = 0;
    qint64 all = 0;
    QDateTime last;
    for (const RunEvent &event : events) {
        if (!std::holds_alternative<StepSigned>(event.body))
            continue;
        ++all;
        unattended += event.unattended ? 1 : 0;
        if (event.unattended)
            last = event.at;
    }
    if (unattended > 0)
        deviations += Deviation{
            .subject = kWholeRun,
            .what = u"carried out unattended"_s,
            .reason =
                u"no person made %1 of the %2"_s.arg(unattended).arg(countOf(all, u"sign-off"_s)),
            .by = u"no person (unattended)"_s,
            .at = last};
}

/// The times by the ids of the runbook that an amendment put into force.
QHash<StepId, QDateTime> carried(const QHash<StepId, QDateTime> &times, const RunState &state,
                                 qint64 amendment)
{
    const Runbook *before = state.runbookAt(amendment);
    const Runbook *after = state.runbookAt(amendment + 1);
    QHash<StepId, QDateTime> now;
    if (before == nullptr || after == nullptr)
        return now;
    const CarryOver carriedOver = carryOver(*before, *after);
    for (auto it = times.begin(); it != times.end(); ++it) {
        if (const auto step = carriedOver.steps.find(it.key()); step != carriedOver.steps.end())
            now.insert(*step, *it);
    }
    return now;
}

/// A step that asks for a time was signed before it was over. What was not done at all says so by
/// its own outcome.
void addEarlySignOffs(QList<Deviation> &deviations, const RunState &state,
                      const QList<RunEvent> &events)
{
    QHash<StepId, QDateTime> starts;
    for (const RunEvent &event : events) {
        if (const auto *wait = std::get_if<WaitStarted>(&event.body))
            starts.insert(wait->step, event.at);
        if (std::holds_alternative<RunbookAmended>(event.body))
            starts = carried(starts, state, event.seq);
        const auto *sign = std::get_if<StepSigned>(&event.body);
        const Runbook *runbook = state.runbookAt(event.seq);
        const Step *step =
            sign == nullptr || runbook == nullptr ? nullptr : runbook->step(sign->step);
        if (step == nullptr || !step->waitSeconds || sign->outcome == SignOffOutcome::Skipped
            || sign->outcome == SignOffOutcome::NotApplicable)
            continue;
        const QDateTime start = starts.value(sign->step);
        const qint64 waited = start.isValid() ? start.secsTo(event.at) : 0;
        if (waited >= *step->waitSeconds)
            continue;
        deviations += Deviation{.subject = step->title,
                                .what = earlySignOff(waited, *step->waitSeconds),
                                .reason = sign->note,
                                .by = actorName(event.actor, event.unattended),
                                .at = event.at};
    }
}

/// What the phase stopped at was run again, or a person has signed for it.
bool isAnswered(const PhaseStopped &stop, const RunEvent &event)
{
    const auto *intended = std::get_if<CommandIntended>(&event.body);
    const auto *sign = std::get_if<StepSigned>(&event.body);
    return (intended != nullptr && intended->command == stop.command)
        || (sign != nullptr && sign->step == stop.step)
        || std::holds_alternative<RunbookAmended>(event.body);
}

/// A phase stopped at a finding and was told to go on all the same.
void addPassedFindings(QList<Deviation> &deviations, const RunState &state,
                       const QList<RunEvent> &events)
{
    QHash<PhaseId, PhaseStopped> stops;
    for (const RunEvent &event : events) {
        stops.removeIf([&event](const auto &stop) { return isAnswered(*stop, event); });
        if (const auto *stopped = std::get_if<PhaseStopped>(&event.body))
            stops.insert(stopped->phase, *stopped);
        const auto *started = std::get_if<PhaseStarted>(&event.body);
        if (started == nullptr)
            continue;
        const PhaseStopped stop = stops.take(started->phase);
        if (stop.halt != PhaseHalt::Differs && stop.halt != PhaseHalt::Contradicts)
            continue;
        const Runbook *runbook = state.runbookAt(event.seq);
        const Step *step = runbook == nullptr ? nullptr : runbook->step(stop.step);
        deviations += Deviation{.subject = step != nullptr ? step->title : stop.step.value,
                                .what = u"the phase went on over a finding"_s,
                                .reason = stop.text,
                                .by = actorName(event.actor, event.unattended),
                                .at = event.at};
    }
}

void addOverrun(QList<Deviation> &deviations, const RunState &state)
{
    // Only what was done on the server counts: people may sign the record later.
    QDateTime last;
    for (const Execution &execution : state.executions) {
        const Phase *phase = state.phaseOf(execution);
        if (phase != nullptr && phase->group == PhaseGroup::Window && execution.endedAt.isValid())
            last = last.isValid() ? std::max(last, execution.endedAt) : execution.endedAt;
    }
    const qint64 over = last.isValid() ? state.created.windowEnd.msecsTo(last) : 0;
    if (over > 0)
        deviations += Deviation{.subject = kWholeRun,
                                .what = u"ran over the window"_s,
                                .reason = u"the last command ended %1 after it"_s.arg(
                                    formatDuration(std::chrono::milliseconds(over))),
                                .by = {},
                                .at = last};
}

} // namespace

QList<Deviation> overallDeviations(const RunState &state, const QList<RunEvent> &events)
{
    QList<Deviation> deviations;
    addEarlySignOffs(deviations, state, events);
    addPassedFindings(deviations, state, events);
    addOverrun(deviations, state);
    addUnattended(deviations, events);
    return deviations;
}

} // namespace runsheet
