// SPDX-License-Identifier: Apache-2.0
#include "record/reportexport.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "metrics/samplefile.h"
#include "record/pdfreport.h"
#include "report/htmlreport.h"
#include "report/reportjson.h"
#include "report/reportsecrets.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QStorageInfo>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

const QString kProgram = u"runsheet " RUNSHEET_VERSION ""_s;

QString suffixOf(ReportFormat format)
{
    switch (format) {
    case ReportFormat::Json:
        return u"json"_s;
    case ReportFormat::Html:
        return u"html"_s;
    case ReportFormat::Pdf:
        return u"pdf"_s;
    }
    return {};
}

Error cannotWrite(const QString &fileName, const QString &detail)
{
    const QString folder = QFileInfo(fileName).absolutePath();
    const QStorageInfo storage(folder);
    const QString space = storage.isValid()
        ? u" %1 are free there."_s.arg(formatBytes(storage.bytesAvailable()))
        : QString();
    return {.kind = Error::Kind::Unwritable,
            .message =
                u"The report could not be written to %1. Check that the folder exists and that "
                "you may write in it, or choose another place.%2"_s.arg(fileName, space),
            .detail = detail};
}

} // namespace

std::optional<ReportFormat> reportFormat(const QString &word)
{
    for (const ReportFormat format : {ReportFormat::Json, ReportFormat::Html, ReportFormat::Pdf}) {
        if (word == suffixOf(format))
            return format;
    }
    return std::nullopt;
}

std::optional<ReportFormat> reportFormatOf(const QString &fileName)
{
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    return reportFormat(suffix == "htm"_L1 ? u"html"_s : suffix);
}

QString defaultReportName(qint64 number, const QString &runbookTitle, ReportFormat format)
{
    return u"run-%1-%2.%3"_s.arg(number).arg(slug(runbookTitle), suffixOf(format));
}

QString programName()
{
    return kProgram;
}

Report reportFromFolder(const Paths &paths, qint64 number, const QList<RunEvent> &events,
                        const ChainVerdict &verdict)
{
    ReportInput input{.number = number,
                      .events = events,
                      .verdict = verdict,
                      .samples = {},
                      .outputFile = {},
                      .writtenAt = SystemClock().now(),
                      .writtenBy = programName()};
    if (events.isEmpty())
        return buildReport(input);
    const RunId run = events.constFirst().run;
    input.outputFile = [paths, run](const ExecutionId &execution) {
        return paths.execution(run, execution) + u"/output.log"_s;
    };
    const auto samples = readSamples(paths.samples(run));
    if (samples)
        input.samples = *samples;
    else
        log::warning(describe(samples.error()));
    return buildReport(input);
}

Result<QByteArray> renderReport(const Report &report, ReportFormat format,
                                const QMap<QString, QString> &secrets)
{
    // Everything that the other formats show stands in here.
    const QByteArray json = reportToJson(report);
    if (const Result<void> clean = checkForSecrets(json, secrets); !clean)
        return clean.error();
    switch (format) {
    case ReportFormat::Json:
        return json;
    case ReportFormat::Html:
        return renderHtml(report);
    case ReportFormat::Pdf:
        return renderPdf(report);
    }
    return QByteArray();
}

Result<void> exportReport(const Report &report, ReportFormat format, const QString &fileName,
                          const QMap<QString, QString> &secrets)
{
    const Result<QByteArray> bytes = renderReport(report, format, secrets);
    if (!bytes)
        return bytes.error();
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly))
        return cannotWrite(fileName, file.errorString());
    if (file.write(*bytes) != bytes->size() || !file.commit())
        return cannotWrite(fileName, file.errorString());
    return {};
}

} // namespace runsheet
