// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr char kRunbook[] = R"(# Shared

## Execution

### Step 1: Ask

```bash
read answer
echo "got $answer"
exit 3
```

### Step 2: Look

```bash
echo looked
```
)";

} // namespace

/// Two programs on the same data folder and the same run.
class TestTwoWindows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void otherWindowFollowsTheExecution();
    void inputAndStopWorkFromBoth();
    void endIsRecordedOnce();
    void commandIsNotStartedTwice();
    void windowThatComesLaterFindsItRunning();
    void signOffsArriveInBoth();

private:
    struct Window
    {
        explicit Window(const QString &folder)
            : session(Paths(folder))
        {
        }
        [[nodiscard]] RunController &controller() { return session.controller(); }
        [[nodiscard]] const RunState &state() { return session.controller().state(); }
        [[nodiscard]] CommandId command(int step)
        {
            return state().runbook->phases.constFirst().steps.at(step).commands.constFirst().id;
        }
        [[nodiscard]] bool isRunning()
        {
            return !state().executions.isEmpty()
                && state().executions.constLast().phase == Execution::Phase::Running;
        }
        [[nodiscard]] QByteArray log()
        {
            QFile file(session.controller().outputFile(state().executions.constLast().id));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }
        template <typename Body>
        [[nodiscard]] qsizetype count()
        {
            const QList<RunEvent> &events = session.controller().events();
            return std::ranges::count_if(events, [](const RunEvent &event) {
                return std::holds_alternative<Body>(event.body);
            });
        }
        Session session;
        QSignalSpy failed{&session.controller(), &RunController::failed};
    };

    void startInFirst();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Window> m_first;
    std::unique_ptr<Window> m_second;
};

void TestTwoWindows::initTestCase()
{
    qputenv("RUNSHEET_EXEC", RUNSHEET_BINARY_DIR "/app/runsheet-exec/runsheet-exec");
}

void TestTwoWindows::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const QString data = m_folder->filePath(u"data"_s);
    m_first = std::make_unique<Window>(data);
    QSignalSpy created(&m_first->controller(), &RunController::runOpened);
    m_first->controller().createRun({.runbookFile = u"shared.md"_s,
                                     .runbookSource = kRunbook,
                                     .environment = {.name = u"x"_s}});
    QVERIFY(created.wait(20'000));
    m_first->controller().approveRunbook();
    QTRY_VERIFY(m_first->state().approval);
    m_second = std::make_unique<Window>(data);
    QSignalSpy opened(&m_second->controller(), &RunController::runOpened);
    m_second->controller().openRun(m_first->state().id);
    QVERIFY(opened.wait(20'000));
}

void TestTwoWindows::cleanup()
{
    for (Window *window : {m_first.get(), m_second.get()}) {
        if (window != nullptr && window->isRunning())
            window->controller().sendInput(window->state().executions.constLast().id, "bye\n");
    }
    if (m_first)
        QTRY_VERIFY_WITH_TIMEOUT(!m_first->isRunning(), 20'000);
    m_second.reset();
    m_first.reset();
}

void TestTwoWindows::startInFirst()
{
    m_first->controller().runCommand(m_first->command(0));
    QTRY_VERIFY_WITH_TIMEOUT(m_first->isRunning(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_second->isRunning(), 20'000);
}

void TestTwoWindows::otherWindowFollowsTheExecution()
{
    startInFirst();
    QCOMPARE(m_second->state().executions.constLast().id,
             m_first->state().executions.constLast().id);
    QCOMPARE(m_second->state().executions.constLast().pid,
             m_first->state().executions.constLast().pid);
    QCOMPARE(m_second->log(), m_first->log());
    m_first->controller().sendInput(m_first->state().executions.constLast().id, "yes\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_second->state().executions.constLast().end.has_value(), 20'000);
    QCOMPARE(m_second->state().executions.constLast().end->exitCode, 3);
    QVERIFY(m_second->log().contains("got yes"));
}

void TestTwoWindows::inputAndStopWorkFromBoth()
{
    startInFirst();
    const ExecutionId execution = m_first->state().executions.constLast().id;
    m_second->controller().sendInput(execution, "from the second\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_first->log().contains("got from the second"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_first->state().executions.constLast().end.has_value(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_second->state().executions.constLast().end.has_value(), 20'000);

    m_first->controller().runCommand(m_first->command(0));
    QTRY_COMPARE_WITH_TIMEOUT(m_second->state().executions.size(), 2, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_second->isRunning(), 20'000);
    m_second->controller().stopExecution(m_second->state().executions.constLast().id,
                                         StopRung::Interrupt);
    QTRY_VERIFY_WITH_TIMEOUT(m_first->state().executions.constLast().end.has_value(), 20'000);
    QCOMPARE(m_first->state().executions.constLast().end->outcome, ExecutionOutcome::Signalled);
    QVERIFY(m_first->state().executions.constLast().wasAsked(StopRung::Interrupt));
}

void TestTwoWindows::endIsRecordedOnce()
{
    startInFirst();
    m_first->controller().sendInput(m_first->state().executions.constLast().id, "x\n");
    for (Window *window : {m_first.get(), m_second.get()})
        QTRY_VERIFY_WITH_TIMEOUT(window->state().executions.constLast().end.has_value(), 20'000);
    // An event of each, so that everything the other wrote is known to both.
    m_first->controller().addNote(u"one"_s);
    m_second->controller().addNote(u"two"_s);
    for (Window *window : {m_first.get(), m_second.get()}) {
        QTRY_COMPARE_WITH_TIMEOUT(window->count<NoteAdded>(), 2, 20'000);
        QCOMPARE(window->count<CommandStarted>(), 1);
        QCOMPARE(window->count<CommandEnded>(), 1);
        QCOMPARE(window->count<VariablesCaptured>(), 1);
        QVERIFY(verifyChain(window->controller().events()).intact);
        QCOMPARE(window->failed.size(), 0);
    }
}

void TestTwoWindows::commandIsNotStartedTwice()
{
    // Neither knows of the other's wish when it asks its rules.
    m_first->controller().runCommand(m_first->command(0));
    m_second->controller().runCommand(m_second->command(0));
    QTRY_VERIFY_WITH_TIMEOUT(m_first->failed.size() + m_second->failed.size() == 1, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_first->isRunning() && m_second->isRunning(), 20'000);
    QCOMPARE(m_first->state().executions.size(), 1);
    QCOMPARE(m_second->state().executions, m_first->state().executions);
    const QSignalSpy &failed = m_first->failed.isEmpty() ? m_second->failed : m_first->failed;
    QVERIFY(failed.constFirst().constFirst().value<Error>().message.contains(u"another window"_s));
}

void TestTwoWindows::windowThatComesLaterFindsItRunning()
{
    startInFirst();
    const RunId run = m_first->state().id;
    m_second.reset();
    m_second = std::make_unique<Window>(m_folder->filePath(u"data"_s));
    m_second->controller().openRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(m_second->isRunning(), 20'000);
    m_second->controller().sendInput(m_second->state().executions.constLast().id, "late\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_second->log().contains("got late"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_second->state().executions.constLast().end.has_value(), 20'000);
}

void TestTwoWindows::signOffsArriveInBoth()
{
    const StepId step = m_first->state().runbook->phases.constFirst().steps.constLast().id;
    m_first->controller().signStep(
        {.step = step, .observed = {}, .note = {}, .signedBy = u"Ada"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_second->state().isSigned(step), 20'000);
}

QTEST_GUILESS_MAIN(TestTwoWindows)
#include "tst_twowindows.moc"
