// SPDX-License-Identifier: Apache-2.0
#include "models/wording.h"

#include "base/text.h"
#include "redaction/secretforms.h"
#include "run/stopladder.h"

#include <QLocale>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace runsheet
{

QString Wording::outcome(SignOffOutcome outcome)
{
    switch (outcome) {
    case SignOffOutcome::Done:
        return tr("done");
    case SignOffOutcome::DoneWithDeviation:
        return tr("done with deviation");
    case SignOffOutcome::Skipped:
        return tr("skipped");
    case SignOffOutcome::NotApplicable:
        return tr("not applicable");
    case SignOffOutcome::Failed:
        return tr("failed");
    }
    return {};
}

Tone Wording::tone(SignOffOutcome outcome)
{
    switch (outcome) {
    case SignOffOutcome::Done:
        return Tone::Ok;
    case SignOffOutcome::DoneWithDeviation:
        return Tone::Warning;
    case SignOffOutcome::Skipped:
    case SignOffOutcome::NotApplicable:
        return Tone::Neutral;
    case SignOffOutcome::Failed:
        return Tone::Bad;
    }
    return Tone::Neutral;
}

QString Wording::ending(const CommandEnded &end, ExecutionOutcome outcome)
{
    switch (outcome) {
    case ExecutionOutcome::Succeeded:
        return end.background ? tr("exit 0, background process remains") : tr("exit 0");
    case ExecutionOutcome::Failed:
        if (end.exitCode < 0)
            return tr("failed");
        return (end.background ? tr("exit %1, background process remains") : tr("exit %1"))
            .arg(end.exitCode);
    case ExecutionOutcome::Signalled:
        if (end.signal <= 0)
            return tr("ended by a signal");
        return (end.background ? tr("ended by signal %1 (%2), background process remains")
                               : tr("ended by signal %1 (%2)"))
            .arg(end.signal)
            .arg(signalName(end.signal));
    case ExecutionOutcome::Cancelled:
        return tr("cancelled");
    case ExecutionOutcome::CouldNotStart:
        return tr("could not start");
    case ExecutionOutcome::TimedOut:
        return tr("timed out, still running");
    case ExecutionOutcome::Unknown:
        return tr("outcome unknown");
    }
    return {};
}

QString Wording::settled(ExecutionOutcome outcome)
{
    switch (outcome) {
    case ExecutionOutcome::Succeeded:
        return tr("succeeded");
    case ExecutionOutcome::Failed:
        return tr("failed");
    case ExecutionOutcome::Cancelled:
        return tr("cancelled");
    default:
        return tr("outcome unknown");
    }
}

QString Wording::result(const Execution &execution)
{
    const auto outcome = execution.outcome();
    if (!outcome || !execution.end)
        return {};
    // What a person found has no exit code: nobody saw one.
    if (execution.resolution)
        return tr("%1 (settled by hand)").arg(settled(*outcome));
    const QString text = ending(*execution.end, *outcome);
    return *outcome == ExecutionOutcome::Cancelled ? tr("%1 (server confirms)").arg(text) : text;
}

Tone Wording::tone(const Execution &execution)
{
    const auto outcome = execution.outcome();
    if (!outcome)
        return Tone::Running;
    switch (*outcome) {
    case ExecutionOutcome::Succeeded:
        return (execution.end && execution.end->background) || !finding(execution).isEmpty()
            ? Tone::Warning
            : Tone::Ok;
    case ExecutionOutcome::Cancelled:
    case ExecutionOutcome::TimedOut:
    case ExecutionOutcome::Unknown:
        return Tone::Warning;
    case ExecutionOutcome::Failed:
    case ExecutionOutcome::Signalled:
    case ExecutionOutcome::CouldNotStart:
        return Tone::Bad;
    }
    return Tone::Neutral;
}

QString Wording::finding(const Execution &execution)
{
    if (execution.recognised && !execution.recognised->contradiction.isEmpty())
        return execution.recognised->contradiction;
    if (execution.isDeniedByServer())
        return server(*execution.server);
    return execution.comparison && !execution.comparison->matches
        ? comparison(*execution.comparison)
        : QString();
}

QString Wording::comparison(const OutputCompared &comparison)
{
    if (comparison.matches)
        return tr("output as expected");
    return comparison.differences > 0
        ? tr("output differs in %1").arg(countOf(comparison.differences, u"line"_s))
        : comparison.finding;
}

QString Wording::recognisedDetail(const OutputRecognised &recognised)
{
    QString count;
    if (recognised.total > 0)
        count = tr("%1 of %2").arg(recognised.done).arg(recognised.total);
    else if (recognised.done > 0)
        count = countOf(recognised.done, u"migration"_s);
    return dotted({count, recognised.migration, recognised.failure});
}

QString Wording::recognised(const OutputRecognised &recognised)
{
    const QString detail = recognised.contradiction.isEmpty() ? recognisedDetail(recognised)
                                                              : recognised.contradiction;
    return detail.isEmpty() ? recognised.tool : tr("%1: %2").arg(recognised.tool, detail);
}

QString Wording::unmasked(const Execution &execution)
{
    if (execution.unmasked.isEmpty())
        return {};
    const auto typed = QString::fromUtf8(redaction::kTypedSecret);
    QStringList names = execution.unmasked;
    std::ranges::replace(names, typed, tr("what was typed"));
    return tr("The log may hold: %1 (too short to be masked)").arg(names.join(u", "_s));
}

QString Wording::resultDetail(const Execution &execution)
{
    if (!execution.end)
        return {};
    const CommandEnded &end = *execution.end;
    QStringList parts;
    if (end.durationMicros > 0)
        parts << formatDuration(std::chrono::milliseconds(end.durationMicros / 1000));
    if (end.outcome != ExecutionOutcome::CouldNotStart
        && end.outcome != ExecutionOutcome::Unknown) {
        parts << countOf(end.outputLines, u"line"_s) << formatBytes(end.outputBytes);
        if (end.droppedBytes > 0)
            parts << tr("%1 not kept: the disk was full").arg(formatBytes(end.droppedBytes));
    }
    if (execution.attempt > 1)
        parts << tr("attempt %1").arg(execution.attempt);
    parts << end.reason;
    if (execution.resolution)
        parts << execution.resolution->evidence;
    return dotted(parts);
}

QString Wording::status(RunStatus status)
{
    switch (status) {
    case RunStatus::NotCreated:
        return tr("not created");
    case RunStatus::InProgress:
        return tr("in progress");
    case RunStatus::Completed:
        return tr("completed");
    case RunStatus::RolledBack:
        return tr("rolled back");
    case RunStatus::Aborted:
        return tr("aborted");
    }
    return {};
}

Tone Wording::tone(RunStatus status)
{
    switch (status) {
    case RunStatus::NotCreated:
        return Tone::Neutral;
    case RunStatus::InProgress:
        return Tone::Running;
    case RunStatus::Completed:
        return Tone::Ok;
    case RunStatus::RolledBack:
        return Tone::Warning;
    case RunStatus::Aborted:
        return Tone::Bad;
    }
    return Tone::Neutral;
}

QString Wording::mode(RunMode mode)
{
    return mode == RunMode::Live ? tr("live") : tr("rehearsal");
}

QString Wording::signOff(const SignOff &signOff, const QDateTime &now)
{
    QStringList parts{signOff.unattended ? tr("unattended, no person") : signOff.by.name,
                      moment(signOff.at, now)};
    if (signOff.outcome != SignOffOutcome::Done)
        parts << outcome(signOff.outcome);
    if (!signOff.observed.isEmpty())
        parts << tr("observed “%1”").arg(signOff.observed.simplified());
    if (!signOff.note.isEmpty())
        parts << signOff.note.simplified();
    return dotted(parts);
}

QString Wording::moment(const QDateTime &time, const QDateTime &now)
{
    const QDateTime utc = time.toUTC();
    const bool sameDay = utc.date() == now.toUTC().date();
    return QLocale::c().toString(utc, sameDay ? u"HH:mm"_s : u"d MMM HH:mm"_s) + u" UTC"_s;
}

QString Wording::day(const QDateTime &time, const QDateTime &now)
{
    const QDate date = time.toUTC().date();
    const QDate today = now.toUTC().date();
    switch (today.daysTo(date)) {
    case 0:
        return tr("today");
    case -1:
        return tr("yesterday");
    case 1:
        return tr("tomorrow");
    default:
        return QLocale::c().toString(date,
                                     date.year() == today.year() ? u"d MMM"_s : u"d MMM yyyy"_s);
    }
}

} // namespace runsheet
