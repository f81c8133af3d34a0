// SPDX-License-Identifier: Apache-2.0
#include "report/document.h"

#include "base/json.h"
#include "base/sha256.h"
#include "base/text.h"
#include "report/chartsvg.h"
#include "report/reportjson.h"
#include "report/wording.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kShortHash = 16;

QDateTime referenceTime(const Report &report)
{
    return report.windowStart.isValid() ? report.windowStart : report.createdAt;
}

QString spanText(const QDateTime &from, const QDateTime &to)
{
    if (!from.isValid())
        return u"not planned"_s;
    const QString start = from.toUTC().toString(u"HH:mm"_s);
    if (!to.isValid())
        return u"%1, from %2 UTC"_s.arg(longDate(from), start);
    const QString end = to.toUTC().toString(u"HH:mm"_s);
    if (from.toUTC().date() == to.toUTC().date())
        return u"%1, %2–%3 UTC"_s.arg(longDate(from), start, end);
    return u"%1, %2 – %3, %4 UTC"_s.arg(longDate(from), start, longDate(to), end);
}

QString lengthText(const QDateTime &from, const QDateTime &to)
{
    if (!from.isValid() || !to.isValid())
        return {};
    return formatDuration(std::chrono::milliseconds(from.msecsTo(to)));
}

TitleBlock titleOf(const Report &report)
{
    const bool clean = report.finished && report.deviations.isEmpty();
    const bool stopped = report.status != "completed"_L1;
    QString runName = u"Run %1"_s.arg(report.number);
    if (!report.change.isEmpty())
        runName += u" · change "_s + report.change;
    const QString kind =
        report.finished ? u"Completed-run report"_s : u"Report of an unfinished run"_s;
    return {.environment = report.environment.toUpper(),
            .colour = report.colour,
            .headline = report.headline(),
            .headlineTone = clean ? Tone::Ok
                : stopped         ? Tone::Bad
                                  : Tone::Warning,
            .runName = runName,
            .title = report.title,
            .subtitle = u"%1 · %2 run · %3"_s.arg(kind, report.mode,
                                                  spanText(report.createdAt, report.endedAt))};
}

QString checksText(const Report &report)
{
    if (report.targetChecks == 0)
        return u"never checked"_s;
    if (report.failedTargetChecks > 0)
        return u"%1 — did not match in %2 of %3"_s.arg(report.systemIdentifier)
            .arg(report.failedTargetChecks)
            .arg(countOf(report.targetChecks, u"check"_s));
    return u"%1 ✓ %2"_s.arg(report.systemIdentifier, countOf(report.targetChecks, u"check"_s));
}

FactsBlock factsOf(const Report &report)
{
    const QString window = spanText(report.windowStart, report.windowEnd);
    const QString target =
        report.server.isEmpty() ? report.target : report.target + u", "_s + report.server;
    FactsBlock block;
    block.facts = {
        {u"Target"_s, {.text = target}},
        {u"Identity"_s, {.text = checksText(report), .mono = report.targetChecks > 0}},
        {u"Runbook"_s,
         {.text = u"%1, %2 of %3 closed"_s.arg(report.runbookFile)
                      .arg(report.closedSteps)
                      .arg(countOf(report.totalSteps, u"step"_s))}},
        {u"SHA-256"_s, {.text = report.runbookSha256, .mono = true}},
        {u"Planned"_s, {.text = window}},
        {u"Actual"_s,
         {.text = report.endedAt.isValid() ? lengthText(report.createdAt, report.endedAt)
                                           : u"not ended"_s}},
        {u"Carried out by"_s, {.text = report.people.join(u", "_s)}},
        {u"Commands approved by"_s,
         {.text = report.approvedBy.isEmpty() ? u"nobody"_s : report.approvedBy}},
    };
    return block;
}

void addDeviations(QList<Block> &blocks, const Report &report)
{
    blocks += HeadingBlock{.text = u"Deviations"_s};
    if (report.deviations.isEmpty()) {
        blocks +=
            ParagraphBlock{{.text = report.finished ? u"None: every step was done as written."_s
                                                    : u"None so far."_s}};
        return;
    }
    TableBlock table{.headers = {u"Step"_s, u"What"_s, u"Reason"_s, u"By"_s},
                     .widths = {27, 20, 33, 20},
                     .rows = {}};
    for (const Deviation &deviation : report.deviations)
        table.rows += {
            {.text = deviation.subject},
            {.text = deviation.what, .tone = Tone::Warning},
            {.text = deviation.reason},
            {.text =
                 (deviation.by + u' ' + shortTime(deviation.at, referenceTime(report))).trimmed()}};
    blocks += table;
}

QString signersOf(const Report &report, const ReportStep &step)
{
    QStringList lines;
    for (const ReportSignOff &signOff : step.signOffs)
        lines += u"%1 %2\n%3"_s.arg(signOff.name, shortTime(signOff.at, referenceTime(report)),
                                    signOff.meaning);
    if (lines.size() < step.signOffsNeeded && !step.signOffs.isEmpty())
        lines += u"%1 of %2 signed"_s.arg(lines.size()).arg(step.signOffsNeeded);
    return lines.join(u'\n');
}

Tone toneOf(const ReportStep &step)
{
    if (step.signOffs.isEmpty())
        return Tone::Dim;
    const QString outcome = step.signOffs.constLast().outcome;
    if (outcome == "done"_L1)
        return Tone::Plain;
    return outcome == "failed"_L1 ? Tone::Bad : Tone::Warning;
}

QList<Cell> rowOf(const Report &report, const ReportStep &step)
{
    const QString indent(2 * step.depth, QChar(QChar::Nbsp));
    if (step.isGroup)
        return {{}, {.text = indent + step.title, .tone = Tone::Strong}, {}, {}};
    const QString signers = signersOf(report, step);
    return {{.text = shortTime(step.startedAt, referenceTime(report))},
            {.text = indent + step.title},
            {.text = step.result.isEmpty() && step.signOffs.isEmpty() ? step.status : step.result,
             .tone = toneOf(step)},
            {.text = signers.isEmpty() ? u"not signed"_s : signers,
             .tone = signers.isEmpty() ? Tone::Dim : Tone::Plain}};
}

void addTimeline(QList<Block> &blocks, const Report &report)
{
    blocks += HeadingBlock{.text = u"Timeline and sign-offs"_s};
    for (const ReportPhase &phase : report.phases) {
        QString heading = phase.title;
        if (phase.plannedAt.isValid())
            heading += u"  ·  planned %1"_s.arg(shortTime(phase.plannedAt, referenceTime(report)));
        if (phase.startedAt.isValid())
            heading += u"  ·  begun %1"_s.arg(shortTime(phase.startedAt, referenceTime(report)));
        blocks += HeadingBlock{.text = heading, .level = 2};
        TableBlock table{.headers = {u"Time"_s, u"Step"_s, u"Outcome and observed value"_s,
                                     u"Signed, and what it means"_s},
                         .widths = {12, 30, 30, 28},
                         .rows = {}};
        for (const ReportStep &step : phase.steps)
            table.rows += rowOf(report, step);
        blocks += table;
    }
}

QString executionFacts(const Report &report, const ReportCommand &command)
{
    QStringList parts{command.outcome};
    if (command.durationMicros > 0)
        parts += formatDuration(std::chrono::milliseconds(command.durationMicros / 1000));
    if (command.startedAt.isValid())
        parts += u"%1 – %2"_s.arg(
            shortTime(command.startedAt, referenceTime(report)),
            command.endedAt.isValid() ? shortTime(command.endedAt, referenceTime(report)) : u"…"_s);
    parts += u"started by "_s + command.by;
    if (!command.filledIn.isEmpty())
        parts += u"filled in: "_s + command.filledIn;
    if (!command.sessionOptions.isEmpty())
        parts += u"PGOPTIONS "_s + command.sessionOptions;
    if (command.overranAt.isValid())
        parts += u"longer than the runbook says from %1 on"_s.arg(
            shortTime(command.overranAt, referenceTime(report)));
    if (!command.stops.isEmpty())
        parts += u"asked to stop: "_s + command.stops;
    if (!command.reason.isEmpty())
        parts += command.reason;
    return parts.join(u" · "_s);
}

void addLog(QList<Block> &blocks, const LogExcerpt &log)
{
    QStringList lines = log.head;
    if (!log.isWhole && !log.tail.isEmpty())
        lines += u"⋮"_s;
    lines += log.tail;
    if (!lines.isEmpty())
        blocks += CodeBlock{.lines = lines, .isOutput = true};
    if (!log.sha256.isEmpty())
        blocks +=
            ParagraphBlock{{.text = u"Log: %1 bytes, SHA-256 %2"_s.arg(log.bytes).arg(log.sha256),
                            .tone = Tone::Dim}};
    if (!log.problem.isEmpty())
        blocks += ParagraphBlock{{.text = log.problem, .tone = Tone::Bad}};
}

/// What the server said became of the command's work, and what it said that by.
void addServer(QList<Block> &blocks, const ReportCommand &command)
{
    if (command.server.isEmpty())
        return;
    blocks += ParagraphBlock{{.text = u"On the server: "_s + visible(command.server)}};
    for (const QString &line : command.serverEvidence)
        blocks += ParagraphBlock{{.text = visible(line), .tone = Tone::Dim}};
}

void addCommands(QList<Block> &blocks, const Report &report)
{
    if (report.commands.isEmpty())
        return;
    blocks += HeadingBlock{.text = u"Commands"_s};
    for (const ReportCommand &command : report.commands) {
        QString heading = command.step;
        if (command.attempt > 1)
            heading += u"  ·  attempt %1"_s.arg(command.attempt);
        blocks += HeadingBlock{.text = heading, .level = 2};
        blocks += ParagraphBlock{{.text = executionFacts(report, command),
                                  .tone = command.succeeded ? Tone::Ok : Tone::Bad}};
        addServer(blocks, command);
        blocks += CodeBlock{.lines = visible(command.text).split(u'\n')};
        blocks +=
            ParagraphBlock{{.text = u"Text: SHA-256 %1"_s.arg(command.sha256), .tone = Tone::Dim}};
        if (const LogExcerpt *log = report.log(command.execution); log != nullptr)
            addLog(blocks, *log);
    }
}

void addRollbacks(QList<Block> &blocks, const Report &report)
{
    blocks += HeadingBlock{.text = u"Rollback"_s};
    if (report.rollbacks.isEmpty()) {
        blocks += ParagraphBlock{{.text = u"No rollback scenario was declared."_s}};
        return;
    }
    TableBlock table{.headers = {u"Scenario"_s, u"Reason"_s, u"Declared by"_s},
                     .widths = {36, 40, 24},
                     .rows = {}};
    for (const ReportRollback &rollback : report.rollbacks)
        table.rows +=
            {{.text = rollback.scenario},
             {.text = rollback.reason},
             {.text = rollback.by + u' ' + shortTime(rollback.at, referenceTime(report))}};
    blocks += table;
    blocks += ParagraphBlock{
        {.text = u"What was done in it stands in the timeline and among the commands."_s,
         .tone = Tone::Dim}};
}

StatementBlock statementBlock(const Report &report, const QString &jsonHash)
{
    const QString state = report.verdict.intact
        ? u"%1, chain intact, head %2."_s.arg(countOf(report.verdict.events, u"event"_s),
                                              report.verdict.head)
        : u"Chain BROKEN at event %1: %2."_s.arg(report.verdict.firstBadSeq)
              .arg(report.verdict.finding);
    return {.parts = {{u"Journal:"_s, {state}},
                      {u"Proven:"_s, report.statement.proven},
                      {u"Not proven:"_s, report.statement.notProven},
                      {u"This report's JSON:"_s, {u"SHA-256 %1"_s.arg(jsonHash)}}},
            .commands = report.statement.howToVerify};
}

} // namespace

Document documentOf(const Report &report)
{
    const QString hash = sha256Hex(reportToJson(report));
    Document document{.title = u"Run %1: %2"_s.arg(report.number).arg(report.title),
                      .footer = u"%1 · written %2 · JSON %3…%4"_s.arg(
                          report.writtenBy,
                          report.writtenAt.toUTC().toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s),
                          hash.left(kShortHash), hash.right(4)),
                      .incomplete = !report.finished,
                      .blocks = {}};
    document.blocks += titleOf(report);
    document.blocks += factsOf(report);
    addDeviations(document.blocks, report);
    addTimeline(document.blocks, report);
    addRollbacks(document.blocks, report);
    document.blocks += HeadingBlock{.text = u"Query duration"_s};
    if (!report.chart.isEmpty())
        document.blocks += ChartBlock{report.chart};
    document.blocks += ParagraphBlock{{.text = chartSummary(report.chart), .tone = Tone::Dim}};
    addCommands(document.blocks, report);
    document.blocks += HeadingBlock{.text = u"Record"_s};
    document.blocks += statementBlock(report, hash);
    return document;
}

} // namespace runsheet
