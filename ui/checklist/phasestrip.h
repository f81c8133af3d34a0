// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"
#include "models/wording.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace runsheet
{

class IconLabel;

/// Says above the steps why nothing in this phase may be done yet, or what comes after it, with the
/// one way on: opening a gate, declaring a rollback, the next phase, completing the run, its
/// report. Also lists what was done so far beside a rollback.
class PhaseStrip final : public QFrame
{
    Q_OBJECT

public:
    PhaseStrip(ChecklistIntents &intents, QWidget *parent);

    void refresh(const ChecklistView &view, const Phase &phase);

private:
    void showEnded(const RunState &state);
    void showComplete(const ChecklistView &view, const Phase &phase);
    void showGate(const ChecklistView &view, const Phase &phase);
    void showRollback(const ChecklistView &view, const Phase &phase);
    void present(Tone tone, const QString &icon, const QString &text, const QString &detail);

    ChecklistIntents &m_intents;
    PhaseId m_phase;
    IconLabel *m_icon;
    QLabel *m_text;
    QLabel *m_detail;
    QPushButton *m_open;
    QPushButton *m_declare;
    QPushButton *m_goOn;
    QPushButton *m_complete;
    QPushButton *m_export;
    PhaseId m_next; ///< where m_goOn leads
};

} // namespace runsheet
