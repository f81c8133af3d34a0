// SPDX-License-Identifier: Apache-2.0
#include "unattended.h"

#include "base/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

const QString kSigner = u"unattended (no person)"_s;

QString ending(const CommandEnded &end)
{
    if (end.outcome == ExecutionOutcome::Succeeded || end.outcome == ExecutionOutcome::Failed)
        return u"exit %1"_s.arg(end.exitCode);
    if (end.outcome == ExecutionOutcome::Signalled)
        return u"signal %1"_s.arg(end.signal);
    return toWord(end.outcome) + u": "_s + end.reason;
}

/// What only a person can do about the step; empty when there is nothing.
QString needsPerson(const Step &step)
{
    if (rules::optionsOf(step).size() > 1)
        return u"“%1” offers a choice (%2), and nobody is there to make it. Carry the run out in "
               "the window."_s.arg(step.title, rules::optionsOf(step).join(u", "_s));
    for (const Command &command : step.commands) {
        if (command.interactive)
            return u"“%1” asks for typing, and nobody is there to type. Carry the run out in the "
                   "window."_s.arg(command.title());
    }
    return {};
}

/// Its output will be compared with the runbook's expectation, and that comes first.
bool isCompared(const RunState &state, const ExecutionId &id)
{
    const Execution *execution = state.execution(id);
    const Step *step = state.runbook->step(execution->step);
    return std::ranges::find(step->expectations, execution->command, &Expectation::command)
        != step->expectations.end();
}

/// The first command of the step that has not succeeded yet.
const Command *nextCommand(const RunState &state, const Step &step)
{
    for (const Command &command : step.commands) {
        const Execution *last = state.lastExecution(command.id);
        if (last == nullptr || last->outcome() != ExecutionOutcome::Succeeded)
            return &command;
    }
    return nullptr;
}

} // namespace

UnattendedRun::UnattendedRun(RunController &controller, QTextStream &out, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
    , m_out(out)
{
    m_controller.setUnattended(true);
    connect(&m_controller, &RunController::runOpened, this, &UnattendedRun::onOpened);
    connect(&m_controller, &RunController::stateChanged, this, &UnattendedRun::onStateChanged);
    connect(&m_controller, &RunController::failed, this,
            [this](const Error &error) { giveUp(describe(error)); });
}

void UnattendedRun::start(const RunRequest &request)
{
    m_controller.createRun(request);
}

void UnattendedRun::onOpened()
{
    m_out << m_controller.runbook().title << " on " << m_controller.state().environment.name
          << '\n';
    m_controller.approveRunbook();
}

void UnattendedRun::onStateChanged(const RunEvent &event)
{
    if (const auto *ended = std::get_if<CommandEnded>(&event.body))
        onCommandEnded(*ended);
    else if (const auto *compared = std::get_if<OutputCompared>(&event.body))
        onCompared(*compared);
    else if (std::holds_alternative<RunCompleted>(event.body))
        end(true);
    else if (std::holds_alternative<RunAborted>(event.body))
        end(false);
    else if (std::holds_alternative<StepSigned>(event.body)
             || std::holds_alternative<RunbookApproved>(event.body))
        advance();
}

void UnattendedRun::advance()
{
    const StepId next = m_controller.state().firstOpenStep();
    if (next.isEmpty()) {
        m_controller.completeRun(u"Carried out unattended: no person looked at any step."_s);
        return;
    }
    const Phase *phase = m_controller.runbook().phaseOf(next);
    if (phase->id != m_printedPhase) {
        m_printedPhase = phase->id;
        m_out << '\n' << phase->title << '\n';
    }
    work(*m_controller.runbook().step(next));
}

void UnattendedRun::work(const Step &step)
{
    if (const QString needed = needsPerson(step); !needed.isEmpty()) {
        giveUp(needed);
        return;
    }
    if (const Command *command = nextCommand(m_controller.state(), step)) {
        m_out << "    $ " << command->title() << " … " << Qt::flush;
        m_controller.runCommand(command->id);
        return;
    }
    sign(step);
}

void UnattendedRun::onCommandEnded(const CommandEnded &end)
{
    m_out << ending(end) << ", "
          << formatDuration(std::chrono::milliseconds(end.durationMicros / 1000)) << Qt::endl;
    if (end.outcome != ExecutionOutcome::Succeeded)
        giveUp(u"A command did not succeed: %1."_s.arg(ending(end)));
    else if (!isCompared(m_controller.state(), end.execution))
        advance();
}

void UnattendedRun::onCompared(const OutputCompared &compared)
{
    m_out << "      " << compared.finding << Qt::endl;
    advance();
}

void UnattendedRun::sign(const Step &step)
{
    const QString observed = step.commands.isEmpty()
        ? u"not looked at"_s
        : u"%1, each exit 0"_s.arg(countOf(step.commands.size(), u"command"_s));
    m_out << "  signed: " << step.title << " (" << observed << ")" << Qt::endl;
    m_controller.signStep({.step = step.id,
                           .outcome = SignOffOutcome::Done,
                           .observed = observed,
                           .note = u"Signed by the program; no person made this sign-off."_s,
                           .signedBy = kSigner});
}

void UnattendedRun::giveUp(const QString &reason)
{
    if (m_givenUp) { // the abort itself could not be recorded
        end(false);
        return;
    }
    m_givenUp = true;
    m_out << "\nStopped: " << reason << Qt::endl;
    if (m_controller.state().status == RunStatus::InProgress)
        m_controller.abortRun(reason); // answered by run.aborted, which ends this
    else
        end(false);
}

void UnattendedRun::end(bool success)
{
    if (m_ended)
        return;
    m_ended = true;
    Q_EMIT finished(success);
}

} // namespace runsheet
