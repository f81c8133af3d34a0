// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "start/startcontent.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;
class QVBoxLayout;
class QBoxLayout;

namespace runsheet
{

class MessageBar;
class RunbookList;
class RunsModel;

/// Where the window begins: practice and runbooks on the left, what is still running and earlier
/// runs on the right. Narrow: one above the other.
class StartPage final : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);

    void setContent(const StartContent &content);
    void setPracticeBusy(bool busy);
    [[nodiscard]] MessageBar &messages() { return *m_messages; }
    void focusFirst();

Q_SIGNALS:
    void practiceWanted();
    void openRunbookWanted();
    void newRunWanted(const runsheet::RunbookCard &runbook);
    void openRunWanted(const runsheet::RunId &run);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *buildLeft();
    [[nodiscard]] QWidget *buildPractice();
    [[nodiscard]] QWidget *buildRight();
    void buildTable();
    void showStillRunning(const QList<RunSummary> &runs);
    [[nodiscard]] QWidget *stillRunningCard(const RunSummary &run);
    void fitTable();
    void orderTabs();
    void openRow(const QModelIndex &index);

    MessageBar *m_messages;
    RunbookList *m_runbooks;
    QPushButton *m_practice;
    QPushButton *m_open;
    QWidget *m_running; ///< heading and cards of runs with open commands or in progress
    QVBoxLayout *m_runningCards = nullptr;
    RunsModel *m_model;
    QTableView *m_table;
    QLabel *m_empty;
    QBoxLayout *m_halves = nullptr;
};

} // namespace runsheet
