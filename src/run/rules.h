// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "run/state.h"

/// What may happen now. Pure functions of the state; the Error's message is shown beside the
/// control that is disabled. Nothing in the window decides whether something is allowed.
namespace runsheet::rules
{

enum class SecondLook
{
    None,
    Asked, ///< the runbook says confirm=true
    Succeeded, ///< in this run, and it is not known to change nothing
    RanOnce, ///< it came as far as to start, and the runbook says once=true
    InDoubt, ///< its last attempt was on the server, and what became of that is not known
    PartlyDone, ///< its last attempt failed, and the server shows that a part of its work stays
    Committed, ///< its last attempt failed, and the server says that its work was committed
    LeftProcess, ///< something its last attempt started was still there when that ended
};

struct SignOffRequest
{
    StepId step;
    SignOffOutcome outcome = SignOffOutcome::Done;
    QString observed;
    QString note;
    QString signedBy; ///< name; the account and host are added by the controller
};

[[nodiscard]] Result<void> mayApprove(const RunState &state);
/// Refused while a command runs, for a runbook with errors, and when a declared rollback scenario
/// is no longer there.
[[nodiscard]] Result<void> mayAmend(const RunState &state, const Runbook &amended,
                                    const QString &reason);
[[nodiscard]] Result<void> mayNote(const RunState &state);
[[nodiscard]] Result<void> maySign(const RunState &state, const SignOffRequest &request);
[[nodiscard]] Result<void> mayReopen(const RunState &state, const StepId &step,
                                     const QString &reason);
/// Refused when not approved, the phase is not open, the step's scenario is not declared, another
/// execution of the command runs, an outcome is unresolved, or another option of the step was
/// taken. Whether everything is filled in is asked of prepareCommand().
[[nodiscard]] Result<void> mayRun(const RunState &state, const CommandId &command);
/// The option of the step's alternatives that was taken: the last one that ran. Empty: none yet.
[[nodiscard]] QString chosenOption(const RunState &state, const Step &step);
/// The step's alternatives, in order; empty when it offers no choice.
[[nodiscard]] QStringList optionsOf(const Step &step);
/// Only what the runbook asks to wait for; while it runs it may be started again.
[[nodiscard]] Result<void> mayCheckHttp(const RunState &state, const StepId &step, int check);
[[nodiscard]] Result<void> mayStartWait(const RunState &state, const StepId &step);
/// Why a command is not simply run; the gravest reason there is.
[[nodiscard]] SecondLook secondLook(const RunState &state, const CommandId &command);
/// What the person types first for that reason; empty: nothing.
[[nodiscard]] QString confirmationWord(SecondLook reason);
/// Whether the commands of the phase may be run one after the other.
[[nodiscard]] Result<void> mayCarryOn(const RunState &state, const PhaseId &phase);
/// Refused for names that bash has for itself.
[[nodiscard]] Result<void> maySetVariable(const RunState &state, const QString &name);
[[nodiscard]] Result<void> mayContinue(const RunState &state, const ExecutionId &execution);
[[nodiscard]] Result<void> maySignal(const RunState &state, const ExecutionId &execution);
[[nodiscard]] Result<void> mayDeclareRollback(const RunState &state, const PhaseId &scenario,
                                              const QString &reason);
/// Whether the gate before the phase is open: every required step of the phases before it is
/// closed, or somebody decided go with a reason.
[[nodiscard]] Result<void> phaseIsOpen(const RunState &state, const PhaseId &phase);
[[nodiscard]] Result<void> mayDecideGate(const RunState &state, const GateDecided &decision);
[[nodiscard]] Result<void> mayComplete(const RunState &state);
[[nodiscard]] Result<void> mayAbort(const RunState &state, const QString &reason);
/// Only an unknown outcome can be settled, to a known one, with evidence.
[[nodiscard]] Result<void> mayResolve(const RunState &state, const ExecutionId &execution,
                                      ExecutionOutcome outcome, const QString &evidence);

} // namespace runsheet::rules
