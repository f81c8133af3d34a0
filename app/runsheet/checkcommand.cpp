// SPDX-License-Identifier: Apache-2.0
#include "checkcommand.h"

#include "base/text.h"
#include "commandline.h"
#include "runbook/lint.h"
#include "runbook/linttools.h"
#include "runbook/parser.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString nameOf(Diagnostic::Severity severity)
{
    switch (severity) {
    case Diagnostic::Severity::Note:
        return u"note"_s;
    case Diagnostic::Severity::Warning:
        return u"warning"_s;
    case Diagnostic::Severity::Error:
        return u"error"_s;
    }
    return {};
}

QJsonObject toJson(const Phase &phase)
{
    QJsonObject object{
        {u"id"_s, phase.id.value},
        {u"kind"_s, phase.kind},
        {u"group"_s, groupName(phase.group)},
        {u"title"_s, phase.title},
        {u"steps"_s, phase.steps.size()},
        {u"commands"_s, phase.commandCount()},
    };
    if (phase.dueSeconds)
        object.insert(u"due_seconds"_s, *phase.dueSeconds);
    return object;
}

QJsonObject toJson(const Diagnostic &diagnostic)
{
    return {
        {u"severity"_s, nameOf(diagnostic.severity)}, {u"code"_s, diagnostic.code},
        {u"message"_s, diagnostic.message},           {u"line"_s, diagnostic.location.line},
        {u"column"_s, diagnostic.location.column},
    };
}

template <typename Range>
QJsonArray arrayOf(const Range &range)
{
    QJsonArray array;
    for (const auto &item : range)
        array.append(toJson(item));
    return array;
}

QJsonObject toJson(const Runbook &runbook)
{
    return {
        {u"file"_s, runbook.fileName},          {u"title"_s, runbook.title},
        {u"sha256"_s, runbook.sha256},          {u"counts"_s, runbook.counts.toJson()},
        {u"phases"_s, arrayOf(runbook.phases)}, {u"diagnostics"_s, arrayOf(runbook.diagnostics)},
    };
}

/// The form compilers use, so that editors can jump to it; a whole-file finding names the file
/// alone.
QString lineFor(const QString &file, const Diagnostic &diagnostic)
{
    QString place = file;
    if (diagnostic.location.line > 0)
        place += u':' + QString::number(diagnostic.location.line) + u':'
            + QString::number(std::max(1, diagnostic.location.column));
    return u"%1: %2: %3 [%4]"_s.arg(place, nameOf(diagnostic.severity), diagnostic.message,
                                    diagnostic.code);
}

/// How often each severity was found, over all files.
struct Totals
{
    qint64 runbooks = 0;
    qint64 errors = 0;
    qint64 warnings = 0;
    qint64 notes = 0;

    void add(const Runbook &runbook)
    {
        ++runbooks;
        for (const Diagnostic &diagnostic : runbook.diagnostics) {
            errors += diagnostic.severity == Diagnostic::Severity::Error ? 1 : 0;
            warnings += diagnostic.severity == Diagnostic::Severity::Warning ? 1 : 0;
            notes += diagnostic.severity == Diagnostic::Severity::Note ? 1 : 0;
        }
    }
};

void printForPeople(const Runbook &runbook, QTextStream &out)
{
    qsizetype steps = 0;
    for (const Phase &phase : runbook.phases)
        steps += phase.steps.size();
    out << runbook.fileName << u": “"_s << runbook.title << u"”, "_s
        << countOf(runbook.phases.size(), u"phase"_s) << u", "_s << countOf(steps, u"step"_s)
        << u", "_s << countOf(runbook.commandCount(), u"command"_s) << '\n';
    for (const Diagnostic &diagnostic : runbook.diagnostics)
        out << lineFor(runbook.fileName, diagnostic) << '\n';
    if (!runbook.diagnostics.isEmpty())
        out << '\n';
}

void printTotals(const Totals &totals, QTextStream &out)
{
    out << countOf(totals.runbooks, u"runbook"_s) << u": "_s;
    if (totals.errors + totals.warnings + totals.notes == 0)
        out << u"nothing found\n"_s;
    else
        out << countOf(totals.errors, u"error"_s) << u", "_s
            << countOf(totals.warnings, u"warning"_s) << u", "_s << countOf(totals.notes, u"note"_s)
            << '\n';
}

bool hasFindings(const Runbook &runbook)
{
    return std::ranges::any_of(runbook.diagnostics, [](const Diagnostic &diagnostic) {
        return diagnostic.severity != Diagnostic::Severity::Note;
    });
}

void addAdvice(Runbook &runbook, bool looksAtComputer)
{
    runbook.diagnostics += lint(runbook);
    if (looksAtComputer)
        runbook.diagnostics += lintPrograms(runbook) + lintWithShellcheck(runbook);
    sortByPlace(runbook.diagnostics);
}

} // namespace

int runCheck(const CheckRequest &request, QTextStream &out, QTextStream &err)
{
    if (request.files.isEmpty())
        return complain(err, u"check",
                        u"Name at least one runbook. See “runsheet check --help”."_s);
    const Result<PhaseRules> rules = PhaseRules::withFile(request.phaseRules);
    if (!rules)
        return complain(err, u"check", describe(rules.error()));
    int worst = Fine;
    QJsonArray array;
    Totals totals;
    for (const QString &file : request.files) {
        Result<Runbook> runbook = loadRunbook(file, *rules);
        if (!runbook) {
            worst = complain(err, u"check", describe(runbook.error()));
            continue;
        }
        addAdvice(*runbook, request.looksAtComputer);
        worst = std::max<int>(worst, hasFindings(*runbook) ? Findings : Fine);
        totals.add(*runbook);
        if (request.json)
            array.append(toJson(*runbook));
        else
            printForPeople(*runbook, out);
    }
    if (request.json)
        out << QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Indented));
    else if (totals.runbooks > 0)
        printTotals(totals, out);
    return worst;
}

} // namespace runsheet
