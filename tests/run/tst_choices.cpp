// SPDX-License-Identifier: Apache-2.0
// Alternatives and waiting times, on a runbook put together by hand.
#include "run/rules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

const StepId kStep{u"p/s"_s};

Command option(const QString &id, const QString &choice)
{
    return {.id = {kStep.value + u'#' + id}, .text = u"echo "_s + id, .choice = choice};
}

/// One step with two alternatives, the second of two commands, and a command beside them.
RunState offering()
{
    Step step{.id = kStep, .title = u"Restore"_s, .waitSeconds = 900};
    step.commands = {option(u"a"_s, u"Option A"_s), option(u"b1"_s, u"Option B"_s),
                     option(u"b2"_s, u"Option B"_s), option(u"always"_s, QString())};
    Phase phase{.id = {u"p"_s}, .group = PhaseGroup::Window, .title = u"Execution"_s};
    phase.steps = {step};
    Runbook runbook;
    runbook.phases = {phase};
    RunState state;
    state.status = RunStatus::InProgress;
    state.approval.emplace();
    state.runbook = std::make_shared<const Runbook>(runbook);
    return state;
}

void ran(RunState &state, const QString &id, std::optional<ExecutionOutcome> outcome)
{
    Execution execution;
    execution.id = {id};
    execution.command = {kStep.value + u'#' + id};
    execution.step = kStep;
    execution.phase = outcome ? Execution::Phase::Ended : Execution::Phase::Running;
    if (outcome)
        execution.end = CommandEnded{.execution = {id}, .outcome = *outcome};
    state.executions += execution;
}

Result<void> mayRun(const RunState &state, const QString &id)
{
    return rules::mayRun(state, {kStep.value + u'#' + id});
}

} // namespace

class TestChoices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void optionsAreNamedOnceInOrder()
    {
        QCOMPARE(rules::optionsOf(*offering().runbook->step(kStep)),
                 (QStringList{u"Option A"_s, u"Option B"_s}));
        QVERIFY(rules::optionsOf(Step{}).isEmpty());
    }

    void everythingIsOpenBeforeAChoice()
    {
        const RunState state = offering();
        QVERIFY(rules::chosenOption(state, *state.runbook->step(kStep)).isEmpty());
        for (const QString &id : {u"a"_s, u"b1"_s, u"b2"_s, u"always"_s})
            QVERIFY(mayRun(state, id).hasValue());
    }

    void takingOneClosesTheOthers_data()
    {
        QTest::addColumn<bool>("running");
        QTest::newRow("while it runs") << true;
        QTest::newRow("when it succeeded") << false;
    }
    void takingOneClosesTheOthers()
    {
        QFETCH(bool, running);
        RunState state = offering();
        ran(state, u"b1"_s, running ? std::nullopt : std::optional(ExecutionOutcome::Succeeded));
        QCOMPARE(rules::chosenOption(state, *state.runbook->step(kStep)), u"Option B"_s);
        const Result<void> other = mayRun(state, u"a"_s);
        QVERIFY(!other);
        QVERIFY(other.error().message.contains(u"Option B"_s));
        QVERIFY(mayRun(state, u"b2"_s).hasValue());
        QVERIFY(mayRun(state, u"always"_s).hasValue());
    }

    void anotherMayFollowAFailedOne()
    {
        RunState state = offering();
        ran(state, u"a"_s, ExecutionOutcome::Failed);
        QVERIFY(mayRun(state, u"b1"_s).hasValue());
        ran(state, u"b1"_s, ExecutionOutcome::Succeeded);
        QCOMPARE(rules::chosenOption(state, *state.runbook->step(kStep)), u"Option B"_s);
    }

    void stepWithAChoiceMadeCanBeSigned()
    {
        RunState state = offering();
        const rules::SignOffRequest done{.step = kStep, .signedBy = u"Ada"_s};
        ran(state, u"a"_s, ExecutionOutcome::Failed);
        QVERIFY(!rules::maySign(state, done)); // it did not work, and nothing else was tried
        ran(state, u"b1"_s, ExecutionOutcome::Succeeded);
        QVERIFY(rules::maySign(state, done).hasValue());
    }

    void commandBesideTheChoiceDoesNotChoose()
    {
        RunState state = offering();
        ran(state, u"always"_s, ExecutionOutcome::Succeeded);
        QVERIFY(rules::chosenOption(state, *state.runbook->step(kStep)).isEmpty());
    }

    void waitingMayBeginWhereTheRunbookAsksForIt()
    {
        RunState state = offering();
        QVERIFY(rules::mayStartWait(state, kStep).hasValue());
        QVERIFY(!rules::mayStartWait(state, {u"p/other"_s}));
        state.waits.insert(kStep, {.startedAt = QDateTime::currentDateTimeUtc(), .seconds = 900});
        QVERIFY(rules::mayStartWait(state, kStep).hasValue()); // once more
        state.signOffs[kStep] += SignOff{};
        QVERIFY(!rules::mayStartWait(state, kStep));
        state.signOffs.clear();
        state.status = RunStatus::Completed;
        QVERIFY(!rules::mayStartWait(state, kStep));
    }

    void reducerRemembersTheLastStart()
    {
        RunEvent event{.at = QDateTime(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC),
                       .body = WaitStarted{.step = kStep, .seconds = 900}};
        RunState state = apply(offering(), event);
        QCOMPARE(state.waits.value(kStep).endsAt(), event.at.addSecs(900));
        event.at = event.at.addSecs(60);
        state = apply(state, event);
        QCOMPARE(state.waits.value(kStep).startedAt, event.at);
    }
};

QTEST_GUILESS_MAIN(TestChoices)
#include "tst_choices.moc"
