// SPDX-License-Identifier: Apache-2.0
#include "run/sidepane.h"

#include "database/databasepane.h"
#include "log/logpane.h"
#include "models/journalmodel.h"
#include "models/variablesmodel.h"
#include "reference/referencepane.h"
#include "run/logentries.h"
#include "run/outputwatch.h"
#include "run/variablespane.h"
#include "settings.h"
#include "widgets/labels.h"

#include <QAction>
#include <QHeaderView>
#include <QStackedLayout>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString logTimes()
{
    return u"log-times"_s;
}

/// Every column as wide as what it holds, one of them what is left; what does not fit there is cut
/// with "…" and shown in the tooltip.
void fitColumns(QTableView &view, int stretched)
{
    constexpr int kRowsMeasured = 50; // a journal grows long
    QHeaderView &header = *view.horizontalHeader();
    header.setResizeContentsPrecision(kRowsMeasured);
    header.setSectionResizeMode(QHeaderView::ResizeToContents);
    header.setSectionResizeMode(stretched, QHeaderView::Stretch);
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view.setTextElideMode(Qt::ElideRight);
}

} // namespace

SidePane::SidePane(RunController &controller, const OutputWatch &output, Settings &settings,
                   QWidget *parent)
    : QTabWidget(parent)
    , m_controller(controller)
    , m_output(output)
    , m_settings(settings)
    , m_log(new LogPane(this))
    , m_database(new DatabasePane(this))
    , m_variables(new VariablesModel(this))
    , m_journal(new JournalModel(this))
    , m_reference(new ReferencePane(this))
{
    setObjectName(u"side"_s);
    m_log->findAction()->setShortcut({}); // the window's table of actions has it
    setDocumentMode(true);
    setAccessibleName(tr("Details"));
    tabBar()->setAccessibleName(tr("Details"));
    tabBar()->setExpanding(false);
    addTab(m_log, tr("Log"));
    addTab(m_database, tr("Database"));
    QTableView *variables = table(m_variables, tr("Variables"), VariablesModel::Value);
    QWidget *page = withEmptyText(
        variables,
        tr("Variables that the commands of this run leave behind appear here; every later command "
           "gets them."));
    m_variablesPane = new VariablesPane(page, variables, controller, this);
    addTab(m_variablesPane, tr("Variables"));
    addTab(withEmptyText(table(m_journal, tr("Journal"), JournalModel::Summary),
                         tr("The record of this run appears here.")),
           tr("Journal"));
    addTab(m_reference, tr("Reference"));
    connect(m_reference, &ReferencePane::backWanted, this, &SidePane::checklistWanted);
    connect(m_database, &DatabasePane::blockedSessionsChanged, this, &SidePane::showBlocked);
    connectLog();
}

void SidePane::connectLog()
{
    m_log->setStamps(stampKindOf(m_settings.choice(logTimes(), stampWord(StampKind::Absolute))));
    connect(m_log, &LogPane::stampsChosen, this,
            [this](StampKind kind) { m_settings.setChoice(logTimes(), stampWord(kind)); });
    connect(m_log, &LogPane::executionPicked, this,
            [this](const QString &id) { showExecution({id}); });
    connect(m_log, &LogPane::inputEntered, this,
            [this](const QByteArray &bytes) { m_controller.sendInput(m_shown, bytes); });
    connect(&m_output, &OutputWatch::changed, this, &SidePane::showStates);
    connect(m_log, &LogPane::stopWanted, this, [this] { Q_EMIT stopWanted(m_shown); });
    connect(m_log, &LogPane::resized, this, [this](int columns, int rows) {
        if (!m_shown.isEmpty())
            m_controller.resizeTerminal(m_shown, columns, rows);
    });
}

QTableView *SidePane::table(QAbstractItemModel *model, const QString &name, int stretched)
{
    auto *view = new QTableView(this);
    view->setObjectName(name.toLower());
    view->setAccessibleName(name);
    view->setModel(model);
    view->setProperty("flat", true);
    view->setShowGrid(false);
    view->setSelectionBehavior(QTableView::SelectRows);
    view->setTabKeyNavigation(false);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    fitColumns(*view, stretched);
    return view;
}

QWidget *SidePane::withEmptyText(QTableView *view, const QString &text)
{
    auto *page = new QWidget(this);
    QLabel *empty = dimLabel(text, page);
    empty->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    empty->setContentsMargins(16, 16, 16, 16);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(empty);
    column->addWidget(view, 1);
    const auto update = [view, empty] {
        const bool any = view->model()->rowCount() > 0;
        view->setVisible(any);
        empty->setVisible(!any);
    };
    connect(view->model(), &QAbstractItemModel::modelReset, page, update);
    connect(view->model(), &QAbstractItemModel::rowsInserted, page, update);
    connect(view->model(), &QAbstractItemModel::rowsInserted, view, &QTableView::scrollToBottom,
            Qt::QueuedConnection);
    update();
    return page;
}

void SidePane::showRun()
{
    m_shown = {};
    m_log->clear();
    m_reference->setRunbook(m_controller.runbook());
    showVariables();
    m_journal->setEvents(m_controller.events(), m_controller.state());
    if (!m_controller.state().executions.isEmpty())
        showExecution(m_controller.state().executions.last().id);
}

void SidePane::take(const RunEvent &event)
{
    m_journal->append(event, m_controller.state());
    if (std::holds_alternative<RunbookAmended>(event.body))
        m_reference->setRunbook(m_controller.runbook());
    showVariables();
    showStates();
    if (const auto *started = std::get_if<CommandStarted>(&event.body))
        showStarted(started->execution);
    const auto *ended = std::get_if<CommandEnded>(&event.body);
    const Execution *execution =
        ended == nullptr ? nullptr : m_controller.state().execution(ended->execution);
    if (execution == nullptr)
        return;
    if (execution->id == m_shown)
        m_log->setEnded();
    else if (m_shown.isEmpty() || !execution->startedAt.isValid())
        showExecution(execution->id);
}

void SidePane::showStates()
{
    m_log->setExecutions(logEntries(m_controller.state(), m_output.all(), m_controller.now()),
                         m_shown.value);
    const TerminalState terminal = m_output.findings(m_shown).terminal;
    m_log->setTerminal(terminal.echo, terminal.waiting);
}

/// A command that waits for typing gets the keyboard.
void SidePane::showStarted(const ExecutionId &id)
{
    showExecution(id);
    const Execution *execution = m_controller.state().execution(id);
    const Command *command =
        execution == nullptr ? nullptr : m_controller.runbook().command(execution->command);
    if (command == nullptr || !command->interactive)
        return;
    setCurrentWidget(m_log);
    m_log->focusInput();
}

void SidePane::showExecution(const ExecutionId &id)
{
    const Execution *execution = m_controller.state().execution(id);
    if (execution == nullptr)
        return;
    const Command *command = m_controller.state().commandOf(*execution);
    m_shown = id;
    m_log->showLog(m_controller.state().titleOf(*execution), m_controller.outputFile(id),
                   execution->isOpen(),
                   command != nullptr && (command->wantsTerminal() || command->interactive),
                   execution->startedAt);
    showStates();
    if (execution->isOpen())
        m_log->setStoppable(command == nullptr || command->canBeCancelled());
    else
        m_log->setEnded();
}

/// The number is for the eye; by name the tab stays the same.
void SidePane::showBlocked(int sessions)
{
    const int tab = indexOf(m_database);
    const QString name = tr("Database");
    tabBar()->setAccessibleTabName(tab, name);
    setTabText(tab, sessions > 0 ? u"%1  %2"_s.arg(name).arg(sessions) : name);
    setTabToolTip(
        tab, sessions > 0 ? tr("Sessions that wait for another: %1").arg(sessions) : QString());
}

void SidePane::showVariables()
{
    m_variables->setState(m_controller.state(), m_controller.knownVariables());
    m_variablesPane->refresh();
}

void SidePane::showReference(const QString &entry)
{
    setCurrentWidget(m_reference);
    m_reference->search(entry);
}

void SidePane::findInReference()
{
    setCurrentWidget(m_reference);
    m_reference->focusSearch();
}

void SidePane::findInLog()
{
    setCurrentWidget(m_log);
    m_log->findAction()->trigger();
}

void SidePane::focusCurrent()
{
    tabBar()->setFocus(Qt::ShortcutFocusReason);
}

} // namespace runsheet
