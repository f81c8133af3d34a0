// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"
#include "runbook/expectationmatch.h"

#include <QFutureWatcher>
#include <QWidget>

class QLabel;
class QPushButton;

namespace runsheet
{

class DifferenceView;

/// Under a command: what the runbook expects it to print, and, once it has run, the verdict with
/// the difference behind a button. The difference is worked out on a pool when it is asked for.
class ExpectationView final : public QWidget
{
    Q_OBJECT

public:
    /// The intents outlive it.
    ExpectationView(QList<Expectation> expectations, const QString &commandTitle,
                    ChecklistIntents &intents, QWidget *parent);

    /// The command's last attempt; null when there is none.
    void setExecution(const Execution *execution);

private:
    void setOpen(bool open);
    void compare();
    void showDifference();

    QList<Expectation> m_expectations;
    ChecklistIntents &m_intents;
    ExecutionId m_execution;
    QLabel *m_expected;
    QLabel *m_verdict;
    QPushButton *m_toggle;
    DifferenceView *m_difference = nullptr; ///< made when first shown
    bool m_open = false;
    QFutureWatcher<Result<ExpectationMatch>> m_comparing;
};

} // namespace runsheet
