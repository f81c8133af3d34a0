// SPDX-License-Identifier: Apache-2.0
#include "overrunrecorder.h"
#include "support/eventbuilder.h"
#include "support/fakejournal.h"
#include "support/fakerunner.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

constexpr char kSlow[] = R"(# Slow

## Execution

### Step 1: Migrate

```bash {timeout=15m}
echo migrating
```
)";

class SetClock final : public Clock
{
public:
    QDateTime time = fromIsoUtc(u"2026-11-20T02:00:00.000Z"_s);
    [[nodiscard]] QDateTime now() const override { return time; }
};

} // namespace

class TestOverrunRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void timeoutWarnsAndEndsNothing();
    void quickCommandIsNoOverrun();
    void itIsRecordedOnce();
    void whatOverranWithoutAWindowIsFoundOnOpening();

private:
    void start();
    [[nodiscard]] const Execution &execution() const
    {
        return m_controller->state().executions.constLast();
    }
    [[nodiscard]] qsizetype overruns() const
    {
        const QList<RunEvent> &events = m_controller->events();
        return std::ranges::count_if(events, [](const RunEvent &event) {
            return std::holds_alternative<CommandOverran>(event.body);
        });
    }
    void settle() const { QTRY_COMPARE(m_controller->pendingEvents(), 0); }

    SetClock m_clock;
    std::unique_ptr<FakeJournal> m_journal;
    std::unique_ptr<FakeRunner> m_runner;
    std::unique_ptr<RunController> m_controller;
    std::unique_ptr<OverrunRecorder> m_recorder;
};

void TestOverrunRecorder::init()
{
    m_recorder.reset();
    m_controller.reset();
    m_journal = std::make_unique<FakeJournal>();
    m_runner = std::make_unique<FakeRunner>();
    const Person person{.name = u"Ada"_s, .account = u"ada"_s, .host = u"desk"_s};
    m_controller = std::make_unique<RunController>(*m_journal, *m_runner, m_clock, person);
    m_recorder = std::make_unique<OverrunRecorder>(*m_controller);
    start();
}

void TestOverrunRecorder::start()
{
    QSignalSpy opened(m_controller.get(), &RunController::runOpened);
    m_controller->createRun(
        {.runbookFile = u"t.md"_s, .runbookSource = kSlow, .environment = {.name = u"x"_s}});
    QVERIFY(opened.wait());
    m_controller->approveRunbook();
    settle();
    m_controller->runCommand(commandOf(m_controller->state(), u"Migrate"_s));
    QTRY_COMPARE(m_runner->requests().size(), 1);
    m_runner->reportStarted();
    settle();
}

void TestOverrunRecorder::timeoutWarnsAndEndsNothing()
{
    m_clock.time = m_clock.time.addSecs(899);
    m_controller->addNote(u"still in time"_s);
    settle();
    QVERIFY(!execution().overranAt.isValid());
    m_clock.time = m_clock.time.addSecs(1);
    m_controller->addNote(u"now it is late"_s);
    QTRY_VERIFY(execution().overranAt.isValid());
    QVERIFY(execution().isOpen());
    QCOMPARE(m_runner->sentSignals().size(), 0);
}

void TestOverrunRecorder::quickCommandIsNoOverrun()
{
    m_runner->reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
    settle();
    m_clock.time = m_clock.time.addSecs(4000);
    m_controller->addNote(u"long after"_s);
    settle();
    QCOMPARE(overruns(), 0);
}

void TestOverrunRecorder::itIsRecordedOnce()
{
    m_clock.time = m_clock.time.addSecs(1000);
    for (int i = 0; i < 3; ++i)
        m_controller->addNote(u"note"_s);
    settle();
    QTRY_COMPARE(overruns(), 1);
}

void TestOverrunRecorder::whatOverranWithoutAWindowIsFoundOnOpening()
{
    const RunId run = m_controller->state().id;
    m_controller->closeRun();
    m_clock.time = m_clock.time.addSecs(1000);
    m_controller->openRun(run);
    QTRY_VERIFY(m_controller->hasRun());
    QTRY_VERIFY(execution().overranAt.isValid());
}

QTEST_GUILESS_MAIN(TestOverrunRecorder)
#include "tst_overrunrecorder.moc"
