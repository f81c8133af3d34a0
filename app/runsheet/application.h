// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httprecorder.h"
#include "mainwindow.h"
#include "practice/practice.h"
#include "runbookwatch.h"
#include "session.h"
#include "theme.h"

#include <QFutureWatcher>
#include <QObject>

#include <optional>

namespace runsheet
{

/// The composition root of the window: hands the session's parts to the window and carries the
/// window's wishes to them.
class Application final : public QObject
{
    Q_OBJECT

public:
    explicit Application(const Paths &paths, QObject *parent = nullptr);
    ~Application() override;

    /// For this time only.
    void showTheme(ThemeChoice choice);
    void show();
    /// Ends the program after the window's first paint: what ./dev bench measures.
    void quitWhenPainted();
    /// Asks for environment and window, then makes a run of it.
    void openRunbook(const QString &name);
    /// Starts the practice server, then resumes its unfinished run or makes a new one.
    void openPractice();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// From now on.
    void chooseTheme(ThemeChoice choice);
    void connectWindow();
    void connectSession();
    void refreshStart();
    void onListed(const QList<RunSummary> &runs);
    void onListFailed(const Error &error);
    void onPracticeStarted();
    void resumeOrCreatePractice(const QList<RunSummary> &runs);
    void onRunOpened();
    void createPracticeRun();
    void offerEnvironments(const QString &runbookFile);
    void createRun(RunRequest request);
    void testConnection(const Environment &environment);
    void onTestStatus(const MonitorStatus &status);
    void keepEnvironment(const Environment &environment);
    void exportReport(const QString &file);
    [[nodiscard]] bool isRunOfThisPractice() const;

    Session m_session;
    RunbookWatch m_watch;
    MainWindow m_window;
    HttpRecorder m_http;
    MonitorService m_tester; ///< connects once to a server that is being described
    QFutureWatcher<Result<Practice>> m_starting;
    std::optional<Practice> m_practice; ///< running server whose run is being looked for
    bool m_lookingForPracticeRun = false;
};

} // namespace runsheet
