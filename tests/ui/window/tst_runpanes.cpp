// SPDX-License-Identifier: Apache-2.0
#include "run/environmentband.h"
#include "run/runpage.h"
#include "statusline.h"
#include "support/eventbuilder.h"
#include "widgets/elidedlabel.h"
#include "window/windowharness.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

DatabaseSnapshot snapshotWith(int blocked)
{
    DatabaseSnapshot snapshot;
    snapshot.maxConnections = 60;
    snapshot.connections = {{u"active"_s, 2}};
    for (int i = 0; i < 3; ++i) {
        DatabaseSession session;
        session.pid = 100 + i;
        session.state = u"active"_s;
        if (i < blocked)
            session.waitsFor = {102};
        snapshot.sessions.append(session);
    }
    return snapshot;
}

MonitorStatus lost()
{
    return {.state = MonitorStatus::State::Lost,
            .message = u"The server does not answer. It is tried again every second."_s,
            .detail = u"Connection refused"_s,
            .identity = {}};
}

} // namespace

/// What stands around the checklist of a run: band, details, layout, status line.
class TestRunPanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_harness = std::make_unique<WindowHarness>(); }
    void cleanup() { m_harness.reset(); }

    void databaseTabCountsBlockedSessions();
    void journalTabFillsWithTheRun();
    void journalFitsItsPane();
    void variablesTabNamesWhatACommandLeft();
    void emptyTabsSayWhatWillAppear();
    void answerGoesToTheRunningCommand();
    void logOfAnEarlierCommandIsShownOnRequest();
    void lostServerIsSaidInBandChartAndStatusLine();
    void refusedPasswordIsTriedAgainOnRequest();
    void statusLineSaysThatCommandsGoOn();
    void statusLineCountsTheCost();
    void bandNamesModeEndAndStatus();
    void bandClockCountsDownAndUp_data();
    void bandClockCountsDownAndUp();
    void bandSaysWhatIsDueFirst();
    void bandOffersNoRollbackWithoutAScenario();
    void layoutIsRestored();
    void narrowLayoutIsNotRemembered();
    void narrowRailGivesItsRoomAway();
    void foldedChartGivesItsRoomAway();
    void largeTextFitsTheScreen();
    void bandsOfTheChartAreTheCommands();
    void runOfAnotherStartGoesOnWhereItWas();

private:
    [[nodiscard]] QTabWidget *tabs() const
    {
        return m_harness->window().findChild<QTabWidget *>(u"side"_s);
    }
    void showTab(const QString &name) const;

    std::unique_ptr<WindowHarness> m_harness;
};

void TestRunPanes::showTab(const QString &name) const
{
    for (int tab = 0; tab < tabs()->count(); ++tab) {
        if (tabs()->tabText(tab).startsWith(name))
            tabs()->setCurrentIndex(tab);
    }
}

void TestRunPanes::databaseTabCountsBlockedSessions()
{
    m_harness->createRun(kTwoPhases);
    const auto accessibleName = [this] {
        return QAccessible::queryAccessibleInterface(tabs()->tabBar())
            ->child(1)
            ->text(QAccessible::Name);
    };
    m_harness->window().setDatabaseSnapshot(snapshotWith(2));
    QCOMPARE(tabs()->tabText(1), u"Database  2"_s);
    QCOMPARE(accessibleName(), u"Database"_s);
    QVERIFY(tabs()->tabToolTip(1).contains(u'2'));
    m_harness->window().setDatabaseSnapshot(snapshotWith(0));
    QCOMPARE(tabs()->tabText(1), u"Database"_s);
    QCOMPARE(accessibleName(), u"Database"_s);
    QVERIFY(tabs()->tabToolTip(1).isEmpty());
}

void TestRunPanes::journalTabFillsWithTheRun()
{
    m_harness->createRun(kTwoPhases);
    m_harness->signChecks();
    showTab(u"Journal"_s);
    const auto *model = m_harness->named<QTableView>(u"Journal"_s)->model();
    QCOMPARE(model->rowCount(), 3);
    QCOMPARE(model->index(0, 2).data().toString(), u"run.created"_s);
    QCOMPARE(model->index(2, 3).data().toString(), u"release"_s);
    QCOMPARE(model->index(2, 4).data().toString(), u"Second check · done"_s);
}

void TestRunPanes::journalFitsItsPane()
{
    m_harness->createRun(kTwoPhases);
    showTab(u"Journal"_s);
    const QString note = u"<b>long</b> "_s + QString(u"and longer "_s).repeated(60);
    m_harness->controller().addNote(note);
    auto *table = m_harness->named<QTableView>(u"Journal"_s);
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QTRY_COMPARE(table->horizontalHeader()->length(), table->viewport()->width());
    const auto width = [table](int column) { return table->columnWidth(column); };
    QTRY_VERIFY(width(2) >= table->fontMetrics().horizontalAdvance(u"run.created"_s));
    QVERIFY(width(4) > width(2)); // what happened has the most room
    const QString tip = table->model()->index(1, 4).data(Qt::ToolTipRole).toString();
    QCOMPARE(tip, note.simplified().toHtmlEscaped()); // whole, and no HTML
}

void TestRunPanes::variablesTabNamesWhatACommandLeft()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    CommandEnded end;
    end.outcome = ExecutionOutcome::Succeeded;
    end.exitCode = 0;
    m_harness->runner.reportEnded(
        end, {{u"BACKUP_ID"_s, {.value = u"20261120"_s, .declaration = {}, .exported = true}}});
    QTRY_COMPARE(m_harness->controller().state().variables.size(), 1);
    showTab(u"Variables"_s);
    const auto *model = m_harness->named<QTableView>(u"Variables"_s)->model();
    QCOMPARE(model->index(0, 0).data().toString(), u"BACKUP_ID"_s);
    QCOMPARE(model->index(0, 1).data().toString(), u"20261120"_s);
    QCOMPARE(model->index(0, 3).data().toString(), u"echo migrating"_s);
}

void TestRunPanes::emptyTabsSayWhatWillAppear()
{
    m_harness->createRun(kTwoPhases);
    showTab(u"Variables"_s);
    QVERIFY(m_harness->shows(u"Variables that the commands of this run leave behind"_s));
    QVERIFY(m_harness->named<QTableView>(u"Variables"_s) == nullptr);
    showTab(u"Database"_s);
    QVERIFY(m_harness->shows(u"The sessions of the database appear here"_s)
            || m_harness->shows(u"Connecting to the server"_s));
}

void TestRunPanes::answerGoesToTheRunningCommand()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    QLineEdit *input = nullptr;
    for (QLineEdit *edit : tabs()->findChildren<QLineEdit *>()) {
        if (edit->isVisible() && edit->placeholderText().startsWith(u"Answer"_s))
            input = edit;
    }
    QVERIFY(input != nullptr);
    input->setFocus();
    QTest::keyClicks(input, u"rjk"_s); // keys of the window elsewhere
    QTest::keyClick(input, Qt::Key_Return);
    QCOMPARE(m_harness->runner.input(), "rjk\n");
    QCOMPARE(m_harness->runner.requests().size(), 1);
    m_harness->endCommand(ExecutionOutcome::Succeeded);
    QTRY_VERIFY(!input->isVisible());
}

void TestRunPanes::logOfAnEarlierCommandIsShownOnRequest()
{
    m_harness->createRun(
        "# Two\n\n## Execution\n\n### Step 1: Both\n\n```bash\n# One\ntrue\n```\n\n"
        "```bash\n# Two\nfalse\n```\n");
    m_harness->controller().approveRunbook();
    QTRY_VERIFY(m_harness->controller().state().approval);
    for (const auto &name : {u"Run: One"_s, u"Run: Two"_s}) {
        m_harness->press(name);
        QTRY_COMPARE(m_harness->controller().state().openExecutions().size(), 1);
        m_harness->runner.reportStarted();
        m_harness->endCommand(ExecutionOutcome::Succeeded);
    }
    const auto title = [this](const QString &text) {
        const auto *picker = tabs()->findChild<QComboBox *>(u"executionPicker"_s);
        return picker->isVisible() && picker->currentText().contains(text);
    };
    QTRY_VERIFY(title(u"Two"_s));
    m_harness->press(u"Show log"_s); // of the first row
    QTRY_VERIFY(title(u"One"_s));
    QVERIFY(!title(u"Two"_s));
}

void TestRunPanes::lostServerIsSaidInBandChartAndStatusLine()
{
    m_harness->createRun(kTwoPhases);
    m_harness->window().setMonitorStatus(lost());
    int said = 0;
    for (const QLabel *label : m_harness->window().findChildren<QLabel *>())
        said += label->isVisible() && label->text().contains(u"does not answer"_s) ? 1 : 0;
    QVERIFY2(said >= 3, qPrintable(QString::number(said)));
    m_harness->connectServer();
    m_harness->window().setServerIdentity({.database = u"shop"_s,
                                           .user = u"release"_s,
                                           .host = {},
                                           .port = 5432,
                                           .version = u"15.20"_s,
                                           .versionNumber = 150020,
                                           .systemIdentifier = u"77"_s});
    QVERIFY(!m_harness->shows(u"does not answer"_s));
    QVERIFY(m_harness->shows(u"primary · PostgreSQL 15.20 · role release · system 77"_s));
}

void TestRunPanes::refusedPasswordIsTriedAgainOnRequest()
{
    m_harness->createRun(kTwoPhases);
    QSignalSpy retry(&m_harness->window(), &MainWindow::monitorRetryRequested);
    MonitorStatus refused = lost();
    refused.state = MonitorStatus::State::Refused;
    refused.message = u"The server refuses the password of release."_s;
    m_harness->window().setMonitorStatus(refused);
    QVERIFY(m_harness->shows(u"refuses the password"_s));
    QPushButton *again = nullptr;
    for (QPushButton *button : m_harness->window().findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == u"Retry"_s)
            again = button;
    }
    QVERIFY(again != nullptr);
    QTest::mouseClick(again, Qt::LeftButton);
    QCOMPARE(retry.size(), 1);
}

void TestRunPanes::statusLineSaysThatCommandsGoOn()
{
    m_harness->createRun(kTwoPhases);
    QVERIFY(!m_harness->shows(u"even when this window is closed"_s));
    m_harness->startCommand();
    QVERIFY(m_harness->shows(u"1 command running, even when this window is closed"_s));
    m_harness->endCommand(ExecutionOutcome::Succeeded);
    QTRY_VERIFY(!m_harness->shows(u"even when this window is closed"_s));
}

void TestRunPanes::statusLineCountsTheCost()
{
    StatusLine line;
    line.showMonitor({.state = MonitorStatus::State::Connected,
                      .message = {},
                      .detail = {},
                      .identity = {},
                      .costMicros = 620});
    const auto says = [&line](const QString &text) {
        const auto labels = line.findChildren<QLabel *>();
        return std::ranges::any_of(labels,
                                   [&](const QLabel *label) { return label->text() == text; });
    };
    QVERIFY(says(u"Monitor 1 Hz · costs 0.6 ms"_s));
    line.showMonitor(lost());
    QVERIFY(says(lost().message));
    line.showJournal(u"Journal: here"_s);
    QCOMPARE(line.savedText(), u"Journal: here"_s);
    QVERIFY(!says(lost().message)); // the start page watches no server
}

void TestRunPanes::bandNamesModeEndAndStatus()
{
    m_harness->createRun(kTwoPhases);
    QVERIFY(m_harness->shows(u"Run · live"_s));
    QVERIFY(m_harness->shows(u"PRACTICE"_s));
    QVERIFY(m_harness->shows(u"window ends 04:00 UTC"_s));
    m_harness->controller().abortRun(u"wrong day"_s);
    QTRY_VERIFY(m_harness->shows(u"Run · live · aborted"_s));
    EnvironmentBand band;
    band.showRun(m_harness->controller().state(), 14);
    band.tick(m_harness->clock.time.addDays(1));
    const auto labels = band.findChildren<QLabel *>();
    const auto says = [&](const QString &text) {
        return std::ranges::any_of(labels,
                                   [&](const QLabel *label) { return label->text() == text; });
    };
    QVERIFY(says(u"Run 14 · live · aborted"_s));
    QVERIFY(says(u"window ended 20 Nov 04:00 UTC"_s));
}

void TestRunPanes::bandClockCountsDownAndUp_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("before") << -3600 << u"T−01:00:00"_s;
    QTest::newRow("a second before") << -1 << u"T−00:00:01"_s;
    QTest::newRow("now") << 0 << u"T+00:00:00"_s;
    QTest::newRow("after") << 1084 << u"T+00:18:04"_s;
    QTest::newRow("days after") << 360000 << u"T+100:00:00"_s;
}

void TestRunPanes::bandClockCountsDownAndUp()
{
    QFETCH(int, seconds);
    QFETCH(QString, text);
    const QDateTime start = m_harness->clock.time;
    QCOMPARE(clockText(start, start.addSecs(seconds)), text);
}

/// The window began 18 minutes ago, so the hour before it is over.
void TestRunPanes::bandSaysWhatIsDueFirst()
{
    m_harness->createRun(kTwoPhases);
    QVERIFY(m_harness->shows(u"1 Hour Before: 2 open, overdue by 1 h 18 min"_s));
    m_harness->clock.time = m_harness->clock.time.addSecs(60); // it follows the clock by itself
    QTRY_VERIFY(m_harness->shows(u"1 Hour Before: 2 open, overdue by 1 h 19 min"_s));
    QVERIFY(m_harness->shows(u"live · Small"_s));
    m_harness->signChecks();
    QTRY_VERIFY(!m_harness->shows(u"1 Hour Before: "_s)); // the execution has no due time
    QVERIFY(!m_harness->shows(u"live · Small"_s)); // the title has its own line again
}

void TestRunPanes::bandOffersNoRollbackWithoutAScenario()
{
    // A heading of that name without steps is nothing that can be declared.
    m_harness->createRun("# None\n\n## Execution\n\n- [ ] Go\n\n## Rollback\n\nAsk the DBA.\n");
    const QPushButton *button = m_harness->button(u"Roll back"_s);
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->toolTip(), u"The runbook has no rollback section."_s);
}

void TestRunPanes::layoutIsRestored()
{
    m_harness->createRun(kTwoPhases);
    const RunId run = m_harness->controller().state().id;
    auto *work = m_harness->window().findChild<QSplitter *>(u"work"_s);
    work->setSizes({400, 700});
    const QList<int> sizes = work->sizes();
    m_harness->restartEmpty();
    m_harness->reopen(run);
    work = m_harness->window().findChild<QSplitter *>(u"work"_s);
    QTRY_VERIFY(std::abs(work->sizes().first() - sizes.first()) < 3);
}

void TestRunPanes::narrowLayoutIsNotRemembered()
{
    m_harness->createRun(kTwoPhases);
    const RunId run = m_harness->controller().state().id;
    auto *page = m_harness->window().findChild<RunPage *>();
    m_harness->window().resize(1000, 760);
    QTRY_VERIFY(page->isNarrow());
    m_harness->restartEmpty(); // comes up wide again
    m_harness->reopen(run);
    page = m_harness->window().findChild<RunPage *>();
    QTRY_VERIFY(!page->isNarrow());
    auto *work = m_harness->window().findChild<QSplitter *>(u"work"_s);
    QCOMPARE(work->orientation(), Qt::Horizontal);
    auto *rail = m_harness->named<QListView>(u"Phases"_s);
    QTRY_VERIFY(rail->width() > rail->fontMetrics().averageCharWidth() * 20);
}

void TestRunPanes::narrowRailGivesItsRoomAway()
{
    m_harness->createRun(kTwoPhases);
    auto *rail = m_harness->named<QListView>(u"Phases"_s);
    auto *work = m_harness->window().findChild<QSplitter *>(u"work"_s);
    m_harness->window().resize(1000, 760);
    QTRY_VERIFY(work->mapTo(&m_harness->window(), QPoint()).x() <= rail->width() + 4);
    m_harness->window().resize(1440, 900);
    QTRY_VERIFY(rail->width() > 150);
}

/// In a run without a server no query durations are to be expected.
void TestRunPanes::foldedChartGivesItsRoomAway()
{
    m_harness->createRun(kTwoPhases);
    const RunId run = m_harness->controller().state().id;
    auto *chart = m_harness->window().findChild<QWidget *>(u"durationPane"_s);
    auto *rows = m_harness->window().findChild<QSplitter *>(u"vertical"_s);
    const int line = chart->fontMetrics().height();
    QTRY_VERIFY(chart->height() < 4 * line);
    m_harness->connectServer();
    QTRY_VERIFY(chart->height() > 8 * line);
    rows->setSizes({rows->height() - 12 * line, 12 * line});
    const int chosen = chart->height();
    m_harness->window().setMonitorStatus({});
    QTRY_VERIFY(chart->height() < 4 * line);
    m_harness->connectServer();
    QTRY_COMPARE(chart->height(), chosen);
    m_harness->window().setMonitorStatus({});
    QTRY_VERIFY(chart->height() < 4 * line);

    m_harness->restartEmpty(); // the room for a line is not remembered
    m_harness->reopen(run);
    chart = m_harness->window().findChild<QWidget *>(u"durationPane"_s);
    m_harness->connectServer();
    QTRY_VERIFY(chart->height() > 8 * line);
}

void TestRunPanes::largeTextFitsTheScreen()
{
    const QFont before = QApplication::font();
    QFont large = before;
    large.setPointSizeF(before.pointSizeF() * 2);
    m_harness.reset();
    QApplication::setFont(large);
    m_harness = std::make_unique<WindowHarness>();
    m_harness->createRun(kTwoPhases);
    m_harness->connectServer();
    const QSize least = m_harness->window().minimumSizeHint();
    QApplication::setFont(before);
    QVERIFY2(least.height() <= 860 && least.width() <= 1432,
             qPrintable(u"%1 × %2"_s.arg(least.width()).arg(least.height())));
}

void TestRunPanes::bandsOfTheChartAreTheCommands()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    const qint64 now = m_harness->clock.time.toMSecsSinceEpoch();
    m_harness->window().addSamples({{now - 1000, u"orders"_s, 4000}, {now, u"orders"_s, 5000}});
    const QWidget *chart = m_harness->named(u"Query durations"_s);
    QVERIFY(chart != nullptr);
    QTRY_VERIFY(QAccessible::queryAccessibleInterface(const_cast<QWidget *>(chart))
                    ->text(QAccessible::Description)
                    .contains(u"p99"_s));
}

void TestRunPanes::runOfAnotherStartGoesOnWhereItWas()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    const ExecutionId execution = m_harness->controller().state().executions.last().id;
    m_harness->restart();
    QCOMPARE(m_harness->runner.recovered(), QList<ExecutionId>{execution});
    QVERIFY(m_harness->shows(u"Execution"_s));
    QVERIFY(m_harness->button(u"Stop"_s) != nullptr);
    QVERIFY(m_harness->shows(u"1 command running, even when this window is closed"_s));
}

QTEST_MAIN(TestRunPanes)
#include "tst_runpanes.moc"
