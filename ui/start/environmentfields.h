// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/environment.h"
#include "metrics/monitorstatus.h"

#include <QObject>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace runsheet
{

/// The rows of a form that name the server of a run: a known environment, or one that is typed,
/// tried out and, if wished, kept for the next time.
class EnvironmentFields final : public QObject
{
    Q_OBJECT

public:
    EnvironmentFields(QFormLayout &form, const QList<Environment> &environments, QWidget *parent);

    [[nodiscard]] Environment environment() const;
    /// A typed one that shall be there the next time.
    [[nodiscard]] bool isToBeKept() const;
    /// What is still missing, as a sentence; empty when it can be used.
    [[nodiscard]] QString missing() const;
    /// What came of testWanted().
    void showTest(const MonitorStatus &status);

Q_SIGNALS:
    void changed();
    /// Somebody shall connect to it and answer with showTest().
    void testWanted(const runsheet::Environment &environment);

private:
    void addConnection(QFormLayout &form);
    void addTest(QFormLayout &form);
    void showChosen();
    void forgetTest();
    [[nodiscard]] bool isTyped() const;
    [[nodiscard]] Environment typed() const;

    QList<Environment> m_environments;
    QComboBox *m_environment;
    QLineEdit *m_name;
    QCheckBox *m_production;
    QLineEdit *m_service;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_database;
    QLineEdit *m_user;
    QComboBox *m_sslMode;
    QPushButton *m_test;
    QLabel *m_result;
    QCheckBox *m_keep;
};

} // namespace runsheet
