// SPDX-License-Identifier: Apache-2.0
#include "run/notices.h"
#include "support/eventbuilder.h"
#include "theme.h"
#include "window/windowharness.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

constexpr char kNotToBeStopped[] = R"(# Careful

## Execution

### Step 1: Migrate

```bash {cancel=false}
echo migrating
```
)";

/// Texts that do not fit the room they got.
QStringList cut(const QWidget &root)
{
    QStringList texts;
    for (const QLabel *label : root.findChildren<QLabel *>()) {
        if (label->isVisible() && label->wordWrap()
            && label->height() + 1 < label->heightForWidth(label->width()))
            texts += label->text();
    }
    return texts;
}

/// Into the folder named by RUNSHEET_SHOTS, for looking at; otherwise nowhere.
void shoot(QWidget &widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("RUNSHEET_SHOTS");
    if (!folder.isEmpty())
        widget.grab().save(folder + u'/' + name + u".png"_s);
}

ServerBackend backend()
{
    return {.pid = 4242,
            .user = u"shop"_s,
            .state = u"active"_s,
            .wait = u"Lock: relation"_s,
            .query = u"ALTER TABLE orders ADD COLUMN discount_code text"_s,
            .ageMs = 192'000,
            .transaction = 7341};
}

} // namespace

/// Stopping a command from the window, and what the window says of the server.
class TestStopping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void dialogSaysWhatEachRungDoes();
    void dialogShowsWhatTheServerSays();
    void rungsAreOfferedInOrder();
    void rungChosenWithoutAClickIsTheOneDone();
    void stopThatReachesNobodyIsSaidUntilTheEnd();
    void theKeyFindsTheCommandThatRuns();
    void theServerIsAskedAndTheEndSettledByKey();
    void withoutAServerItIsSaidThatNobodyWasAsked();
    void dialogClosesWhenTheCommandHasEnded();
    void leavingTheDialogStopsNothing();
    void logPaneStopsToo();
    void whatIsNotToBeStoppedHasNoStop();
    void workLeftOnTheServerIsStoppedThere();
    void leftoverIndexCanBeCopied();
    void checkIsOfferedAfterAnUncleanEnd();
    void settlingShowsWhatIsKnown();
    void looks_data();
    void looks();

private:
    [[nodiscard]] const RunState &state() const { return m_harness->controller().state(); }
    [[nodiscard]] const Execution &execution() const { return state().executions.constLast(); }
    void say(ServerVerdict verdict, const QString &finding, const QString &advice = {});
    [[nodiscard]] static bool dialogShows(const QString &text);
    [[nodiscard]] static QRadioButton *rung(const QString &name);
    void endBySignal();

    std::unique_ptr<WindowHarness> m_harness;
};

void TestStopping::init()
{
    applyTheme(*qApp, ThemeChoice::Light);
    m_harness = std::make_unique<WindowHarness>();
}

void TestStopping::cleanup()
{
    m_harness.reset();
}

void TestStopping::say(ServerVerdict verdict, const QString &finding, const QString &advice)
{
    ServerChecked checked{.execution = execution().id,
                          .verdict = verdict,
                          .finding = finding,
                          .evidence = {},
                          .advice = advice};
    if (verdict == ServerVerdict::Running)
        checked.backends = {backend()};
    m_harness->controller().recordServerCheck(checked);
    QTRY_COMPARE(m_harness->controller().pendingEvents(), 0);
}

bool TestStopping::dialogShows(const QString &text)
{
    const auto labels = WindowHarness::dialog()->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

QRadioButton *TestStopping::rung(const QString &name)
{
    for (auto *button : WindowHarness::dialog()->findChildren<QRadioButton *>()) {
        if (button->accessibleName() == name)
            return button;
    }
    return nullptr;
}

void TestStopping::endBySignal()
{
    CommandEnded end;
    end.outcome = ExecutionOutcome::Signalled;
    end.signal = SIGTERM;
    m_harness->runner.reportEnded(end);
    QTRY_VERIFY(execution().end);
}

void TestStopping::dialogSaysWhatEachRungDoes()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->press(u"Stop"_s);
    for (const auto &words : {u"as Ctrl+C would"_s, u"pg_cancel_backend"_s, u"SIGTERM"_s,
                              u"pg_terminate_backend"_s, u"SIGKILL"_s})
        QVERIFY2(dialogShows(words), qPrintable(words));
    for (auto *button : WindowHarness::dialog()->findChildren<QRadioButton *>())
        QVERIFY(!button->accessibleDescription().isEmpty());
}

void TestStopping::dialogShowsWhatTheServerSays()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    QSignalSpy asked(&m_harness->controller(), &RunController::serverCheckWanted);
    m_harness->press(u"Stop"_s);
    QCOMPARE(asked.size(), 1);
    QVERIFY(dialogShows(u"Asking the server"_s));
    say(ServerVerdict::Running, u"Still on the server: pid 4242."_s);
    QTRY_VERIFY(dialogShows(u"Still on the server: pid 4242."_s));
    m_harness->press(u"Ask the server again"_s);
    QCOMPARE(asked.size(), 2);
    QVERIFY(dialogShows(u"Asking the server"_s));
}

void TestStopping::rungsAreOfferedInOrder()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->press(u"Stop"_s);
    QVERIFY(rung(u"Interrupt"_s)->isChecked());
    for (const auto &name :
         {u"Cancel on the server"_s, u"Terminate"_s, u"Disconnect on the server"_s, u"Kill"_s}) {
        QVERIFY(!rung(name)->isEnabled());
        QVERIFY(!rung(name)->toolTip().isEmpty()); // why not
    }
    m_harness->confirm();
    QTRY_COMPARE(execution().stops.size(), 1);
    QTRY_VERIFY(m_harness->shows(u"Asked to stop: Interrupt 02:00:00"_s));
    m_harness->press(u"Stop"_s);
    QVERIFY(rung(u"Cancel on the server"_s)->isChecked());
    QVERIFY(dialogShows(u"✓ 02:00:00 by release"_s));
    // The server may be out of reach, so a person may go past it.
    rung(u"Terminate"_s)->click();
    QCOMPARE(WindowHarness::dialog()->findChild<QPushButton *>(u"confirm"_s)->text(),
             u"Terminate command"_s);
    m_harness->confirm();
    QTRY_COMPARE(m_harness->runner.sentSignals().size(), 2);
    QCOMPARE(m_harness->runner.sentSignals().constLast().second, SIGTERM);
}

/// As a screen reader chooses it.
void TestStopping::rungChosenWithoutAClickIsTheOneDone()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    for (qsizetype rungs = 1; rungs <= 2; ++rungs) {
        m_harness->press(u"Stop"_s);
        rung(rungs == 1 ? u"Interrupt"_s : u"Terminate"_s)->setChecked(true);
        m_harness->confirm();
        QTRY_COMPARE(execution().stops.size(), rungs);
    }
    m_harness->press(u"Stop"_s);
    rung(u"Kill"_s)->setChecked(true);
    QCOMPARE(WindowHarness::dialog()->findChild<QPushButton *>(u"confirm"_s)->text(),
             u"Kill command"_s);
    QVERIFY(!WindowHarness::canConfirm()); // only with the word
}

void TestStopping::stopThatReachesNobodyIsSaidUntilTheEnd()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->press(u"Stop"_s);
    m_harness->confirm();
    Q_EMIT m_harness->runner.undelivered(execution().id);
    QTRY_COMPARE(execution().stops.size(), 1); // that it was asked for is recorded after that
    const QString said = outOfReach(m_harness->controller().state(), execution()).message;
    QVERIFY(m_harness->shows(said));
    endBySignal();
    QTRY_VERIFY(!m_harness->shows(said));
}

void TestStopping::theKeyFindsTheCommandThatRuns()
{
    m_harness->createRun(kTwoPhases);
    m_harness->trigger(u"Stop command"_s);
    QVERIFY(WindowHarness::dialog() == nullptr);
    QVERIFY(m_harness->shows(u"No command is running."_s));
    m_harness->startCommand();
    m_harness->trigger(u"Next step"_s); // another step is the current one
    m_harness->trigger(u"Stop command"_s);
    m_harness->confirm();
    QTRY_COMPARE(execution().stops.size(), 1);
}

void TestStopping::theServerIsAskedAndTheEndSettledByKey()
{
    m_harness->createRun(kTwoPhases);
    m_harness->trigger(u"Settle outcome"_s);
    QVERIFY(m_harness->shows(u"No command's outcome is in doubt."_s));
    m_harness->startCommand();
    QSignalSpy asked(&m_harness->controller(), &RunController::serverCheckWanted);
    m_harness->trigger(u"Check the server"_s);
    QCOMPARE(asked.size(), 1);
    m_harness->endCommand(ExecutionOutcome::Unknown);
    QTRY_VERIFY(execution().isUnresolved());
    m_harness->trigger(u"Settle outcome"_s);
    QVERIFY(WindowHarness::dialog() != nullptr);
}

void TestStopping::withoutAServerItIsSaidThatNobodyWasAsked()
{
    m_harness->createRun(kTwoPhases, {.name = u"elsewhere"_s});
    m_harness->startCommand();
    m_harness->press(u"Stop"_s);
    m_harness->confirm();
    QTRY_COMPARE(execution().stops.size(), 1);
    endBySignal();
    QTRY_VERIFY(m_harness->shows(u"names no server, so none was asked"_s));
}

void TestStopping::dialogClosesWhenTheCommandHasEnded()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->press(u"Stop"_s);
    m_harness->endCommand(ExecutionOutcome::Succeeded);
    QTRY_VERIFY(WindowHarness::dialog() == nullptr);
    QCOMPARE(m_harness->runner.sentSignals().size(), 0);
}

void TestStopping::leavingTheDialogStopsNothing()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->press(u"Stop"_s);
    m_harness->press(u"Let it run"_s);
    QVERIFY(WindowHarness::dialog() == nullptr);
    QCOMPARE(execution().stops.size(), 0);
}

void TestStopping::logPaneStopsToo()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->press(u"Stop command"_s);
    m_harness->press(u"Interrupt command"_s);
    QTRY_COMPARE(m_harness->runner.sentSignals().size(), 1);
    m_harness->endCommand(ExecutionOutcome::Failed, 130);
    QTRY_VERIFY(m_harness->button(u"Stop command"_s) == nullptr);
}

void TestStopping::whatIsNotToBeStoppedHasNoStop()
{
    m_harness->createRun(kNotToBeStopped);
    m_harness->controller().approveRunbook();
    QTRY_VERIFY(state().approval);
    m_harness->press(u"Run: echo migrating"_s);
    QTRY_COMPARE(m_harness->runner.requests().size(), 1);
    m_harness->runner.reportStarted();
    QTRY_VERIFY(m_harness->shows(u"running 00:00:00"_s));
    QVERIFY(m_harness->button(u"Stop"_s) == nullptr);
    QVERIFY(m_harness->button(u"Stop command"_s) == nullptr);
    QVERIFY(m_harness->shows(u"cancel=false"_s));
}

void TestStopping::workLeftOnTheServerIsStoppedThere()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    endBySignal();
    say(ServerVerdict::Running, u"Still on the server: pid 4242."_s);
    QTRY_VERIFY(m_harness->shows(u"still on the server"_s));
    QVERIFY(m_harness->shows(u"Still on the server: pid 4242."_s));
    QVERIFY(!m_harness->button(u"Run: echo migrating"_s)->isEnabled()); // it blocks the run
    m_harness->press(u"Stop on the server: echo migrating"_s);
    QVERIFY(!rung(u"Interrupt"_s)->isEnabled());
    QVERIFY(rung(u"Cancel on the server"_s)->isChecked());
    QSignalSpy wanted(&m_harness->controller(), &RunController::backendStopWanted);
    rung(u"Disconnect on the server"_s)->click();
    m_harness->confirm();
    QTRY_COMPARE(wanted.size(), 1);
    QCOMPARE(wanted.constFirst().constFirst().value<BackendSignalled>().pids, QList<qint64>{4242});
    say(ServerVerdict::RolledBack, u"Rolled back: the server says so."_s);
    QTRY_VERIFY(m_harness->shows(u"cancelled (server confirms)"_s));
    QVERIFY(m_harness->shows(u"server: rolled back"_s));
    QVERIFY(m_harness->button(u"Stop on the server: echo migrating"_s) == nullptr);
    QVERIFY(m_harness->button(u"Run: echo migrating"_s)->isEnabled());
}

void TestStopping::leftoverIndexCanBeCopied()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->endCommand(ExecutionOutcome::Failed, 3);
    const QString drop = u"DROP INDEX CONCURRENTLY public.items_slow;"_s;
    say(ServerVerdict::InvalidIndex, u"It left an invalid index behind."_s, drop);
    QTRY_VERIFY(m_harness->shows(u"server: invalid index left"_s));
    m_harness->press(u"Copy the statement"_s);
    QCOMPARE(QApplication::clipboard()->text(), drop);
}

void TestStopping::checkIsOfferedAfterAnUncleanEnd()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    QVERIFY(m_harness->button(u"Check server: echo migrating"_s) == nullptr);
    QSignalSpy asked(&m_harness->controller(), &RunController::serverCheckWanted);
    m_harness->endCommand(ExecutionOutcome::Failed, 3);
    QTRY_COMPARE(asked.size(), 1); // by itself
    QTRY_VERIFY(m_harness->button(u"Check server: echo migrating"_s) != nullptr);
    m_harness->press(u"Check server: echo migrating"_s);
    QCOMPARE(asked.size(), 2);
}

void TestStopping::settlingShowsWhatIsKnown()
{
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->endCommand(ExecutionOutcome::Unknown, -1);
    say(ServerVerdict::Unknown, u"Its last transaction that was seen is committed."_s);
    QTRY_VERIFY(m_harness->button(u"Settle: echo migrating"_s) != nullptr);
    m_harness->press(u"Settle: echo migrating"_s);
    QVERIFY(dialogShows(u"Its last transaction that was seen is committed."_s));
    QVERIFY(dialogShows(u"nothing else of this run goes on"_s));
}

void TestStopping::looks_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

/// Nothing is cut off; the pictures are for looking at.
void TestStopping::looks()
{
    QFETCH(bool, dark);
    applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    m_harness->createRun(kTwoPhases);
    m_harness->startCommand();
    m_harness->controller().stopExecution(execution().id, StopRung::Interrupt);
    QTRY_COMPARE(execution().stops.size(), 1);
    m_harness->press(u"Stop"_s);
    say(ServerVerdict::Running,
        u"Still on the server: pid 4242 (shop), active for 3 min 12 s, waits for Lock: relation, "
        "transaction 7341: ALTER TABLE orders ADD COLUMN discount_code text."_s);
    QTRY_COMPARE(cut(*WindowHarness::dialog()), QStringList());
    shoot(*WindowHarness::dialog(), u"stop-"_s + tag);
    m_harness->press(u"Cancel on the server"_s);
    QTRY_COMPARE(execution().stops.size(), 2);
    m_harness->press(u"Stop"_s);
    rung(u"Terminate"_s)->click();
    m_harness->confirm();
    QTRY_COMPARE(execution().stops.size(), 3);
    m_harness->press(u"Stop"_s);
    rung(u"Kill"_s)->click();
    QTRY_COMPARE(cut(*WindowHarness::dialog()), QStringList());
    shoot(*WindowHarness::dialog(), u"stop-kill-"_s + tag);
    m_harness->press(u"Let it run"_s);
    QTRY_COMPARE(cut(m_harness->window()), QStringList());
    shoot(m_harness->window(), u"stop-asked-"_s + tag);
    endBySignal();
    say(ServerVerdict::InvalidIndex,
        u"It left the invalid index public.orders_code_idx behind: no query uses it and every "
        "write pays for it. Drop it before you try again."_s,
        u"DROP INDEX CONCURRENTLY public.orders_code_idx;"_s);
    QTRY_VERIFY(m_harness->shows(u"server: invalid index left"_s));
    QTRY_COMPARE(cut(m_harness->window()), QStringList());
    shoot(m_harness->window(), u"stop-index-"_s + tag);
    say(ServerVerdict::Running,
        u"Still on the server: pid 4242 (shop), active for 3 min 12 s: ALTER TABLE orders ADD "
        "COLUMN discount_code text. The command itself has ended; that did not stop its "
        "statement."_s);
    QTRY_VERIFY(m_harness->shows(u"still on the server"_s));
    QTRY_COMPARE(cut(m_harness->window()), QStringList());
    shoot(m_harness->window(), u"stop-left-"_s + tag);
    m_harness->press(u"Settle: echo migrating"_s);
    shoot(*WindowHarness::dialog(), u"settle-"_s + tag);
}

QTEST_MAIN(TestStopping)
#include "tst_stopping.moc"
