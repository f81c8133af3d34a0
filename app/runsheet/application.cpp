// SPDX-License-Identifier: Apache-2.0
#include "application.h"

#include "environment/environmentfile.h"
#include "practicerun.h"
#include "run/phaserunner.h"
#include "runbook/mojibake.h"
#include "runbook/parser.h"
#include "runexport.h"
#include "startcontent.h"

#include <QApplication>
#include <QFileInfo>
#include <QSettings>
#include <QTimer>
#include <QtConcurrentRun>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

Application::Application(const Paths &paths, QObject *parent)
    : QObject(parent)
    , m_session(paths)
    , m_watch(m_session.controller())
    , m_window(m_session.controller())
    , m_http(m_session.controller())
{
    showTheme(static_cast<ThemeChoice>(QSettings().value(u"theme"_s, 0).toInt()));
    connectWindow();
    connectSession();
    connect(&m_starting, &QFutureWatcher<Result<Practice>>::finished, this,
            &Application::onPracticeStarted);
}

Application::~Application() = default;

void Application::connectWindow()
{
    connect(&m_window, &MainWindow::practiceRequested, this, &Application::openPractice);
    connect(&m_window, &MainWindow::openRunbookRequested, this, &Application::openRunbook);
    connect(&m_window, &MainWindow::newRunRequested, this, &Application::createRun);
    connect(&m_window, &MainWindow::connectionTestRequested, this, &Application::testConnection);
    connect(&m_tester, &MonitorService::statusChanged, this, &Application::onTestStatus);
    connect(&m_window, &MainWindow::environmentKept, this, &Application::keepEnvironment);
    connect(&m_window, &MainWindow::openRunRequested, &m_session.controller(),
            &RunController::openRun);
    connect(&m_window, &MainWindow::exportRequested, this, &Application::exportReport);
    connect(&m_window, &MainWindow::monitorRetryRequested, &m_session.monitor(),
            &MonitorService::retry);
    connect(&m_window, &MainWindow::httpCheckRequested, &m_http, &HttpRecorder::check);
    connect(&m_http, &HttpRecorder::failed, &m_window, &MainWindow::showError);
    connect(&m_window, &MainWindow::passwordGiven, &m_session, &Session::usePassword);
    connect(&m_window, &MainWindow::themeChosen, this, &Application::chooseTheme);
    connect(&m_window, &MainWindow::startPageRequested, this, [this] {
        m_session.controller().closeRun();
        refreshStart();
    });
}

void Application::connectSession()
{
    // Queued: the session hears of an opened run before the window, which begins with an empty
    // chart.
    connect(&m_session, &Session::samplesLoaded, &m_window, &MainWindow::loadSamples,
            Qt::QueuedConnection);
    connect(&m_session, &Session::sampled, &m_window, &MainWindow::addSamples);
    connect(&m_session, &Session::problemFound, &m_window, &MainWindow::showError);
    connect(&m_watch, &RunbookWatch::compared, &m_window, &MainWindow::setChangedFile);
    MonitorService &monitor = m_session.monitor();
    connect(&monitor, &MonitorService::statusChanged, &m_window, &MainWindow::setMonitorStatus,
            Qt::QueuedConnection);
    connect(&monitor, &MonitorService::identityRead, &m_window, &MainWindow::setServerIdentity);
    connect(&monitor, &MonitorService::snapshotTaken, &m_window, &MainWindow::setDatabaseSnapshot);
    PhaseRunner &phases = m_window.phaseRunner();
    phases.setExaminer([this](const ExecutionId &id) { return m_session.tools().isExamined(id); });
    connect(&m_session.tools(), &ToolRecorder::examined, &phases, &PhaseRunner::look);
    SqliteJournal &journal = m_session.journal();
    connect(&journal, &RunJournal::listed, this, &Application::onListed);
    connect(&journal, &RunJournal::listFailed, this, &Application::onListFailed);
    connect(&m_session.controller(), &RunController::runOpened, this, &Application::onRunOpened);
}

void Application::chooseTheme(ThemeChoice choice)
{
    QSettings().setValue(u"theme"_s, static_cast<int>(choice));
    showTheme(choice);
}

void Application::showTheme(ThemeChoice choice)
{
    applyTheme(*qApp, choice);
    m_window.setThemeChoice(choice);
}

void Application::show()
{
    m_window.show();
    offerEnvironments({});
    refreshStart();
    if (const Result<void> usable = Session::check(m_session.paths()); !usable)
        m_window.showError(usable.error());
}

void Application::quitWhenPainted()
{
    m_window.installEventFilter(this);
}

bool Application::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window && event->type() == QEvent::Paint)
        QTimer::singleShot(0, this, [] { QApplication::quit(); });
    return QObject::eventFilter(watched, event);
}

void Application::refreshStart()
{
    m_session.journal().list();
}

void Application::onListed(const QList<RunSummary> &runs)
{
    m_window.setStartContent(startContent(runs));
    if (m_lookingForPracticeRun) {
        m_lookingForPracticeRun = false;
        resumeOrCreatePractice(runs);
    }
}

/// The bundled runbooks are there without a journal, too.
void Application::onListFailed(const Error &error)
{
    m_lookingForPracticeRun = false;
    m_practice.reset();
    m_window.setStartContent(startContentWithoutRuns());
    m_window.showError(error);
}

void Application::openRunbook(const QString &name)
{
    // The run remembers the file, and may be opened again from another folder.
    const QString file = QFileInfo(name).absoluteFilePath();
    const Result<PhaseRules> rules = PhaseRules::withFile(PhaseRules::userFile());
    const Result<Runbook> runbook =
        rules ? loadRunbook(file, *rules) : Result<Runbook>(rules.error());
    if (!runbook) {
        m_window.showError(runbook.error());
        return;
    }
    offerEnvironments(file);
    m_window.offerNewRun(cardOf(*runbook));
}

void Application::offerEnvironments(const QString &runbookFile)
{
    const Result<QList<Environment>> environments = environmentsFor(runbookFile);
    if (environments)
        m_window.setEnvironments(*environments);
    else
        m_window.showError(environments.error());
}

void Application::openPractice()
{
    if (m_starting.isRunning())
        return;
    m_window.setPracticeBusy(true);
    m_starting.setFuture(QtConcurrent::run([] { return startPractice(); }));
}

void Application::onPracticeStarted()
{
    m_window.setPracticeBusy(false);
    const Result<Practice> started = m_starting.result();
    if (!started) {
        m_window.showError(started.error());
        return;
    }
    m_practice = *started;
    m_lookingForPracticeRun = true;
    refreshStart();
}

void Application::resumeOrCreatePractice(const QList<RunSummary> &runs)
{
    const auto unfinished = std::ranges::find_if(runs, [this](const RunSummary &run) {
        return run.status == RunStatus::InProgress
            && run.environmentName == m_practice->environment.name;
    });
    if (unfinished != runs.end())
        m_session.controller().openRun(unfinished->id); // checked in onRunOpened
    else
        createPracticeRun();
}

/// The unfinished run may be of a practice server that is gone: then a new one is made.
bool Application::isRunOfThisPractice() const
{
    return m_session.controller().state().environment == m_practice->environment;
}

void Application::onRunOpened()
{
    if (m_practice && !isRunOfThisPractice()) {
        createPracticeRun();
        return;
    }
    m_practice.reset();
    refreshStart(); // the window shows the run's number
}

void Application::createPracticeRun()
{
    const Result<RunRequest> request = practiceRunRequest(*m_practice);
    m_practice.reset();
    if (request)
        m_session.controller().createRun(*request);
    else
        m_window.showError(request.error());
}

void Application::exportReport(const QString &file)
{
    const Paths paths = m_session.paths();
    const RunId run = m_session.controller().state().id;
    // Not QFuture::then(): in Qt 6.4 that fails when its context has gone.
    auto *writing = new QFutureWatcher<Result<void>>(this);
    connect(writing, &QFutureWatcherBase::finished, this, [this, writing, file] {
        writing->deleteLater();
        if (const Result<void> written = writing->result(); written)
            m_window.showNotice(tr("The report was written to %1.").arg(file));
        else
            m_window.showError(written.error());
    });
    writing->setFuture(
        QtConcurrent::run([paths, run, file, secrets = m_session.controller().secrets()] {
            return exportRun(paths, run, file, secrets);
        }));
}

void Application::createRun(RunRequest request)
{
    const Result<Runbook> runbook = loadRunbook(request.runbookFile);
    const Result<QByteArray> rules = PhaseRules::readFile(PhaseRules::userFile());
    if (!runbook || !rules) {
        m_window.showError(runbook ? rules.error() : runbook.error());
        return;
    }
    request.runbookSource = request.repaired ? repairMojibake(runbook->source) : runbook->source;
    if (!request.runbookFile.startsWith(u':')) // a bundled one needs no other rules
        request.phaseRules = *rules;
    m_session.controller().createRun(request);
}

void Application::testConnection(const Environment &environment)
{
    Environment server = environment;
    server.probes.clear();
    m_tester.start(server);
}

void Application::onTestStatus(const MonitorStatus &status)
{
    using State = MonitorStatus::State;
    if (status.state == State::Off || status.state == State::Connecting)
        return;
    m_window.showConnectionTest(status);
    m_tester.stop();
}

void Application::keepEnvironment(const Environment &environment)
{
    const QString file = ownEnvironmentFile();
    if (const Result<void> added = addEnvironment(file, environment); added)
        m_window.showNotice(tr("“%1” was added to %2.").arg(environment.name, file));
    else
        m_window.showError(added.error());
}

} // namespace runsheet
