// SPDX-License-Identifier: Apache-2.0
#include "log/logpane.h"
#include "log/logview.h"
#include "output/logtesting.h"
#include "run/logentries.h"
#include "window/windowharness.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

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
        for (const LogEntry &entry : logEntries(m_harness->controller().state()))
            all += entry.title + u"|"_s + entry.state + u"|"_s + toneName(entry.tone);
        return all;
    };
    QCOMPARE(words().size(), 2);
    QVERIFY2(words().first().endsWith(u", attempt 2|running|running"_s),
             qPrintable(words().first()));
    QVERIFY2(words().last().endsWith(u"|exit 1|bad"_s), qPrintable(words().last()));
    QTRY_COMPARE(picker()->count(), 2);
    QTRY_VERIFY(picker()->currentText().startsWith(u"● "_s));
    m_harness->endCommand(ExecutionOutcome::Succeeded);
    QTRY_VERIFY(picker()->currentText().startsWith(u"✓ "_s));
    QVERIFY(words().first().endsWith(u"|exit 0|ok"_s));
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
