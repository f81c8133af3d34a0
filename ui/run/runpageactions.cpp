// SPDX-License-Identifier: Apache-2.0
// What the window's actions do on the run page.
#include "charts/durationchart.h"
#include "charts/durationpane.h"
#include "checklist/checklistpane.h"
#include "checklist/phaserail.h"
#include "database/databasepane.h"
#include "run/environmentband.h"
#include "run/phaseruncontrol.h"
#include "run/rules.h"
#include "run/rundialogs.h"
#include "run/runpage.h"
#include "run/sidepane.h"
#include "run/stoprules.h"
#include "widgets/messagebar.h"

#include <QApplication>

#include <algorithm>

namespace runsheet
{

void RunPage::moveStep(int distance)
{
    m_checklist->moveCurrent(distance);
}

void RunPage::signOffStep()
{
    m_checklist->focusSignOff();
}

/// Of the current step: the first that could run and has not succeeded yet.
void RunPage::runNextCommand()
{
    const RunState &state = m_controller.state();
    const Step *step = m_controller.runbook().step(m_checklist->currentStep());
    if (step == nullptr)
        return;
    const QString chosen = rules::chosenOption(state, *step);
    const auto next = std::ranges::find_if(step->commands, [&](const Command &command) {
        const Execution *last = state.lastExecution(command.id);
        const bool givenUp =
            !chosen.isEmpty() && !command.choice.isEmpty() && command.choice != chosen;
        return !givenUp
            && (last == nullptr
                || (!last->isOpen() && last->outcome() != ExecutionOutcome::Succeeded));
    });
    if (next == step->commands.end())
        return;
    if (!next->choice.isEmpty() && chosen.isEmpty())
        refuse(tr("Choose one of %1 with its own Run button.")
                   .arg(rules::optionsOf(*step).join(tr(" and "))));
    else
        m_dialogs->run(next->id);
}

void RunPage::runPhase()
{
    m_phaseRun->runByKey();
}

void RunPage::pausePhase()
{
    m_phaseRun->pause();
}

/// Of the current step, else of the run: the last execution that fits.
const Execution *RunPage::lastThat(bool (*fits)(const Execution &)) const
{
    const QList<Execution> &executions = m_controller.state().executions;
    const StepId here = m_checklist->currentStep();
    const auto last = [&](const auto &wanted) {
        const auto it = std::find_if(executions.rbegin(), executions.rend(), wanted);
        return it == executions.rend() ? nullptr : &*it;
    };
    const Execution *found =
        last([&](const Execution &one) { return one.step == here && fits(one); });
    return found != nullptr ? found : last(fits);
}

void RunPage::showStepOf(const Execution &execution)
{
    const Phase *phase = m_controller.runbook().phaseOf(execution.step);
    if (phase != nullptr && execution.step != m_checklist->currentStep())
        showPlace(phase->id, execution.step);
}

void RunPage::stopCommand()
{
    const Execution *execution =
        lastThat([](const Execution &one) { return one.isOpen() || one.worksOnServer(); });
    if (execution == nullptr)
        return refuse(tr("No command is running."));
    const RunState &state = m_controller.state();
    const Result<void> may = rules::mayStop(state, execution->id, StopRung::Interrupt);
    if (!may && !rules::nextRung(state, execution->id))
        return refuse(may.error().message);
    m_dialogs->stop(execution->id);
}

void RunPage::checkServer()
{
    const Execution *execution = lastThat([](const Execution &) { return true; });
    if (execution == nullptr)
        return refuse(tr("No command has run."));
    if (const auto may = rules::mayCheckServer(m_controller.state(), execution->id); !may)
        return refuse(may.error().message);
    showStepOf(*execution); // that is where the answer stands
    m_dialogs->checkServer(execution->id);
}

void RunPage::settleOutcome()
{
    const Execution *execution = lastThat([](const Execution &one) { return one.isUnresolved(); });
    if (execution == nullptr)
        return refuse(tr("No command's outcome is in doubt."));
    m_dialogs->settle(execution->id);
}

void RunPage::addNote()
{
    m_dialogs->addNote(m_checklist->currentStep());
}

void RunPage::rollBack()
{
    m_dialogs->rollBack(m_checklist->phase());
}

void RunPage::completeRun()
{
    m_dialogs->complete();
}

void RunPage::abortRun()
{
    m_dialogs->abort();
}

void RunPage::showFindings()
{
    m_dialogs->showFindings();
}

void RunPage::findInReference()
{
    m_side->findInReference();
}

void RunPage::findInLog()
{
    m_side->findInLog();
}

void RunPage::focusNextPane()
{
    QWidget *focus = QApplication::focusWidget();
    if (focus != nullptr && (focus == m_rail || m_rail->isAncestorOf(focus)))
        m_checklist->focusSteps();
    else if (focus != nullptr && m_checklist->isAncestorOf(focus))
        m_side->focusCurrent();
    else if (focus != nullptr && m_side->isAncestorOf(focus) && !m_durations->isFolded())
        m_durations->findChild<DurationChart *>()->setFocus(Qt::ShortcutFocusReason);
    else
        m_rail->setFocus(Qt::ShortcutFocusReason);
}

void RunPage::setMonitorStatus(const MonitorStatus &status)
{
    m_durations->setStatus(status);
    m_side->database().setStatus(status);
    m_band->showMonitor(status);
}

void RunPage::setServerIdentity(const ServerIdentity &identity)
{
    m_band->showIdentity(identity, m_controller.now());
}

void RunPage::setDatabaseSnapshot(const DatabaseSnapshot &snapshot)
{
    m_side->database().setSnapshot(snapshot);
}

void RunPage::addSamples(const QList<ProbeSample> &samples)
{
    m_durations->addSamples(samples);
}

void RunPage::loadSamples(const QList<ProbeSample> &samples)
{
    m_durations->loadFrom(samples);
}

} // namespace runsheet
