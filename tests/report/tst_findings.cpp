// SPDX-License-Identifier: Apache-2.0
// Deviations that follow from expectations and waiting times.
#include "report/deviations.h"
#include "report/reportbuilder.h"
#include "support/eventbuilder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

/// The state of the events, in which the step "Look" asks for 15 minutes.
RunState waiting(const QList<RunEvent> &events)
{
    RunState state = replay(events);
    Runbook runbook = *state.runbook;
    for (Phase &phase : runbook.phases) {
        for (Step &step : phase.steps) {
            if (step.title.contains(u"Look"_s))
                step.waitSeconds = 900;
        }
    }
    state.runbook = std::make_shared<const Runbook>(runbook);
    return state;
}

/// The command of the step "Migrate", as execution "e".
test::EventBuilder started(const QString &text)
{
    test::EventBuilder journal;
    journal.create();
    journal.add(CommandIntended{.execution = {u"e"_s},
                                .command = test::commandOf(journal.state(), u"Migrate"_s),
                                .text = text});
    return journal;
}

QStringList whats(const QList<RunEvent> &events)
{
    QStringList out;
    for (const Deviation &deviation : collectDeviations(waiting(events), events))
        out += deviation.what;
    return out;
}

} // namespace

class TestFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretThatCannotBeMaskedIsADeviation()
    {
        test::EventBuilder journal = started(u"echo migrating"_s);
        journal.add(CommandStarted{.execution = {u"e"_s}, .pid = 1});
        QVERIFY(whats(journal.events()).isEmpty());
        journal.add(CommandStarted{.execution = {u"e"_s}, .pid = 1, .unmasked = {u"PIN"_s}});
        QCOMPARE(whats(journal.events()), QStringList{u"log may hold secrets"_s});
        QCOMPARE(journal.state().execution({u"e"_s})->unmasked, QStringList{u"PIN"_s});
    }

    void typedSecretThatCannotBeMaskedIsADeviation()
    {
        test::EventBuilder journal = started(u"echo migrating"_s);
        journal.add(CommandStarted{.execution = {u"e"_s}, .pid = 1, .unmasked = {u"PIN"_s}});
        journal.add(CommandEnded{.execution = {u"e"_s},
                                 .outcome = ExecutionOutcome::Succeeded,
                                 .exitCode = 0,
                                 .unmasked = {u"typed"_s}});
        const auto found = collectDeviations(journal.state(), journal.events());
        QCOMPARE(found.size(), 2);
        QCOMPARE(found.constLast().what, u"log may hold secrets"_s);
        QCOMPARE(found.constLast().reason, u"too short to be masked: typed"_s);
        QCOMPARE(journal.state().execution({u"e"_s})->unmasked,
                 (QStringList{u"PIN"_s, u"typed"_s}));
    }

    void differingOutputIsAFinding()
    {
        test::EventBuilder journal = started(u"echo migrating"_s);
        journal.add(OutputCompared{.execution = {u"e"_s}, .finding = u"output as expected"_s});
        QVERIFY(whats(journal.events()).isEmpty());
        journal.add(OutputCompared{.execution = {u"e"_s},
                                   .matches = false,
                                   .differences = 2,
                                   .finding = u"output differs in 2 lines"_s});
        const auto found = collectDeviations(journal.state(), journal.events());
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.constFirst().what, u"finding: output differs in 2 lines"_s);
        QCOMPARE(found.constFirst().subject, u"Step 1: Migrate"_s);
        QCOMPARE(found.constFirst().reason, u"echo migrating"_s);
    }

    void textAgainstExitCodeIsAFinding()
    {
        test::EventBuilder journal = started(u"psql -f m.sql"_s);
        journal.add(OutputRecognised{.execution = {u"e"_s}, .tool = u"psql"_s});
        QVERIFY(whats(journal.events()).isEmpty());
        journal.add(OutputRecognised{
            .execution = {u"e"_s}, .tool = u"psql"_s, .contradiction = u"exit 0, but"_s});
        const auto found = collectDeviations(journal.state(), journal.events());
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.constFirst().what, u"finding: exit 0, but"_s);
        QCOMPARE(found.constFirst().subject, u"Step 1: Migrate"_s);
        QCOMPARE(found.constFirst().reason, u"psql -f m.sql"_s);
    }

    void goingOnOverAFindingIsADeviation_data()
    {
        QTest::addColumn<PhaseHalt>("halt");
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<bool>("isRunAgain");
        QTest::addColumn<int>("deviations");
        QTest::newRow("differs") << PhaseHalt::Differs << false << false << 1;
        QTest::newRow("contradicts") << PhaseHalt::Contradicts << false << false << 1;
        QTest::newRow("paused") << PhaseHalt::Paused << false << false << 0;
        QTest::newRow("signed") << PhaseHalt::Differs << true << false << 0;
        QTest::newRow("run again") << PhaseHalt::Differs << false << true << 0;
    }

    void goingOnOverAFindingIsADeviation()
    {
        QFETCH(PhaseHalt, halt);
        QFETCH(bool, isSigned);
        QFETCH(bool, isRunAgain);
        QFETCH(int, deviations);
        test::EventBuilder journal;
        journal.create();
        const CommandId command = test::commandOf(journal.state(), u"Migrate"_s);
        const StepId step = test::stepNamed(journal.state(), u"Migrate"_s);
        const PhaseId phase = journal.state().runbook->phaseOf(step)->id;
        journal.add(PhaseStarted{.phase = phase});
        journal.add(CommandIntended{.execution = {u"e"_s}, .command = command, .text = u"m"_s});
        journal.add(CommandEnded{.execution = {u"e"_s}, .outcome = ExecutionOutcome::Succeeded});
        journal.add(PhaseStopped{.phase = phase,
                                 .halt = halt,
                                 .step = step,
                                 .command = command,
                                 .execution = {u"e"_s},
                                 .text = u"“m”: output differs in 2 lines."_s});
        if (isSigned)
            journal.add(StepSigned{.step = step, .outcome = SignOffOutcome::Done});
        if (isRunAgain)
            journal.add(CommandIntended{.execution = {u"f"_s}, .command = command, .text = u"m"_s});
        QVERIFY(whats(journal.events()).isEmpty());
        journal.add(PhaseStarted{.phase = phase});
        const auto found = collectDeviations(journal.state(), journal.events());
        QCOMPARE(found.size(), deviations);
        if (found.isEmpty())
            return;
        QCOMPARE(found.constFirst().what, u"the phase went on over a finding"_s);
        QCOMPARE(found.constFirst().subject, u"Step 1: Migrate"_s);
        QCOMPARE(found.constFirst().reason, u"“m”: output differs in 2 lines."_s);
        QVERIFY(!found.constFirst().by.isEmpty());
        journal.add(PhaseStarted{.phase = phase}); // said once
        QCOMPARE(collectDeviations(journal.state(), journal.events()).size(), 1);
    }

    void whatWasFilledInIsListedWithoutSecrets()
    {
        test::EventBuilder journal;
        journal.create();
        journal.add(
            CommandIntended{.execution = {u"e"_s},
                            .command = test::commandOf(journal.state(), u"Migrate"_s),
                            .text = u"copy shop \"$BACKUP_ID\""_s,
                            .answers = {{u"<account>"_s, u"shop"_s}, {u"BACKUP_ID"_s, u"7"_s}},
                            .secretAnswers = {u"<api-token>"_s}});
        QCOMPARE(reportOfEvents(journal.events(), 1).commands.constFirst().filledIn,
                 u"<account> = shop, BACKUP_ID = 7, <api-token> (secret, not recorded)"_s);
    }

    void optionsThatWereLeftAreNamed()
    {
        test::EventBuilder journal;
        journal.create("# T\n\n## Execution\n\n### Step 1: Restore\n\n```bash\n"
                       "# Option A\nfull\n\n# Option B\npart\n\n# Option C\nnone\n```\n");
        const auto result = [&journal] {
            return reportOfEvents(journal.events(), 1)
                .phases.constFirst()
                .steps.constFirst()
                .result;
        };
        QVERIFY2(!result().contains(u"chosen"_s), qPrintable(result()));
        const RunState state = journal.state();
        const Step *step = state.runbook->step(test::stepNamed(state, u"Restore"_s));
        QCOMPARE(step->commands.size(), 3);
        journal.add(CommandIntended{
            .execution = {u"e"_s}, .command = step->commands.at(1).id, .text = u"part"_s});
        journal.add(CommandEnded{.execution = {u"e"_s}, .outcome = ExecutionOutcome::Succeeded});
        QVERIFY2(result().endsWith(u"Option B chosen, not chosen: Option A, Option C"_s),
                 qPrintable(result()));
    }

    void signingEarlyIsADeviation_data()
    {
        QTest::addColumn<int>("waited"); // seconds; below 0: not started
        QTest::addColumn<SignOffOutcome>("outcome");
        QTest::addColumn<QStringList>("found");
        using Outcome = SignOffOutcome;
        QTest::newRow("never started")
            << -1 << Outcome::Done << QStringList{u"signed after 0 s of 15 min"_s};
        QTest::newRow("early") << 299 << Outcome::Done
                               << QStringList{u"signed after 4 min of 15 min"_s};
        QTest::newRow("at once") << 20 << Outcome::Done
                                 << QStringList{u"signed after 20 s of 15 min"_s};
        QTest::newRow("over") << 900 << Outcome::Done << QStringList{};
        QTest::newRow("skipped") << -1 << Outcome::Skipped << QStringList{u"skipped"_s};
        QTest::newRow("failed early")
            << 60 << Outcome::Failed << QStringList{u"failed"_s, u"signed after 1 min of 15 min"_s};
    }

    void signingEarlyIsADeviation()
    {
        QFETCH(int, waited);
        QFETCH(SignOffOutcome, outcome);
        test::EventBuilder journal;
        journal.create();
        const StepId step = test::stepNamed(journal.state(), u"Look"_s);
        if (waited >= 0)
            journal.add(WaitStarted{.step = step, .seconds = 900});
        journal.add(StepSigned{.step = step, .outcome = outcome, .observed = {}, .note = u"n"_s});
        QList<RunEvent> events = journal.events();
        if (waited >= 0)
            events.last().at = events.at(events.size() - 2).at.addSecs(waited);
        QTEST(whats(events), "found");
    }
};

QTEST_GUILESS_MAIN(TestFindings)
#include "tst_findings.moc"
