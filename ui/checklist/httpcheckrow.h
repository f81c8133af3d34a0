// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace runsheet
{

/// A request that the runbook describes: a button that makes it, then what came of it.
class HttpCheckRow final : public QWidget
{
    Q_OBJECT

public:
    /// The intents outlive it. `check` counts Step::httpChecks.
    HttpCheckRow(const Step &step, int check, ChecklistIntents &intents, QWidget *parent);

    void refresh(const ChecklistView &view);

private:
    StepId m_step;
    int m_check;
    QLabel *m_chip;
    QPushButton *m_ask;
};

} // namespace runsheet
