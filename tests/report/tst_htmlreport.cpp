// SPDX-License-Identifier: Apache-2.0
#include "report/html.h"
#include "report/htmlreport.h"
#include "report/reportsample.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::SampleRun;

namespace
{

const QString kHostile = u"<script>alert(1)</script><img src=x onerror='a()'>\"'&"_s;

/// Puts the hostile text wherever a person or a program can put text.
QList<RunEvent> hostileEvents()
{
    SampleRun run;
    QList<RunEvent> events = test::reportEvents(run);
    for (RunEvent &event : events) {
        event.actor = {.name = kHostile, .account = kHostile, .host = kHostile};
        std::visit(
            [](auto &body) {
                using Body = std::decay_t<decltype(body)>;
                if constexpr (std::is_same_v<Body, RunCreated>) {
                    body.runbookTitle = kHostile;
                    body.runbookFile = kHostile;
                    body.change = kHostile;
                    body.environment[u"name"_s] = kHostile;
                } else if constexpr (std::is_same_v<Body, StepSigned>) {
                    body.observed = kHostile;
                    body.note = kHostile;
                } else if constexpr (std::is_same_v<Body, CommandIntended>) {
                    body.text = kHostile;
                } else if constexpr (std::is_same_v<Body, CommandEnded>) {
                    body.reason = kHostile;
                }
            },
            event.body);
    }
    return test::chained(events);
}

} // namespace

class HtmlReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsEscaped();
    void fetchesNothingAndRunsNothing();
    void unfinishedRunIsStamped();
    void deviationsStandFirst();
    void namesHashOfTheJson();
    void hiddenCharactersInCommandsAreShown();
};

void HtmlReportTest::everythingIsEscaped()
{
    ReportInput input = test::reportInput(hostileEvents());
    for (ProbeSample &sample : input.samples)
        sample.probe = kHostile;
    Report report = buildReport(input);
    for (LogExcerpt &log : report.logs)
        log.head = {kHostile};
    report.logs = {{.execution = report.commands.constFirst().execution,
                    .head = {kHostile},
                    .sha256 = kHostile,
                    .problem = kHostile}};
    const QString html = QString::fromUtf8(renderHtml(report));
    QVERIFY(html.contains(u"&lt;script&gt;"_s));
    QVERIFY(!html.contains(u"<script"_s, Qt::CaseInsensitive));
    QVERIFY(!html.contains(u"<img"_s, Qt::CaseInsensitive));
    // Environments are shown in capitals.
    QVERIFY(!html.contains(u"ONERROR='"_s));
    QVERIFY(!html.contains(u"onerror='"_s));
    QCOMPARE(escapeHtml(u"a'b\"c<d>&"_s), u"a&#39;b&quot;c&lt;d&gt;&amp;"_s);
}

void HtmlReportTest::fetchesNothingAndRunsNothing()
{
    SampleRun run;
    const QString html =
        QString::fromUtf8(renderHtml(buildReport(test::reportInput(test::reportEvents(run)))));
    QVERIFY(html.contains(u"default-src 'none'; style-src 'unsafe-inline'; img-src data:"_s));
    QVERIFY(html.contains(u"<style>\n/* SPDX"_s));
    QVERIFY(!html.contains(QRegularExpression(u"\\b(src|href|url|@import)\\s*[=(]"_s)));
    QVERIFY(!html.contains(QRegularExpression(u"<[^>]+\\son[a-z]+="_s)));
    QVERIFY(html.contains(u"<svg"_s));
}

void HtmlReportTest::unfinishedRunIsStamped()
{
    SampleRun run;
    SampleRun other;
    const QByteArray open =
        renderHtml(buildReport(test::reportInput(test::reportEvents(run, false))));
    const QByteArray closed = renderHtml(buildReport(test::reportInput(test::reportEvents(other))));
    QVERIFY(open.contains("<div class=\"stamp\">INCOMPLETE</div>"));
    QVERIFY(!closed.contains("INCOMPLETE"));
    // Fixed elements are printed on every page.
    QVERIFY(
        QString::fromUtf8(open).contains(QRegularExpression(u"\\.stamp \\{ position: fixed"_s)));
}

void HtmlReportTest::deviationsStandFirst()
{
    SampleRun run;
    const QByteArray html = renderHtml(buildReport(test::reportInput(test::reportEvents(run))));
    QVERIFY(html.indexOf("<h2>Deviations</h2>") > 0);
    QVERIFY(html.indexOf("<h2>Deviations</h2>") < html.indexOf("<h2>Timeline"));
    QVERIFY(html.contains("the first try had no room"));
}

void HtmlReportTest::namesHashOfTheJson()
{
    SampleRun run;
    const QString html =
        QString::fromUtf8(renderHtml(buildReport(test::reportInput(test::reportEvents(run)))));
    QVERIFY(html.contains(QRegularExpression(u"JSON:</b> SHA-256 [0-9a-f]{64}"_s)));
    QVERIFY(html.contains(u"chain intact, head"_s));
    QVERIFY(html.contains(u"runsheet verify run-14.json"_s));
}

void HtmlReportTest::hiddenCharactersInCommandsAreShown()
{
    SampleRun run;
    QList<RunEvent> events = test::reportEvents(run);
    for (RunEvent &event : events) {
        if (auto *intended = std::get_if<CommandIntended>(&event.body))
            intended->text = u"rm \u202E/etc"_s;
    }
    const QString html =
        QString::fromUtf8(renderHtml(buildReport(test::reportInput(test::chained(events)))));
    QVERIFY(html.contains(u"rm ⟨U+202E⟩/etc"_s));
}

QTEST_GUILESS_MAIN(HtmlReportTest)
#include "tst_htmlreport.moc"
