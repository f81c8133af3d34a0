// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/databasesnapshot.h"
#include "metrics/monitorstatus.h"
#include "metrics/probesample.h"
#include "run/controller.h"
#include "settings.h"
#include "start/startcontent.h"
#include "theme.h"

#include <QMainWindow>
#include <QPointer>

class QStackedWidget;

namespace runsheet
{

class Actions;
class MessageBar;
class NewRunDialog;
class PhaseRunner;
class RunPage;
class StartPage;
class StatusLine;

/// The one window: the start page, or the run that is open in the controller. It shows what it is
/// given and says what people want; reading files, servers and stores is the business of others.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(RunController &controller, QWidget *parent = nullptr);
    /// Remembers sizes and places in `settingsFile`.
    MainWindow(RunController &controller, const QString &settingsFile, QWidget *parent = nullptr);
    ~MainWindow() override;

    void setStartContent(const StartContent &content);
    /// Offered in the new-run dialog.
    void setEnvironments(const QList<Environment> &environments) { m_environments = environments; }
    /// Leaves the run, whose commands go on, and shows the start page.
    void showStart();
    /// Asks what a run of this runbook needs; answered by newRunRequested.
    void offerNewRun(const RunbookCard &runbook);
    /// Answers connectionTestRequested.
    void showConnectionTest(const MonitorStatus &status);
    void setPracticeBusy(bool busy);
    /// Beside its cause: on the start page, or on the run page when a run is open.
    void showError(const Error &error);
    /// Good or neutral news, in the same place.
    void showNotice(const QString &text, const QString &detail = {});
    void setThemeChoice(ThemeChoice choice);
    [[nodiscard]] PhaseRunner &phaseRunner();

    /// What the runbook's file holds, when that is not what the open run goes by.
    void setChangedFile(const std::optional<QByteArray> &source);
    void setMonitorStatus(const MonitorStatus &status);
    void setServerIdentity(const ServerIdentity &identity);
    void setDatabaseSnapshot(const DatabaseSnapshot &snapshot);
    void addSamples(const QList<ProbeSample> &samples);
    /// Samples kept of a run that is opened again.
    void loadSamples(const QList<ProbeSample> &samples);

Q_SIGNALS:
    void practiceRequested();
    void openRunbookRequested(const QString &file);
    void newRunRequested(const runsheet::RunRequest &request); ///< runbookSource is left empty
    void connectionTestRequested(const runsheet::Environment &environment);
    void environmentKept(const runsheet::Environment &environment);
    void openRunRequested(const runsheet::RunId &run);
    void exportRequested(const QString &file); ///< format from the suffix: .html .pdf .json
    void monitorRetryRequested();
    /// `check` counts Step::httpChecks.
    void httpCheckRequested(const runsheet::StepId &step, int check);
    /// For the server of the open run; nobody may write it down.
    void passwordGiven(const QString &password);
    void themeChosen(runsheet::ThemeChoice choice);
    /// The person left the run; close it in the controller.
    void startPageRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildLayout();
    void connectStartPage();
    void connectController();
    void connectActions();
    void connectRunActions();
    void onRunOpened();
    void askPassword();
    void refreshSituation();
    void askRunbookFile();
    void askReportFile();
    void chooseTheme(ThemeChoice choice);
    void showPalette();
    [[nodiscard]] qint64 numberOf(const RunId &run) const;
    [[nodiscard]] bool isRunShown() const;
    [[nodiscard]] MessageBar &messages();

    RunController &m_controller;
    Settings m_settings;
    StartContent m_content;
    QList<Environment> m_environments;
    Actions *m_actions;
    QStackedWidget *m_pages;
    StartPage *m_start;
    QPointer<NewRunDialog> m_newRun; ///< while it is open
    RunPage *m_run;
    StatusLine *m_status;
};

} // namespace runsheet
