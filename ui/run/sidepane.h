// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"

#include <QTabWidget>

class QAbstractItemModel;
class QTableView;

namespace runsheet
{

class DatabasePane;
class JournalModel;
class LogPane;
class OutputWatch;
class ReferencePane;
class Settings;
class VariablesModel;
class VariablesPane;

/// What goes on beside the checklist: the log of one command, the database, the run's variables and
/// its journal.
class SidePane final : public QTabWidget
{
    Q_OBJECT

public:
    /// All outlive it.
    SidePane(RunController &controller, const OutputWatch &output, Settings &settings,
             QWidget *parent = nullptr);

    [[nodiscard]] DatabasePane &database() { return *m_database; }

    void showRun();
    void take(const RunEvent &event);
    /// How the commands stand may have changed, by what they do or by the time.
    void showStates();
    void showExecution(const ExecutionId &execution);
    void showTab(QWidget *page) { setCurrentWidget(page); }
    void findInLog();
    void findInReference();
    /// What the reference says about this.
    void showReference(const QString &entry);
    void focusCurrent();

Q_SIGNALS:
    void checklistWanted();
    void stopWanted(const runsheet::ExecutionId &execution);

private:
    [[nodiscard]] QTableView *table(QAbstractItemModel *model, const QString &name, int stretched);
    [[nodiscard]] QWidget *withEmptyText(QTableView *view, const QString &text);
    void connectLog();
    void showStarted(const ExecutionId &id);
    void showBlocked(int sessions);
    void showVariables();

    RunController &m_controller;
    const OutputWatch &m_output;
    Settings &m_settings;
    LogPane *m_log;
    DatabasePane *m_database;
    VariablesModel *m_variables;
    VariablesPane *m_variablesPane = nullptr;
    JournalModel *m_journal;
    ReferencePane *m_reference;
    ExecutionId m_shown; ///< whose log is open
};

} // namespace runsheet
