// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/probesample.h"
#include "report/report.h"

#include <functional>

namespace runsheet
{

struct ReportInput
{
    qint64 number = 0;
    QList<RunEvent> events; ///< of one run, in order; what is there of it when the chain is broken
    ChainVerdict verdict;
    QList<ProbeSample> samples;
    /// File of an execution's log. Without it no logs are read.
    std::function<QString(const ExecutionId &)> outputFile;
    QDateTime writtenAt;
    QString writtenBy;
};

/// Reads the log files; otherwise a pure function of its input. Takes as long as hashing the logs
/// takes, so it belongs on a worker thread when they are large. Any thread.
[[nodiscard]] Report buildReport(const ReportInput &input);

/// The part that follows from the events alone.
[[nodiscard]] Report reportOfEvents(const QList<RunEvent> &events, qint64 number);

} // namespace runsheet
