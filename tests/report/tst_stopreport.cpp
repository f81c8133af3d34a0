// SPDX-License-Identifier: Apache-2.0
// What the report says of a command that was stopped.
#include "report/document.h"
#include "report/htmlreport.h"
#include "report/reportbuilder.h"
#include "report/reportjson.h"
#include "support/eventbuilder.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

const QString kFinding = u"It left the invalid index public.a<b> behind."_s;
const QString kEvidence = u"pg_index: public.a<b> on items is not valid"_s;

QList<RunEvent> stopped()
{
    EventBuilder journal;
    journal.create();
    journal.add(CommandIntended{.execution = {u"e"_s},
                                .command = commandOf(journal.state(), u"Migrate"_s),
                                .text = u"psql -f x.sql"_s,
                                .sessionOptions = u"-c a=b"_s});
    journal.add(CommandStarted{.execution = {u"e"_s}, .pid = 7});
    journal.add(CommandOverran{.execution = {u"e"_s}, .seconds = 900});
    journal.add(CommandSignalled{.execution = {u"e"_s}, .signal = 2}, u"Rosa"_s);
    journal.add(BackendSignalled{.execution = {u"e"_s}, .rung = StopRung::TerminateBackend},
                u"Deniz"_s);
    journal.add(
        CommandEnded{.execution = {u"e"_s}, .outcome = ExecutionOutcome::Signalled, .signal = 15});
    journal.add(ServerChecked{.execution = {u"e"_s},
                              .verdict = ServerVerdict::InvalidIndex,
                              .finding = kFinding,
                              .evidence = {kEvidence}});
    return journal.events();
}

} // namespace

class TestStopReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRungAndTheAnswerAreDeviations();
    void commandTellsTheWholeStory();
    void storyIsInTheFiles();
    void nothingOnTheServerIsNoDeviation();
    void lookingAtARunningCommandIsNoDeviation();
    void runningOverItsTimeIsSaid();
};

void TestStopReport::everyRungAndTheAnswerAreDeviations()
{
    QStringList whats;
    for (const Deviation &deviation : reportOfEvents(stopped(), 1).deviations)
        whats += deviation.what + u", "_s + deviation.by;
    QCOMPARE(whats,
             (QStringList{u"timed out, still running, Ada"_s, u"SIGINT asked for, Rosa"_s,
                          u"pg_terminate_backend for the command's sessions, Deniz"_s,
                          u"command: ended by signal 15 (SIGTERM), Ada"_s,
                          u"on the server: invalid index left behind, Ada"_s}));
}

void TestStopReport::commandTellsTheWholeStory()
{
    const ReportCommand command = reportOfEvents(stopped(), 1).commands.constFirst();
    QCOMPARE(command.outcome, u"ended by signal 15 (SIGTERM)"_s);
    QVERIFY2(command.stops.contains(u"interrupt (SIGINT) by Rosa; "_s), qPrintable(command.stops));
    QVERIFY(command.stops.endsWith(u"pg_terminate_backend by Deniz"_s));
    QCOMPARE(command.server, u"invalid index left behind. "_s + kFinding);
    QCOMPARE(command.serverEvidence, QStringList{kEvidence});
    QCOMPARE(command.sessionOptions, u"-c a=b"_s);
    QVERIFY(command.overranAt.isValid());
}

void TestStopReport::storyIsInTheFiles()
{
    const Report report = reportOfEvents(stopped(), 1);
    const QJsonObject command =
        derivedSections(report).value("commands"_L1).toArray().at(0).toObject();
    QCOMPARE(command.value("server_evidence"_L1).toArray(), QJsonArray{kEvidence});
    QVERIFY(!command.value("overran_at"_L1).toString().isEmpty());
    const QString html = QString::fromUtf8(renderHtml(report));
    QVERIFY(html.contains(u"On the server: invalid index left behind."_s));
    QVERIFY(html.contains(kEvidence.toHtmlEscaped()));
    QVERIFY(!html.contains(u"a<b>"_s));
    QVERIFY(html.contains(u"PGOPTIONS -c a=b"_s));
}

void TestStopReport::nothingOnTheServerIsNoDeviation()
{
    EventBuilder journal;
    journal.create();
    journal.add(CommandIntended{.execution = {u"e"_s},
                                .command = commandOf(journal.state(), u"Migrate"_s)});
    journal.add(ServerChecked{
        .execution = {u"e"_s}, .verdict = ServerVerdict::None, .finding = u"No session."_s});
    const Report report = reportOfEvents(journal.events(), 1);
    QVERIFY(report.deviations.isEmpty());
    QVERIFY(report.commands.constFirst().server.contains(u"No session."_s));
}

void TestStopReport::lookingAtARunningCommandIsNoDeviation()
{
    EventBuilder journal;
    journal.create();
    journal.add(CommandIntended{.execution = {u"e"_s},
                                .command = commandOf(journal.state(), u"Migrate"_s)});
    journal.add(CommandStarted{.execution = {u"e"_s}, .pid = 7});
    journal.add(ServerChecked{
        .execution = {u"e"_s}, .verdict = ServerVerdict::Running, .finding = u"Still there."_s});
    journal.add(CommandEnded{.execution = {u"e"_s}, .outcome = ExecutionOutcome::Succeeded});
    const Report report = reportOfEvents(journal.events(), 1);
    QVERIFY(report.deviations.isEmpty());
    QVERIFY(report.commands.constFirst().server.isEmpty()); // what was seen before is no answer
}

void TestStopReport::runningOverItsTimeIsSaid()
{
    const QList<RunEvent> events = stopped().first(4);
    QCOMPARE(reportOfEvents(events, 1).commands.constFirst().outcome,
             u"timed out, still running"_s);
}

QTEST_GUILESS_MAIN(TestStopReport)
#include "tst_stopreport.moc"
