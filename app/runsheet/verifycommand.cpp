// SPDX-License-Identifier: Apache-2.0
#include "verifycommand.h"

#include "base/json.h"
#include "base/text.h"
#include "commandline.h"
#include "record/reportexport.h"
#include "report/reportverifier.h"
#include "store/journaldatabase.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

const QString kHelp = uR"(Usage: runsheet verify RUN|FILE [--json]

Checks that a record is complete and unchanged, and names the first event that does not fit.

  RUN          number of a run in the journal, or the first characters of its id
  FILE         a report exported with --format json
  --json       print the finding as JSON
  -h, --help   this text

Exit: 0 the record holds; 1 it does not; 2 usage, or it cannot be read.
)"_s;

Result<ReportVerdict> verifyFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = Error::Kind::Unreadable,
                     .message = u"The file %1 could not be read."_s.arg(name),
                     .detail = file.errorString()};
    return verifyReport(file.readAll(), programName());
}

Result<ReportVerdict> verifyRun(const QString &text, const Paths &paths)
{
    JournalDatabase journal(paths);
    const Result<RunId> id = journal.find(text);
    if (!id)
        return id.error();
    const Result<StoredRun> run = journal.read(*id);
    if (!run)
        return run.error();
    ReportVerdict verdict{
        .number = run->number, .title = {}, .chain = run->verdict, .findings = {}};
    if (!run->events.isEmpty()) {
        const auto *created = std::get_if<RunCreated>(&run->events.constFirst().body);
        verdict.title = created != nullptr ? created->runbookTitle : QString();
    }
    return verdict;
}

void printJson(QTextStream &out, const ReportVerdict &verdict)
{
    out << QString::fromUtf8(canonicalJson(QJsonObject{
        {u"run"_s, verdict.number},
        {u"title"_s, verdict.title},
        {u"holds"_s, verdict.holds()},
        {u"events"_s, verdict.chain.events},
        {u"head"_s, verdict.chain.head},
        {u"first_bad"_s, verdict.chain.firstBadSeq},
        {u"finding"_s, verdict.chain.finding},
        {u"findings"_s, QJsonArray::fromStringList(verdict.findings)},
        {u"sections_compared"_s, verdict.sectionsCompared},
    })) << '\n';
}

void printText(QTextStream &out, const ReportVerdict &verdict, bool isFile)
{
    out << "Run " << verdict.number << ": " << verdict.title << '\n';
    if (verdict.chain.intact)
        out << "The chain of " << countOf(verdict.chain.events, u"event"_s)
            << " is intact. Head: " << verdict.chain.head << '\n';
    else
        out << "BROKEN at event " << verdict.chain.firstBadSeq << ": " << verdict.chain.finding
            << ".\n";
    for (const QString &finding : verdict.findings)
        out << "BROKEN: " << finding << '\n';
    if (isFile && verdict.chain.intact && !verdict.sectionsCompared)
        out << "The report was written by another version: its events were checked, its wording "
               "was "
               "not compared with them.\n";
}

} // namespace

int runVerify(const QStringList &arguments, const Paths &paths, QTextStream &out, QTextStream &err)
{
    QCommandLineParser parser;
    parser.addOptions({{u"json"_s, {}}, {{u"h"_s, u"help"_s}, {}}});
    if (!parser.parse(QStringList{u"verify"_s} + arguments))
        return complain(err, u"verify", parser.errorText());
    if (parser.isSet(u"help"_s)) {
        out << kHelp;
        return Fine;
    }
    const QStringList what = parser.positionalArguments();
    if (what.size() != 1)
        return complain(err, u"verify",
                        u"Name one run or one report file. See “runsheet verify --help”."_s);
    const QString &target = what.constFirst();
    bool isNumber = false;
    target.toLongLong(&isNumber);
    const bool isFile = !isNumber
        && (QFileInfo::exists(target) || target.contains(u'/') || target.endsWith(".json"_L1));
    const Result<ReportVerdict> verdict = isFile ? verifyFile(target) : verifyRun(target, paths);
    if (!verdict)
        return complain(err, u"verify", describe(verdict.error()));
    if (parser.isSet(u"json"_s))
        printJson(out, *verdict);
    else
        printText(out, *verdict, isFile);
    return verdict->holds() ? Fine : Findings;
}

} // namespace runsheet
