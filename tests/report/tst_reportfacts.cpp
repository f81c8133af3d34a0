// SPDX-License-Identifier: Apache-2.0
// What the first page says, and in which blocks it is said.
#include "report/document.h"
#include "report/reportsample.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::SampleRun;

namespace
{

template <typename Kind>
QList<Kind> blocksOf(const Document &document)
{
    QList<Kind> found;
    for (const Block &block : document.blocks) {
        if (const auto *match = std::get_if<Kind>(&block))
            found += *match;
    }
    return found;
}

QString fact(const Report &report, const QString &name)
{
    const QList<FactsBlock> blocks = blocksOf<FactsBlock>(documentOf(report));
    for (const auto &[key, cell] : blocks.constFirst().facts) {
        if (key == name)
            return cell.text;
    }
    return u"there is no such fact"_s;
}

/// A run of these events behind run.created.
Report reportOf(SampleRun &run, const RunCreated &created, const QList<RunEvent> &more)
{
    QList<RunEvent> events{run.make(created)};
    events += more;
    return buildReport(test::reportInput(test::chained(events)));
}

RunEvent unattended(RunEvent event)
{
    event.unattended = true;
    return event;
}

} // namespace

class ReportFactsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void approvalNamesWhoLooked_data()
    {
        QTest::addColumn<QString>("basis");
        QTest::addColumn<bool>("isUnattended");
        QTest::addColumn<QString>("approvedBy");
        QTest::newRow("a person") << QString() << false << u"Rosa"_s;
        QTest::newRow("nobody") << QString() << true << u"no person (unattended)"_s;
        QTest::newRow("somebody earlier")
            << u"run 3, 2026-11-19T10:00:00.000Z, Deniz"_s << false
            << u"nobody in this run; the same content was approved in run 3, "
               "2026-11-19T10:00:00.000Z, Deniz"_s;
    }
    void approvalNamesWhoLooked()
    {
        QFETCH(const QString, basis);
        QFETCH(const bool, isUnattended);
        SampleRun run;
        const RunCreated created = run.created();
        RunEvent approval = run.make(
            RunbookApproved{.runbookSha256 = created.runbookSha256, .commands = 3, .basis = basis});
        approval.unattended = isUnattended;
        QTEST(fact(reportOf(run, created, {approval}), u"Commands approved by"_s), "approvedBy");
    }

    void withoutApprovalNobodyApproved()
    {
        SampleRun run;
        QCOMPARE(fact(reportOf(run, run.created(), {}), u"Commands approved by"_s), u"nobody"_s);
    }

    void theRunbooksNameMeansSomethingToTheReader_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("shown");
        QTest::newRow("own") << u"/srv/migrations/009.md"_s << u"/srv/migrations/009.md"_s;
        QTest::newRow("bundled") << u":/runbooks/practice.md"_s << u"practice.md (bundled)"_s;
    }
    void theRunbooksNameMeansSomethingToTheReader()
    {
        QFETCH(const QString, file);
        QFETCH(const QString, shown);
        SampleRun run;
        RunCreated created = run.created();
        created.runbookFile = file;
        QCOMPARE(fact(reportOf(run, created, {}), u"Runbook"_s),
                 shown + u", 0 of 4 steps closed"_s);
    }

    void repairedRunbookIsADeviation()
    {
        SampleRun run;
        RunCreated created = run.created();
        QVERIFY(reportOf(run, created, {}).deviations.isEmpty());
        created.repaired = true;
        const QList<Deviation> deviations = reportOf(run, created, {}).deviations;
        QCOMPARE(deviations.size(), 1);
        QCOMPARE(deviations.constFirst().what,
                 u"damaged characters of the runbook were read as they were meant"_s);
    }

    void theServersIdentityIsTold_data()
    {
        QTest::addColumn<QList<bool>>("checks");
        QTest::addColumn<QString>("text");
        QTest::newRow("never") << QList<bool>{} << u"never checked"_s;
        QTest::newRow("once") << QList<bool>{true} << u"7312 ✓ 1 check"_s;
        QTest::newRow("another") << QList<bool>{true, false, false}
                                 << u"7312 — did not match in 2 of 3 checks"_s;
    }
    void theServersIdentityIsTold()
    {
        QFETCH(const QList<bool>, checks);
        SampleRun run;
        const RunCreated created = run.created();
        QList<RunEvent> events;
        for (const bool matches : checks)
            events += run.make(TargetChecked{.identity = {{u"system_identifier"_s, u"7312"_s}},
                                             .matches = matches,
                                             .finding = matches ? QString() : u"another"_s});
        QTEST(fact(reportOf(run, created, events), u"Identity"_s), "text");
    }

    void theWindowIsOneSpan_data()
    {
        QTest::addColumn<QDateTime>("from");
        QTest::addColumn<QDateTime>("to");
        QTest::addColumn<QString>("text");
        const QDateTime start(QDate(2026, 11, 20), QTime(22, 0), Qt::UTC);
        QTest::newRow("none") << QDateTime() << QDateTime() << u"not planned"_s;
        QTest::newRow("open") << start << QDateTime() << u"20 November 2026, from 22:00 UTC"_s;
        QTest::newRow("one day") << start << start.addSecs(3600)
                                 << u"20 November 2026, 22:00–23:00 UTC"_s;
        QTest::newRow("over midnight")
            << start << start.addSecs(4 * 3600)
            << u"20 November 2026, 22:00 – 21 November 2026, 02:00 UTC"_s;
    }
    void theWindowIsOneSpan()
    {
        QFETCH(const QDateTime, from);
        QFETCH(const QDateTime, to);
        SampleRun run;
        RunCreated created = run.created();
        created.windowStart = from;
        created.windowEnd = to;
        QTEST(fact(reportOf(run, created, {}), u"Planned"_s), "text");
    }

    void aCommandPastTheWindowIsADeviation_data()
    {
        QTest::addColumn<int>("windowMinutes");
        QTest::addColumn<bool>("over");
        QTest::newRow("within") << 600 << false;
        QTest::newRow("past") << 1 << true;
    }
    void aCommandPastTheWindowIsADeviation()
    {
        QFETCH(const int, windowMinutes);
        SampleRun run;
        RunCreated created = run.created();
        created.windowEnd = created.windowStart.addSecs(60LL * windowMinutes);
        const RunEvent first = run.make(created);
        const ExecutionId execution{u"e"_s};
        for (int i = 0; i < 30; ++i)
            (void)run.make(RunAborted{}); // half an hour goes by
        const QList<RunEvent> events{
            run.make(CommandIntended{.execution = execution, .command = run.command(u"Migrate"_s)}),
            run.make(CommandStarted{.execution = execution, .pid = 1}),
            run.make(CommandEnded{
                .execution = execution, .outcome = ExecutionOutcome::Succeeded, .exitCode = 0})};
        const Report report =
            buildReport(test::reportInput(test::chained(QList<RunEvent>{first} + events)));
        const bool said = std::ranges::any_of(report.deviations, [](const Deviation &deviation) {
            return deviation.what == "ran over the window"_L1;
        });
        QTEST(said, "over");
    }

    void aRollbackNobodyDeclaredIsSaidToBeSo()
    {
        SampleRun run;
        const RunCreated created = run.created();
        const RunState state = replay(test::chained({run.make(created)}));
        PhaseId scenario;
        for (const Phase &phase : state.runbook->phases) {
            if (phase.isRollbackScenario())
                scenario = phase.id;
        }
        const RollbackDeclared declared{.scenario = scenario, .reason = u"too slow"_s};
        const Report report = reportOf(
            run, created,
            {unattended(run.make(declared)), run.make(RollbackDeclared{.scenario = {u"x"_s}})});
        QCOMPARE(report.rollbacks.size(), 2);
        QCOMPARE(report.rollbacks.at(0).by, u"no person (unattended)"_s);
        QCOMPARE(report.rollbacks.at(0).scenario, u"Scenario 1: Migration fails"_s);
        QCOMPARE(report.rollbacks.at(1).scenario, u"x"_s); // not in the runbook: by its id
        QCOMPARE(report.rollbacks.at(1).by, u"Rosa"_s);
    }

    void aReportWithoutARunSaysSoAndDoesNotFail()
    {
        const Report report = reportOfEvents({}, 3);
        QVERIFY(!report.finished);
        QVERIFY(report.phases.isEmpty());
        QCOMPARE(report.status, u"not created"_s);
        const Document document = documentOf(report);
        QVERIFY(document.incomplete);
        QVERIFY(document.title.startsWith(u"Run 3"_s));
    }

    void aCleanRunIsGreenAndAnAbortedOneRed()
    {
        Report report;
        report.status = u"completed"_s;
        report.finished = true;
        const auto tone = [&report] {
            return blocksOf<TitleBlock>(documentOf(report)).constFirst().headlineTone;
        };
        QCOMPARE(tone(), Tone::Ok);
        QCOMPARE(report.headline(), u"completed without deviations"_s);
        report.deviations = {{.subject = u"a"_s, .what = u"b"_s}};
        QCOMPARE(tone(), Tone::Warning);
        QCOMPARE(report.headline(), u"completed with 1 deviation"_s);
        report.status = u"aborted"_s;
        QCOMPARE(tone(), Tone::Bad);
    }

    void sectionsStandInTheOrderAReaderAsksForThem()
    {
        SampleRun run;
        const Report report = buildReport(test::reportInput(test::reportEvents(run)));
        QStringList headings;
        for (const HeadingBlock &heading : blocksOf<HeadingBlock>(documentOf(report))) {
            if (heading.level == 1)
                headings += heading.text;
        }
        QCOMPARE(headings,
                 (QStringList{u"Deviations"_s, u"Timeline and sign-offs"_s, u"Rollback"_s,
                              u"Query duration"_s, u"Commands"_s, u"Record"_s}));
        for (const TableBlock &table : blocksOf<TableBlock>(documentOf(report))) {
            int width = 0;
            for (const int part : table.widths)
                width += part;
            QCOMPARE(width, 100);
            for (const QList<Cell> &row : table.rows)
                QCOMPARE(row.size(), table.headers.size());
        }
    }

    void aStepThatStillNeedsASignatureSaysHowMany()
    {
        SampleRun run;
        const RunCreated created = run.created();
        const Report report = reportOf(
            run, created, {run.make(StepSigned{.step = run.step(u"Approve the change"_s)})});
        QStringList cells;
        for (const TableBlock &table : blocksOf<TableBlock>(documentOf(report))) {
            for (const QList<Cell> &row : table.rows)
                cells += row.constLast().text;
        }
        QVERIFY(cells.join(u'\n').contains(u"1 of 2 signed"_s));
        QVERIFY(cells.contains(u"not signed"_s));
    }
};

QTEST_GUILESS_MAIN(ReportFactsTest)
#include "tst_reportfacts.moc"
