// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "base/person.h"
#include "base/result.h"
#include "environment/serverbackend.h"
#include "run/phaseevents.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMap>
#include <QString>

#include <variant>

namespace runsheet
{

enum class RunMode
{
    Rehearsal,
    Live
};

/// A person's statement about a step.
enum class SignOffOutcome
{
    Done,
    DoneWithDeviation,
    Skipped,
    NotApplicable,
    Failed
};

/// How one execution ended; kept apart to the last page of the report.
enum class ExecutionOutcome
{
    Succeeded, ///< exit 0
    Failed, ///< exit n
    Signalled,
    Cancelled, ///< confirmed by the server
    CouldNotStart,
    TimedOut, ///< still running
    Unknown, ///< blocks the run until a person resolves it
};

/// One way to stop a command, each harder than the one before.
enum class StopRung
{
    Interrupt, ///< SIGINT to the command's process group
    CancelBackend, ///< pg_cancel_backend for its sessions
    Terminate, ///< SIGTERM
    TerminateBackend, ///< pg_terminate_backend
    Kill, ///< SIGKILL
};

/// What the server shows of a command's work.
enum class ServerVerdict
{
    None, ///< no session of it is there, and none was seen
    Running, ///< a session of it still works; while it runs also: is connected
    RolledBack,
    Committed,
    LastRolledBack, ///< what it was doing; what it had committed before stays
    NotDone, ///< its work is not there, or not all of it; nobody saw a rollback
    InvalidIndex, ///< gone, and an index that nothing uses is left behind
    PreparedLeft, ///< gone, and a prepared transaction holds its locks
    Unknown,
};

/// A shell variable as one command left it for the next.
struct ShellVariable
{
    QString value; ///< for people; masked when secret
    QString declaration; ///< bash `declare -p` line that restores it; empty when secret
    bool exported = false;

    bool operator==(const ShellVariable &) const = default;
};

// One struct per event type. Every field is stored; times are in the event's header.

struct RunCreated
{
    QString runbookTitle;
    QString runbookFile;
    QString runbookSha256;
    QString runbookSource;
    QString phaseRules; ///< a team's own, as YAML; the runbook is read with them for good
    /// The file's characters that an earlier wrong encoding had damaged were read as they were
    /// meant; the source is the repaired text.
    bool repaired = false;
    QJsonObject environment; ///< Environment::toJson()
    RunMode mode = RunMode::Rehearsal;
    QDateTime windowStart; ///< T0
    QDateTime windowEnd;
    QString change; ///< ticket or change id; may be empty
    QJsonObject versions; ///< runsheet, qt
    bool operator==(const RunCreated &) const = default;
};
/// The exact text of every command was shown and accepted for this content.
struct RunbookApproved
{
    QString runbookSha256;
    int commands = 0;
    QString basis; ///< empty: approved here; else the earlier run in which the same content was
    bool operator==(const RunbookApproved &) const = default;
};
/// The runbook was changed while the run went on. What is unchanged keeps its sign-offs
/// (run/carryover.h); the commands must be approved again.
struct RunbookAmended
{
    QString runbookSha256;
    QString runbookSource;
    QString reason;
    bool operator==(const RunbookAmended &) const = default;
};
struct GateDecided
{
    PhaseId phase; ///< the phase that is opened, or not
    bool go = false;
    QString reason; ///< required when steps before it are open
    bool operator==(const GateDecided &) const = default;
};
struct StepSigned
{
    StepId step;
    SignOffOutcome outcome = SignOffOutcome::Done;
    QString observed; ///< what was seen
    QString note; ///< reason for anything but done
    bool operator==(const StepSigned &) const = default;
};
/// Withdraws every sign-off of the step.
struct StepReopened
{
    StepId step;
    QString reason;
    bool operator==(const StepReopened &) const = default;
};
struct CommandIntended
{
    ExecutionId execution;
    CommandId command;
    int attempt = 1;
    QString text; ///< the exact bytes that will run
    QString sha256; ///< of them
    QString workingDirectory;
    QMap<QString, QString> answers; ///< what a person filled in, by placeholder or variable
    QStringList secretAnswers; ///< names of what was filled in and is kept nowhere
    QString sessionOptions; ///< PGOPTIONS that were added for its sessions; empty: none
    bool operator==(const CommandIntended &) const = default;
};
struct CommandStarted
{
    ExecutionId execution;
    qint64 pid = 0;
    QStringList unmasked; ///< names of secrets that are too short to be masked in its output
    bool operator==(const CommandStarted &) const = default;
};
struct CommandSignalled
{
    ExecutionId execution;
    int signal = 0;
    bool operator==(const CommandSignalled &) const = default;
};
struct CommandEnded
{
    ExecutionId execution;
    ExecutionOutcome outcome = ExecutionOutcome::Unknown;
    int exitCode = -1; ///< with Succeeded and Failed
    int signal = 0; ///< with Signalled
    QString reason; ///< why it could not start or is unknown
    qint64 durationMicros = 0; ///< monotonic
    qint64 outputBytes = 0;
    qint64 outputLines = 0;
    qint64 droppedBytes = 0;
    QString outputSha256;
    QString workingDirectory; ///< where the command left the shell
    bool background = false; ///< a process that it started was still there
    QStringList unmasked; ///< as with its start, of what was typed since then
    bool operator==(const CommandEnded &) const = default;
};
/// The command runs longer than the runbook says. Nothing is done about it: a person decides.
struct CommandOverran
{
    ExecutionId execution;
    qint64 seconds = 0; ///< the runbook's timeout
    bool operator==(const CommandOverran &) const = default;
};
/// The server is about to be asked to stop the command's sessions.
struct BackendSignalled
{
    ExecutionId execution;
    StopRung rung = StopRung::CancelBackend; ///< that one or TerminateBackend
    QList<qint64> pids; ///< as last seen; the server is asked for the command's sessions alone
    bool operator==(const BackendSignalled &) const = default;
};
/// The server was asked what became of a command's work.
struct ServerChecked
{
    ExecutionId execution;
    ServerVerdict verdict = ServerVerdict::Unknown;
    QString finding; ///< in words
    QStringList evidence; ///< what the server showed, line by line
    QString advice; ///< SQL that a person may want to run; empty: none
    QList<ServerBackend> backends; ///< with Running
    QList<qint64> transactions; ///< all that were seen so far in its sessions
    bool operator==(const ServerChecked &) const = default;
};
/// What the command printed, beside what the runbook expects. A difference is a finding, no
/// failure.
struct OutputCompared
{
    ExecutionId execution;
    bool matches = true;
    int differences = 0; ///< lines; 0 and no match: it could not be compared
    QString finding; ///< in words
    bool operator==(const OutputCompared &) const = default;
};
/// A request that the runbook describes was made.
struct HttpChecked
{
    StepId step;
    int check = 0; ///< which of Step::httpChecks
    QString url; ///< as asked, without user name and password
    int status = 0; ///< 0: no answer
    qint64 durationMicros = 0;
    bool matches = false;
    QString finding; ///< in words
    bool operator==(const HttpChecked &) const = default;
};

/// The time that the runbook asks to wait or watch begins, perhaps once more.
struct WaitStarted
{
    StepId step;
    qint64 seconds = 0;
    bool operator==(const WaitStarted &) const = default;
};
/// A person settles an unknown outcome.
struct CommandResolved
{
    ExecutionId execution;
    ExecutionOutcome outcome = ExecutionOutcome::Unknown;
    QString evidence;
    bool operator==(const CommandResolved &) const = default;
};
struct VariablesCaptured
{
    ExecutionId execution; ///< empty: set by hand
    QMap<QString, ShellVariable> variables; ///< those that changed
    QStringList removed;
    bool operator==(const VariablesCaptured &) const = default;
};
struct TargetChecked
{
    QJsonObject identity; ///< ServerIdentity::toJson()
    bool matches = true; ///< against the environment's expectation and earlier checks of the run
    QString finding;
    bool operator==(const TargetChecked &) const = default;
};
struct NoteAdded
{
    QString text;
    StepId step; ///< may be empty
    bool operator==(const NoteAdded &) const = default;
};
struct RollbackDeclared
{
    PhaseId scenario;
    QString reason;
    bool operator==(const RollbackDeclared &) const = default;
};
struct RunCompleted
{
    QString note;
    bool rolledBack = false;
    bool operator==(const RunCompleted &) const = default;
};
struct RunAborted
{
    QString reason;
    bool operator==(const RunAborted &) const = default;
};

using EventBody =
    std::variant<RunCreated, RunbookApproved, GateDecided, StepSigned, StepReopened,
                 CommandIntended, CommandStarted, CommandSignalled, CommandEnded, CommandResolved,
                 VariablesCaptured, TargetChecked, NoteAdded, RollbackDeclared, OutputCompared,
                 WaitStarted, RunCompleted, RunAborted, RunbookAmended, HttpChecked, PhaseStarted,
                 PhaseStopped, OutputRecognised, CommandOverran, BackendSignalled, ServerChecked>;

/// One entry of the journal. The controller fills everything but seq, previous and hash, which the
/// store sets when the event is durable.
struct RunEvent
{
    EventId id;
    RunId run;
    qint64 seq = 0; ///< gap-free from 1
    QDateTime at; ///< UTC
    Person actor;
    bool unattended = false; ///< no person made this event
    EventBody body;
    QString previous; ///< hash of the event before; 64 zeros for the first
    QString hash; ///< SHA-256("runsheet-journal-v1\0" ‖ canonical JSON without this field)

    bool operator==(const RunEvent &) const = default;
};

/// "step.signed" …: the journal's name for the body's type.
[[nodiscard]] QString typeName(const EventBody &body);

/// Everything but the hash, as it is hashed and stored.
[[nodiscard]] QJsonObject toJson(const RunEvent &event);
/// The inverse; `hash` stays empty. Corrupt when a field is missing or of the wrong type.
[[nodiscard]] Result<RunEvent> eventFromJson(const QJsonObject &object);

/// Hash of the event's canonical form, domain-separated.
[[nodiscard]] QString eventHash(const RunEvent &event);
/// `previous` of the first event.
[[nodiscard]] QString firstPreviousHash();

/// What a check of a run's chain found.
struct ChainVerdict
{
    bool intact = true;
    qint64 events = 0;
    QString head; ///< hash of the last event
    qint64 firstBadSeq = 0; ///< 0 when intact
    QString finding; ///< what does not fit there

    bool operator==(const ChainVerdict &) const = default;
};

/// Recomputes every hash, link and sequence number. The events must be those of one run, in order.
[[nodiscard]] ChainVerdict verifyChain(const QList<RunEvent> &events);

// Words of the enumerations as stored ("done-with-deviation"); parsing answers nullopt for others.
[[nodiscard]] QString toWord(RunMode mode);
[[nodiscard]] QString toWord(SignOffOutcome outcome);
[[nodiscard]] QString toWord(ExecutionOutcome outcome);
[[nodiscard]] QString toWord(StopRung rung);
[[nodiscard]] QString toWord(ServerVerdict verdict);

} // namespace runsheet
