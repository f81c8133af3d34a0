// SPDX-License-Identifier: Apache-2.0
#include "mainwindow.h"

#include "actions.h"
#include "base/text.h"
#include "commandpalette.h"
#include "run/phaseruncontrol.h"
#include "run/runpage.h"
#include "screenfit.h"
#include "start/newrundialog.h"
#include "start/startpage.h"
#include "statusline.h"
#include "widgets/accessibleroles.h"
#include "widgets/messagebar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QFileDialog>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr QSize kFirstSize{1440, 900};

/// Before the first widget is made: where a screen reader listens, each gets its accessible
/// interface as soon as it has a name.
QWidget *withAccessibleRoles(QWidget *parent)
{
    installAccessibleRoles();
    return parent;
}

} // namespace

MainWindow::MainWindow(RunController &controller, QWidget *parent)
    : MainWindow(controller, QString(), parent)
{
}

MainWindow::MainWindow(RunController &controller, const QString &settingsFile, QWidget *parent)
    : QMainWindow(withAccessibleRoles(parent))
    , m_controller(controller)
    , m_settings(settingsFile)
    , m_actions(new Actions(*this))
    , m_pages(new QStackedWidget(this))
    , m_start(new StartPage(this))
    , m_run(new RunPage(controller, m_settings, this))
    , m_status(new StatusLine(this))
{
    setWindowTitle(u"Runsheet"_s);
    setAccessibleName(u"Runsheet"_s);
    buildLayout();
    connectStartPage();
    connectController();
    connectActions();
    connectRunActions();
    qApp->installEventFilter(this);
    if (!restoreGeometry(m_settings.layout(u"window"_s)))
        resize(kFirstSize);
    fitToScreen(*this);
    showStart();
}

MainWindow::~MainWindow()
{
    qApp->removeEventFilter(this);
}

void MainWindow::buildLayout()
{
    m_actions->fill(*menuBar());
    m_pages->addWidget(m_start);
    m_pages->addWidget(m_run);
    auto *central = new QWidget(this);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_pages, 1);
    column->addWidget(m_status);
    setCentralWidget(central);
}

void MainWindow::connectStartPage()
{
    connect(m_start, &StartPage::practiceWanted, this, &MainWindow::practiceRequested);
    connect(m_start, &StartPage::openRunbookWanted, this, &MainWindow::askRunbookFile);
    connect(m_start, &StartPage::newRunWanted, this, &MainWindow::offerNewRun);
    connect(m_start, &StartPage::openRunWanted, this, &MainWindow::openRunRequested);
    connect(m_run, &RunPage::savingChanged, this, &MainWindow::refreshSituation);
    connect(m_run, &RunPage::monitorRetryWanted, this, &MainWindow::monitorRetryRequested);
    connect(m_run, &RunPage::httpCheckWanted, this, &MainWindow::httpCheckRequested);
    connect(m_run, &RunPage::passwordWanted, this, &MainWindow::askPassword);
    connect(m_run, &RunPage::exportWanted, this, &MainWindow::askReportFile);
}

void MainWindow::connectController()
{
    connect(&m_controller, &RunController::runOpened, this, &MainWindow::onRunOpened);
    connect(&m_controller, &RunController::runClosed, this, &MainWindow::showStart);
    connect(&m_controller, &RunController::stateChanged, this, &MainWindow::refreshSituation);
    connect(&m_controller, &RunController::failed, this, [this](const Error &error) {
        if (!m_controller.hasRun())
            showError(error);
        refreshSituation();
    });
}

void MainWindow::connectActions()
{
    const auto on = [this](ActionId id, auto method) {
        connect(m_actions->action(id), &QAction::triggered, this, method);
    };
    on(ActionId::OpenRunbook, &MainWindow::askRunbookFile);
    on(ActionId::ShowStart, &MainWindow::startPageRequested);
    on(ActionId::ExportReport, &MainWindow::askReportFile);
    on(ActionId::Quit, &MainWindow::close);
    on(ActionId::ThemeSystem, [this] { chooseTheme(ThemeChoice::System); });
    on(ActionId::ThemeLight, [this] { chooseTheme(ThemeChoice::Light); });
    on(ActionId::ThemeDark, [this] { chooseTheme(ThemeChoice::Dark); });
    on(ActionId::FindAction, &MainWindow::showPalette);
    on(ActionId::ShowKeys, &MainWindow::showPalette);
}

void MainWindow::connectRunActions()
{
    const auto on = [this](ActionId id, auto method) {
        connect(m_actions->action(id), &QAction::triggered, m_run, method);
    };
    on(ActionId::NextStep, [this] { m_run->moveStep(1); });
    on(ActionId::PreviousStep, [this] { m_run->moveStep(-1); });
    on(ActionId::SignOff, &RunPage::signOffStep);
    on(ActionId::RunCommand, &RunPage::runNextCommand);
    on(ActionId::RunPhase, &RunPage::runPhase);
    on(ActionId::PausePhase, &RunPage::pausePhase);
    on(ActionId::StopCommand, &RunPage::stopCommand);
    on(ActionId::CheckServer, &RunPage::checkServer);
    on(ActionId::SettleOutcome, &RunPage::settleOutcome);
    on(ActionId::AddNote, &RunPage::addNote);
    on(ActionId::RollBack, &RunPage::rollBack);
    on(ActionId::CompleteRun, &RunPage::completeRun);
    on(ActionId::AbortRun, &RunPage::abortRun);
    on(ActionId::ShowFindings, &RunPage::showFindings);
    on(ActionId::FindInLog, &RunPage::findInLog);
    on(ActionId::FindInReference, &RunPage::findInReference);
    on(ActionId::NextPane, &RunPage::focusNextPane);
}

bool MainWindow::isRunShown() const
{
    return m_pages->currentWidget() == m_run && m_controller.hasRun();
}

qint64 MainWindow::numberOf(const RunId &run) const
{
    const auto it = std::ranges::find(m_content.runs, run, &RunSummary::id);
    return it == m_content.runs.end() ? 0 : it->number;
}

void MainWindow::setStartContent(const StartContent &content)
{
    m_content = content;
    m_start->setContent(content);
    if (m_controller.hasRun())
        m_run->setNumber(numberOf(m_controller.state().id));
    else
        m_status->showJournal(content.journalLine);
}

void MainWindow::showStart()
{
    m_pages->setCurrentWidget(m_start);
    m_status->showJournal(m_content.journalLine);
    m_status->showHints(tr("Enter opens · Ctrl+K find any action · F1 keys"));
    refreshSituation();
    m_start->focusFirst();
}

void MainWindow::onRunOpened()
{
    m_pages->setCurrentWidget(m_run);
    m_run->showRun(numberOf(m_controller.state().id));
    m_status->showHints(
        tr("J/K move · Space sign · R run · F2 reference · F6 panes · Ctrl+K find any action"));
    refreshSituation();
}

void MainWindow::refreshSituation()
{
    m_actions->enableFor({.runShown = isRunShown(),
                          .runInProgress = m_controller.state().status == RunStatus::InProgress});
    if (isRunShown())
        m_status->showRun(m_controller);
}

void MainWindow::offerNewRun(const RunbookCard &runbook)
{
    if (runbook.items == 0) {
        showError({.kind = Error::Kind::Invalid,
                   .message = tr("“%1” has no step to sign. Write its steps as task items "
                                 "(“- [ ] …”) or as numbered lists under the headings of its "
                                 "phases, then open it again.")
                                  .arg(runbook.title),
                   .detail = runbook.file});
        return;
    }
    auto *dialog = new NewRunDialog(runbook, m_environments, m_controller.now(), this);
    connect(dialog, &NewRunDialog::confirmed, this, &MainWindow::newRunRequested);
    connect(dialog, &NewRunDialog::environmentKept, this, &MainWindow::environmentKept);
    connect(dialog, &NewRunDialog::testWanted, this, &MainWindow::connectionTestRequested);
    m_newRun = dialog;
    dialog->open();
}

void MainWindow::showConnectionTest(const MonitorStatus &status)
{
    if (m_newRun != nullptr) // the dialog may have been closed meanwhile
        m_newRun->showTest(status);
}

void MainWindow::askPassword()
{
    const Environment &environment = m_controller.state().environment;
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Password"));
    dialog->setTextEchoMode(QLineEdit::Password);
    dialog->setLabelText(tr("Password for %1.\n\nIt is used for watching the server and handed to "
                            "commands as PGPASSWORD.\nIt stays in memory until the run is closed "
                            "and is never written down.")
                             .arg(environment.connection.displayName()));
    connect(dialog, &QInputDialog::textValueSelected, this, &MainWindow::passwordGiven);
    dialog->open();
    if (auto *field = dialog->findChild<QLineEdit *>())
        field->setAccessibleName(dialog->windowTitle());
}

void MainWindow::setPracticeBusy(bool busy)
{
    m_start->setPracticeBusy(busy);
}

/// A run counts from the moment it is opened: what fails while it opens belongs to it.
MessageBar &MainWindow::messages()
{
    return m_controller.hasRun() ? m_run->messages() : m_start->messages();
}

void MainWindow::showError(const Error &error)
{
    messages().showError(error);
}

void MainWindow::showNotice(const QString &text, const QString &detail)
{
    messages().showMessage(Tone::Running, text, detail);
}

PhaseRunner &MainWindow::phaseRunner()
{
    return m_run->phaseRun().runner();
}

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    const auto id = choice == ThemeChoice::Dark ? ActionId::ThemeDark
        : choice == ThemeChoice::Light          ? ActionId::ThemeLight
                                                : ActionId::ThemeSystem;
    m_actions->action(id)->setChecked(true);
    applyTheme(*qApp, choice);
}

void MainWindow::chooseTheme(ThemeChoice choice)
{
    m_settings.setTheme(choice);
    setThemeChoice(choice);
    Q_EMIT themeChosen(choice);
}

void MainWindow::setChangedFile(const std::optional<QByteArray> &source)
{
    m_run->setChangedFile(source);
}

void MainWindow::setMonitorStatus(const MonitorStatus &status)
{
    m_run->setMonitorStatus(status);
    if (isRunShown())
        m_status->showMonitor(status);
}

void MainWindow::setServerIdentity(const ServerIdentity &identity)
{
    m_run->setServerIdentity(identity);
}

void MainWindow::setDatabaseSnapshot(const DatabaseSnapshot &snapshot)
{
    m_run->setDatabaseSnapshot(snapshot);
}

void MainWindow::addSamples(const QList<ProbeSample> &samples)
{
    m_run->addSamples(samples);
}

void MainWindow::loadSamples(const QList<ProbeSample> &samples)
{
    m_run->loadSamples(samples);
}

void MainWindow::askRunbookFile()
{
    auto *dialog = new QFileDialog(this, tr("Open runbook"), {},
                                   tr("Runbooks (*.md *.markdown);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openRunbookRequested);
    dialog->open();
}

void MainWindow::askReportFile()
{
    auto *dialog = new QFileDialog(this, tr("Export report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(
        {tr("HTML page (*.html)"), tr("PDF (*.pdf)"), tr("JSON, the full record (*.json)")});
    dialog->setDefaultSuffix(u"html"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.section(u"*."_s, 1).chopped(1));
    });
    dialog->selectFile(safeFileName(m_controller.state().created.runbookTitle) + u".html"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::exportRequested);
    dialog->open();
}

void MainWindow::showPalette()
{
    auto *palette = new CommandPalette(m_actions->all(), this);
    palette->open();
}

/// Commands are never stopped by closing: they belong to processes of their own.
void MainWindow::closeEvent(QCloseEvent *event)
{
    m_settings.setLayout(u"window"_s, saveGeometry());
    m_run->saveLayout();
    QMainWindow::closeEvent(event);
}

/// Space presses a focused button rather than opening the sign-off, and typing stays typing.
bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return QMainWindow::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    const bool space = key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier;
    const bool takesSpace = qobject_cast<QAbstractButton *>(watched) != nullptr
        || qobject_cast<QComboBox *>(watched) != nullptr;
    if (space && takesSpace) {
        event->accept();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace runsheet
