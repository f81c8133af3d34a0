// SPDX-License-Identifier: Apache-2.0
#include "run/runpage.h"

#include "base/text.h"
#include "charts/durationchart.h"
#include "charts/durationpane.h"
#include "checklist/checklistpane.h"
#include "checklist/phaserail.h"
#include "database/databasepane.h"
#include "run/changedfilestrip.h"
#include "run/environmentband.h"
#include "run/notices.h"
#include "run/outputwatch.h"
#include "run/panes.h"
#include "run/phaseruncontrol.h"
#include "run/rundialogs.h"
#include "run/sidepane.h"
#include "run/waitwatch.h"
#include "settings.h"
#include "widgets/messagebar.h"
#include "widgets/noticearea.h"

#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

constexpr qint64 kDueSeconds = 60; // due times are said to the minute

StepId nextOpenStep(const RunState &state, const StepId &after)
{
    const Phase *phase = state.runbook->phaseOf(after);
    if (phase == nullptr)
        return {};
    const auto isOpen = [&](const Step &step) {
        return step.isSignable() && !state.isSigned(step.id);
    };
    const auto here = std::ranges::find(phase->steps, after, &Step::id);
    const auto next = std::find_if(here, phase->steps.end(), isOpen);
    return next == phase->steps.end() ? StepId() : next->id;
}

/// Something that was asked for here; the rest comes from commands and from the server by itself.
bool isByPerson(const EventBody &body)
{
    // A signal that is recorded may not have reached the command, and that is to be read.
    return !std::holds_alternative<CommandSignalled>(body)
        && !std::holds_alternative<CommandStarted>(body)
        && !std::holds_alternative<CommandEnded>(body)
        && !std::holds_alternative<VariablesCaptured>(body)
        && !std::holds_alternative<OutputCompared>(body)
        && !std::holds_alternative<OutputRecognised>(body)
        && !std::holds_alternative<PhaseStopped>(body)
        && !std::holds_alternative<ServerChecked>(body)
        && !std::holds_alternative<CommandOverran>(body)
        && !std::holds_alternative<TargetChecked>(body);
}

} // namespace

RunPage::RunPage(RunController &controller, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_settings(settings)
    , m_dialogs(new RunDialogs(controller, *this))
    , m_band(new EnvironmentBand(this))
    , m_messages(new MessageBar(this))
    , m_changedFile(new ChangedFileStrip(this))
    , m_rail(new PhaseRail(this))
    , m_checklist(new ChecklistPane(this))
    , m_output(new OutputWatch(controller, this))
    , m_side(new SidePane(controller, *m_output, settings, this))
    , m_durations(new DurationPane(this))
    , m_panes(new Panes(m_rail, m_checklist, m_side, m_durations, settings, this))
    , m_waits(new WaitWatch(this))
    , m_phaseRun(new PhaseRunControl(controller, *m_dialogs, *m_checklist, *this))
{
    m_checklist->intents().outputFile = [this](const ExecutionId &execution) {
        return m_controller.outputFile(execution);
    };
    m_checklist->intents().findings = [this](const ExecutionId &execution) {
        return m_output->findings(execution);
    };
    buildLayout();
    connectIntents();
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &RunPage::tick);
}

void RunPage::buildLayout()
{
    auto *messages = new NoticeArea({16, 8, 16, 8}, this);
    messages->add(m_messages);
    messages->add(m_changedFile);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addWidget(messages);
    column->addWidget(m_panes, 1);
}

void RunPage::connectIntents()
{
    ChecklistIntents &intents = m_checklist->intents();
    connect(&intents, &ChecklistIntents::runWanted, m_dialogs, &RunDialogs::run);
    connect(&intents, &ChecklistIntents::stopWanted, m_dialogs, &RunDialogs::stop);
    connect(&intents, &ChecklistIntents::continueWanted, &m_controller,
            &RunController::continueExecution);
    connect(&intents, &ChecklistIntents::serverCheckWanted, m_dialogs, &RunDialogs::checkServer);
    connect(m_side, &SidePane::stopWanted, m_dialogs, &RunDialogs::stop);
    connect(&intents, &ChecklistIntents::settleWanted, m_dialogs, &RunDialogs::settle);
    connect(&intents, &ChecklistIntents::reopenWanted, m_dialogs, &RunDialogs::reopen);
    connect(&intents, &ChecklistIntents::gateWanted, m_dialogs, &RunDialogs::openGate);
    connect(&intents, &ChecklistIntents::rollbackWanted, m_dialogs, &RunDialogs::rollBack);
    connect(&intents, &ChecklistIntents::completeWanted, m_dialogs, &RunDialogs::complete);
    connect(&intents, &ChecklistIntents::waitWanted, &m_controller, &RunController::startWait);
    connect(&intents, &ChecklistIntents::httpCheckWanted, this, &RunPage::httpCheckWanted);
    connect(m_waits, &WaitWatch::waitEnded, this, &RunPage::tellWaitEnded);
    connect(&intents, &ChecklistIntents::exportWanted, this, &RunPage::exportWanted);
    connect(&intents, &ChecklistIntents::signWanted, this, &RunPage::sign);
    connect(&intents, &ChecklistIntents::logWanted, m_side, &SidePane::showExecution);
    connect(&intents, &ChecklistIntents::phaseChosen, this, &RunPage::choosePhase);
    connect(&intents, &ChecklistIntents::referenceWanted, m_side, &SidePane::showReference);
    connect(m_output, &OutputWatch::changed, this, &RunPage::refreshChecklist);
    connect(m_dialogs, &RunDialogs::nothingToAsk, this, &RunPage::refuse);
    connect(m_changedFile, &ChangedFileStrip::differenceWanted, this,
            [this] { m_dialogs->showDifference(m_fileNow); });
    connect(m_changedFile, &ChangedFileStrip::amendWanted, this,
            [this] { m_dialogs->amend(m_fileNow); });
    connect(m_side, &SidePane::checklistWanted, m_checklist, &ChecklistPane::focusSteps);
    connect(m_checklist, &ChecklistPane::currentStepChanged, this, &RunPage::rememberPlace);
    connect(m_rail, &PhaseRail::phaseChosen, this, &RunPage::choosePhase);
    connect(m_band, &EnvironmentBand::rollBackWanted, this, &RunPage::rollBack);
    connect(m_durations, &DurationPane::retryRequested, this, &RunPage::monitorRetryWanted);
    connect(m_durations, &DurationPane::foldedChanged, m_panes, &Panes::setChartFolded);
    m_panes->setChartFolded(m_durations->isFolded());
    connect(&m_side->database(), &DatabasePane::retryRequested, this, &RunPage::monitorRetryWanted);
    connect(m_durations, &DurationPane::passwordRequested, this, &RunPage::passwordWanted);
    connect(&m_side->database(), &DatabasePane::passwordRequested, this, &RunPage::passwordWanted);
    connect(&m_controller, &RunController::stateChanged, this, &RunPage::take);
    connect(&m_controller, &RunController::failed, this, &RunPage::showFailure);
    connect(&m_controller, &RunController::runClosed, m_messages, &MessageBar::clear);
    connect(&m_controller, &RunController::runClosed, this,
            [this] { setChangedFile(std::nullopt); });
    connect(&m_controller, &RunController::runClosed, &m_checklist->messages(), &MessageBar::clear);
}

void RunPage::showRun(qint64 number)
{
    m_durations->clear();
    setNumber(number);
    m_side->showRun();
    choosePlace();
    refreshBands();
    m_second.start();
    tick();
    m_checklist->focusSteps();
}

void RunPage::setNumber(qint64 number)
{
    m_number = number;
    if (!m_controller.hasRun())
        return;
    m_band->showRun(m_controller.state(), number);
    const QList<TargetChecked> &checks = m_controller.state().targetChecks;
    m_band->showDue(DueTimes::mostUrgent(m_controller.state()), m_controller.now());
    if (!checks.isEmpty())
        m_band->showIdentity(ServerIdentity::fromJson(checks.last().identity), m_controller.now());
}

/// Where somebody was when the run was last open, else where to go on.
void RunPage::choosePlace()
{
    const RunState &state = m_controller.state();
    Settings::Place place = m_settings.place(state.id);
    if (state.runbook->phase(place.phase) == nullptr) {
        place.step = state.firstOpenStep();
        const Phase *phase = state.runbook->phaseOf(place.step);
        if (phase == nullptr && !state.runbook->phases.isEmpty())
            phase = &state.runbook->phases.first();
        place.phase = phase == nullptr ? PhaseId() : phase->id;
    }
    m_rail->refresh(state, m_controller.now());
    showPlace(place.phase, place.step);
}

void RunPage::choosePhase(const PhaseId &phase)
{
    showPlace(phase, {});
}

void RunPage::showPlace(const PhaseId &phase, const StepId &step)
{
    m_rail->choose(phase);
    m_checklist->showPhase(
        ChecklistView::of(m_controller.state(), m_controller.now(), m_controller.person().name),
        phase, step);
    m_phaseRun->refresh();
}

void RunPage::rememberPlace()
{
    m_settings.setPlace(m_controller.state().id,
                        {.phase = m_checklist->phase(), .step = m_checklist->currentStep()});
}

void RunPage::take(const RunEvent &event)
{
    MessageBar &messages = m_checklist->messages();
    if (isByPerson(event.body))
        messages.clear(); // what failed before works again
    if (const auto *ended = std::get_if<CommandEnded>(&event.body)) {
        const RunState &state = m_controller.state();
        const Execution &execution = *state.execution(ended->execution);
        for (const Error &untrue :
             {outOfReach(state, execution), notRecorded(state, execution, {})})
            messages.withdraw(untrue.message);
    }
    m_side->take(event);
    if (std::holds_alternative<RunbookAmended>(event.body)) {
        setChangedFile(std::nullopt);
        choosePlace(); // every card is of the old runbook
    }
    refresh();
    if (const auto *signedStep = std::get_if<StepSigned>(&event.body))
        afterSignOff(*signedStep);
    if (const auto *declared = std::get_if<RollbackDeclared>(&event.body))
        choosePhase(declared->scenario);
    if (std::holds_alternative<CommandStarted>(event.body)
        || std::holds_alternative<CommandEnded>(event.body))
        refreshBands();
    if (std::holds_alternative<RunCompleted>(event.body)
        || std::holds_alternative<RunAborted>(event.body)
        || std::holds_alternative<TargetChecked>(event.body)
        || std::holds_alternative<RunbookAmended>(event.body))
        setNumber(m_number);
    if (m_controller.state().status != RunStatus::InProgress)
        setChangedFile(std::nullopt);
}

void RunPage::sign(const rules::SignOffRequest &request)
{
    m_controller.signStep(request);
    Q_EMIT savingChanged();
}

/// The next open step of the phase comes into focus, so that a row of checks is a row of Enter
/// keys.
void RunPage::afterSignOff(const StepSigned &event)
{
    const RunState &state = m_controller.state();
    if (event.step != m_checklist->currentStep() || !state.isSigned(event.step))
        return;
    const StepId next = nextOpenStep(state, event.step);
    m_checklist->focusSteps();
    if (!next.isEmpty())
        m_checklist->setCurrentStep(next);
}

void RunPage::refresh()
{
    refreshDue();
    refreshChecklist();
    m_phaseRun->refresh();
}

void RunPage::refreshChecklist()
{
    m_checklist->refresh(
        ChecklistView::of(m_controller.state(), m_controller.now(), m_controller.person().name));
}

/// What is due follows the clock, not only the run.
void RunPage::refreshDue()
{
    m_dueShown = m_controller.now();
    m_rail->refresh(m_controller.state(), m_dueShown);
    m_band->showDue(DueTimes::mostUrgent(m_controller.state()), m_dueShown);
}

void RunPage::refreshBands()
{
    QList<ChartBand> bands;
    for (const Execution &execution : m_controller.state().executions) {
        const Command *command = m_controller.state().commandOf(execution);
        if (!execution.startedAt.isValid() || command == nullptr)
            continue;
        bands.append({.label = command->title(),
                      .startMs = execution.startedAt.toMSecsSinceEpoch(),
                      .endMs = execution.isOpen() ? 0 : execution.endedAt.toMSecsSinceEpoch()});
    }
    m_durations->setBands(bands);
}

void RunPage::tick()
{
    if (!m_controller.hasRun()) {
        m_second.stop();
        return;
    }
    const QDateTime now = m_controller.now();
    m_band->tick(now);
    m_checklist->tick(now);
    m_side->showStates(); // a command may linger by now
    m_waits->tick(m_controller.state(), now);
    m_phaseRun->refresh(); // a time to wait may be over
    if (now.toSecsSinceEpoch() / kDueSeconds != m_dueShown.toSecsSinceEpoch() / kDueSeconds)
        refreshDue();
    Q_EMIT savingChanged();
}

void RunPage::tellWaitEnded(const StepId &id, const Wait &wait)
{
    const Step *step = m_controller.runbook().step(id);
    const QString title = tr("%1 are over").arg(formatSpan(std::chrono::seconds(wait.seconds)));
    const QString text = step == nullptr ? id.value : step->title;
    m_messages->showMessage(Tone::Running, u"%1: %2"_s.arg(title, text));
    showDesktopNotice(*this, title, text);
}

void RunPage::showFailure(const Error &error)
{
    if (!m_controller.hasRun())
        return;
    m_checklist->stopSaving();
    m_checklist->messages().showError(error);
}

void RunPage::refuse(const QString &reason)
{
    m_checklist->messages().showMessage(Tone::Warning, reason);
}

void RunPage::setChangedFile(const std::optional<QByteArray> &source)
{
    m_fileNow = source.value_or(QByteArray());
    m_changedFile->setChanged(source && m_controller.state().status == RunStatus::InProgress);
}

void RunPage::saveLayout()
{
    m_panes->save();
}

bool RunPage::isNarrow() const
{
    return m_panes->isNarrow();
}

} // namespace runsheet
