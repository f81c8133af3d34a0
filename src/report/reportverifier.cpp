// SPDX-License-Identifier: Apache-2.0
#include "report/reportverifier.h"

#include "base/json.h"
#include "report/reportbuilder.h"
#include "report/reportjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

Error notAReport(const QString &detail)
{
    return {.kind = Error::Kind::Invalid,
            .message =
                u"This file is no report in JSON. Give a file that was exported with --format "
                "json, or the number of a run."_s,
            .detail = detail};
}

/// Reads events up to the first that cannot be read, or that carries more than was hashed.
QList<RunEvent> readEvents(const QJsonArray &array, ReportVerdict &verdict)
{
    QList<RunEvent> events;
    for (const QJsonValue value : array) {
        QJsonObject object = value.toObject();
        const QString hash = object.take(u"hash"_s).toString();
        Result<RunEvent> event = eventFromJson(object);
        if (!event || toJson(*event) != object) {
            verdict.chain.intact = false;
            verdict.chain.firstBadSeq = events.size() + 1;
            verdict.chain.finding =
                u"event %1 cannot be read as it was hashed"_s.arg(events.size() + 1);
            break;
        }
        event->hash = hash;
        events += *std::move(event);
    }
    return events;
}

void checkChain(const QList<RunEvent> &events, ReportVerdict &verdict)
{
    const ChainVerdict chain = verifyChain(events);
    if (!chain.intact || verdict.chain.intact)
        verdict.chain = chain;
    for (const RunEvent &event : events) {
        if (event.run != events.constFirst().run) {
            verdict.findings += u"Event %1 belongs to another run."_s.arg(event.seq);
            break;
        }
    }
}

void compareChainSection(const QJsonObject &section, const ChainVerdict &chain,
                         ReportVerdict &verdict)
{
    if (!chain.intact)
        return;
    if (!section.value("intact"_L1).toBool())
        verdict.findings += u"The journal was broken when this report was written: %1."_s.arg(
            section.value("finding"_L1).toString());
    else if (section.value("events"_L1).toInteger() != chain.events)
        verdict.findings += u"%1 events were written into the report, %2 are there."_s
                                .arg(section.value("events"_L1).toInteger())
                                .arg(chain.events);
    else if (section.value("head"_L1).toString() != chain.head)
        verdict.findings += u"The head hash the report names is not that of its last event."_s;
}

void compareSections(const QJsonObject &report, const QList<RunEvent> &events,
                     ReportVerdict &verdict)
{
    const QJsonObject derived = derivedSections(reportOfEvents(events, verdict.number));
    for (auto it = derived.begin(); it != derived.end(); ++it) {
        if (report.value(it.key()) != it.value())
            verdict.findings +=
                u"The section “%1” does not say what the events say."_s.arg(it.key());
    }
    verdict.sectionsCompared = true;
}

void compareLogs(const QJsonObject &report, ReportVerdict &verdict)
{
    QHash<QString, QString> recorded;
    for (const QJsonValue command : report.value("commands"_L1).toArray())
        recorded.insert(command["execution"_L1].toString(), command["output_sha256"_L1].toString());
    for (const QJsonValue log : report.value("logs"_L1).toArray()) {
        const QString expected = recorded.value(log["execution"_L1].toString());
        const QString found = log["sha256"_L1].toString();
        if (log["problem"_L1].toString().isEmpty() && !expected.isEmpty() && expected != found)
            verdict.findings +=
                u"The log of the execution %1 is not the one that was recorded."_s.arg(
                    log["execution"_L1].toString());
    }
}

} // namespace

Result<ReportVerdict> verifyReport(const QByteArray &json, const QString &program)
{
    const Result<QJsonObject> report = parseJsonObject(json);
    if (!report)
        return notAReport(report.error().message);
    if (report->value("format"_L1).toString() != kReportFormat)
        return notAReport(u"its format is “%1”, not “%2”"_s.arg(
            report->value("format"_L1).toString(), QString(kReportFormat)));
    const QJsonObject run = report->value("run"_L1).toObject();
    ReportVerdict verdict{.number = run.value("number"_L1).toInteger(),
                          .title = run.value("title"_L1).toString(),
                          .chain = {},
                          .findings = {}};
    const QList<RunEvent> events = readEvents(report->value("events"_L1).toArray(), verdict);
    checkChain(events, verdict);
    compareChainSection(report->value("chain"_L1).toObject(), verdict.chain, verdict);
    if (verdict.chain.intact && report->value("written"_L1)["by"_L1].toString() == program)
        compareSections(*report, events, verdict);
    compareLogs(*report, verdict);
    return verdict;
}

} // namespace runsheet
