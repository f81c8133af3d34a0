// SPDX-License-Identifier: Apache-2.0
#include "unattended.h"

#include "base/text.h"
#include "run/phaseplan.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

const QString kSigner = u"unattended (no person)"_s;

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

void UnattendedRun::setExaminer(std::function<bool(const ExecutionId &)> isExamined)
{
    m_isExamined = std::move(isExamined);
}

void UnattendedRun::look()
{
    if (m_busy)
        advance();
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
    else if (const auto *said = std::get_if<OutputRecognised>(&event.body))
        onRecognised(*said);
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
    m_busy = false;
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
    const PhaseContext context{.processVariables = m_controller.knownVariables(),
                               .now = m_controller.now(),
                               .attended = false,
                               .isExamined = m_isExamined};
    const std::optional<PhaseMove> move = nextMove(m_controller.state(), step, context);
    if (!move || move->stop.halt == PhaseHalt::SignOff) {
        sign(step);
        return;
    }
    switch (move->kind) {
    case PhaseMove::Kind::Run:
        m_out << "    $ " << m_controller.runbook().command(move->command)->title() << " … "
              << Qt::flush;
        m_controller.runCommand(move->command);
        return;
    case PhaseMove::Kind::Busy: // its output is being compared or searched
        m_busy = true;
        return;
    case PhaseMove::Kind::Stop:
        giveUp(move->stop.halt == PhaseHalt::Failed ? move->stop.text
                                                    : move->stop.text
                       + u" Nobody is there to do that: carry the run out in the "
                         "window."_s);
        return;
    }
}

void UnattendedRun::onCommandEnded(const CommandEnded &end)
{
    const Execution *execution = m_controller.state().execution(end.execution);
    m_out << endingOf(*execution) << ", "
          << formatDuration(std::chrono::milliseconds(end.durationMicros / 1000)) << Qt::endl;
    advance();
}

void UnattendedRun::onCompared(const OutputCompared &compared)
{
    m_out << "      " << compared.finding << Qt::endl;
    advance();
}

/// Said, and in the report; the exit code is what counts.
void UnattendedRun::onRecognised(const OutputRecognised &recognised)
{
    if (!recognised.contradiction.isEmpty())
        m_out << "      " << recognised.contradiction << Qt::endl;
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
