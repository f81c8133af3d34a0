// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "base/sha256.h"
#include "report/chartdata.h"
#include "report/chartsvg.h"
#include "report/logexcerpt.h"
#include "report/reportjson.h"
#include "report/reportsample.h"
#include "report/reportverifier.h"
#include "report/wording.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::SampleRun;

namespace
{

const QString kProgram = u"runsheet 0.1.0"_s;

QStringList whats(const Report &report)
{
    QStringList out;
    for (const Deviation &deviation : report.deviations)
        out += deviation.subject + u": "_s + deviation.what;
    return out;
}

} // namespace

class ReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deviationsComeInOrder();
    void overriddenGateRollbackAndUnknownAreDeviations();
    void unattendedRunSaysThatNoPersonSigned();
    void twoSignersAreBothThereWithMeaning();
    void untouchedRollbackScenariosAreLeftOut();
    void unfinishedRunIsIncomplete();
    void jsonIsCanonicalAndVerifies();
    void jsonHoldsTheDerivedSections();
    void changedReportIsFound_data();
    void changedReportIsFound();
    void reportOfAnotherVersionIsNotComparedByWording();
    void otherFilesAreNoReports_data();
    void otherFilesAreNoReports();
    void brokenJournalIsSaidInTheReport();
    void logExcerptKeepsHeadTailAndHash();
    void changedAndMissingLogsAreSaid();
    void logLinesAreMadeHarmless_data();
    void logLinesAreMadeHarmless();
    void chartIsThinnedAndKeepsTheWorst();
    void chartSvgIsWellFormedWithThreeDistinctLines();
    void chartWithoutSamplesIsEmpty();
};

void ReportTest::deviationsComeInOrder()
{
    SampleRun run;
    const Report report = buildReport(test::reportInput(test::reportEvents(run)));
    QCOMPARE(whats(report),
             (QStringList{u"Create a backup: command: exit 1"_s,
                          u"Create a backup: command run again, attempt 2"_s,
                          u"Create a backup: done with deviation"_s, u"Tell support: skipped"_s}));
    QCOMPARE(report.headline(), u"completed with 4 deviations"_s);
    QCOMPARE(report.deviations.at(2).reason, u"the first try had no room"_s);
    QCOMPARE(report.deviations.at(3).by, u"Deniz"_s);
}

void ReportTest::overriddenGateRollbackAndUnknownAreDeviations()
{
    SampleRun run;
    QList<RunEvent> events = test::reportEvents(run, false);
    const RunState state = replay(events);
    PhaseId execution;
    PhaseId scenario;
    for (const Phase &phase : state.runbook->phases) {
        if (phase.title == "Execution"_L1)
            execution = phase.id;
        if (phase.group == PhaseGroup::Rollback && !phase.steps.isEmpty())
            scenario = phase.id;
    }
    const ExecutionId last = state.executions.constLast().id;
    for (const EventBody &body : {
             EventBody(GateDecided{.phase = execution, .go = true, .reason = u"no time"_s}),
             EventBody(StepReopened{.step = run.step(u"Tell support"_s), .reason = u"they came"_s}),
             EventBody(CommandSignalled{.execution = last, .signal = 2}),
             EventBody(TargetChecked{.identity = {}, .matches = false, .finding = u"other id"_s}),
             EventBody(RollbackDeclared{.scenario = scenario, .reason = u"too slow"_s}),
             EventBody(RunAborted{.reason = u"enough"_s}),
         })
        events += run.make(body);
    const Report report = reportOfEvents(test::chained(events), 1);
    const QStringList found = whats(report).mid(4);
    QCOMPARE(found.size(), 6);
    QCOMPARE(found.at(0), u"Execution: gate opened by a decision"_s);
    QCOMPARE(found.at(1), u"Tell support: sign-off withdrawn"_s);
    QVERIFY(found.at(2).contains(u"SIGINT asked for"_s));
    QCOMPARE(found.at(3), u"The run: the server was not the expected one"_s);
    QVERIFY(found.at(4).endsWith(u"rollback declared"_s));
    QCOMPARE(found.at(5), u"The run: aborted"_s);
    QCOMPARE(report.rollbacks.size(), 1);
    QVERIFY(report.phases.constLast().group == "rollback"_L1);
}

void ReportTest::unattendedRunSaysThatNoPersonSigned()
{
    SampleRun run;
    QList<RunEvent> events = test::reportEvents(run);
    for (RunEvent &event : events)
        event.unattended = true;
    const Report report = buildReport(test::reportInput(test::chained(events)));
    QVERIFY(whats(report).contains(u"The run: carried out unattended"_s));
    for (const ReportPhase &phase : report.phases) {
        for (const ReportStep &step : phase.steps) {
            for (const ReportSignOff &signOff : step.signOffs) {
                QCOMPARE(signOff.name, u"no person (unattended)"_s);
                QVERIFY(signOff.meaning.contains(u"no person"_s));
            }
        }
    }
    QVERIFY(report.statement.notProven.join(u' ').contains(u"No person checked"_s));
    QCOMPARE(report.approvedBy, u"no person (unattended)"_s);
    for (const ReportCommand &command : report.commands)
        QCOMPARE(command.by, u"no person (unattended)"_s);
}

void ReportTest::twoSignersAreBothThereWithMeaning()
{
    SampleRun run;
    const Report report = buildReport(test::reportInput(test::reportEvents(run)));
    const ReportStep &approve = report.phases.at(1).steps.at(0);
    QCOMPARE(approve.signOffsNeeded, 2);
    QCOMPARE(approve.signOffs.size(), 2);
    QCOMPARE(approve.signOffs.at(0).name, u"Rosa"_s);
    QCOMPARE(approve.signOffs.at(1).name, u"Deniz"_s);
    QCOMPARE(approve.signOffs.at(1).meaning, u"states that it was done as written"_s);
}

void ReportTest::untouchedRollbackScenariosAreLeftOut()
{
    SampleRun run;
    const Report report = buildReport(test::reportInput(test::reportEvents(run)));
    for (const ReportPhase &phase : report.phases)
        QVERIFY(phase.group != "rollback"_L1);
}

void ReportTest::unfinishedRunIsIncomplete()
{
    SampleRun run;
    const Report report = buildReport(test::reportInput(test::reportEvents(run, false)));
    QVERIFY(!report.finished);
    QVERIFY(report.headline().startsWith(u"INCOMPLETE"_s));
    QCOMPARE(report.closedSteps, 3);
}

void ReportTest::jsonIsCanonicalAndVerifies()
{
    SampleRun run;
    const QList<RunEvent> events = test::reportEvents(run);
    const QByteArray json = reportToJson(buildReport(test::reportInput(events)));
    QCOMPARE(canonicalJson(*parseJsonObject(json)), json);
    const auto verdict = verifyReport(json, kProgram);
    QVERIFY(verdict);
    QVERIFY2(verdict->holds(), qPrintable(verdict->findings.join(u'\n')));
    QVERIFY(verdict->sectionsCompared);
    QCOMPARE(verdict->chain, verifyChain(events));
    QCOMPARE(verdict->number, 14);
}

void ReportTest::jsonHoldsTheDerivedSections()
{
    SampleRun run;
    const QList<RunEvent> events = test::reportEvents(run);
    const QJsonObject json = *parseJsonObject(reportToJson(buildReport(test::reportInput(events))));
    QCOMPARE(json.keys(),
             (QStringList{u"chain"_s, u"chart"_s, u"commands"_s, u"deviations"_s, u"events"_s,
                          u"format"_s, u"logs"_s, u"people"_s, u"phases"_s, u"rollbacks"_s,
                          u"run"_s, u"statement"_s, u"written"_s}));
    QCOMPARE(json["run"_L1]["change"_L1].toString(), u"CHG-2231"_s);
    QCOMPARE(json["run"_L1]["server"_L1].toString(), u"PostgreSQL 15.18, primary"_s);
    QCOMPARE(json["commands"_L1].toArray().size(), 3);
    QCOMPARE(json["commands"_L1][0]["outcome"_L1].toString(), u"exit 1"_s);
    QCOMPARE(json["commands"_L1][0]["duration_us"_L1].toInteger(), 41'200'000);
    QCOMPARE(json["events"_L1].toArray().size(), events.size());
    QCOMPARE(json["events"_L1][0]["hash"_L1].toString(), events.at(0).hash);
    QCOMPARE(json["people"_L1].toArray().size(), 2);
}

void ReportTest::changedReportIsFound_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<qint64>("badSeq");
    QTest::newRow("note in its event")
        << QByteArray("support is closed") << QByteArray("support informed") << 11LL;
    QTest::newRow("title in the summary") << QByteArray("\"title\":\"Add notifications\"")
                                          << QByteArray("\"title\":\"Add something\"") << 0LL;
    QTest::newRow("deviation reworded")
        << QByteArray("command run again") << QByteArray("command looked at") << 0LL;
    QTest::newRow("head hash") << QByteArray("\"head\":\"") << QByteArray("\"head\":\"0") << 0LL;
    QTest::newRow("extra field in an event")
        << QByteArray("{\"actor\":{\"account\":\"rosa\"")
        << QByteArray("{\"actor\":{\"a\":1,\"account\":\"rosa\"") << 1LL;
}

void ReportTest::changedReportIsFound()
{
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    QFETCH(const qint64, badSeq);
    SampleRun run;
    QByteArray json = reportToJson(buildReport(test::reportInput(test::reportEvents(run))));
    QVERIFY(json.contains(from));
    json.replace(from, to);
    const auto verdict = verifyReport(json, kProgram);
    QVERIFY(verdict);
    QVERIFY(!verdict->holds());
    QCOMPARE(verdict->chain.firstBadSeq, badSeq);
}

void ReportTest::reportOfAnotherVersionIsNotComparedByWording()
{
    SampleRun run;
    QByteArray json = reportToJson(buildReport(test::reportInput(test::reportEvents(run))));
    json.replace("command run again", "command repeated");
    const auto verdict = verifyReport(json, u"runsheet 9.9"_s);
    QVERIFY(verdict->holds());
    QVERIFY(!verdict->sectionsCompared);
}

void ReportTest::otherFilesAreNoReports_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("html") << QByteArray("<!DOCTYPE html>");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("other object") << QByteArray("{\"format\":\"runsheet-report-v2\"}");
    QTest::newRow("binary") << QByteArray("\xff\xfe\x00\x01", 4);
}

void ReportTest::otherFilesAreNoReports()
{
    QFETCH(const QByteArray, bytes);
    const auto verdict = verifyReport(bytes, kProgram);
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().kind, Error::Kind::Invalid);
}

void ReportTest::brokenJournalIsSaidInTheReport()
{
    SampleRun run;
    ReportInput input = test::reportInput(test::reportEvents(run));
    input.events.removeAt(5);
    input.verdict = verifyChain(input.events);
    const Report report = buildReport(input);
    QVERIFY(report.statement.proven.isEmpty());
    QVERIFY(report.statement.notProven.constFirst().contains(u"broken at event 6"_s));
    const auto verdict = verifyReport(reportToJson(report), kProgram);
    QVERIFY(!verdict->holds());
    QCOMPARE(verdict->chain.firstBadSeq, 6);
}

void ReportTest::logExcerptKeepsHeadTailAndHash()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"output.log"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray content;
    for (int i = 0; i < 20'000; ++i)
        content += "line " + QByteArray::number(i) + '\n';
    file.write(content);
    file.close();
    const ReportCommand command{.outputBytes = content.size(), .outputSha256 = sha256Hex(content)};
    const LogExcerpt excerpt = readLogExcerpt(file.fileName(), command);
    QCOMPARE(excerpt.problem, QString());
    QCOMPARE(excerpt.bytes, content.size());
    QCOMPARE(excerpt.sha256, sha256Hex(content));
    QVERIFY(!excerpt.isWhole);
    QCOMPARE(excerpt.head.constFirst(), u"line 0"_s);
    QCOMPARE(excerpt.tail.constLast(), u"line 19999"_s);
    QVERIFY(excerpt.head.size() + excerpt.tail.size() <= 24);
}

void ReportTest::changedAndMissingLogsAreSaid()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"output.log"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("something else");
    file.close();
    SampleRun run;
    ReportInput input = test::reportInput(test::reportEvents(run));
    input.outputFile = [&file](const ExecutionId &) { return file.fileName(); };
    const Report changed = buildReport(input);
    QCOMPARE(changed.logs.size(), 3);
    QVERIFY(changed.logs.at(0).problem.contains(u"not the log that was recorded"_s));
    QVERIFY(verifyReport(reportToJson(changed), kProgram)->holds());

    input.outputFile = [](const ExecutionId &) { return u"/nonexistent/output.log"_s; };
    QVERIFY(buildReport(input).logs.at(0).problem.contains(u"could not be read"_s));
}

void ReportTest::logLinesAreMadeHarmless_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QByteArray("CREATE TABLE") << u"CREATE TABLE"_s;
    QTest::newRow("colour") << QByteArray("\x1b[1;31mred\x1b[0m") << u"red"_s;
    QTest::newRow("title") << QByteArray("\x1b]0;evil\x07ok") << u"ok"_s;
    QTest::newRow("clipboard") << QByteArray("\x1b]52;c;AAAA\x1b\\ok") << u"ok"_s;
    QTest::newRow("progress") << QByteArray("10%\r50%\r100%\r") << u"100%"_s;
    QTest::newRow("bell") << QByteArray("a\x07"
                                        "b")
                          << u"a⟨U+0007⟩b"_s;
    QTest::newRow("right to left") << u"a\u202Eb"_s.toUtf8() << u"a⟨U+202E⟩b"_s;
    QTest::newRow("not UTF-8") << QByteArray("caf\xe9") << u"caf\uFFFD"_s;
    QTest::newRow("long") << QByteArray(5000, 'x') << QString(400, u'x') + u" …"_s;
}

void ReportTest::logLinesAreMadeHarmless()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, shown);
    QCOMPARE(plainLogLine(line), shown);
}

void ReportTest::chartIsThinnedAndKeepsTheWorst()
{
    const QDateTime start(QDate(2026, 11, 20), QTime(1, 40), Qt::UTC);
    QList<ProbeSample> samples = test::probeSamples(start, 7200);
    samples[4000].micros = 5'000'000;
    const ReportChart chart = chartOf(samples, {});
    QVERIFY(chart.points.size() > 100);
    QVERIFY(chart.points.size() <= 600);
    QCOMPARE(chart.samples, 7200);
    QCOMPARE(chart.lost, 59);
    QCOMPARE(chart.probes, (QStringList{u"orders"_s, u"products"_s}));
    const auto worst = std::ranges::max(chart.points, {}, &PercentilePoint::p99);
    QCOMPARE(worst.p99, 5'000'000);
}

void ReportTest::chartSvgIsWellFormedWithThreeDistinctLines()
{
    SampleRun run;
    const Report report = buildReport(test::reportInput(test::reportEvents(run)));
    ReportChart chart = report.chart;
    chart.bands[0].label = u"<script>&\"'"_s;
    const QByteArray svg = chartSvg(chart);
    QXmlStreamReader reader(svg);
    QSet<QString> dashes;
    QStringList texts;
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement())
            continue;
        QVERIFY(reader.name() != "script"_L1);
        if (reader.name() == "polyline"_L1)
            dashes += reader.attributes().value(u"stroke-dasharray"_s).toString();
        if (reader.name() == "text"_L1)
            texts += reader.readElementText();
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(dashes.size(), 3);
    for (const QString &name : {u"p50 "_s, u"p95 "_s, u"p99 "_s})
        QVERIFY(std::ranges::any_of(texts, [&](const QString &t) { return t.startsWith(name); }));
}

void ReportTest::chartWithoutSamplesIsEmpty()
{
    const ReportChart chart = chartOf({}, {});
    QVERIFY(chart.isEmpty());
    QVERIFY(chartSvg(chart).isEmpty());
    QVERIFY(chartSummary(chart).contains(u"No query durations"_s));
}

QTEST_GUILESS_MAIN(ReportTest)
#include "tst_report.moc"
