// SPDX-License-Identifier: Apache-2.0
#include "runscommand.h"

#include "base/clock.h"
#include "base/json.h"
#include "commandline.h"
#include "report/wording.h"
#include "store/journaldatabase.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

const QString kHelp = uR"(Usage: runsheet runs [--json]

Lists the runs in the journal, newest first.

  --json       print them as one JSON array
  -h, --help   this text

Exit: 0 fine, also when there are none; 2 usage, or the journal cannot be read.
)"_s;

QString timeText(const QDateTime &time)
{
    return time.isValid() ? toIsoUtc(time) : QString();
}

QJsonObject toJson(const RunSummary &run)
{
    return {
        {u"number"_s, run.number},
        {u"id"_s, run.id.value},
        {u"title"_s, run.runbookTitle},
        {u"environment"_s, run.environmentName},
        {u"mode"_s, toWord(run.mode)},
        {u"status"_s, describe(run.status)},
        {u"created_at"_s, timeText(run.createdAt)},
        {u"ended_at"_s, timeText(run.endedAt)},
        {u"closed_steps"_s, run.closedSteps},
        {u"total_steps"_s, run.totalSteps},
        {u"open_executions"_s, run.openExecutions},
        {u"signed_by"_s, QJsonArray::fromStringList(run.signedBy)},
    };
}

void printTable(QTextStream &out, const QList<RunSummary> &runs)
{
    if (runs.isEmpty())
        out << "No runs yet. Open a runbook and start one: runsheet RUNBOOK\n";
    for (const RunSummary &run : runs)
        out << u"%1  %2  %3  %4  %5/%6  %7\n"_s.arg(run.number, 4)
                   .arg(run.createdAt.toUTC().toString(u"yyyy-MM-dd HH:mm"_s),
                        describe(run.status).leftJustified(11),
                        visible(run.environmentName).leftJustified(12))
                   .arg(run.closedSteps, 3)
                   .arg(run.totalSteps)
                   .arg(visible(run.runbookTitle));
}

} // namespace

int runRuns(const QStringList &arguments, const Paths &paths, QTextStream &out, QTextStream &err)
{
    QCommandLineParser parser;
    parser.addOptions({{u"json"_s, {}}, {{u"h"_s, u"help"_s}, {}}});
    if (!parser.parse(QStringList{u"runs"_s} + arguments))
        return complain(err, u"runs", parser.errorText());
    if (parser.isSet(u"help"_s)) {
        out << kHelp;
        return Fine;
    }
    if (!parser.positionalArguments().isEmpty())
        return complain(err, u"runs", u"“runs” takes no names. See “runsheet runs --help”."_s);
    QList<RunSummary> runs;
    // Looking at a list makes no journal.
    if (QFileInfo::exists(paths.journal())) {
        const Result<QList<RunSummary>> listed = JournalDatabase(paths).list();
        if (!listed)
            return complain(err, u"runs", describe(listed.error()));
        runs = *listed;
    }
    if (!parser.isSet(u"json"_s)) {
        printTable(out, runs);
        return Fine;
    }
    QJsonArray array;
    for (const RunSummary &run : runs)
        array += toJson(run);
    out << QString::fromUtf8(canonicalJson(array)) << '\n';
    return Fine;
}

} // namespace runsheet
