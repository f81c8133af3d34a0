// SPDX-License-Identifier: Apache-2.0
// What the window makes of a command's output: how far a tool is, contradictions, symptoms.
#include "checklist/outputview.h"
#include "models/symptoms.h"
#include "run/runbooksource.h"
#include "runbook/parser.h"
#include "support/eventbuilder.h"
#include "window/windowharness.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::WindowHarness;

namespace
{

constexpr char kStep[] = R"(# Small

## Execution

### Step 1: Migrate

```bash
migrate
```

)";

constexpr char kTroubles[] = R"(## Troubleshooting

### Lock not available

**Symptom:** the log prints `LOCK TIMEOUT at attempt … in use by`, or P3009.

**Resolution:** wait; do not run `psql -c "select 1"` again.

### Disk full

**Symptoms**: "could not extend file", when `df -h` shows nothing left

### Words for people

**Symptoms:** The application warns about the schema.

## Contacts

**Symptom:** "call the on-duty person" is for troubleshooting alone
)";

constexpr char kLists[] = R"(## Troubleshooting

### Time-out

**Symptoms**

- The log prints `canceling statement due to
  statement timeout`
- or error P2024
  * with `connection pool exhausted` before it

**Resolution:**

- look for `idle in transaction` and end it

### Tightly written

**Symptoms:**
- `deadlock detected`

#### Resolution

- wait for `all sessions to end`

### Under a heading

#### Symptoms

1. `relation does not exist`

### Described

**Symptom:** the application is slow.

- set `statement_timeout = 0` again
)";

QStringList entriesOf(const QList<Symptom> &symptoms)
{
    QStringList entries;
    for (const Symptom &symptom : symptoms)
        entries += symptom.entry + u": "_s + symptom.phrase.join(u" | "_s);
    return entries;
}

} // namespace

class TestOutputNotice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void symptomsAreWhatTheEntriesQuote();
    void symptomsStandInListsToo();
    void aRunningToolSaysHowFarItIs();
    void aContradictionStandsInTheCard();
    void aSymptomOffersItsEntry();
    void oldFailuresAreLookedAtWhenTheRunIsOpened();
    void theRecordCountsOverWhatIsRead();
    void secretsThatTheLogMayHoldAreNamed();

private:
    void start();
    void print(const QByteArray &text) const;

    std::unique_ptr<WindowHarness> m_harness;
};

void TestOutputNotice::symptomsAreWhatTheEntriesQuote()
{
    const Runbook runbook = parseRunbook(QByteArray(kStep) + kTroubles, u"t.md"_s);
    QCOMPARE(entriesOf(symptomsOf(runbook)),
             (QStringList{u"Lock not available: LOCK TIMEOUT at attempt | in use by"_s,
                          u"Lock not available: P3009"_s, u"Disk full: could not extend file"_s}));
    QVERIFY(symptomsOf(Runbook()).isEmpty());
}

void TestOutputNotice::symptomsStandInListsToo()
{
    const Runbook runbook = parseRunbook(QByteArray(kStep) + kLists, u"t.md"_s);
    QCOMPARE(entriesOf(symptomsOf(runbook)),
             (QStringList{u"Time-out: canceling statement due to statement timeout"_s,
                          u"Time-out: P2024"_s, u"Time-out: connection pool exhausted"_s,
                          u"Tightly written: deadlock detected"_s,
                          u"Under a heading: relation does not exist"_s}));
}

void TestOutputNotice::start()
{
    m_harness = std::make_unique<WindowHarness>();
    m_harness->createRun(QByteArray(kStep) + kTroubles);
    m_harness->controller().approveRunbook();
    QTRY_VERIFY(m_harness->controller().state().approval);
    m_harness->controller().runCommand(
        test::commandOf(m_harness->controller().state(), u"Migrate"_s));
    QTRY_COMPARE(m_harness->runner.requests().size(), 1);
}

void TestOutputNotice::print(const QByteArray &text) const
{
    QFile log(
        m_harness->controller().outputFile(m_harness->runner.requests().constLast().execution));
    QVERIFY(log.open(QIODevice::Append));
    QCOMPARE(log.write(text), text.size());
}

void TestOutputNotice::aRunningToolSaysHowFarItIs()
{
    start();
    print("> Migrating files:\n> - 1_a\n> - 2_b\n### MIGRATION 1_a (UP) ###\n");
    m_harness->runner.reportStarted();
    QTRY_VERIFY(m_harness->shows(u"node-pg-migrate"_s));
    QTRY_VERIFY(m_harness->shows(u"0 of 2 · 1_a"_s));
    print("### MIGRATION 2_b (UP) ###\n");
    QTRY_VERIFY(m_harness->shows(u"1 of 2 · 2_b"_s));
}

void TestOutputNotice::aContradictionStandsInTheCard()
{
    start();
    m_harness->runner.reportStarted();
    m_harness->runner.reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
    QTRY_VERIFY(m_harness->controller().state().openExecutions().isEmpty());
    const QString text = u"exit 0, but psql reported a failure: ERROR:  no"_s;
    m_harness->controller().recordRecognition(
        {.execution = m_harness->runner.requests().constLast().execution,
         .tool = u"psql"_s,
         .failure = u"ERROR:  no"_s,
         .contradiction = text});
    QTRY_VERIFY(m_harness->shows(text));
    QVERIFY(m_harness->shows(u"exit 0"_s)); // which is what counts
}

void TestOutputNotice::aSymptomOffersItsEntry()
{
    start();
    m_harness->runner.reportStarted();
    print("NOTICE: LOCK TIMEOUT at attempt 1: orders is in use by pid 4\n");
    QTRY_VERIFY(m_harness->button(u"Troubleshooting: Lock not available"_s) != nullptr);
    QVERIFY(m_harness->button(u"Troubleshooting: Disk full"_s) == nullptr);
    m_harness->press(u"Troubleshooting: Lock not available"_s);
    auto *search = m_harness->named<QLineEdit>(u"Search reference"_s);
    QVERIFY(search != nullptr);
    QCOMPARE(search->text(), u"Lock not available"_s);
    QTRY_VERIFY(m_harness->shows(u"Resolution: wait"_s));
}

void TestOutputNotice::oldFailuresAreLookedAtWhenTheRunIsOpened()
{
    start();
    print("ERROR: could not extend file \"base/1\"\n");
    m_harness->runner.reportStarted();
    m_harness->runner.reportEnded({.outcome = ExecutionOutcome::Failed, .exitCode = 1});
    QTRY_VERIFY(m_harness->controller().state().openExecutions().isEmpty());
    m_harness->restart();
    QTRY_VERIFY(m_harness->button(u"Troubleshooting: Disk full"_s) != nullptr);
}

void TestOutputNotice::theRecordCountsOverWhatIsRead()
{
    ChecklistIntents intents;
    intents.findings = [](const ExecutionId &) {
        return OutputFindings{.tool = {.tool = u"Alembic"_s, .done = 1}, .symptoms = {}};
    };
    OutputView view(intents, nullptr);
    view.refresh(nullptr);
    QVERIFY(view.isHidden());
    Execution execution;
    view.refresh(&execution);
    QVERIFY(!view.isHidden());
    const auto shows = [&view](const QString &text) {
        return std::ranges::any_of(view.findChildren<QLabel *>(),
                                   [&](const QLabel *label) { return label->text() == text; });
    };
    QVERIFY(shows(u"1 migration"_s));
    execution.recognised =
        OutputRecognised{.tool = u"Alembic"_s, .migration = u"a2"_s, .done = 2, .total = 2};
    view.refresh(&execution);
    QVERIFY(shows(u"2 of 2 · a2"_s));
}

void TestOutputNotice::secretsThatTheLogMayHoldAreNamed()
{
    ChecklistIntents intents;
    OutputView view(intents, nullptr);
    Execution execution;
    view.refresh(&execution);
    QVERIFY(view.isHidden());
    execution.unmasked = {u"SHORT_PASSWORD"_s, u"typed"_s};
    view.refresh(&execution);
    QVERIFY(!view.isHidden());
    QStringList shown;
    for (const QLabel *label : view.findChildren<QLabel *>()) {
        if (!label->isHidden() && !label->text().isEmpty())
            shown += label->text();
    }
    QCOMPARE(shown,
             (QStringList{
                 u"not masked"_s,
                 u"The log may hold: SHORT_PASSWORD, what was typed (too short to be masked)"_s}));
    view.refresh(nullptr);
    QVERIFY(view.isHidden());
}

QTEST_MAIN(TestOutputNotice)
#include "tst_outputnotice.moc"
