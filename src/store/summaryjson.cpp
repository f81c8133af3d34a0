// SPDX-License-Identifier: Apache-2.0
#include "store/summaryjson.h"

#include "base/clock.h"
#include "base/json.h"
#include "run/fieldreader.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kSummaryVersion = 1; // raise it when a field changes: old lines are then made again

} // namespace

QByteArray summaryToJson(const RunSummary &summary)
{
    return canonicalJson(QJsonObject{
        {u"v"_s, kSummaryVersion},
        {u"id"_s, summary.id.value},
        {u"number"_s, summary.number},
        {u"title"_s, summary.runbookTitle},
        {u"environment"_s, summary.environmentName},
        {u"colour"_s, summary.environmentColour},
        {u"live"_s, summary.mode == RunMode::Live},
        {u"status"_s, static_cast<int>(summary.status)},
        {u"created_at"_s, toIsoUtc(summary.createdAt)},
        {u"ended_at"_s, toIsoUtc(summary.endedAt)},
        {u"closed"_s, summary.closedSteps},
        {u"total"_s, summary.totalSteps},
        {u"open_executions"_s, summary.openExecutions},
        {u"signed_by"_s, QJsonArray::fromStringList(summary.signedBy)},
    });
}

std::optional<RunSummary> summaryFromJson(const QByteArray &bytes)
{
    const Result<QJsonObject> object = parseJsonObject(bytes);
    if (!object)
        return std::nullopt;
    FieldReader in(*object);
    const int version = in.smallInteger("v"_L1);
    const int status = in.smallInteger("status"_L1);
    RunSummary summary{
        .id = in.id<RunId>("id"_L1),
        .number = in.integer("number"_L1),
        .runbookTitle = in.text("title"_L1),
        .environmentName = in.text("environment"_L1),
        .environmentColour = in.text("colour"_L1),
        .mode = in.boolean("live"_L1) ? RunMode::Live : RunMode::Rehearsal,
        .status = static_cast<RunStatus>(status),
        .createdAt = in.time("created_at"_L1),
        .endedAt = in.time("ended_at"_L1),
        .closedSteps = in.smallInteger("closed"_L1),
        .totalSteps = in.smallInteger("total"_L1),
        .openExecutions = in.smallInteger("open_executions"_L1),
        .signedBy = in.texts("signed_by"_L1),
    };
    const bool statusKnown = status >= 0 && status <= static_cast<int>(RunStatus::Aborted);
    if (!in.problem().isEmpty() || version != kSummaryVersion || !statusKnown)
        return std::nullopt;
    return summary;
}

} // namespace runsheet
