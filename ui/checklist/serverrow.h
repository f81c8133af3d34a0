// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace runsheet
{

class ElidedLabel;

/// Below a command: which ways to stop it were tried, what the server says became of it, and what
/// can be done about that. Hidden while there is nothing of the kind.
class ServerRow final : public QWidget
{
    Q_OBJECT

public:
    ServerRow(const Command &command, ChecklistIntents &intents, QWidget *parent);

    void refresh(const RunState &state, const Execution *execution);

private:
    [[nodiscard]] QWidget *buildAdvice();
    void showStops(const RunState &state, const Execution *execution);
    void showServer(const RunState &state, const Execution &execution);

    ChecklistIntents &m_intents;
    ExecutionId m_execution;
    QLabel *m_stops;
    QLabel *m_chip;
    QLabel *m_finding;
    QPushButton *m_check;
    QPushButton *m_stop;
    QWidget *m_answer = nullptr;
    QWidget *m_adviceBox = nullptr;
    ElidedLabel *m_advice;
    QPushButton *m_copy;
};

} // namespace runsheet
