// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QScrollArea;
class QVBoxLayout;

namespace runsheet
{

class ListPanel;
class MessageBar;
class PhaseRunStrip;
class PhaseStrip;
struct PhaseRunView;
class StepCard;

/// The steps of one phase, with its text in source order. Cards are made a few at a time, so that a
/// long phase never holds up the window.
class ChecklistPane final : public QWidget
{
    Q_OBJECT

public:
    explicit ChecklistPane(QWidget *parent = nullptr);

    [[nodiscard]] ChecklistIntents &intents() { return *m_intents; }
    [[nodiscard]] MessageBar &messages() { return *m_messages; }
    [[nodiscard]] PhaseRunStrip &phaseRun() { return *m_phaseRun; }

    /// Shows a phase with `step` as the current one; an empty or foreign step means the first open.
    void showPhase(const ChecklistView &view, const PhaseId &phase, const StepId &step = {});
    void refresh(const ChecklistView &view);
    void showPhaseRun(const PhaseRunView &view);
    void tick(const QDateTime &now);
    void clear();

    [[nodiscard]] const PhaseId &phase() const { return m_phase; }
    [[nodiscard]] const StepId &currentStep() const { return m_current; }
    void setCurrentStep(const StepId &step);
    void moveCurrent(int distance);
    void focusSignOff();
    void focusSteps();
    /// After an intent was refused or could not be stored.
    void stopSaving();

Q_SIGNALS:
    void currentStepChanged(const runsheet::StepId &step);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Item
    {
        QWidget *widget;
        int indent; ///< in pixels
    };

    void buildLayout();
    [[nodiscard]] QWidget *buildHeader();
    void showHeader();
    void startBuilding();
    void buildSome();
    void addNextItem();
    void addCard(const Step &step);
    void addTextAt(int position);
    void placeItems();
    void refreshCards();
    void revealCurrent();
    void scrollToCurrent();
    [[nodiscard]] const Phase *shownPhase() const;
    [[nodiscard]] StepCard *card(const StepId &step) const;

    ChecklistIntents *m_intents;
    MessageBar *m_messages;
    QLabel *m_title;
    QLabel *m_runningChip;
    QLabel *m_progressText;
    QProgressBar *m_progress;
    PhaseStrip *m_strip;
    PhaseRunStrip *m_phaseRun;
    QScrollArea *m_scroll;
    ListPanel *m_panel = nullptr;
    QVBoxLayout *m_column = nullptr;

    ChecklistView m_view;
    PhaseId m_phase;
    StepId m_current;
    QList<StepCard *> m_cards;
    QList<Item> m_unplaced; ///< made, but not yet in the column; hidden until then
    qsizetype m_nextStep = 0; ///< of the phase, still to be made into a card
    QTimer m_builder;
    QTimer m_scroller;
};

} // namespace runsheet
