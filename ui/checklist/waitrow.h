// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace runsheet
{

/// The time that a step asks to wait or watch: a button that starts it, then what is left.
class WaitRow final : public QWidget
{
    Q_OBJECT

public:
    /// The intents outlive it. Only for steps with waitSeconds.
    WaitRow(const Step &step, ChecklistIntents &intents, QWidget *parent);

    void refresh(const ChecklistView &view);
    void tick(const QDateTime &now);

private:
    StepId m_step;
    qint64 m_seconds;
    std::optional<Wait> m_wait;
    QLabel *m_chip;
    QLabel *m_text;
    QPushButton *m_start;
    QProgressBar *m_progress;
};

} // namespace runsheet
