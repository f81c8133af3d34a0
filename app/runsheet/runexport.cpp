// SPDX-License-Identifier: Apache-2.0
#include "runexport.h"

#include "record/reportexport.h"
#include "store/journaldatabase.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

Result<void> exportRun(const Paths &paths, const RunId &run, const QString &fileName,
                       const QMap<QString, QString> &secrets)
{
    const std::optional<ReportFormat> format = reportFormatOf(fileName);
    if (!format)
        return Error{
            .kind = Error::Kind::Invalid,
            .message =
                u"A report's name ends in .html, .pdf or .json. Choose one of them for %1."_s.arg(
                    fileName),
            .detail = {}};
    JournalDatabase journal(paths);
    const Result<StoredRun> stored = journal.read(run);
    if (!stored)
        return stored.error();
    return exportReport(reportFromFolder(paths, stored->number, stored->events, stored->verdict),
                        *format, fileName, secrets);
}

} // namespace runsheet
