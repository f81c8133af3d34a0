// SPDX-License-Identifier: Apache-2.0
#include "checklist/checklistpane.h"

#include "checklist/phaserunstrip.h"
#include "checklist/phasestrip.h"
#include "checklist/stepcard.h"
#include "checklist/textblocks.h"
#include "models/wording.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kBuildBudgetMs = 12; // well under a frame that a person would notice
constexpr qsizetype kSurelyScrolls = 100; ///< steps that fit on no screen
constexpr int kGrowth = 4; ///< the column grows by a quarter at a time
constexpr int kStepIndent = 20;
constexpr int kMargin = 20;

StepId firstOpenStep(const RunState &state, const Phase &phase)
{
    const auto open = std::ranges::find_if(phase.steps, [&](const Step &step) {
        return step.isSignable() && !state.isSigned(step.id);
    });
    if (open != phase.steps.end())
        return open->id;
    return phase.steps.isEmpty() ? StepId() : phase.steps.first().id;
}

qsizetype runningIn(const RunState &state, const Phase &phase)
{
    return std::ranges::count_if(phase.steps, [&](const Step &step) {
        return state.stepStatus(step.id) == StepStatus::Running && step.isSignable();
    });
}

} // namespace

ChecklistPane::ChecklistPane(QWidget *parent)
    : QWidget(parent)
    , m_intents(new ChecklistIntents(this))
    , m_messages(new MessageBar(this))
    , m_title(titleLabel({}, this))
    , m_runningChip(chipLabel({}, Tone::Running, this))
    , m_progressText(dimLabel({}, this))
    , m_progress(new QProgressBar(this))
    , m_strip(new PhaseStrip(*m_intents, this))
    , m_phaseRun(new PhaseRunStrip(*m_intents, this))
    , m_scroll(new QScrollArea(this))
{
    buildLayout();
    m_builder.setSingleShot(true);
    m_builder.setInterval(0);
    connect(&m_builder, &QTimer::timeout, this, &ChecklistPane::buildSome);
    m_scroller.setSingleShot(true);
    m_scroller.setInterval(0);
    connect(&m_scroller, &QTimer::timeout, this, &ChecklistPane::scrollToCurrent);
    connect(m_intents, &ChecklistIntents::stepChosen, this, &ChecklistPane::setCurrentStep);
}

void ChecklistPane::buildLayout()
{
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Checklist"));
    m_scroll->viewport()->setAutoFillBackground(false);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(kMargin, 14, kMargin, 0);
    head->setSpacing(10);
    head->addWidget(buildHeader());
    head->addWidget(m_progress);
    head->addWidget(m_messages);
    head->addWidget(m_strip);
    head->addWidget(m_phaseRun);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    setMinimumWidth(fontMetrics().averageCharWidth() * 36);
}

QWidget *ChecklistPane::buildHeader()
{
    m_title->setWordWrap(true);
    m_progressText->setWordWrap(false);
    m_progressText->setMinimumWidth(0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("Signed steps of this phase"));
    auto *header = new QWidget(this);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_title, 1);
    row->addWidget(m_runningChip, 0, Qt::AlignVCenter);
    row->addWidget(m_progressText, 0, Qt::AlignVCenter);
    row->addWidget(m_phaseRun->startButton(), 0, Qt::AlignVCenter);
    return header;
}

const Phase *ChecklistPane::shownPhase() const
{
    return m_view.state.runbook == nullptr ? nullptr : m_view.state.runbook->phase(m_phase);
}

StepCard *ChecklistPane::card(const StepId &step) const
{
    const auto it = std::ranges::find(m_cards, step, &StepCard::step);
    return it == m_cards.end() ? nullptr : *it;
}

void ChecklistPane::showPhase(const ChecklistView &view, const PhaseId &phase, const StepId &step)
{
    m_view = view;
    m_intents->drafts.use(view.state.id);
    m_phase = phase;
    const Phase *shown = shownPhase();
    if (shown == nullptr) {
        clear();
        return;
    }
    const bool known = std::ranges::find(shown->steps, step, &Step::id) != shown->steps.end();
    m_current = known ? step : firstOpenStep(view.state, *shown);
    m_messages->dismissPassing();
    showHeader();
    startBuilding();
    Q_EMIT currentStepChanged(m_current);
}

void ChecklistPane::clear()
{
    m_builder.stop();
    m_cards.clear();
    m_unplaced.clear();
    m_phase = {};
    m_current = {};
    m_panel = nullptr;
    delete m_scroll->takeWidget();
}

void ChecklistPane::showHeader()
{
    const Phase *phase = shownPhase();
    const RunState::Progress progress = m_view.state.progress(m_phase);
    const qsizetype running = runningIn(m_view.state, *phase);
    m_title->setText(phase->title);
    setChip(m_runningChip, running > 0 ? tr("%1 running").arg(running) : QString(), Tone::Running);
    setTextOrHide(m_progressText,
                  progress.total == 0
                      ? QString()
                      : tr("%1 of %2 signed").arg(progress.closed).arg(progress.total));
    m_progress->setVisible(progress.total > 0);
    m_progress->setRange(0, std::max(1, progress.total));
    m_progress->setValue(progress.closed);
    m_strip->refresh(m_view, *phase);
}

void ChecklistPane::startBuilding()
{
    m_cards.clear();
    m_unplaced.clear();
    m_nextStep = 0;
    // Where it is not sure that all fits, the scroll area lays everything out again for each pixel
    // that a scroll bar might take: too much for a long phase.
    m_scroll->setVerticalScrollBarPolicy(shownPhase()->steps.size() > kSurelyScrolls
                                             ? Qt::ScrollBarAlwaysOn
                                             : Qt::ScrollBarAsNeeded);
    m_panel = new ListPanel(tr("Steps"));
    m_panel->setObjectName(u"steps"_s);
    m_column = new QVBoxLayout(m_panel);
    m_column->setContentsMargins(kMargin, 4, kMargin, kMargin);
    m_column->setSpacing(6);
    m_column->addStretch();
    m_scroll->setWidget(m_panel);
    buildSome();
}

void ChecklistPane::buildSome()
{
    const Phase *phase = shownPhase();
    if (phase == nullptr || m_panel == nullptr)
        return;
    QElapsedTimer spent;
    spent.start();
    while (m_nextStep <= phase->steps.size() && spent.elapsed() < kBuildBudgetMs)
        addNextItem();
    const bool complete = m_nextStep > phase->steps.size();
    // Each time the whole column is measured again, so the longer it is, the rarer it grows.
    if (complete || m_unplaced.size() >= m_column->count() / kGrowth)
        placeItems();
    if (!complete)
        m_builder.start();
}

/// The text that stands before step number m_nextStep, and the step; after the last step, the rest.
void ChecklistPane::addNextItem()
{
    const Phase *phase = shownPhase();
    addTextAt(static_cast<int>(m_nextStep));
    if (m_nextStep < phase->steps.size())
        addCard(phase->steps.at(m_nextStep));
    ++m_nextStep;
}

void ChecklistPane::addTextAt(int position)
{
    for (const Phase::Text &text : shownPhase()->text) {
        if (text.position == position)
            m_unplaced.append({textBlockWidget(text.block, m_panel), 0});
    }
}

void ChecklistPane::addCard(const Step &step)
{
    auto *card = new StepCard(step, *m_intents, m_panel);
    card->refresh(m_view, step.id == m_current);
    m_cards.append(card);
    m_unplaced.append({card, step.depth * kStepIndent});
}

void ChecklistPane::placeItems()
{
    m_column->setEnabled(false); // laid out once for all of them, not for each
    for (const Item &item : std::exchange(m_unplaced, {})) {
        auto *row = new QHBoxLayout;
        row->setContentsMargins(item.indent, 0, 0, 0);
        row->addWidget(item.widget);
        m_column->insertLayout(m_column->count() - 1, row);
        item.widget->show(); // at once: a visible layout would wait for the event loop
    }
    m_column->setEnabled(true);
    m_column->activate();
    revealCurrent();
}

void ChecklistPane::refresh(const ChecklistView &view)
{
    m_view = view;
    if (shownPhase() == nullptr)
        return;
    showHeader();
    refreshCards();
}

void ChecklistPane::showPhaseRun(const PhaseRunView &view)
{
    m_phaseRun->showView(view);
}

void ChecklistPane::refreshCards()
{
    for (StepCard *card : std::as_const(m_cards))
        card->refresh(m_view, card->step() == m_current);
}

void ChecklistPane::tick(const QDateTime &now)
{
    m_view.now = now;
    for (StepCard *card : std::as_const(m_cards))
        card->tick(now);
}

void ChecklistPane::setCurrentStep(const StepId &step)
{
    if (step == m_current || shownPhase() == nullptr)
        return;
    StepCard *before = card(m_current);
    m_current = step;
    if (before != nullptr)
        before->refresh(m_view, false);
    if (StepCard *now = card(step))
        now->refresh(m_view, true);
    revealCurrent();
    Q_EMIT currentStepChanged(step);
}

void ChecklistPane::moveCurrent(int distance)
{
    const Phase *phase = shownPhase();
    if (phase == nullptr || phase->steps.isEmpty())
        return;
    const auto it = std::ranges::find(phase->steps, m_current, &Step::id);
    const qsizetype at = it == phase->steps.end() ? 0 : it - phase->steps.begin();
    const qsizetype to = std::clamp<qsizetype>(at + distance, 0, phase->steps.size() - 1);
    focusSteps();
    setCurrentStep(phase->steps.at(to).id);
}

void ChecklistPane::focusSignOff()
{
    if (StepCard *current = card(m_current))
        current->focusSignOff();
    revealCurrent();
}

void ChecklistPane::focusSteps()
{
    m_scroll->setFocus(Qt::ShortcutFocusReason);
}

void ChecklistPane::stopSaving()
{
    for (StepCard *card : std::as_const(m_cards))
        card->stopSaving();
}

/// Layouts settle first, so the scrolling waits for the event loop.
void ChecklistPane::revealCurrent()
{
    m_scroller.start();
}

void ChecklistPane::scrollToCurrent()
{
    const StepCard *current = card(m_current);
    if (current != nullptr && !current->isHidden()) { // or it has no place yet
        m_panel->layout()->activate();
        m_scroll->ensureVisible(0, current->geometry().bottom(), 0, 8);
        m_scroll->ensureVisible(0, current->geometry().top(), 0, 8);
    }
}

void ChecklistPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setMinimumWidth(fontMetrics().averageCharWidth() * 36);
}

} // namespace runsheet
