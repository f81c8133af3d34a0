// SPDX-License-Identifier: Apache-2.0
// What a step shows of expectations, choices and waiting times, on states made by hand.
#include "checklist/commandrow.h"
#include "checklist/differenceview.h"
#include "checklist/expectationview.h"
#include "checklist/stepcard.h"
#include "checklist/waitrow.h"
#include "run/waitwatch.h"
#include "theme.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

const StepId kStep{u"p/s"_s};
const QDateTime kStart(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC);

Command command(const QString &id, const QString &choice = {})
{
    return {.id = {kStep.value + u'#' + id}, .label = id, .text = u"run "_s + id, .choice = choice};
}

RunState stateOf(const Step &step)
{
    Phase phase{.id = {u"p"_s}, .group = PhaseGroup::Window, .title = u"Execution"_s};
    phase.steps = {step};
    Runbook runbook;
    runbook.phases = {phase};
    RunState state;
    state.id = RunId::create();
    state.status = RunStatus::InProgress;
    state.approval.emplace();
    state.runbook = std::make_shared<const Runbook>(runbook);
    return state;
}

Execution succeeded(const QString &id)
{
    Execution execution;
    execution.id = {id};
    execution.command = {kStep.value + u'#' + id};
    execution.step = kStep;
    execution.text = u"run "_s + id;
    execution.phase = Execution::Phase::Ended;
    execution.end =
        CommandEnded{.execution = {id}, .outcome = ExecutionOutcome::Succeeded, .exitCode = 0};
    return execution;
}

OutputCompared differing(int lines)
{
    return {.execution = {u"a"_s}, .matches = lines == 0, .differences = lines, .finding = {}};
}

ChecklistView viewOf(const RunState &state, const QDateTime &now = kStart)
{
    return ChecklistView::of(state, now, u"Ada"_s);
}

bool shows(const QWidget &root, const QString &text)
{
    return std::ranges::any_of(root.findChildren<QLabel *>(), [&](const QLabel *label) {
        return label->isVisibleTo(&root) && label->text().contains(text);
    });
}

QPushButton *button(const QWidget &root, const QString &name)
{
    return root.findChild<QPushButton *>(name);
}

} // namespace

class TestStepExtras : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void expectationStandsUnderItsOwnWords()
    {
        ChecklistIntents intents;
        const ExpectationView view(
            {{.text = u"3 rows"_s, .label = u"Expected output after part 2:"_s}, {.text = u"ok"_s}},
            u"Count"_s, intents, nullptr);
        QVERIFY(shows(view, u"Expected output after part 2:\n3 rows\nExpected: ok"_s));
    }

    void verdictReplacesTheExpectation()
    {
        ChecklistIntents intents;
        ExpectationView view({{.text = u"3 rows"_s}}, u"Count"_s, intents, nullptr);
        QVERIFY(shows(view, u"Expected: 3 rows"_s));
        Execution execution = succeeded(u"a"_s);
        view.setExecution(&execution);
        QVERIFY(shows(view, u"Expected: 3 rows"_s)); // not compared yet
        execution.comparison = differing(0);
        view.setExecution(&execution);
        QVERIFY(shows(view, u"output as expected"_s));
        QVERIFY(!button(view, u"difference"_s)->isVisibleTo(&view));
        execution.comparison = differing(2);
        view.setExecution(&execution);
        QVERIFY(shows(view, u"output differs in 2 lines"_s));
        QCOMPARE(button(view, u"difference"_s)->accessibleName(), u"Show difference: Count"_s);
        QVERIFY(button(view, u"difference"_s)->isVisibleTo(&view));
    }

    void differenceIsReadFromTheLogWhenItIsAskedFor()
    {
        QTemporaryDir folder;
        QFile log(folder.filePath(u"a"_s));
        QVERIFY(log.open(QIODevice::WriteOnly));
        log.write("one\r\n\x1b[31mTWO\x1b[0m\r\nthree\r\nfour\r\nfive\r\n");
        log.close();
        ChecklistIntents intents;
        intents.outputFile = [&](const ExecutionId &id) { return folder.filePath(id.value); };
        ExpectationView view({{.text = u"one\ntwo\nthree\nfour\nfive"_s}}, u"Count"_s, intents,
                             nullptr);
        Execution execution = succeeded(u"a"_s);
        execution.comparison = differing(1);
        view.setExecution(&execution);
        button(view, u"difference"_s)->click();
        QTRY_VERIFY(shows(view, u"TWO"_s));
        QVERIFY(shows(view, u"two"_s));
        QVERIFY(shows(view, u"2 lines as expected"_s)); // four and five stand further away
        QVERIFY(!shows(view, u"five"_s));
        const auto *difference = view.findChild<DifferenceView *>();
        QCOMPARE(difference->accessibleDescription(), u"expected: two\nprinted: TWO"_s);
        button(view, u"difference"_s)->click();
        QVERIFY(!shows(view, u"TWO"_s));
    }

    void missingLogIsSaid()
    {
        ChecklistIntents intents;
        intents.outputFile = [](const ExecutionId &) { return u"/no/such/log"_s; };
        ExpectationView view({{.text = u"one"_s}}, u"Count"_s, intents, nullptr);
        Execution execution = succeeded(u"a"_s);
        execution.comparison = differing(1);
        view.setExecution(&execution);
        button(view, u"difference"_s)->click();
        QTRY_VERIFY(shows(view, u"/no/such/log"_s));
    }

    void longDifferenceIsCut()
    {
        ExpectationMatch match;
        for (int i = 0; i < 500; ++i)
            match.lines +=
                {.kind = MatchLine::Kind::Extra, .expected = {}, .actual = u"line %1"_s.arg(i)};
        DifferenceView view;
        view.setMatch(match);
        QVERIFY(shows(view, u"line 0"_s));
        QVERIFY(!shows(view, u"line 499"_s));
        QVERIFY(shows(view, u"and more"_s));
        view.setMatch({.lines = {{.kind = MatchLine::Kind::Missing, .expected = u"x"_s}}});
        QVERIFY(shows(view, u"x"_s));
        QVERIFY(!shows(view, u"line 0"_s));
    }

    void verdictIsTheProposedObservedValue()
    {
        ChecklistIntents intents;
        Step step{.id = kStep, .title = u"Count"_s};
        step.commands = {command(u"a"_s), command(u"b"_s)};
        RunState state = stateOf(step);
        state.executions = {succeeded(u"a"_s), succeeded(u"b"_s)};
        state.executions[0].comparison = differing(2);
        StepCard card(step, intents, nullptr);
        card.refresh(viewOf(state), true);
        QLineEdit *observed = nullptr;
        for (QLineEdit *edit : card.findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == u"Observed value")
                observed = edit;
        }
        QVERIFY(observed != nullptr);
        QVERIFY2(observed->text().startsWith(u"a: output differs in 2 lines · b: exit 0"_s),
                 qPrintable(observed->text()));
    }

    void alternativesSayWhichOneWasChosen()
    {
        ChecklistIntents intents;
        Step step{.id = kStep, .title = u"Restore"_s};
        step.commands = {command(u"a"_s, u"Option A"_s), command(u"b"_s, u"Option B"_s)};
        RunState state = stateOf(step);
        CommandRow first(step.commands.at(0), intents, nullptr);
        CommandRow second(step.commands.at(1), intents, nullptr);
        first.refresh(viewOf(state));
        QVERIFY(shows(first, u"Option A"_s));
        QVERIFY(button(first, u"run"_s)->isEnabled());
        state.executions = {succeeded(u"b"_s)};
        first.refresh(viewOf(state));
        second.refresh(viewOf(state));
        QVERIFY(shows(first, u"Option A: not chosen"_s));
        QVERIFY(!button(first, u"run"_s)->isEnabled());
        QVERIFY(shows(second, u"Option B: chosen"_s));
    }

    void rowShowsWhatRan()
    {
        ChecklistIntents intents;
        Step step{.id = kStep, .title = u"Copy"_s};
        Command one = command(u"a"_s);
        one.text = u"copy <id>"_s;
        one.placeholders = {u"<id>"_s};
        step.commands = {one};
        RunState state = stateOf(step);
        CommandRow row(one, intents, nullptr);
        row.refresh(viewOf(state));
        QVERIFY(shows(row, u"copy <id>"_s));
        state.executions = {succeeded(u"a"_s)};
        state.executions[0].text = u"copy 42"_s;
        row.refresh(viewOf(state));
        QVERIFY(shows(row, u"copy 42"_s));
    }

    void interactiveCommandSaysWhereToAnswer()
    {
        ChecklistIntents intents;
        Command one = command(u"a"_s);
        one.interactive = true;
        CommandRow row(one, intents, nullptr);
        QVERIFY(shows(row, u"reads what you type"_s));
    }

    void waitCountsDown()
    {
        ChecklistIntents intents;
        QSignalSpy wanted(&intents, &ChecklistIntents::waitWanted);
        const Step step{.id = kStep, .title = u"Watch"_s, .waitSeconds = 900};
        RunState state = stateOf(step);
        StepCard card(step, intents, nullptr);
        card.refresh(viewOf(state), true);
        QVERIFY(shows(card, u"asks for 15 min"_s));
        QPushButton *start = button(card, u"startWait"_s);
        QCOMPARE(start->accessibleName(), u"Start the 15 min: Watch"_s);
        start->click();
        QCOMPARE(wanted.first().first().value<StepId>(), kStep);
        auto *bar = card.findChild<QProgressBar *>();
        QVERIFY(!bar->isVisibleTo(&card));

        state.waits.insert(kStep, {.startedAt = kStart, .seconds = 900});
        card.refresh(viewOf(state, kStart), true);
        QVERIFY(shows(card, u"00:15:00 left"_s));
        QVERIFY(shows(card, u"until 02:15 UTC"_s));
        card.tick(kStart.addSecs(660));
        QVERIFY(shows(card, u"00:04:00 left"_s));
        QCOMPARE(bar->value(), 660);
        QCOMPARE(bar->accessibleName(), u"Waited of 15 min"_s);
        card.tick(kStart.addSecs(-60)); // a clock set back adds no time
        QVERIFY(shows(card, u"00:15:00 left"_s));
        card.tick(kStart.addSecs(900));
        QVERIFY(shows(card, u"time is over"_s));
        QCOMPARE(start->text(), u"Start again"_s);
    }

    void httpCheckIsMadeOnRequestAndItsAnswerProposed()
    {
        ChecklistIntents intents;
        QSignalSpy wanted(&intents, &ChecklistIntents::httpCheckWanted);
        const Step step{.id = kStep,
                        .title = u"Look"_s,
                        .httpChecks = {{.method = u"GET"_s,
                                        .target = u"/healthz"_s,
                                        .expectedStatus = 200,
                                        .expectedBody = {},
                                        .location = {}}}};
        RunState state = stateOf(step);
        StepCard card(step, intents, nullptr);
        card.refresh(viewOf(state), true);
        card.show();
        auto *ask = card.findChild<QPushButton *>(u"httpCheck"_s);
        QCOMPARE(ask->accessibleName(), u"Check: GET /healthz"_s);
        ask->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().at(0).value<StepId>(), kStep);
        QCOMPARE(wanted.first().at(1).toInt(), 0);
        state.httpAnswers[kStep].insert(
            0, {.step = kStep, .status = 200, .matches = true, .finding = u"200 in 9 ms"_s});
        card.refresh(viewOf(state), true);
        QVERIFY(shows(card, u"200 in 9 ms"_s));
        const auto fields = card.findChildren<QLineEdit *>();
        QVERIFY(std::ranges::any_of(fields, [](const QLineEdit *field) {
            return field->accessibleName() == u"Observed value"_s
                && field->text() == u"200 in 9 ms"_s;
        }));
    }

    void waitIsToldOnceAtItsEnd()
    {
        RunState state = stateOf({.id = kStep, .title = u"Watch"_s, .waitSeconds = 900});
        state.waits.insert(kStep, {.startedAt = kStart, .seconds = 900});
        WaitWatch watch;
        QSignalSpy ended(&watch, &WaitWatch::waitEnded);
        watch.tick(state, kStart.addSecs(899));
        QVERIFY(ended.isEmpty());
        watch.tick(state, kStart.addSecs(900));
        watch.tick(state, kStart.addSecs(901));
        QCOMPARE(ended.size(), 1);
        state.waits.insert(kStep, {.startedAt = kStart.addSecs(1000), .seconds = 900});
        watch.tick(state, kStart.addSecs(1900)); // started again
        QCOMPARE(ended.size(), 2);
    }

    void waitOfASignedStepOrAnEndedRunIsNotTold()
    {
        RunState state = stateOf({.id = kStep, .title = u"Watch"_s, .waitSeconds = 900});
        state.waits.insert(kStep, {.startedAt = kStart, .seconds = 900});
        WaitWatch watch;
        QSignalSpy ended(&watch, &WaitWatch::waitEnded);
        state.status = RunStatus::Completed;
        watch.tick(state, kStart.addSecs(1000));
        state.status = RunStatus::InProgress;
        state.signOffs[kStep] += SignOff{};
        watch.tick(state, kStart.addSecs(1000));
        QVERIFY(ended.isEmpty());
        state.id = RunId::create(); // another run, opened after its time was over
        state.signOffs.clear();
        watch.tick(state, kStart.addSecs(1000));
        QCOMPARE(ended.size(), 1);
    }
};

QTEST_MAIN(TestStepExtras)
#include "tst_stepextras.moc"
