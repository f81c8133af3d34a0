// SPDX-License-Identifier: Apache-2.0
// Events, in Wording.
#include "models/wording.h"

#include "base/text.h"
#include "run/stopladder.h"

#include <chrono>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString tooShort(const QStringList &unmasked)
{
    return unmasked.isEmpty()
        ? QString()
        : Wording::tr("too short to be masked in its log: %1").arg(unmasked.join(u", "_s));
}

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
        return dotted({text.arg(titleOf(runbook, event.phase)), event.reason});
    }
    QString operator()(const StepSigned &event) const
    {
        return dotted({titleOf(runbook, event.step), Wording::outcome(event.outcome),
                       event.observed, event.note});
    }
    QString operator()(const StepReopened &event) const
    {
        return dotted({Wording::tr("Sign-off withdrawn: %1").arg(titleOf(runbook, event.step)),
                       event.reason});
    }
    QString operator()(const CommandIntended &event) const
    {
        const QString options = event.sessionOptions.isEmpty()
            ? QString()
            : Wording::tr("PGOPTIONS %1").arg(event.sessionOptions);
        return dotted({Wording::tr("Starting: %1").arg(titleOf(runbook, event.command)), options});
    }
    QString operator()(const CommandStarted &event) const
    {
        return dotted(
            {Wording::tr("Command started, process %1").arg(event.pid), tooShort(event.unmasked)});
    }
    QString operator()(const CommandSignalled &event) const
    {
        return Wording::tr("Signal %1 (%2) asked for")
            .arg(event.signal)
            .arg(signalName(event.signal));
    }
    QString operator()(const BackendSignalled &event) const
    {
        QStringList pids;
        for (const qint64 pid : event.pids)
            pids += QString::number(pid);
        return dotted({Wording::rung(event.rung), pids.join(u", "_s)});
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
        return dotted({Wording::ending(event, event.outcome), formatDuration(duration),
                       countOf(event.outputLines, u"line"_s), event.reason,
                       tooShort(event.unmasked)});
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
        return dotted({event.url, event.finding});
    }
    QString operator()(const WaitStarted &event) const
    {
        return Wording::tr("Waiting %1: %2")
            .arg(formatSpan(std::chrono::seconds(event.seconds)), titleOf(runbook, event.step));
    }
    QString operator()(const CommandResolved &event) const
    {
        return dotted(
            {Wording::tr("Outcome settled: %1").arg(toWord(event.outcome)), event.evidence});
    }
    QString operator()(const VariablesCaptured &event) const
    {
        return Wording::tr("Variables: %1").arg(event.variables.keys().join(u", "_s));
    }
    QString operator()(const TargetChecked &event) const
    {
        return dotted({event.matches ? Wording::tr("Server checked")
                                     : Wording::tr("Server is not the expected one"),
                       event.finding});
    }
    QString operator()(const NoteAdded &event) const { return event.text; }
    QString operator()(const RollbackDeclared &event) const
    {
        return dotted({Wording::tr("Rollback declared: %1").arg(titleOf(runbook, event.scenario)),
                       event.reason});
    }
    QString operator()(const RunCompleted &event) const
    {
        return dotted({event.rolledBack ? Wording::tr("Run completed, rolled back")
                                        : Wording::tr("Run completed"),
                       event.note});
    }
    QString operator()(const RunbookAmended &event) const
    {
        return dotted({Wording::tr("Runbook amended"), event.reason});
    }
    QString operator()(const RunAborted &event) const
    {
        return dotted({Wording::tr("Run aborted"), event.reason});
    }
};

} // namespace

QString Wording::event(const RunEvent &event, const Runbook *runbook)
{
    return std::visit(EventSummary{runbook}, event.body).simplified();
}

} // namespace runsheet
