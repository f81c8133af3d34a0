// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"
#include "start/startcontent.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace runsheet
{

/// Asks what a new run needs: against what, in which window, rehearsal or live.
class NewRunDialog final : public QDialog
{
    Q_OBJECT

public:
    NewRunDialog(const RunbookCard &runbook, const QList<Environment> &environments,
                 const QDateTime &now, QWidget *parent);

    /// `runbookSource` stays empty: whoever starts the run reads the file.
    [[nodiscard]] RunRequest request() const;

Q_SIGNALS:
    void confirmed(const runsheet::RunRequest &request);

private:
    void buildEnvironment(QFormLayout &form);
    void buildConnection(QFormLayout &form);
    void buildWindow(QFormLayout &form, const QDateTime &now);
    void buildButtons();
    void showEnvironment();
    void refresh();
    void confirm();
    [[nodiscard]] bool isTyped() const;
    [[nodiscard]] Environment environment() const;
    /// What is still missing, as a sentence; empty when the run can begin.
    [[nodiscard]] QString missing() const;

    RunbookCard m_runbook;
    QList<Environment> m_environments;
    QComboBox *m_environment;
    QLineEdit *m_name;
    QCheckBox *m_production;
    QLineEdit *m_service;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_database;
    QLineEdit *m_user;
    QRadioButton *m_rehearsal;
    QRadioButton *m_live;
    QDateTimeEdit *m_start;
    QDateTimeEdit *m_end;
    QLineEdit *m_change;
    QLabel *m_missing;
    QPushButton *m_create = nullptr;
};

} // namespace runsheet
