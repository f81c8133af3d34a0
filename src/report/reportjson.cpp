// SPDX-License-Identifier: Apache-2.0
#include "report/reportjson.h"

#include "base/clock.h"
#include "base/json.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

template <typename List, typename ToJson>
QJsonArray arrayOf(const List &list, ToJson toJson)
{
    QJsonArray out;
    for (const auto &item : list)
        out += toJson(item);
    return out;
}

QJsonObject runToJson(const Report &report)
{
    return {
        {u"number"_s, report.number},
        {u"id"_s, report.run.value},
        {u"title"_s, report.title},
        {u"mode"_s, report.mode},
        {u"status"_s, report.status},
        {u"finished"_s, report.finished},
        {u"change"_s, report.change},
        {u"environment"_s, report.environment},
        {u"colour"_s, report.colour},
        {u"target"_s, report.target},
        {u"server"_s, report.server},
        {u"system_identifier"_s, report.systemIdentifier},
        {u"target_checks"_s, report.targetChecks},
        {u"failed_target_checks"_s, report.failedTargetChecks},
        {u"runbook_file"_s, report.runbookFile},
        {u"runbook_sha256"_s, report.runbookSha256},
        {u"approved_by"_s, report.approvedBy},
        {u"closed_steps"_s, report.closedSteps},
        {u"total_steps"_s, report.totalSteps},
        {u"window_start"_s, toIsoUtc(report.windowStart)},
        {u"window_end"_s, toIsoUtc(report.windowEnd)},
        {u"created_at"_s, toIsoUtc(report.createdAt)},
        {u"ended_at"_s, toIsoUtc(report.endedAt)},
        {u"unattended"_s, report.unattended},
        {u"created_by"_s, report.programVersion},
    };
}

QJsonObject toJson(const Deviation &deviation)
{
    return {{u"subject"_s, deviation.subject},
            {u"what"_s, deviation.what},
            {u"reason"_s, deviation.reason},
            {u"by"_s, deviation.by},
            {u"at"_s, toIsoUtc(deviation.at)}};
}

QJsonObject toJson(const ReportSignOff &signOff)
{
    return {{u"name"_s, signOff.name},         {u"account"_s, signOff.account},
            {u"outcome"_s, signOff.outcome},   {u"meaning"_s, signOff.meaning},
            {u"observed"_s, signOff.observed}, {u"note"_s, signOff.note},
            {u"at"_s, toIsoUtc(signOff.at)},   {u"unattended"_s, signOff.unattended}};
}

QJsonObject toJson(const ReportStep &step)
{
    return {{u"title"_s, step.title},
            {u"depth"_s, step.depth},
            {u"required"_s, step.required},
            {u"group"_s, step.isGroup},
            {u"sign_offs_needed"_s, step.signOffsNeeded},
            {u"status"_s, step.status},
            {u"result"_s, step.result},
            {u"started_at"_s, toIsoUtc(step.startedAt)},
            {u"sign_offs"_s,
             arrayOf(step.signOffs, [](const ReportSignOff &item) { return toJson(item); })}};
}

QJsonObject toJson(const ReportPhase &phase)
{
    return {
        {u"title"_s, phase.title},
        {u"group"_s, phase.group},
        {u"planned_at"_s, toIsoUtc(phase.plannedAt)},
        {u"started_at"_s, toIsoUtc(phase.startedAt)},
        {u"steps"_s, arrayOf(phase.steps, [](const ReportStep &item) { return toJson(item); })}};
}

QJsonObject toJson(const ReportCommand &command)
{
    return {{u"execution"_s, command.execution.value},
            {u"step"_s, command.step},
            {u"attempt"_s, command.attempt},
            {u"text"_s, command.text},
            {u"sha256"_s, command.sha256},
            {u"outcome"_s, command.outcome},
            {u"succeeded"_s, command.succeeded},
            {u"reason"_s, command.reason},
            {u"by"_s, command.by},
            {u"unattended"_s, command.unattended},
            {u"started_at"_s, toIsoUtc(command.startedAt)},
            {u"ended_at"_s, toIsoUtc(command.endedAt)},
            {u"duration_us"_s, command.durationMicros},
            {u"stops"_s, command.stops},
            {u"server"_s, command.server},
            {u"server_evidence"_s, QJsonArray::fromStringList(command.serverEvidence)},
            {u"session_options"_s, command.sessionOptions},
            {u"overran_at"_s, toIsoUtc(command.overranAt)},
            {u"filled_in"_s, command.filledIn},
            {u"output_bytes"_s, command.outputBytes},
            {u"output_lines"_s, command.outputLines},
            {u"dropped_bytes"_s, command.droppedBytes},
            {u"output_sha256"_s, command.outputSha256}};
}

QJsonObject toJson(const ReportRollback &rollback)
{
    return {{u"scenario"_s, rollback.scenario},
            {u"reason"_s, rollback.reason},
            {u"by"_s, rollback.by},
            {u"at"_s, toIsoUtc(rollback.at)}};
}

QJsonObject toJson(const LogExcerpt &log)
{
    return {{u"execution"_s, log.execution.value},
            {u"head"_s, QJsonArray::fromStringList(log.head)},
            {u"tail"_s, QJsonArray::fromStringList(log.tail)},
            {u"whole"_s, log.isWhole},
            {u"bytes"_s, log.bytes},
            {u"sha256"_s, log.sha256},
            {u"problem"_s, log.problem}};
}

QJsonObject toJson(const ReportChart &chart)
{
    return {{u"unit"_s, u"microseconds"_s},
            {u"window_ms"_s, chart.windowMs},
            {u"step_ms"_s, chart.stepMs},
            {u"samples"_s, chart.samples},
            {u"lost"_s, chart.lost},
            {u"probes"_s, QJsonArray::fromStringList(chart.probes)},
            {u"columns"_s, QJsonArray{u"time_ms"_s, u"p50"_s, u"p95"_s, u"p99"_s}},
            {u"points"_s,
             arrayOf(chart.points,
                     [](const PercentilePoint &point) {
                         return QJsonArray{point.timeMs, point.p50, point.p95, point.p99};
                     })},
            {u"bands"_s, arrayOf(chart.bands, [](const ChartBand &band) {
                 return QJsonObject{{u"label"_s, band.label},
                                    {u"start_ms"_s, band.startMs},
                                    {u"end_ms"_s, band.endMs}};
             })}};
}

QJsonObject chainToJson(const ChainVerdict &verdict)
{
    return {{u"intact"_s, verdict.intact},
            {u"events"_s, verdict.events},
            {u"head"_s, verdict.head},
            {u"first_bad"_s, verdict.firstBadSeq},
            {u"finding"_s, verdict.finding}};
}

QJsonObject eventWithHash(const RunEvent &event)
{
    QJsonObject object = toJson(event);
    object.insert(u"hash"_s, event.hash);
    return object;
}

} // namespace

QJsonObject derivedSections(const Report &report)
{
    return {
        {u"run"_s, runToJson(report)},
        {u"people"_s, QJsonArray::fromStringList(report.people)},
        {u"deviations"_s,
         arrayOf(report.deviations, [](const Deviation &item) { return toJson(item); })},
        {u"phases"_s, arrayOf(report.phases, [](const ReportPhase &item) { return toJson(item); })},
        {u"commands"_s,
         arrayOf(report.commands, [](const ReportCommand &item) { return toJson(item); })},
        {u"rollbacks"_s,
         arrayOf(report.rollbacks, [](const ReportRollback &item) { return toJson(item); })},
    };
}

QByteArray reportToJson(const Report &report)
{
    QJsonObject object = derivedSections(report);
    object.insert(u"format"_s, QString(kReportFormat));
    object.insert(u"written"_s,
                  QJsonObject{{u"at"_s, toIsoUtc(report.writtenAt)}, {u"by"_s, report.writtenBy}});
    object.insert(u"logs"_s,
                  arrayOf(report.logs, [](const LogExcerpt &item) { return toJson(item); }));
    object.insert(u"chart"_s, toJson(report.chart));
    object.insert(u"chain"_s, chainToJson(report.verdict));
    object.insert(
        u"statement"_s,
        QJsonObject{
            {u"proven"_s, QJsonArray::fromStringList(report.statement.proven)},
            {u"not_proven"_s, QJsonArray::fromStringList(report.statement.notProven)},
            {u"how_to_verify"_s, QJsonArray::fromStringList(report.statement.howToVerify)},
        });
    object.insert(u"events"_s, arrayOf(report.events, [](const RunEvent &event) {
                      return eventWithHash(event);
                  }));
    return canonicalJson(object);
}

} // namespace runsheet
