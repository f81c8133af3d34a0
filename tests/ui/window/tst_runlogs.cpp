// SPDX-License-Identifier: Apache-2.0
#include "log/logpane.h"
#include "log/logview.h"
#include "output/logtesting.h"
#include "run/logentries.h"
#include "window/windowharness.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;
using runsheet::testing::writeLog;

/// The logs of a run's commands in its window: the one that runs, and all before it.
class TestRunLogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_harness = std::make_unique<WindowHarness>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_harness->runner.setOutputFolder(m_folder->path());
        m_harness->createRun(kTwoPhases);
    }
    void cleanup() { m_harness.reset(); }

    void everyExecutionHasItsStateInTheList();
    void anEarlierLogOpensFromTheList();
    void theChosenTimesAreRemembered();
    void whatAsksForAttentionIsSaid();
    void aToolThatSaidSuccessAndDoesNotEndLingers();
    void aSettledOutcomeShowsEverywhere();
    void aHiddenEntryStaysHiddenWhenItsLogIsShownAgain();

private:
    [[nodiscard]] LogPane *pane() const { return m_harness->window().findChild<LogPane *>(); }
    [[nodiscard]] QComboBox *picker() const
    {
        return pane()->findChild<QComboBox *>(u"executionPicker"_s);
    }
    void writeOutput(const QByteArray &text)
    {
        const ExecutionId id = m_harness->runner.requests().last().execution;
        QVERIFY(writeLog(m_harness->runner.outputFile({}, id), text));
    }
    /// Fails, runs again, and succeeds in it.
    void runTwice()
    {
        m_harness->startCommand();
        writeOutput("first try\n");
        m_harness->endCommand(ExecutionOutcome::Failed, 1);
        QTest::keyClick(&m_harness->window(), Qt::Key_R);
        QTRY_COMPARE(m_harness->runner.requests().size(), 2);
        m_harness->runner.reportStarted();
        writeOutput("second try\n");
    }

    std::unique_ptr<WindowHarness> m_harness;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestRunLogs::everyExecutionHasItsStateInTheList()
{
    runTwice();
    const auto words = [this] {
        QStringList all;
        for (const LogEntry &entry :
             logEntries(m_harness->controller().state(), {}, m_harness->clock.time))
            all += shapeOf(entry.tone) + entry.title + u"|"_s + entry.state;
        return all;
    };
    QCOMPARE(words().size(), 2);
    QVERIFY2(words().first().endsWith(u", attempt 2|running"_s), qPrintable(words().first()));
    QVERIFY(words().first().startsWith(u"●"_s));
    QVERIFY2(words().last().endsWith(u"|exit 1"_s), qPrintable(words().last()));
    QVERIFY(words().last().startsWith(u"✕"_s));
    QTRY_COMPARE(picker()->count(), 2);
    QTRY_VERIFY(picker()->currentText().startsWith(u"● "_s));
    m_harness->endCommand(ExecutionOutcome::Succeeded);
    QTRY_VERIFY(picker()->currentText().startsWith(u"✓ "_s));
    QVERIFY(words().first().endsWith(u"|exit 0"_s));
}

void TestRunLogs::anEarlierLogOpensFromTheList()
{
    runTwice();
    QTRY_COMPARE(pane()->view()->visibleText(), QStringList{u"second try"_s});
    pane()->view()->setFocus();
    QTest::keyClick(pane()->view(), Qt::Key_Down, Qt::AltModifier);
    QTRY_COMPARE(pane()->view()->visibleText(), QStringList{u"first try"_s});
    QVERIFY(!pane()->view()->tail().isGrowing());
    QVERIFY(picker()->currentText().endsWith(u"exit 1"_s));
    QTest::keyClick(pane()->view(), Qt::Key_Up, Qt::AltModifier);
    QTRY_COMPARE(pane()->view()->visibleText(), QStringList{u"second try"_s});
    QVERIFY(pane()->view()->tail().isGrowing());
}

void TestRunLogs::theChosenTimesAreRemembered()
{
    QCOMPARE(pane()->view()->stamps(), StampKind::Absolute);
    pane()->findChild<QAction *>(u"stamps-since-previous"_s)->trigger();
    m_harness->restart();
    QCOMPARE(pane()->view()->stamps(), StampKind::SincePrevious);
}

/// In the step's row, in the log's header and in its list of commands.
void TestRunLogs::whatAsksForAttentionIsSaid()
{
    runTwice();
    const ExecutionId id = m_harness->runner.requests().last().execution;
    const auto *chip = pane()->findChild<QLabel *>(u"logState"_s);
    QTRY_COMPARE(chip->accessibleName(), u"running"_s);
    Q_EMIT m_harness->runner.terminalChanged(id, {.echo = true, .waiting = true});
    QCOMPARE(chip->accessibleName(), u"waits for input"_s);
    QVERIFY(picker()->currentText().endsWith(u"waits for input"_s));
    QVERIFY(m_harness->shows(u"waits for input 00:"_s));
    QVERIFY(m_harness->shows(u"Answer it in the line below its log."_s));
    Q_EMIT m_harness->runner.terminalChanged(id, {.stopped = true});
    QCOMPARE(chip->accessibleName(), u"suspended"_s);
    QVERIFY(chip->toolTip().contains(u"SIGTSTP"_s));
    QVERIFY(m_harness->shows(u"suspended 00:"_s));
    m_harness->press(u"Continue: echo migrating"_s);
    QCOMPARE(m_harness->runner.sentSignals().last(), qMakePair(id, SIGCONT));
    Q_EMIT m_harness->runner.terminalChanged(id, {});
    QCOMPARE(chip->accessibleName(), u"running"_s);
    QVERIFY(!m_harness->shows(u"SIGTSTP"_s));
    QVERIFY(m_harness->button(u"Continue: echo migrating"_s) == nullptr);
}

void TestRunLogs::aToolThatSaidSuccessAndDoesNotEndLingers()
{
    m_harness->startCommand();
    m_harness->clock.time = QDateTime::currentDateTimeUtc(); // as the log's file goes
    writeOutput("Successfully applied 2 migrations to schema \"public\", now at version v2\n");
    const auto *chip = pane()->findChild<QLabel *>(u"logState"_s);
    QTRY_VERIFY(m_harness->shows(u"Flyway"_s));
    QCOMPARE(chip->accessibleName(), u"running"_s);
    m_harness->clock.time = m_harness->clock.time.addSecs(11);
    QTRY_COMPARE(chip->accessibleName(), u"lingering"_s);
    QTRY_VERIFY(m_harness->shows(u"Flyway reported success at"_s));
    m_harness->endCommand(ExecutionOutcome::Succeeded);
    QTRY_COMPARE(chip->accessibleName(), u"exit 0"_s);
    QVERIFY(!m_harness->shows(u"reported success at"_s));
}

void TestRunLogs::aSettledOutcomeShowsEverywhere()
{
    m_harness->startCommand();
    const ExecutionId id = m_harness->runner.requests().last().execution;
    m_harness->endCommand(ExecutionOutcome::Unknown);
    const auto *chip = pane()->findChild<QLabel *>(u"logState"_s);
    QTRY_COMPARE(chip->accessibleName(), u"outcome unknown"_s);
    m_harness->controller().resolveExecution(id, ExecutionOutcome::Succeeded,
                                             u"the table is there"_s);
    QTRY_COMPARE(chip->accessibleName(), u"succeeded (settled by hand)"_s);
}

void TestRunLogs::aHiddenEntryStaysHiddenWhenItsLogIsShownAgain()
{
    runTwice();
    auto *field = pane()->findChild<QLineEdit *>(u"commandInput"_s);
    QTRY_VERIFY(field->isVisible());
    const QList<CommandRequest> requests = m_harness->runner.requests();
    Q_EMIT m_harness->runner.terminalChanged(requests.last().execution,
                                             {.echo = false, .waiting = true});
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    Q_EMIT pane()->executionPicked(requests.first().execution.value);
    QVERIFY(!field->isVisible()); // it has ended
    Q_EMIT pane()->executionPicked(requests.last().execution.value);
    QVERIFY(field->isVisible());
    QCOMPARE(field->echoMode(), QLineEdit::Password);
}

QTEST_MAIN(TestRunLogs)
#include "tst_runlogs.moc"
