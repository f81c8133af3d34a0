// SPDX-License-Identifier: Apache-2.0
#include "run/phaseruncontrol.h"

#include "checklist/checklistpane.h"
#include "checklist/phaserunstrip.h"
#include "models/phaserunview.h"
#include "run/rundialogs.h"
#include "run/waitwatch.h"

namespace runsheet
{

namespace
{

/// Nothing to start: the person has to work on the step itself.
bool isForTheStep(PhaseHalt halt)
{
    return halt == PhaseHalt::SignOff || halt == PhaseHalt::Wait || halt == PhaseHalt::Choice
        || halt == PhaseHalt::Refused || halt == PhaseHalt::Typing;
}

/// To go on over what went wrong. A key pressed once more must not decide that.
bool isDecision(PhaseHalt halt)
{
    return halt == PhaseHalt::Failed || halt == PhaseHalt::Differs
        || halt == PhaseHalt::Contradicts;
}

} // namespace

PhaseRunControl::PhaseRunControl(RunController &controller, RunDialogs &dialogs,
                                 ChecklistPane &checklist, QWidget &window)
    : QObject(&window)
    , m_controller(controller)
    , m_dialogs(dialogs)
    , m_checklist(checklist)
    , m_window(window)
    , m_runner(controller)
{
    ChecklistIntents &intents = checklist.intents();
    connect(&intents, &ChecklistIntents::phaseRunWanted, this, &PhaseRunControl::run);
    connect(&intents, &ChecklistIntents::phasePauseWanted, this, &PhaseRunControl::pause);
    connect(&m_runner, &PhaseRunner::changed, this, &PhaseRunControl::refresh);
    connect(&m_runner, &PhaseRunner::stopped, this, &PhaseRunControl::onStopped);
    connect(&controller, &RunController::stateChanged, this, &PhaseRunControl::onStateChanged);
}

void PhaseRunControl::run()
{
    const PhaseId phase = m_checklist.phase();
    if (!m_controller.hasRun() || m_runner.phase() == phase)
        return;
    const Phase *shown = m_controller.runbook().phase(phase);
    if (shown == nullptr || shown->commandCount() == 0)
        return;
    if (!m_controller.state().approval) {
        m_dialogs.approve([this, phase] {
            if (m_checklist.phase() == phase)
                run();
        });
        return;
    }
    const PhaseMove next = m_runner.next(phase);
    const PhaseHalt halt = next.stop.halt;
    const bool stops = next.kind == PhaseMove::Kind::Stop;
    const auto last = m_runner.lastStop(phase);
    if (stops && isForTheStep(halt) && last && last->halt == halt && last->step == next.stop.step)
        m_checklist.setCurrentStep(next.stop.step);
    else if (stops && (halt == PhaseHalt::Answer || halt == PhaseHalt::Confirmation))
        m_dialogs.askFor(next.command, [this, phase, command = next.command](const auto &answers) {
            m_runner.start(phase, command, answers);
        });
    else
        m_runner.start(phase);
}

void PhaseRunControl::runByKey()
{
    const PhaseId phase = m_checklist.phase();
    const PhaseMove next = m_controller.hasRun() && m_controller.runbook().phase(phase) != nullptr
        ? m_runner.next(phase)
        : PhaseMove();
    if (m_runner.wasStarted(phase) && next.kind == PhaseMove::Kind::Stop
        && isDecision(next.stop.halt))
        m_checklist.phaseRun().focusGoOn();
    else
        run();
}

void PhaseRunControl::refresh()
{
    const PhaseId phase = m_checklist.phase();
    if (!m_controller.hasRun() || m_controller.runbook().phase(phase) == nullptr)
        return;
    m_checklist.showPhaseRun(phaseRunView(m_controller.state(),
                                          {.phase = phase,
                                           .running = m_runner.phase() == phase,
                                           .started = m_runner.wasStarted(phase),
                                           .lastStop = m_runner.lastStop(phase),
                                           .next = m_runner.next(phase)}));
}

void PhaseRunControl::onStopped(const PhaseStopped &stop)
{
    refresh();
    if (stop.halt == PhaseHalt::Paused)
        return;
    if (stop.phase == m_checklist.phase() && !stop.step.isEmpty())
        m_checklist.setCurrentStep(stop.step);
    showDesktopNotice(m_window,
                      stop.halt == PhaseHalt::Finished ? tr("The phase has run")
                                                       : tr("The phase waits for you"),
                      stop.text);
}

/// The eye follows what runs.
void PhaseRunControl::onStateChanged(const RunEvent &event)
{
    const auto *intended = std::get_if<CommandIntended>(&event.body);
    const Step *step =
        intended == nullptr ? nullptr : m_controller.runbook().stepOf(intended->command);
    if (step != nullptr && m_runner.phase() == m_checklist.phase())
        m_checklist.setCurrentStep(step->id);
}

} // namespace runsheet
