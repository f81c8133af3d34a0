// SPDX-License-Identifier: Apache-2.0
#include "report/statement.h"

#include "base/text.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QStringList provenBy(const Report &report)
{
    if (!report.verdict.intact)
        return {};
    QStringList out{
        u"The %1 are complete, in order and unchanged since each was written: every one "
        "holds the hash of the one before it."_s.arg(countOf(report.verdict.events, u"event"_s))};
    if (!report.commands.isEmpty())
        out += u"Each command is shown with the exact text that was run, and with its SHA-256."_s;
    qsizetype logs = 0;
    for (const LogExcerpt &log : report.logs)
        logs += !log.sha256.isEmpty() && log.problem.isEmpty() ? 1 : 0;
    if (logs > 0)
        out += u"%1 still had the content that was recorded when the command ended."_s.arg(
            countOf(logs, u"log"_s));
    return out;
}

QStringList notProvenBy(const Report &report)
{
    QStringList out;
    if (!report.verdict.intact)
        out +=
            u"The record is broken at event %1: %2. What follows from there may have been changed."_s
                .arg(report.verdict.firstBadSeq)
                .arg(report.verdict.finding);
    if (!report.finished)
        out += u"The run had not ended when this was written; events may have been added since."_s;
    if (report.unattended)
        out +=
            u"Sign-offs marked unattended were made by the program. No person checked anything."_s;
    else
        out +=
            u"That the people are who they say: names were typed in and not signed with a key."_s;
    out += u"That nobody wrote the whole record anew: whoever owns the journal's file can do that. "
           "Compare the head hash with one that was noted elsewhere at the time."_s;
    out += u"That the clock of the computer was right: times are its own."_s;
    for (const LogExcerpt &log : report.logs) {
        if (!log.problem.isEmpty())
            out += log.problem;
    }
    return out;
}

} // namespace

ReportStatement statementOf(const Report &report)
{
    return {.proven = provenBy(report),
            .notProven = notProvenBy(report),
            .howToVerify = {u"runsheet verify run-%1.json"_s.arg(report.number),
                            u"runsheet verify %1"_s.arg(report.number)}};
}

} // namespace runsheet
