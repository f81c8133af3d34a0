// SPDX-License-Identifier: Apache-2.0
#include "models/wording.h"

#include "base/text.h"
#include "run/stopladder.h"

#include <QLocale>

#include <chrono>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString titleOf(const Runbook *runbook, const StepId &id)
{
    const Step *step = runbook == nullptr ? nullptr : runbook->step(id);
    return step == nullptr ? id.value : step->title;
}

QString titleOf(const Runbook *runbook, const PhaseId &id)
{
    const Phase *phase = runbook == nullptr ? nullptr : runbook->phase(id);
    return phase == nullptr ? id.value : phase->title;
}

QString titleOf(const Runbook *runbook, const CommandId &id)
{
    const Command *command = runbook == nullptr ? nullptr : runbook->command(id);
    return command == nullptr ? id.value : command->title();
}

QString joined(const QStringList &parts)
{
    QStringList present = parts;
    present.removeAll(QString());
    return present.join(u" · "_s);
}

} // namespace

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

namespace
{

QString endText(const CommandEnded &end, ExecutionOutcome outcome)
{
    switch (outcome) {
    case ExecutionOutcome::Succeeded:
        return end.background ? Wording::tr("exit 0, background process remains")
                              : Wording::tr("exit 0");
    case ExecutionOutcome::Failed:
        if (end.exitCode < 0)
            return Wording::tr("failed");
        return (end.background ? Wording::tr("exit %1, background process remains")
                               : Wording::tr("exit %1"))
            .arg(end.exitCode);
    case ExecutionOutcome::Signalled:
        return end.signal > 0
            ? Wording::tr("ended by signal %1 (%2)").arg(end.signal).arg(signalName(end.signal))
            : Wording::tr("ended by a signal");
    case ExecutionOutcome::Cancelled:
        return Wording::tr("cancelled");
    case ExecutionOutcome::CouldNotStart:
        return Wording::tr("could not start");
    case ExecutionOutcome::TimedOut:
        return Wording::tr("timed out, still running");
    case ExecutionOutcome::Unknown:
        return Wording::tr("outcome unknown");
    }
    return {};
}

} // namespace

QString Wording::result(const Execution &execution)
{
    const auto outcome = execution.outcome();
    if (!outcome || !execution.end)
        return {};
    const QString text = endText(*execution.end, *outcome);
    if (execution.resolution)
        return tr("%1 (settled by hand)").arg(text);
    return *outcome == ExecutionOutcome::Cancelled ? tr("%1 (server confirms)").arg(text) : text;
}

Tone Wording::tone(const Execution &execution)
{
    const auto outcome = execution.outcome();
    if (!outcome)
        return Tone::Running;
    switch (*outcome) {
    case ExecutionOutcome::Succeeded:
        return execution.end && execution.end->background ? Tone::Warning : Tone::Ok;
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
    return joined({count, recognised.migration, recognised.failure});
}

QString Wording::recognised(const OutputRecognised &recognised)
{
    const QString detail = recognised.contradiction.isEmpty() ? recognisedDetail(recognised)
                                                              : recognised.contradiction;
    return detail.isEmpty() ? recognised.tool : tr("%1: %2").arg(recognised.tool, detail);
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
    return joined(parts);
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
    return joined(parts);
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

namespace
{

/// What happened, in the words of the window.
struct EventSummary
{
    const Runbook *runbook;

    QString operator()(const RunCreated &event) const
    {
        return Wording::tr("Run of “%1” created, %2")
            .arg(event.runbookTitle, Wording::mode(event.mode));
    }
    QString operator()(const RunbookApproved &event) const
    {
        return Wording::tr("%1 approved").arg(countOf(event.commands, u"command"_s));
    }
    QString operator()(const GateDecided &event) const
    {
        const QString text = event.go ? Wording::tr("Go for %1") : Wording::tr("No go for %1");
        return joined({text.arg(titleOf(runbook, event.phase)), event.reason});
    }
    QString operator()(const StepSigned &event) const
    {
        return joined({titleOf(runbook, event.step), Wording::outcome(event.outcome),
                       event.observed, event.note});
    }
    QString operator()(const StepReopened &event) const
    {
        return joined({Wording::tr("Sign-off withdrawn: %1").arg(titleOf(runbook, event.step)),
                       event.reason});
    }
    QString operator()(const CommandIntended &event) const
    {
        const QString options = event.sessionOptions.isEmpty()
            ? QString()
            : Wording::tr("PGOPTIONS %1").arg(event.sessionOptions);
        return joined({Wording::tr("Starting: %1").arg(titleOf(runbook, event.command)), options});
    }
    QString operator()(const CommandStarted &event) const
    {
        const QString started = Wording::tr("Command started, process %1").arg(event.pid);
        if (event.unmasked.isEmpty())
            return started;
        return started + u" · "_s
            + Wording::tr("too short to be masked in its log: %1")
                  .arg(event.unmasked.join(u", "_s));
    }
    QString operator()(const CommandSignalled &event) const
    {
        return Wording::tr("Signal %1 (%2) sent").arg(event.signal).arg(signalName(event.signal));
    }
    QString operator()(const BackendSignalled &event) const
    {
        QStringList pids;
        for (const qint64 pid : event.pids)
            pids += QString::number(pid);
        return joined({Wording::rung(event.rung), pids.join(u", "_s)});
    }
    QString operator()(const ServerChecked &event) const { return event.finding; }
    QString operator()(const CommandOverran &event) const
    {
        return Wording::tr("Runs longer than %1; it goes on")
            .arg(formatSpan(std::chrono::seconds(event.seconds)));
    }
    QString operator()(const CommandEnded &event) const
    {
        const auto duration = std::chrono::milliseconds(event.durationMicros / 1000);
        return joined({endText(event, event.outcome), formatDuration(duration),
                       countOf(event.outputLines, u"line"_s), event.reason});
    }
    QString operator()(const OutputCompared &event) const { return event.finding; }
    QString operator()(const OutputRecognised &event) const { return Wording::recognised(event); }
    QString operator()(const PhaseStarted &event) const
    {
        return Wording::tr("Running the commands of %1").arg(titleOf(runbook, event.phase));
    }
    QString operator()(const PhaseStopped &event) const
    {
        return Wording::tr("%1 stopped: %2").arg(titleOf(runbook, event.phase), event.text);
    }
    QString operator()(const HttpChecked &event) const
    {
        return joined({event.url, event.finding});
    }
    QString operator()(const WaitStarted &event) const
    {
        return Wording::tr("Waiting %1: %2")
            .arg(formatSpan(std::chrono::seconds(event.seconds)), titleOf(runbook, event.step));
    }
    QString operator()(const CommandResolved &event) const
    {
        return joined(
            {Wording::tr("Outcome settled: %1").arg(toWord(event.outcome)), event.evidence});
    }
    QString operator()(const VariablesCaptured &event) const
    {
        return Wording::tr("Variables: %1").arg(event.variables.keys().join(u", "_s));
    }
    QString operator()(const TargetChecked &event) const
    {
        return joined({event.matches ? Wording::tr("Server checked")
                                     : Wording::tr("Server is not the expected one"),
                       event.finding});
    }
    QString operator()(const NoteAdded &event) const { return event.text; }
    QString operator()(const RollbackDeclared &event) const
    {
        return joined({Wording::tr("Rollback declared: %1").arg(titleOf(runbook, event.scenario)),
                       event.reason});
    }
    QString operator()(const RunCompleted &event) const
    {
        return joined({event.rolledBack ? Wording::tr("Run completed, rolled back")
                                        : Wording::tr("Run completed"),
                       event.note});
    }
    QString operator()(const RunbookAmended &event) const
    {
        return joined({Wording::tr("Runbook amended"), event.reason});
    }
    QString operator()(const RunAborted &event) const
    {
        return joined({Wording::tr("Run aborted"), event.reason});
    }
};

} // namespace

QString Wording::event(const RunEvent &event, const Runbook *runbook)
{
    return std::visit(EventSummary{runbook}, event.body).simplified();
}

} // namespace runsheet
