// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/environment.h"
#include "run/event.h"
#include "runbook/runbook.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <memory>
#include <optional>

namespace runsheet
{

enum class StepStatus
{
    Pending,
    Running, ///< a command of it runs
    AwaitingSignOff, ///< a command ended, or the first of two people signed
    Signed,
};

struct SignOff
{
    EventId event;
    qint64 seq = 0;
    SignOffOutcome outcome = SignOffOutcome::Done;
    QString observed;
    QString note;
    Person by;
    bool unattended = false;
    QDateTime at;
    bool operator==(const SignOff &) const = default;
};

/// A rung of the ladder that somebody asked for.
struct StopAsked
{
    StopRung rung = StopRung::Interrupt;
    QDateTime at;
    Person by;
    bool operator==(const StopAsked &) const = default;
};

/// One attempt at running one command, as the journal knows it.
struct Execution
{
    enum class Phase
    {
        Intended,
        Running,
        Ended
    };

    ExecutionId id;
    CommandId command;
    StepId step;
    int attempt = 1;
    QString text;
    QString sha256;
    Phase phase = Phase::Intended;
    QDateTime intendedAt;
    QDateTime startedAt;
    QDateTime endedAt;
    qint64 pid = 0;
    QList<int> signalsSent;
    QList<StopAsked> stops; ///< these signals, and what was asked of the server; oldest first
    QDateTime overranAt; ///< when the runbook's timeout passed; invalid: it did not
    std::optional<ServerChecked> server; ///< the last answer; once it has ended, one since then
    QDateTime serverCheckedAt;
    QList<qint64> transactions; ///< seen in its sessions on the server, oldest first
    bool wasOnServer = false; ///< a session of it was seen there
    QString sessionOptions; ///< PGOPTIONS that were added; empty: none
    std::optional<CommandEnded> end; ///< with phase Ended
    qint64 endSeq = 0; ///< number of the event of its end
    std::optional<CommandResolved> resolution;
    std::optional<OutputCompared> comparison; ///< with the runbook's expectation
    std::optional<OutputRecognised> recognised; ///< what a migration tool said
    QMap<QString, QString> answers; ///< what was filled in, but for secrets
    QStringList secretAnswers; ///< their names
    QStringList unmasked; ///< names of secrets that its log may hold
    Person by;
    bool unattended = false;

    bool operator==(const Execution &) const = default;
    [[nodiscard]] bool isOpen() const { return phase != Phase::Ended; }
    /// Nobody can say how it ended, or the server still works on it, and nobody has settled it yet.
    [[nodiscard]] bool isUnresolved() const;
    /// The command has ended and the server still works on what it sent.
    [[nodiscard]] bool worksOnServer() const;
    /// The command says that it succeeded, and the server that a part of its work is not done.
    [[nodiscard]] bool isDeniedByServer() const;
    [[nodiscard]] bool wasAsked(StopRung rung) const;
    /// The outcome that counts: a person's resolution, else what the server confirmed, else the
    /// recorded one.
    [[nodiscard]] std::optional<ExecutionOutcome> outcome() const;
};

struct Gate
{
    GateDecided decision;
    Person by;
    QDateTime at;
    bool operator==(const Gate &) const = default;
};

struct RollbackDeclaration
{
    RollbackDeclared declared;
    Person by;
    bool unattended = false;
    QDateTime at;
    bool operator==(const RollbackDeclaration &) const = default;
};

/// The time a step asks for, as it was last started.
struct Wait
{
    QDateTime startedAt;
    qint64 seconds = 0;
    bool operator==(const Wait &) const = default;
    [[nodiscard]] QDateTime endsAt() const { return startedAt.addSecs(seconds); }
};

/// How far the commands of a phase were carried out one after the other.
struct PhaseRun
{
    /// Why no more are started. None: they are, or the window was closed meanwhile.
    std::optional<PhaseStopped> stop;
    /// Attempts that it stopped at and was told to go on from.
    QSet<ExecutionId> seen;
    bool operator==(const PhaseRun &) const = default;
};

/// The runbook was replaced by a changed one.
struct Amendment
{
    RunbookAmended amended;
    std::shared_ptr<const Runbook> before; ///< in force until then
    QList<StepId> withdrawn; ///< steps of it that were signed and are so no longer
    Person by;
    bool unattended = false;
    QDateTime at;
    qint64 seq = 0;
};

enum class RunStatus
{
    NotCreated,
    InProgress,
    Completed,
    RolledBack,
    Aborted
};

/// A fold over the journal; nothing else changes it.
struct RunState
{
    RunId id;
    RunStatus status = RunStatus::NotCreated;
    RunCreated created;
    QDateTime createdAt;
    QDateTime endedAt;
    Environment environment;
    /// Parsed from the source in run.created or the last runbook.amended. Shared by every copy of
    /// the state, because states are passed around by value and a runbook never changes.
    std::shared_ptr<const Runbook> runbook;
    std::optional<RunbookApproved> approval;
    Person approvedBy;
    bool approvedUnattended = false; ///< no person looked at the commands
    QHash<StepId, QList<SignOff>> signOffs; ///< valid ones; withdrawn ones only in the journal
    QList<Execution> executions; ///< in the order they were intended
    QMap<QString, ShellVariable> variables;
    QMap<QString, ExecutionId> variableOrigins;
    QString workingDirectory; ///< empty: the runner's default
    /// What people filled in during the run, but for secrets, by variableNameOf() what was asked.
    QMap<QString, QString> answers;
    QHash<StepId, Wait> waits;
    QHash<StepId, QMap<int, HttpChecked>> httpAnswers; ///< the last of each check
    QHash<PhaseId, PhaseRun> phaseRuns;
    QList<Gate> gates;
    QList<RollbackDeclaration> rollbacks;
    QList<TargetChecked> targetChecks;
    QList<Amendment> amendments;
    qint64 lastSeq = 0;
    QString head; ///< hash of the last event

    [[nodiscard]] StepStatus stepStatus(const StepId &step) const;
    [[nodiscard]] bool isSigned(const StepId &step) const;
    [[nodiscard]] const Execution *execution(const ExecutionId &wanted) const;
    [[nodiscard]] const Execution *lastExecution(const CommandId &command) const;
    [[nodiscard]] const Execution *lastExecution(const StepId &step) const;
    [[nodiscard]] QList<ExecutionId> openExecutions() const;
    [[nodiscard]] bool hasRollback(const PhaseId &scenario) const;
    /// Of the runbook in force.
    [[nodiscard]] QString runbookSha256() const;
    /// In force when that event happened: what its ids belong to.
    [[nodiscard]] const Runbook *runbookAt(qint64 seq) const;
    /// Of an execution: also when an amendment took it out of the runbook.
    [[nodiscard]] const Step *stepOf(const Execution &execution) const;
    [[nodiscard]] const Phase *phaseOf(const Execution &execution) const;
    [[nodiscard]] const Command *commandOf(const Execution &execution) const;
    /// Of its command, as the window has it.
    [[nodiscard]] QString titleOf(const Execution &execution) const;

    struct Progress
    {
        int closed = 0;
        int total = 0;
        bool operator==(const Progress &) const = default;
        [[nodiscard]] bool isComplete() const { return closed == total; }
    };
    /// Signable steps of a phase, or of the phases that count for the run (not rollback, not
    /// reference) when no phase is given.
    [[nodiscard]] Progress progress(const PhaseId &phase) const;
    [[nodiscard]] Progress progress() const;
    /// Where to go on: the first signable step that is not signed, in source order, outside
    /// rollback and reference sections; empty when there is none.
    [[nodiscard]] StepId firstOpenStep() const;
};

/// Next state. Pure; the only way a RunState changes. Any event is accepted: what may happen is
/// decided before it is stored, replay never argues with the journal.
[[nodiscard]] RunState apply(RunState state, const RunEvent &event);
[[nodiscard]] RunState replay(const QList<RunEvent> &events);

/// One line per run, for lists.
struct RunSummary
{
    RunId id;
    qint64 number = 0; ///< "run 14": counts from 1 in this store
    QString runbookTitle;
    QString environmentName;
    QString environmentColour; ///< "red", "amber", "teal"
    RunMode mode = RunMode::Rehearsal;
    RunStatus status = RunStatus::InProgress;
    QDateTime createdAt;
    QDateTime endedAt; ///< invalid while in progress
    int closedSteps = 0;
    int totalSteps = 0;
    int openExecutions = 0; ///< as the journal knows; recovery may find that they ended
    QStringList signedBy; ///< names, in order of their first sign-off

    bool operator==(const RunSummary &) const = default;
};

[[nodiscard]] RunSummary summarize(const RunState &state, qint64 number);

} // namespace runsheet
