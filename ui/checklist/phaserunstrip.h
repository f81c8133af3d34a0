// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"
#include "models/phaserunview.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace runsheet
{

class IconLabel;

/// Says that the commands of the phase are being run one after the other, or why they are not any
/// more, with the one way on. Before that it is only a button, which stands beside the phase's
/// title.
class PhaseRunStrip final : public QFrame
{
    Q_OBJECT

public:
    PhaseRunStrip(ChecklistIntents &intents, QWidget *parent);

    /// To be placed by who owns the strip.
    [[nodiscard]] QPushButton *startButton() { return m_start; }
    void showView(const PhaseRunView &view);
    /// The one way on, when there is a button for it.
    void focusGoOn();

private:
    void buildLayout();

    ChecklistIntents &m_intents;
    IconLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_start;
    QPushButton *m_pause;
    QPushButton *m_goOn;
    QPushButton *m_step;
    PhaseRunView m_view;
};

} // namespace runsheet
