// SPDX-License-Identifier: Apache-2.0
#include "output/toolscan.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kLongestText = 300;
constexpr qint64 kBlock = 1 << 20;

struct CompiledRule
{
    ToolRule rule;
    QByteArray anchor;
    QRegularExpression pattern;
};

const std::vector<CompiledRule> &compiledRules()
{
    static const std::vector<CompiledRule> kCompiled = [] {
        std::vector<CompiledRule> compiled;
        for (const ToolRule &rule : toolRules()) {
            const QByteArray anchor(rule.anchor.data(), rule.anchor.size());
            compiled.push_back({rule, anchor, QRegularExpression(rule.pattern.toString())});
        }
        return compiled;
    }();
    return kCompiled;
}

QList<QByteArray> anchors()
{
    QList<QByteArray> words;
    for (const CompiledRule &compiled : compiledRules()) {
        if (!words.contains(compiled.anchor))
            words += compiled.anchor;
    }
    return words;
}

QString firstCapture(const QRegularExpressionMatch &match)
{
    for (int group = 1; group <= match.lastCapturedIndex(); ++group) {
        if (!match.captured(group).isEmpty())
            return match.captured(group);
    }
    return {};
}

bool isClient(const QString &tool)
{
    return tool == "psql"_L1 || tool == "pg_restore"_L1 || tool == "pg_dump"_L1;
}

} // namespace

ToolScan::ToolScan()
    : m_lines(anchors())
{
}

void ToolScan::add(QByteArrayView bytes)
{
    m_lines.add(bytes, [this](const QString &line) { readLine(line, m_tally); });
}

void ToolScan::readLine(const QString &line, Tally &tally)
{
    const QByteArray folded = line.toUtf8().toLower();
    for (const CompiledRule &compiled : compiledRules()) {
        if (!folded.contains(compiled.anchor)
            || (compiled.rule.tool.isEmpty() && tally.report.tool.isEmpty()))
            continue;
        const QRegularExpressionMatch match = compiled.pattern.match(line);
        if (match.hasMatch())
            take(compiled.rule, line, firstCapture(match), tally);
    }
}

void ToolScan::take(const ToolRule &rule, const QString &line, const QString &found, Tally &tally)
{
    ToolReport &report = tally.report;
    // A migration tool may well call psql; the other way round it is only psql.
    if (!rule.tool.isEmpty() && (report.tool.isEmpty() || isClient(report.tool)))
        report.tool = rule.tool.toString();
    const int number = found.toInt();
    const bool isWord = rule.says == ToolSays::Succeeds || rule.says == ToolSays::Fails
        || rule.says == ToolSays::Headline;
    if (tally.takenBack && !isWord)
        return;
    switch (rule.says) {
    case ToolSays::Seen:
        return;
    case ToolSays::Succeeds:
        report.success = line.trimmed().left(kLongestText);
        report.failure.clear();
        tally.failedAt.clear();
        tally.takenBack = false;
        return;
    case ToolSays::TakesBack:
        tally.takenBack = !report.failure.isEmpty();
        return;
    case ToolSays::Headline:
        if (!found.isEmpty())
            report.migration = found;
        noteFailure(rule.says, line, tally);
        return;
    case ToolSays::Fails:
        noteFailure(rule.says, line, tally);
        return;
    case ToolSays::FinishesMany:
        tally.finished += number;
        if (report.failure.isEmpty())
            report.success = line.trimmed().left(kLongestText);
        return;
    case ToolSays::Plans:
        tally.planned += number;
        return;
    case ToolSays::AppliedMany:
        tally.applied += number;
        return;
    case ToolSays::PendingMany:
        tally.pending += number;
        return;
    case ToolSays::Lists:
        ++tally.planned;
        return;
    case ToolSays::Pending:
        ++tally.pending;
        return;
    case ToolSays::Starts:
        ++tally.started;
        break;
    case ToolSays::Claims:
    case ToolSays::Finishes:
        ++tally.finished;
        tally.claimed = rule.says == ToolSays::Claims;
        break;
    case ToolSays::Applied:
        ++tally.applied;
        break;
    case ToolSays::IsAt:
        break;
    }
    if (!found.isEmpty())
        report.migration = found;
}

/// The first counts, but for a headline, whose reason is still to come. What fails while work is
/// taken back is no reason.
void ToolScan::noteFailure(ToolSays says, const QString &line, Tally &tally)
{
    ToolReport &report = tally.report;
    const bool isHeadline = says == ToolSays::Headline;
    const bool isFirst = report.failure.isEmpty();
    if (isFirst)
        tally.failedAt = report.migration;
    if (isFirst || (tally.reasonMissing && !isHeadline && !tally.takenBack)) {
        report.failure = line.trimmed().left(kLongestText);
        tally.reasonMissing = isHeadline;
    }
    report.success.clear();
    if (tally.claimed)
        --tally.finished;
    tally.claimed = false;
}

ToolReport ToolScan::report() const
{
    Tally tally = m_tally;
    m_lines.readRest([&tally](const QString &line) { readLine(line, tally); });
    return concluded(tally);
}

/// Some tools say when a migration begins, some when it is through, some both.
ToolReport ToolScan::concluded(Tally tally)
{
    ToolReport &report = tally.report;
    if (!tally.failedAt.isEmpty())
        report.migration = tally.failedAt;
    if (tally.takenBack)
        tally.finished = 0;
    if (tally.started == 0 && tally.finished == 0) {
        report.done = tally.applied;
        report.total = tally.applied + tally.pending;
        return report;
    }
    report.done = tally.finished > 0 || tally.takenBack ? tally.finished : tally.started - 1;
    report.total = tally.planned;
    report.open = tally.started > tally.finished;
    return report;
}

ToolReport settled(ToolReport report, const ToolEnding &ending)
{
    if (ending.succeeded && report.open)
        ++report.done;
    report.open = false;
    return report;
}

std::optional<ToolReport> scanFile(const QString &name, const std::atomic_bool &cancelled)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    ToolScan scan;
    for (QByteArray block = file.read(kBlock); !block.isEmpty(); block = file.read(kBlock)) {
        if (cancelled)
            return std::nullopt;
        scan.add(block);
    }
    return scan.report();
}

QString contradictionOf(const ToolReport &report, const ToolEnding &ending)
{
    if (ending.succeeded && !report.failure.isEmpty())
        return u"%1, but %2 reported a failure: %3"_s.arg(ending.words, report.tool,
                                                          report.failure);
    if (!ending.succeeded && !report.success.isEmpty())
        return u"%1, but %2 reported success: %3"_s.arg(ending.words, report.tool, report.success);
    return {};
}

} // namespace runsheet
