// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/chartband.h"
#include "metrics/percentiles.h"
#include "run/state.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace runsheet
{

// What the completed-run report says, before it is laid out. Everything but logs and chart follows
// from the run's events alone, so that a reader can derive it again.

/// Something that did not go as the runbook says. Listed first: it is what a reader looks for.
struct Deviation
{
    QString subject; ///< step, phase or "The run"
    QString what;
    QString reason;
    QString by;
    QDateTime at;

    bool operator==(const Deviation &) const = default;
};

struct ReportSignOff
{
    QString name;
    QString account; ///< "rosa on desk"
    QString outcome; ///< word as stored
    QString meaning; ///< what the signature states
    QString observed;
    QString note;
    QDateTime at;
    bool unattended = false;

    bool operator==(const ReportSignOff &) const = default;
};

struct ReportStep
{
    QString title;
    int depth = 0;
    bool required = true;
    bool isGroup = false; ///< derived from its child steps, never signed
    int signOffsNeeded = 1;
    QString status; ///< "signed", "open", "running", "waits for sign-off"
    QString result; ///< outcomes of its commands and the observed values, on one line
    QDateTime startedAt; ///< invalid: nothing happened
    QList<ReportSignOff> signOffs;

    bool operator==(const ReportStep &) const = default;
};

struct ReportPhase
{
    QString title;
    QString group; ///< "before", "window", "after", "rollback"
    QDateTime plannedAt; ///< window start plus the phase's offset; invalid without one
    QDateTime startedAt;
    QList<ReportStep> steps;

    bool operator==(const ReportPhase &) const = default;
};

struct ReportCommand
{
    ExecutionId execution;
    QString step;
    int attempt = 1;
    QString text;
    QString sha256;
    QString outcome; ///< "exit 0", "signal 15", "unknown; settled as succeeded" …
    bool succeeded = false;
    QString reason;
    QString by;
    bool unattended = false;
    QDateTime startedAt;
    QDateTime endedAt;
    qint64 durationMicros = 0;
    QString stops; ///< "02:14:05 interrupt (SIGINT) by Rosa; …"
    QString server; ///< what the server said last, in words; empty: it was not asked
    QStringList serverEvidence;
    QString sessionOptions; ///< PGOPTIONS that were added; empty: none
    QDateTime overranAt; ///< when the runbook's timeout passed; invalid: it did not
    QString filledIn; ///< "<account> = shop, TOKEN (secret, not recorded)"
    qint64 outputBytes = 0;
    qint64 outputLines = 0;
    qint64 droppedBytes = 0;
    QString outputSha256;

    bool operator==(const ReportCommand &) const = default;
};

struct ReportRollback
{
    QString scenario;
    QString reason;
    QString by;
    QDateTime at;

    bool operator==(const ReportRollback &) const = default;
};

/// Head and tail of an execution's log, as it was on disk when the report was written.
struct LogExcerpt
{
    ExecutionId execution;
    QStringList head;
    QStringList tail;
    bool isWhole = false; ///< head holds everything
    qint64 bytes = 0;
    QString sha256; ///< of the whole file; empty when it could not be read
    QString problem; ///< "missing", or that it is not the log that was recorded; empty: none

    bool operator==(const LogExcerpt &) const = default;
};

/// Query durations around the run's commands. At most 600 points: each is the worst of its stretch.
struct ReportChart
{
    QList<PercentilePoint> points;
    QList<ChartBand> bands;
    QStringList probes;
    qint64 samples = 0; ///< measured in all
    qint64 lost = 0; ///< of them without an answer
    qint64 windowMs = 0; ///< over which the percentiles are taken
    qint64 stepMs = 0; ///< from point to point

    bool operator==(const ReportChart &) const = default;
    [[nodiscard]] bool isEmpty() const { return points.isEmpty(); }
};

struct ReportStatement
{
    QStringList proven;
    QStringList notProven;
    QStringList howToVerify; ///< command lines

    bool operator==(const ReportStatement &) const = default;
};

struct Report
{
    qint64 number = 0;
    RunId run;
    QString title;
    QString mode; ///< "live", "rehearsal"
    QString status; ///< "in progress", "completed", "rolled back", "aborted"
    bool finished = false; ///< otherwise stamped INCOMPLETE
    QString change;
    QString environment;
    QString colour;
    QString target; ///< "shop @ db1:5432"
    QString server; ///< "PostgreSQL 15.18, primary"; empty: never checked
    QString systemIdentifier;
    int targetChecks = 0;
    int failedTargetChecks = 0;
    QString runbookFile;
    QString runbookSha256;
    QString approvedBy;
    int closedSteps = 0;
    int totalSteps = 0;
    QDateTime windowStart, windowEnd, createdAt, endedAt;
    QStringList people; ///< everybody who did something, in order of appearance
    bool unattended = false; ///< at least one event was made by no person
    QString programVersion; ///< that created the run

    QList<Deviation> deviations;
    QList<ReportPhase> phases;
    QList<ReportCommand> commands;
    QList<ReportRollback> rollbacks;

    QList<LogExcerpt> logs;
    ReportChart chart;
    ChainVerdict verdict;
    ReportStatement statement;
    QList<RunEvent> events;
    QDateTime writtenAt;
    QString writtenBy; ///< "runsheet 0.1.0"

    bool operator==(const Report &) const = default;
    [[nodiscard]] const LogExcerpt *log(const ExecutionId &execution) const;
    /// "completed with 2 deviations", "INCOMPLETE: 3 of 12 steps closed".
    [[nodiscard]] QString headline() const;
    [[nodiscard]] bool isProduction() const { return colour == QLatin1StringView("red"); }
};

} // namespace runsheet
