// SPDX-License-Identifier: Apache-2.0
#include "models/journalmodel.h"
#include "models/phasemodel.h"
#include "models/runsmodel.h"
#include "models/variablesmodel.h"
#include "support/eventbuilder.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void phasesStandUnderTheirGroups();
    void phaseCountsFollowTheState();
    void journalAppendsWithoutReset();
    void variablesNameTheirOrigin();
    void runsSayModeAndOutcome();
    void resultsAreSaidInWords_data();
    void resultsAreSaidInWords();
    void daysAreNamed();
};

void TestModels::phasesStandUnderTheirGroups()
{
    PhaseModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    EventBuilder builder;
    builder.create();
    model.setState(builder.state(), builder.events().last().at);
    QStringList titles;
    for (int row = 0; row < model.rowCount(); ++row)
        titles << model.entry(row).title;
    const auto before = titles.indexOf(u"BEFORE"_s);
    const auto window = titles.indexOf(u"WINDOW"_s);
    const auto atHand = titles.indexOf(u"AT HAND"_s);
    QVERIFY(before == 0 && before < window && window < atHand);
    QVERIFY(!model.flags(model.index(0)).testFlag(Qt::ItemIsSelectable));
    QVERIFY(model.indexOf(phaseNamed(builder.state(), u"Contacts"_s)).row() > atHand);
    QVERIFY(!model.indexOf(PhaseId{}).isValid());
}

void TestModels::phaseCountsFollowTheState()
{
    PhaseModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    EventBuilder builder;
    builder.create();
    const PhaseId phase = phaseNamed(builder.state(), u"1 Hour Before"_s);
    model.setState(builder.state(), builder.events().last().at);
    const int row = model.indexOf(phase).row();
    QCOMPARE(model.entry(row).count, u"2"_s);
    QCOMPARE(model.entry(row).icon, u"pending"_s);

    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    builder.add(
        StepSigned{.step = stepNamed(builder.state(), u"backup"_s), .observed = {}, .note = {}});
    model.setState(builder.state(), builder.events().last().at);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(model.entry(row).count, u"1/2"_s);
    QCOMPARE(model.entry(row).icon, u"started"_s);
}

void TestModels::journalAppendsWithoutReset()
{
    JournalModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    EventBuilder builder;
    builder.create();
    model.setEvents(builder.events(), builder.state().runbook);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const StepId step = stepNamed(builder.state(), u"backup"_s);
    model.append(builder.add(StepSigned{
        .step = step, .outcome = SignOffOutcome::Skipped, .observed = {}, .note = u"no need"_s}));
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.index(1, JournalModel::Sequence).data().toLongLong(), 2);
    QCOMPARE(model.index(1, JournalModel::Type).data().toString(), u"step.signed"_s);
    QCOMPARE(model.index(1, JournalModel::Summary).data().toString(),
             u"Create a backup · skipped · no need"_s);
}

void TestModels::variablesNameTheirOrigin()
{
    VariablesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    EventBuilder builder;
    builder.create();
    const ExecutionId execution = ExecutionId::create();
    builder.add(CommandIntended{.execution = execution,
                                .command = commandOf(builder.state(), u"Migrate"_s),
                                .text = u"echo migrating"_s,
                                .sha256 = {},
                                .workingDirectory = {}});
    builder.add(
        VariablesCaptured{.execution = execution,
                          .variables = {{u"BACKUP_ID"_s, {.value = u"42"_s, .declaration = {}}}},
                          .removed = {}});
    model.setState(builder.state());
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, VariablesModel::Name).data().toString(), u"BACKUP_ID"_s);
    QCOMPARE(model.index(0, VariablesModel::Exported).data().toString(), u"no"_s);
    QCOMPARE(model.index(0, VariablesModel::Origin).data().toString(), u"Apply"_s);
}

void TestModels::runsSayModeAndOutcome()
{
    RunsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    RunSummary run;
    run.id = RunId::create();
    run.environmentName = u"staging"_s;
    run.status = RunStatus::RolledBack;
    run.createdAt = QDateTime::fromSecsSinceEpoch(0, Qt::UTC);
    run.endedAt = run.createdAt.addSecs(3720);
    run.signedBy = {u"dba"_s, u"lead"_s};
    model.setRuns({run});
    QCOMPARE(model.index(0, RunsModel::Environment).data().toString(), u"staging · rehearsal"_s);
    QCOMPARE(model.index(0, RunsModel::Outcome).data().toString(), u"rolled back"_s);
    QCOMPARE(model.index(0, RunsModel::Took).data().toString(), u"1 h 02 min"_s);
    QCOMPARE(model.index(0, RunsModel::SignedBy).data().toString(), u"dba, lead"_s);
    QCOMPARE(model.runAt(0), run.id);
}

void TestModels::resultsAreSaidInWords_data()
{
    QTest::addColumn<int>("outcome");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("tone");
    const auto row = [](ExecutionOutcome outcome, const QString &words, Tone tone) {
        QTest::newRow(qPrintable(words))
            << static_cast<int>(outcome) << words << static_cast<int>(tone);
    };
    row(ExecutionOutcome::Succeeded, u"exit 0"_s, Tone::Ok);
    row(ExecutionOutcome::Failed, u"exit 3"_s, Tone::Bad);
    row(ExecutionOutcome::Signalled, u"ended by signal 15"_s, Tone::Bad);
    row(ExecutionOutcome::Cancelled, u"cancelled"_s, Tone::Warning);
    row(ExecutionOutcome::CouldNotStart, u"could not start"_s, Tone::Bad);
    row(ExecutionOutcome::Unknown, u"outcome unknown"_s, Tone::Warning);
}

void TestModels::resultsAreSaidInWords()
{
    QFETCH(int, outcome);
    QFETCH(QString, words);
    QFETCH(int, tone);
    Execution execution;
    execution.phase = Execution::Phase::Ended;
    CommandEnded end;
    end.outcome = static_cast<ExecutionOutcome>(outcome);
    end.exitCode = 3;
    end.signal = 15;
    execution.end = end;
    QCOMPARE(Wording::result(execution), words);
    QCOMPARE(static_cast<int>(Wording::tone(execution)), tone);
}

void TestModels::daysAreNamed()
{
    const QDateTime now = QDateTime(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC);
    QCOMPARE(Wording::day(now, now), u"today"_s);
    QCOMPARE(Wording::day(now.addDays(-1), now), u"yesterday"_s);
    QCOMPARE(Wording::day(now.addDays(1), now), u"tomorrow"_s);
    QCOMPARE(Wording::day(now.addDays(-7), now), u"13 Nov"_s);
    QCOMPARE(Wording::moment(now, now), u"02:00 UTC"_s);
    QCOMPARE(Wording::moment(now.addDays(-1), now), u"19 Nov 02:00 UTC"_s);
}

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
