// SPDX-License-Identifier: Apache-2.0
// The record of a run whose runbook was changed while it went on.
#include "report/reportbuilder.h"
#include "report/reportjson.h"
#include "report/reportverifier.h"
#include "runbook/parser.h"
#include "support/eventbuilder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

const QString kProgram = u"runsheet test"_s;

/// Signed and run, then the step is renamed and its command replaced.
EventBuilder amendedRun()
{
    EventBuilder journal;
    journal.create();
    const RunState state = journal.state();
    journal.add(CommandIntended{.execution = {u"e1"_s},
                                .command = commandOf(state, u"Migrate"_s),
                                .attempt = 2,
                                .text = u"echo migrating"_s});
    CommandEnded end;
    end.execution = {u"e1"_s};
    end.outcome = ExecutionOutcome::Failed;
    end.exitCode = 3;
    journal.add(end);
    journal.add(StepSigned{.step = stepNamed(state, u"Migrate"_s),
                           .outcome = SignOffOutcome::DoneWithDeviation,
                           .note = u"by hand"_s});
    const QByteArray source = QByteArray(kRunbook)
                                  .replace("Step 1: Migrate", "Step 1: Apply")
                                  .replace("echo migrating", "echo other");
    journal.add(RunbookAmended{.runbookSha256 = parseRunbook(source, u"t.md"_s).sha256,
                               .runbookSource = QString::fromUtf8(source),
                               .reason = u"wrong table"_s});
    return journal;
}

Report reportOf(const EventBuilder &journal)
{
    return buildReport({.number = 1,
                        .events = journal.events(),
                        .verdict = verifyChain(journal.events()),
                        .samples = {},
                        .outputFile = {},
                        .writtenAt = journal.events().constLast().at,
                        .writtenBy = kProgram});
}

} // namespace

class AmendedReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void amendmentIsADeviationWithItsReason()
    {
        const EventBuilder journal = amendedRun();
        const Report report = reportOf(journal);
        const Deviation &last = report.deviations.constLast();
        QCOMPARE(last.subject, u"The run"_s);
        QVERIFY(last.what.startsWith(u"runbook amended"_s));
        QVERIFY(last.what.endsWith(report.runbookSha256));
        QCOMPARE(last.reason, u"wrong table; 1 signed step changed or gone, to be signed again"_s);
        QCOMPARE(last.by, u"Ada"_s);
        QCOMPARE(report.runbookSha256, journal.state().runbook->sha256);
    }

    void whatHappenedBeforeKeepsItsNames()
    {
        const Report report = reportOf(amendedRun());
        QStringList subjects;
        for (const Deviation &deviation : report.deviations)
            subjects += deviation.subject;
        const QString then = u"Step 1: Migrate"_s;
        QCOMPARE(subjects, QStringList({then, then, then, u"The run"_s}));
        QCOMPARE(report.commands.constFirst().step, then);
        QCOMPARE(report.commands.constFirst().text, u"echo migrating"_s);
    }

    void waitStartedBeforeCountsAfterwards_data()
    {
        QTest::addColumn<QByteArray>("title");
        QTest::addColumn<bool>("early");
        QTest::newRow("the step is the same") << QByteArray("Watch for 1 second") << false;
        QTest::newRow("the step is another") << QByteArray("Observe for 1 second") << true;
    }

    void waitStartedBeforeCountsAfterwards()
    {
        QFETCH(QByteArray, title);
        QFETCH(bool, early);
        const QByteArray source = "# R\n\n## Execution\n\n- [ ] Watch for 1 second\n";
        EventBuilder journal;
        journal.create(source);
        journal.add(WaitStarted{.step = stepNamed(journal.state(), u"for 1"_s), .seconds = 1});
        const QByteArray now =
            QByteArray(source).replace("Watch for 1 second", title) + "- [ ] Look\n";
        journal.add(RunbookAmended{.runbookSha256 = parseRunbook(now, u"t.md"_s).sha256,
                                   .runbookSource = QString::fromUtf8(now),
                                   .reason = u"r"_s});
        journal.add(StepSigned{.step = stepNamed(journal.state(), u"for 1"_s)});
        const Report report = reportOf(journal);
        QStringList subjects;
        for (const Deviation &deviation : report.deviations)
            subjects += deviation.subject;
        QCOMPARE(subjects.contains(QString::fromUtf8(title)), early);
    }

    void theChainIsProvenAndTheReportFollowsFromIt()
    {
        const QByteArray json = reportToJson(reportOf(amendedRun()));
        const Result<ReportVerdict> verdict = verifyReport(json, kProgram);
        QVERIFY(verdict->holds());
        QVERIFY(verdict->sectionsCompared);
        QByteArray forged = json;
        QVERIFY(forged.contains("echo other"));
        const Result<ReportVerdict> found =
            verifyReport(forged.replace("echo other", "echo evil "), kProgram);
        QVERIFY(!found->holds());
        QCOMPARE(found->chain.firstBadSeq, 5);
    }
};

QTEST_GUILESS_MAIN(AmendedReportTest)
#include "tst_amendedreport.moc"
