// SPDX-License-Identifier: Apache-2.0
#include "models/commandactivity.h"
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

Q_DECLARE_METATYPE(runsheet::RunEvent)

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatACommandDoesIsToldByItsGravestSign();
    void phasesStandUnderTheirGroups();
    void phaseCountsFollowTheState();
    void journalAppendsWithoutReset();
    void variablesNameTheirOrigin();
    void runsSayModeAndOutcome();
    void resultsAreSaidInWords_data();
    void resultsAreSaidInWords();
    void daysAreNamed();
    void everyEventIsSaidInWords_data();
    void everyEventIsSaidInWords();
    void detailsSayWhatWasLost();
    void unattendedSignOffNamesNobody();
    void emptyModelsAnswerNothing();
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
    model.setEvents(builder.events(), builder.state());
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const StepId step = stepNamed(builder.state(), u"backup"_s);
    const RunEvent signOff = builder.add(StepSigned{
        .step = step, .outcome = SignOffOutcome::Skipped, .observed = {}, .note = u"no need"_s});
    model.append(signOff, builder.state());
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
    model.setState(builder.state(), {});
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
    row(ExecutionOutcome::Signalled, u"ended by signal 15 (SIGTERM)"_s, Tone::Bad);
    row(ExecutionOutcome::Cancelled, u"cancelled (server confirms)"_s, Tone::Warning);
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

void TestModels::everyEventIsSaidInWords_data()
{
    EventBuilder builder;
    builder.create();
    const RunState state = builder.state();
    QTest::addColumn<RunEvent>("event");
    QTest::addColumn<QString>("words");
    const auto row = [&](EventBody body, const QString &words) {
        RunEvent event;
        event.body = std::move(body);
        QTest::newRow(qPrintable(typeName(event.body) + u' ' + words)) << event << words;
    };
    const PhaseId execution = phaseNamed(state, u"Execution"_s);
    row(builder.events().first().body, u"Run of “Add a column” created, rehearsal"_s);
    row(RunbookApproved{.runbookSha256 = {}, .commands = 2, .basis = {}}, u"2 commands approved"_s);
    row(GateDecided{.phase = execution, .go = true, .reason = u"agreed"_s},
        u"Go for Execution · agreed"_s);
    row(GateDecided{.phase = execution, .go = false, .reason = {}}, u"No go for Execution"_s);
    row(StepReopened{.step = stepNamed(state, u"backup"_s), .reason = u"wrong server"_s},
        u"Sign-off withdrawn: Create a backup · wrong server"_s);
    row(CommandIntended{.execution = {},
                        .command = commandOf(state, u"Migrate"_s),
                        .text = {},
                        .sha256 = {},
                        .workingDirectory = {}},
        u"Starting: Apply"_s);
    row(CommandStarted{.execution = {}, .pid = 4711}, u"Command started, process 4711"_s);
    row(CommandStarted{.execution = {}, .pid = 4711, .unmasked = {u"PIN"_s, u"PGPASSWORD"_s}},
        u"Command started, process 4711 · too short to be masked in its log: PIN, PGPASSWORD"_s);
    row(CommandSignalled{.execution = {}, .signal = 15}, u"Signal 15 (SIGTERM) asked for"_s);
    row(BackendSignalled{.execution = {}, .rung = StopRung::CancelBackend, .pids = {17, 18}},
        u"Cancel on the server · 17, 18"_s);
    row(CommandOverran{.execution = {}, .seconds = 900}, u"Runs longer than 15 min; it goes on"_s);
    row(ServerChecked{.execution = {},
                      .verdict = ServerVerdict::RolledBack,
                      .finding = u"Rolled back:\nso it says."_s},
        u"Rolled back: so it says."_s);
    CommandEnded ended;
    ended.outcome = ExecutionOutcome::CouldNotStart;
    ended.reason = u"bash\nis missing"_s;
    row(ended, u"could not start · 0 ms · 0 lines · bash is missing"_s); // on one line
    ended.reason.clear();
    ended.unmasked = {u"typed"_s};
    row(ended, u"could not start · 0 ms · 0 lines · too short to be masked in its log: typed"_s);
    row(CommandResolved{.execution = {},
                        .outcome = ExecutionOutcome::Failed,
                        .evidence = u"table is missing"_s},
        u"Outcome settled: failed · table is missing"_s);
    row(VariablesCaptured{.execution = {},
                          .variables = {{u"A"_s, {}}, {u"B"_s, {}}},
                          .removed = {}},
        u"Variables: A, B"_s);
    row(TargetChecked{.identity = {}, .matches = true, .finding = {}}, u"Server checked"_s);
    row(TargetChecked{.identity = {}, .matches = false, .finding = u"It is another."_s},
        u"Server is not the expected one · It is another."_s);
    row(NoteAdded{.text = u"quiet"_s, .step = {}}, u"quiet"_s);
    row(RollbackDeclared{.scenario = phaseNamed(state, u"Scenario 1"_s), .reason = u"errors"_s},
        u"Rollback declared: Scenario 1: It fails · errors"_s);
    row(RunCompleted{.note = {}, .rolledBack = false}, u"Run completed"_s);
    row(RunCompleted{.note = u"ok"_s, .rolledBack = true}, u"Run completed, rolled back · ok"_s);
    row(RunAborted{.reason = u"wrong day"_s}, u"Run aborted · wrong day"_s);
    row(RunbookAmended{.runbookSha256 = {}, .runbookSource = {}, .reason = u"typo"_s},
        u"Runbook amended · typo"_s);
}

void TestModels::everyEventIsSaidInWords()
{
    QFETCH(RunEvent, event);
    QFETCH(QString, words);
    EventBuilder builder;
    builder.create();
    QCOMPARE(Wording::event(event, builder.state().runbook.get()), words);
}

void TestModels::detailsSayWhatWasLost()
{
    Execution execution;
    execution.attempt = 3;
    QCOMPARE(Wording::resultDetail(execution), QString()); // still running
    QCOMPARE(Wording::result(execution), QString());
    CommandEnded end;
    end.outcome = ExecutionOutcome::Failed;
    end.durationMicros = 3'200'000;
    end.outputLines = 1;
    end.outputBytes = 318;
    end.droppedBytes = 1'600'000;
    execution.end = end;
    QCOMPARE(Wording::resultDetail(execution),
             u"3.2 s · 1 line · 318 B · 1.6 MB not kept: the disk was full · attempt 3"_s);
    execution.end->outputLines = 1'000'000; // as the log's header writes it
    QVERIFY(Wording::resultDetail(execution).contains(u" · 1,000,000 lines · "_s));
    execution.end->outcome = ExecutionOutcome::CouldNotStart;
    execution.end->durationMicros = 0;
    execution.end->reason = u"bash is missing"_s;
    QCOMPARE(Wording::resultDetail(execution), u"attempt 3 · bash is missing"_s);
}

void TestModels::unattendedSignOffNamesNobody()
{
    SignOff signOff;
    signOff.by.name = u"Ada"_s;
    signOff.unattended = true;
    signOff.at = QDateTime(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC);
    signOff.outcome = SignOffOutcome::DoneWithDeviation;
    signOff.observed = u"503\n504"_s;
    signOff.note = u"slow"_s;
    QCOMPARE(
        Wording::signOff(signOff, signOff.at),
        u"unattended, no person · 02:00 UTC · done with deviation · observed “503 504” · slow"_s);
}

void TestModels::emptyModelsAnswerNothing()
{
    PhaseModel phases;
    JournalModel journal;
    VariablesModel variables;
    RunsModel runs;
    phases.setState({}, {}); // before any run
    variables.setState({}, {});
    for (const QAbstractItemModel *model : {static_cast<const QAbstractItemModel *>(&phases),
                                            static_cast<const QAbstractItemModel *>(&journal),
                                            static_cast<const QAbstractItemModel *>(&variables),
                                            static_cast<const QAbstractItemModel *>(&runs)}) {
        QCOMPARE(model->rowCount(), 0);
        QVERIFY(!model->data({}, Qt::DisplayRole).isValid());
        for (int column = 0; column < model->columnCount(); ++column) {
            if (model != &phases)
                QVERIFY(!model->headerData(column, Qt::Horizontal, Qt::DisplayRole)
                             .toString()
                             .isEmpty());
        }
    }
}

void TestModels::whatACommandDoesIsToldByItsGravestSign()
{
    const QDateTime now = QDateTime::fromString(u"2026-01-01T10:00:00Z"_s, Qt::ISODate);
    OutputFindings found;
    QCOMPARE(activityOf(found, now).word, u"running"_s);
    found.success = u"All done"_s;
    found.lastOutput = now.addSecs(-10);
    QCOMPARE(activityOf(found, now).word, u"lingering"_s);
    found.diskFull = true;
    QCOMPARE(activityOf(found, now).word, u"log disk full"_s);
    QCOMPARE(activityOf(found, now).tone, Tone::Warning);
    found.terminal.waiting = true;
    QCOMPARE(activityOf(found, now).word, u"waits for input"_s);
    found.terminal.stopped = true;
    QCOMPARE(activityOf(found, now).word, u"suspended"_s);
}

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
