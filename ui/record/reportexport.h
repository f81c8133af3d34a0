// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"
#include "base/result.h"
#include "metrics/probesample.h"
#include "report/reportbuilder.h"

#include <QMap>

#include <optional>

namespace runsheet
{

enum class ReportFormat
{
    Json,
    Html,
    Pdf
};

/// "json", "html", "pdf"; nothing for other words.
[[nodiscard]] std::optional<ReportFormat> reportFormat(const QString &word);
/// By the suffix: .json, .html or .htm, .pdf.
[[nodiscard]] std::optional<ReportFormat> reportFormatOf(const QString &fileName);

/// "run-14-add-notification-system.html"
[[nodiscard]] QString defaultReportName(qint64 number, const QString &runbookTitle,
                                        ReportFormat format);

/// "runsheet 0.1.0", as reports name the program that wrote them.
[[nodiscard]] QString programName();

/// The report of a run with its logs and samples from the data folder, written now.
[[nodiscard]] Report reportFromFolder(const Paths &paths, qint64 number,
                                      const QList<RunEvent> &events, const ChainVerdict &verdict);

/// Any thread; a PDF needs a QGuiApplication. Refuses a report that holds one of the secrets (by
/// name), or one of this process's environment.
[[nodiscard]] Result<QByteArray> renderReport(const Report &report, ReportFormat format,
                                              const QMap<QString, QString> &secrets = {});

/// Writes beside the target and renames, so that an older file stays whole when it fails.
[[nodiscard]] Result<void> exportReport(const Report &report, ReportFormat format,
                                        const QString &fileName,
                                        const QMap<QString, QString> &secrets = {});

} // namespace runsheet
