// SPDX-License-Identifier: Apache-2.0
#include "report/reportbuilder.h"

#include "base/text.h"
#include "environment/serveridentity.h"
#include "report/chartdata.h"
#include "report/deviations.h"
#include "report/logexcerpt.h"
#include "report/statement.h"
#include "report/wording.h"
#include "run/rules.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString statusWord(StepStatus status)
{
    switch (status) {
    case StepStatus::Pending:
        return u"open"_s;
    case StepStatus::Running:
        return u"running"_s;
    case StepStatus::AwaitingSignOff:
        return u"waits for sign-off"_s;
    case StepStatus::Signed:
        return u"signed"_s;
    }
    return {};
}

ReportSignOff signOffOf(const SignOff &signOff)
{
    return {.name = actorName(signOff.by, signOff.unattended),
            .account = accountOf(signOff.by),
            .outcome = toWord(signOff.outcome),
            .meaning = meaningOf(signOff.outcome, signOff.unattended),
            .observed = signOff.observed,
            .note = signOff.note,
            .at = signOff.at,
            .unattended = signOff.unattended};
}

/// "exit 0 · 41 s · “1 pending”"
QString resultOf(const ReportStep &step, const QList<const Execution *> &executions)
{
    QStringList parts;
    for (const Execution *execution : executions) {
        QString part = describeOutcome(*execution);
        if (execution->end && execution->end->durationMicros > 0)
            part += u" · "_s
                + formatDuration(std::chrono::milliseconds(execution->end->durationMicros / 1000));
        if (execution->comparison)
            part += u" · "_s + execution->comparison->finding;
        parts += part;
    }
    for (const ReportSignOff &signOff : step.signOffs) {
        if (signOff.outcome != toWord(SignOffOutcome::Done))
            parts += QString(signOff.outcome).replace(u'-', u' ');
        if (!signOff.observed.isEmpty())
            parts += u'“' + signOff.observed + u'”';
        if (!signOff.note.isEmpty())
            parts += signOff.note;
    }
    parts.removeDuplicates();
    return parts.join(u" · "_s);
}

/// Alternatives that were left for the one that was taken.
QString notChosen(const RunState &state, const Step &step)
{
    const QString chosen = rules::chosenOption(state, step);
    QStringList left = rules::optionsOf(step);
    if (chosen.isEmpty() || left.size() < 2)
        return {};
    left.removeAll(chosen);
    return u"%1 chosen, not chosen: %2"_s.arg(chosen, left.join(u", "_s));
}

ReportStep stepOf(const RunState &state, const Step &step)
{
    ReportStep out{.title = step.title,
                   .depth = step.depth,
                   .required = step.required,
                   .isGroup = !step.isSignable(),
                   .signOffsNeeded = step.signOffs,
                   .status = statusWord(state.stepStatus(step.id)),
                   .result = {},
                   .startedAt = {},
                   .signOffs = {}};
    QList<const Execution *> executions;
    for (const Execution &execution : state.executions) {
        if (execution.step == step.id)
            executions += &execution;
    }
    for (const SignOff &signOff : state.signOffs.value(step.id))
        out.signOffs += signOffOf(signOff);
    if (!executions.isEmpty())
        out.startedAt = executions.constFirst()->intendedAt;
    else if (!out.signOffs.isEmpty())
        out.startedAt = out.signOffs.constFirst().at;
    out.result = resultOf(out, executions);
    if (const QString left = notChosen(state, step); !left.isEmpty())
        out.result += u" · "_s + left;
    return out;
}

ReportPhase phaseOf(const RunState &state, const Phase &phase)
{
    ReportPhase out{.title = phase.title,
                    .group = groupName(phase.group),
                    .plannedAt = {},
                    .startedAt = {},
                    .steps = {}};
    if (phase.dueSeconds && state.created.windowStart.isValid())
        out.plannedAt = state.created.windowStart.addSecs(*phase.dueSeconds);
    for (const Step &step : phase.steps) {
        out.steps += stepOf(state, step);
        const QDateTime started = out.steps.constLast().startedAt;
        if (started.isValid() && (!out.startedAt.isValid() || started < out.startedAt))
            out.startedAt = started;
    }
    return out;
}

/// Phases with steps; rollback scenarios only when something happened in them.
QList<ReportPhase> phasesOf(const RunState &state)
{
    QList<ReportPhase> out;
    for (const Phase &phase : state.runbook->phases) {
        if (phase.steps.isEmpty() || phase.group == PhaseGroup::Reference)
            continue;
        const ReportPhase described = phaseOf(state, phase);
        if (phase.group != PhaseGroup::Rollback || state.hasRollback(phase.id)
            || described.startedAt.isValid())
            out += described;
    }
    return out;
}

/// What a person gave the command; secrets by their names.
QString filledIn(const Execution &execution)
{
    QStringList parts;
    for (auto it = execution.answers.begin(); it != execution.answers.end(); ++it)
        parts += it.key() + u" = "_s + it.value();
    for (const QString &name : execution.secretAnswers)
        parts += name + u" (secret, not recorded)"_s;
    return parts.join(u", "_s);
}

/// Every rung that was asked for, by whom and when.
QString stopsOf(const Execution &execution)
{
    QStringList parts;
    for (const StopAsked &stop : execution.stops)
        parts +=
            u"%1 %2 by %3"_s.arg(shortTime(stop.at, stop.at), describe(stop.rung), stop.by.name);
    return parts.join(u"; "_s);
}

QString serverOf(const Execution &execution)
{
    return execution.server
        ? u"%1. %2"_s.arg(describe(execution.server->verdict), execution.server->finding)
        : QString();
}

ReportCommand commandOf(const RunState &state, const Execution &execution)
{
    const Step *step = state.stepOf(execution);
    ReportCommand out{.execution = execution.id,
                      .step = step != nullptr ? step->title : execution.step.value,
                      .attempt = execution.attempt,
                      .text = execution.text,
                      .sha256 = execution.sha256,
                      .outcome = describeOutcome(execution),
                      .succeeded = execution.outcome() == ExecutionOutcome::Succeeded,
                      .reason = {},
                      .by = actorName(execution.by, execution.unattended),
                      .unattended = execution.unattended,
                      .startedAt = execution.startedAt,
                      .endedAt = execution.endedAt,
                      .stops = stopsOf(execution),
                      .server = serverOf(execution),
                      .serverEvidence =
                          execution.server ? execution.server->evidence : QStringList(),
                      .sessionOptions = execution.sessionOptions,
                      .overranAt = execution.overranAt,
                      .filledIn = filledIn(execution)};
    if (execution.end) {
        out.reason = execution.end->reason;
        out.durationMicros = execution.end->durationMicros;
        out.outputBytes = execution.end->outputBytes;
        out.outputLines = execution.end->outputLines;
        out.droppedBytes = execution.end->droppedBytes;
        out.outputSha256 = execution.end->outputSha256;
    }
    return out;
}

QList<ReportRollback> rollbacksOf(const RunState &state)
{
    QList<ReportRollback> out;
    for (const RollbackDeclaration &rollback : state.rollbacks) {
        const Phase *phase = state.runbook->phase(rollback.declared.scenario);
        out += {.scenario = phase != nullptr ? phase->title : rollback.declared.scenario.value,
                .reason = rollback.declared.reason,
                .by = actorName(rollback.by, rollback.unattended),
                .at = rollback.at};
    }
    return out;
}

/// Who said that the commands may run, or where that was said.
QString approvalOf(const RunState &state)
{
    if (!state.approval->basis.isEmpty())
        return u"nobody in this run; the same content was approved in "_s + state.approval->basis;
    return actorName(state.approvedBy, state.approvedUnattended);
}

/// A resource path means nothing outside of the program.
QString runbookName(const QString &file)
{
    return file.startsWith(u':') ? u"%1 (bundled)"_s.arg(QFileInfo(file).fileName()) : file;
}

void describeTarget(Report &report, const RunState &state)
{
    report.environment = state.environment.name;
    report.colour = state.environment.colour;
    if (report.colour.isEmpty())
        report.colour = state.environment.production ? u"red"_s : u"teal"_s;
    report.target = state.environment.connection.isEmpty()
        ? u"no database connection"_s
        : state.environment.connection.displayName();
    report.targetChecks = static_cast<int>(state.targetChecks.size());
    for (const TargetChecked &check : state.targetChecks) {
        report.failedTargetChecks += check.matches ? 0 : 1;
        const ServerIdentity identity = ServerIdentity::fromJson(check.identity);
        report.systemIdentifier = identity.systemIdentifier;
        report.server = u"PostgreSQL %1, %2"_s.arg(
            identity.version, identity.inRecovery ? u"standby"_s : u"primary"_s);
    }
}

void describePeople(Report &report, const QList<RunEvent> &events)
{
    for (const RunEvent &event : events) {
        report.unattended = report.unattended || event.unattended;
        const QString person = event.unattended
            ? u"no person (unattended, %1)"_s.arg(accountOf(event.actor))
            : u"%1 (%2)"_s.arg(event.actor.name, accountOf(event.actor));
        if (!report.people.contains(person))
            report.people += person;
    }
}

} // namespace

Report reportOfEvents(const QList<RunEvent> &events, qint64 number)
{
    RunState state = replay(events);
    if (!state.runbook)
        state.runbook = std::make_shared<const Runbook>();
    Report report{.number = number, .run = state.id, .title = state.created.runbookTitle};
    report.mode = toWord(state.created.mode);
    report.status = describe(state.status);
    report.finished =
        state.status != RunStatus::InProgress && state.status != RunStatus::NotCreated;
    report.change = state.created.change;
    report.runbookFile = runbookName(state.created.runbookFile);
    report.runbookSha256 = state.runbookSha256();
    if (state.approval)
        report.approvedBy = approvalOf(state);
    report.closedSteps = state.progress().closed;
    report.totalSteps = state.progress().total;
    report.windowStart = state.created.windowStart;
    report.windowEnd = state.created.windowEnd;
    report.createdAt = state.createdAt;
    report.endedAt = state.endedAt;
    report.programVersion = state.created.versions.value("runsheet"_L1).toString();
    describeTarget(report, state);
    describePeople(report, events);
    report.deviations = collectDeviations(state, events);
    report.phases = phasesOf(state);
    for (const Execution &execution : state.executions)
        report.commands += commandOf(state, execution);
    report.rollbacks = rollbacksOf(state);
    report.events = events;
    return report;
}

Report buildReport(const ReportInput &input)
{
    Report report = reportOfEvents(input.events, input.number);
    report.verdict = input.verdict;
    report.writtenAt = input.writtenAt;
    report.writtenBy = input.writtenBy;
    for (const ReportCommand &command : report.commands) {
        if (input.outputFile)
            report.logs += readLogExcerpt(input.outputFile(command.execution), command);
    }
    report.chart = chartOf(input.samples, report.commands);
    report.statement = statementOf(report);
    return report;
}

} // namespace runsheet
