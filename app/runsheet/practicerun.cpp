// SPDX-License-Identifier: Apache-2.0
#include "practicerun.h"

#include "runbook/parser.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kMinutesToStart = 5;
constexpr int kWindowMinutes = 60;

} // namespace

Result<RunRequest> practiceRunRequest(const Practice &practice)
{
    const Result<Runbook> runbook = loadRunbook(practice.runbookFile);
    if (!runbook)
        return runbook.error();
    const QDateTime start = QDateTime::currentDateTimeUtc().addSecs(kMinutesToStart * 60);
    return RunRequest{
        .runbookFile = practice.runbookFile,
        .runbookSource = runbook->source,
        .environment = practice.environment,
        .mode = RunMode::Rehearsal,
        .windowStart = start,
        .windowEnd = start.addSecs(kWindowMinutes * 60),
        .change = {},
    };
}

} // namespace runsheet
