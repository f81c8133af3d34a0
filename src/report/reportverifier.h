// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "run/event.h"

namespace runsheet
{

/// What a check of a report file found.
struct ReportVerdict
{
    qint64 number = 0;
    QString title;
    ChainVerdict chain;
    QStringList findings; ///< anything else that does not fit; empty when the file holds
    /// Whether the sections were derived again and compared: only done for reports of this version,
    /// because wording may differ between versions.
    bool sectionsCompared = false;

    bool operator==(const ReportVerdict &) const = default;
    [[nodiscard]] bool holds() const { return chain.intact && findings.isEmpty(); }
};

/// Recomputes the chain of the events in a report file, and that its other sections say what the
/// events say. `program` is this program as `written.by` has it. The Error is for a file that is no
/// report.
[[nodiscard]] Result<ReportVerdict> verifyReport(const QByteArray &json, const QString &program);

} // namespace runsheet
