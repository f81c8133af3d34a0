// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace runsheet
{

class ElidedLabel;
class ExpectationView;
class OutputView;
class ServerRow;

/// One command of a step: its text in a box with Run or Stop at the end, and how it ended below.
class CommandRow final : public QWidget
{
    Q_OBJECT

public:
    CommandRow(const Command &command, ChecklistIntents &intents, QWidget *parent);

    void refresh(const ChecklistView &view);
    void tick(const QDateTime &now);
    /// Shown below it, with the verdict once it has run.
    void setExpectations(const QList<Expectation> &expectations);

private:
    [[nodiscard]] QLayout *buildHead();
    [[nodiscard]] QWidget *buildBox();
    [[nodiscard]] QWidget *buildResult();
    void showExecution(const Execution *execution, const QDateTime &now);
    void showRunButton(const ChecklistView &view, bool running);
    void showChoice(const RunState &state);
    void showText(const QString &text);
    void setExpanded(bool expanded);

    Command m_command;
    ChecklistIntents &m_intents;
    ExecutionId m_execution; ///< the last attempt
    QDateTime m_runningSince; ///< invalid unless it runs
    ElidedLabel *m_line;
    QLabel *m_wholeText;
    QPushButton *m_expand;
    QLabel *m_running;
    QLabel *m_activity; ///< what is odd about how it runs
    QPushButton *m_run;
    QPushButton *m_stop;
    QPushButton *m_continue; ///< while it is suspended
    QWidget *m_result = nullptr;
    QLabel *m_chip;
    ElidedLabel *m_detail;
    QPushButton *m_log;
    QPushButton *m_settle;
    QLabel *m_choice; ///< "Option A: chosen"
    OutputView *m_output;
    ServerRow *m_server;
    ExpectationView *m_expectation = nullptr;
};

} // namespace runsheet
