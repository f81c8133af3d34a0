// SPDX-License-Identifier: Apache-2.0
#include "reportcommand.h"

#include "commandline.h"
#include "record/reportexport.h"
#include "store/journaldatabase.h"

#include <QCommandLineParser>
#include <QIODevice>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

const QString kHelp = uR"(Usage: runsheet report RUN [--format json|html|pdf] [-o FILE]

Writes the record of a run, finished or not (then stamped INCOMPLETE).

  RUN              number of the run, or the first characters of its id; see "runsheet runs"
  -f, --format F   json, html or pdf; without it the suffix of FILE decides, else html
  -o, --output F   the file to write; "-" for standard output
  -h, --help       this text

Without -o, json and html go to standard output and pdf to a file named after the run.

Exit: 0 written; 1 written, but the record is broken (the report says where); 2 usage, or the run or
the file cannot be read or written.
)"_s;

struct Order
{
    QString run;
    ReportFormat format = ReportFormat::Html;
    QString file; ///< as given; may be empty or "-"
};

/// Where the report goes; empty: standard output. A terminal has no use for a PDF, so that one goes
/// to a file unless told otherwise.
QString targetOf(const Order &order, const Report &report)
{
    if (order.file.isEmpty() && order.format == ReportFormat::Pdf)
        return defaultReportName(report.number, report.title, order.format);
    return order.file == "-"_L1 ? QString() : order.file;
}

Result<Order> parse(const QCommandLineParser &parser)
{
    const auto invalid = [](const QString &message) {
        return Error{.kind = Error::Kind::Invalid, .message = message, .detail = {}};
    };
    const QStringList runs = parser.positionalArguments();
    if (runs.size() != 1)
        return invalid(u"Name one run. See “runsheet report --help”."_s);
    const QString file = parser.value(u"output"_s);
    std::optional<ReportFormat> format = ReportFormat::Html;
    if (parser.isSet(u"format"_s)) {
        format = reportFormat(parser.value(u"format"_s));
        if (!format)
            return invalid(u"The format “%1” is not known: it is json, html or pdf."_s.arg(
                parser.value(u"format"_s)));
    } else if (!file.isEmpty() && file != "-"_L1) {
        format = reportFormatOf(file);
        if (!format)
            return invalid(
                u"The suffix of “%1” is none of .json, .html and .pdf: say --format."_s.arg(file));
    }
    return Order{.run = runs.constFirst(), .format = *format, .file = file};
}

int writeReport(const Order &order, const Report &report, QTextStream &out, QTextStream &err)
{
    const int fine = report.verdict.intact ? Fine : Findings;
    if (!report.verdict.intact)
        err << "runsheet report: the record of run " << report.number
            << " does not hold: " << report.verdict.finding << ".\n";
    const QString file = targetOf(order, report);
    if (!file.isEmpty()) {
        const Result<void> written = exportReport(report, order.format, file);
        if (!written)
            return complain(err, u"report", describe(written.error()));
        out << "Written: " << file << '\n';
        return fine;
    }
    const Result<QByteArray> bytes = renderReport(report, order.format);
    if (!bytes)
        return complain(err, u"report", describe(bytes.error()));
    // Bytes go past the stream's encoding: a PDF is no text.
    out.flush();
    const bool complete = out.device() != nullptr ? out.device()->write(*bytes) == bytes->size()
                                                  : !(out << QString::fromUtf8(*bytes)).status();
    return complete ? fine : complain(err, u"report", u"Standard output could not be written."_s);
}

} // namespace

int runReport(const QStringList &arguments, const Paths &paths, QTextStream &out, QTextStream &err)
{
    QCommandLineParser parser;
    parser.addOptions({{{u"f"_s, u"format"_s}, {}, u"format"_s},
                       {{u"o"_s, u"output"_s}, {}, u"file"_s},
                       {{u"h"_s, u"help"_s}, {}}});
    if (!parser.parse(QStringList{u"report"_s} + arguments))
        return complain(err, u"report", parser.errorText());
    if (parser.isSet(u"help"_s)) {
        out << kHelp;
        return Fine;
    }
    const Result<Order> order = parse(parser);
    if (!order)
        return complain(err, u"report", order.error().message);
    JournalDatabase journal(paths);
    const Result<RunId> id = journal.find(order->run);
    if (!id)
        return complain(err, u"report", describe(id.error()));
    const Result<StoredRun> run = journal.read(*id);
    if (!run)
        return complain(err, u"report", describe(run.error()));
    return writeReport(*order, reportFromFolder(paths, run->number, run->events, run->verdict), out,
                       err);
}

} // namespace runsheet
