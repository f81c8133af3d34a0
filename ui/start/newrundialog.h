// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/monitorstatus.h"
#include "run/controller.h"
#include "start/startcontent.h"

#include <QDialog>

class QCheckBox;
class QDateTimeEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace runsheet
{

class EnvironmentFields;
class FindingsList;

/// Asks what a new run needs: against what, in which window, rehearsal or live.
class NewRunDialog final : public QDialog
{
    Q_OBJECT

public:
    NewRunDialog(const RunbookCard &runbook, const QList<Environment> &environments,
                 const QDateTime &now, QWidget *parent);

    /// `runbookSource` stays empty: whoever starts the run reads the file.
    [[nodiscard]] RunRequest request() const;
    /// What came of testWanted().
    void showTest(const MonitorStatus &status);

Q_SIGNALS:
    void confirmed(const runsheet::RunRequest &request);
    /// Before confirmed(): the environment shall be offered the next time too.
    void environmentKept(const runsheet::Environment &environment);
    void testWanted(const runsheet::Environment &environment);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fitHeight();
    void buildWindow(QFormLayout &form, const QDateTime &now);
    void buildButtons();
    void keepFieldsWhole();
    void refresh();
    void confirm();
    /// What is still missing, as a sentence; empty when the run can begin.
    [[nodiscard]] QString missing() const;

    RunbookCard m_runbook;
    EnvironmentFields *m_environment = nullptr;
    QRadioButton *m_rehearsal;
    QRadioButton *m_live;
    QDateTimeEdit *m_start;
    QDateTimeEdit *m_end;
    QLineEdit *m_change;
    FindingsList *m_findings;
    QCheckBox *m_repair; ///< only where the runbook holds damaged characters
    QLabel *m_missing;
    QPushButton *m_create = nullptr;
};

} // namespace runsheet
