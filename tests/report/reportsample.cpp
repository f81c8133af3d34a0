// SPDX-License-Identifier: Apache-2.0
#include "report/reportsample.h"

#include "base/json.h"
#include "base/sha256.h"
#include "environment/serveridentity.h"

using namespace Qt::StringLiterals;

namespace runsheet::test
{

namespace
{

const QByteArray kLog = "dumping shop\ndone\n";

/// Intended, started and ended, three events.
void addExecution(QList<RunEvent> &events, SampleRun &run, const QString &step, int attempt,
                  int exitCode)
{
    const ExecutionId id = ExecutionId::create();
    const QString text =
        step.startsWith(u"Migrate"_s) ? u"psql -f 009.sql"_s : u"pg_dump -Fc shop > shop.dump"_s;
    events += run.make(CommandIntended{.execution = id,
                                       .command = run.command(step),
                                       .attempt = attempt,
                                       .text = text,
                                       .sha256 = sha256Hex(text.toUtf8()),
                                       .workingDirectory = {}});
    events += run.make(CommandStarted{.execution = id, .pid = 4711});
    events += run.make(CommandEnded{.execution = id,
                                    .outcome = exitCode == 0 ? ExecutionOutcome::Succeeded
                                                             : ExecutionOutcome::Failed,
                                    .exitCode = exitCode,
                                    .signal = 0,
                                    .reason = {},
                                    .durationMicros = 41'200'000,
                                    .outputBytes = kLog.size(),
                                    .outputLines = 2,
                                    .droppedBytes = 0,
                                    .outputSha256 = sha256Hex(kLog),
                                    .workingDirectory = {}});
}

} // namespace

QList<RunEvent> reportEvents(SampleRun &run, bool finished)
{
    QList<RunEvent> events;
    const auto add = [&](EventBody body, const QString &person = u"Rosa"_s) {
        events += run.make(std::move(body), person);
    };
    add(run.created());
    add(RunbookApproved{.runbookSha256 = run.created().runbookSha256, .commands = 3, .basis = {}});
    add(TargetChecked{.identity = ServerIdentity{.database = u"shop"_s,
                                                 .user = u"release"_s,
                                                 .host = u"db1.example"_s,
                                                 .port = 5432,
                                                 .version = u"15.18"_s,
                                                 .versionNumber = 150'018,
                                                 .systemIdentifier = u"7312447109820011"_s}
                                      .toJson(),
                      .matches = true,
                      .finding = {}});
    addExecution(events, run, u"Create a backup"_s, 1, 1);
    addExecution(events, run, u"Create a backup"_s, 2, 0);
    add(StepSigned{.step = run.step(u"Create a backup"_s),
                   .outcome = SignOffOutcome::DoneWithDeviation,
                   .observed = u"1.2 GB"_s,
                   .note = u"the first try had no room"_s});
    add(StepSigned{.step = run.step(u"Tell support"_s),
                   .outcome = SignOffOutcome::Skipped,
                   .observed = {},
                   .note = u"support is closed"_s},
        u"Deniz"_s);
    const StepSigned approve{.step = run.step(u"Approve the change"_s), .observed = {}, .note = {}};
    add(approve);
    add(approve, u"Deniz"_s);
    addExecution(events, run, u"Migrate"_s, 1, 0);
    if (finished) {
        add(StepSigned{.step = run.step(u"Migrate"_s), .observed = u"ALTER TABLE"_s, .note = {}});
        add(RunCompleted{.note = {}, .rolledBack = false});
    }
    return chained(events);
}

QList<ProbeSample> probeSamples(const QDateTime &start, int seconds)
{
    QList<ProbeSample> samples;
    for (int i = 0; i < seconds; ++i) {
        const bool lost = i > seconds / 2 && i < seconds / 2 + 60;
        samples += {.timeMs = start.addSecs(i).toMSecsSinceEpoch(),
                    .probe = i % 2 == 0 ? u"orders"_s : u"products"_s,
                    .micros = lost ? -1 : 8000 + (i * 7919) % 90'000 + (i > 3000 ? 60'000 : 0)};
    }
    return samples;
}

ReportInput reportInput(const QList<RunEvent> &events)
{
    return {.number = 14,
            .events = events,
            .verdict = verifyChain(events),
            .samples = probeSamples(events.constFirst().at, 5400),
            .outputFile = {},
            .writtenAt = QDateTime(QDate(2026, 11, 20), QTime(5, 0), Qt::UTC),
            .writtenBy = u"runsheet 0.1.0"_s};
}

} // namespace runsheet::test
