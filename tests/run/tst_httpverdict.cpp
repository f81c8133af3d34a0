// SPDX-License-Identifier: Apache-2.0
#include "controllerbench.h"
#include "run/httpverdict.h"

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::Bench;

namespace
{

constexpr auto kAsks = "# T\n\n## Execution\n\n- [ ] Look: GET /healthz returns 200\n"
                       "\n## Rollback\n\n- [ ] none\n";

StepId askingStep(const RunState &state)
{
    for (const Phase &phase : state.runbook->phases) {
        for (const Step &step : phase.steps) {
            if (!step.httpChecks.isEmpty())
                return step.id;
        }
    }
    return {};
}

} // namespace

class TestHttpVerdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void targets_data();
    void targets();
    void verdicts_data();
    void verdicts();
    void isRecordedAndOutlivesTheWindow();
    void unknownChecksAreRefused();
};

void TestHttpVerdict::targets_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("own");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("url"); // or the beginning of the refusal
    QTest::newRow("whole address")
        << u"https://a.example/x"_s << u"http://b"_s << QString() << u"https://a.example/x"_s;
    QTest::newRow("environment") << u"/x?y=1"_s << QString() << u"http://b:81/"_s
                                 << u"http://b:81/x?y=1"_s;
    QTest::newRow("path below a path")
        << u"x"_s << QString() << u"http://b/api"_s << u"http://b/api/x"_s;
    QTest::newRow("the run's own wins")
        << u"/x"_s << u"http://own"_s << u"http://b"_s << u"http://own/x"_s;
    QTest::newRow("nothing known") << u"/x"_s << QString() << QString() << u"Nothing says which"_s;
    QTest::newRow("no address") << u"/x"_s << u"shop"_s << QString() << u"“shop/x” is not"_s;
}

void TestHttpVerdict::targets()
{
    QFETCH(QString, target);
    QFETCH(QString, own);
    QFETCH(QString, environment);
    QFETCH(QString, url);
    RunState state;
    if (!own.isEmpty())
        state.variables.insert(u"BASE_URL"_s, {.value = own, .declaration = {}});
    if (!environment.isEmpty())
        state.environment.variables.insert(u"APP_URL"_s, environment);
    const Result<QUrl> result = targetOf({.method = u"GET"_s, .target = target}, state);
    if (result)
        QCOMPARE(result->toString(), url);
    else
        QVERIFY2(result.error().message.startsWith(url), qPrintable(result.error().message));
}

void TestHttpVerdict::verdicts_data()
{
    QTest::addColumn<int>("expected");
    QTest::addColumn<QString>("expectedBody");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("matches");
    QTest::addColumn<QString>("finding");
    const QString json = u"{\"status\": \"ok\", \"db\": true}"_s;
    QTest::newRow("as expected") << 200 << QString() << 200 << "x"_ba << true
                                 << u"200 in 12 ms, as expected"_s;
    QTest::newRow("another status")
        << 200 << QString() << 503 << ""_ba << false << u"503 in 12 ms instead of 200"_s;
    QTest::newRow("no status named")
        << 0 << QString() << 302 << ""_ba << true << u"302 in 12 ms, as expected"_s;
    QTest::newRow("an error where none is named")
        << 0 << QString() << 404 << ""_ba << false << u"404 in 12 ms"_s;
    QTest::newRow("JSON by its shape")
        << 200 << json << 200 << "{\"db\":true,\"status\":\"fine\",\"v\":2}"_ba << true
        << u"200 in 12 ms, as expected"_s;
    QTest::newRow("JSON that differs")
        << 200 << json << 200 << "{\"db\":false,\"status\":\"ok\"}"_ba << false
        << u"200 in 12 ms, the answer differs in 1 line"_s;
    QTest::newRow("no answer") << 200 << QString() << 0 << ""_ba << false << u"nobody there"_s;
}

void TestHttpVerdict::verdicts()
{
    QFETCH(int, expected);
    QFETCH(QString, expectedBody);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, matches);
    const HttpCheck check{.method = u"GET"_s,
                          .target = u"/x"_s,
                          .expectedStatus = expected,
                          .expectedBody = expectedBody,
                          .location = {}};
    const HttpChecked verdict = httpVerdict(check, status, 12'400, body, u"nobody there"_s);
    QTEST(verdict.finding, "finding");
    QCOMPARE(verdict.matches, matches);
    QCOMPARE(verdict.status, status);
}

void TestHttpVerdict::isRecordedAndOutlivesTheWindow()
{
    Bench bench;
    bench.create(kAsks);
    QTRY_VERIFY(bench.controller.hasRun());
    const HttpChecked answer{.step = askingStep(bench.state()),
                             .check = 0,
                             .url = u"http://b/healthz"_s,
                             .status = 503,
                             .durationMicros = 9000,
                             .matches = false,
                             .finding = u"503 in 9 ms instead of 200"_s};
    bench.controller.recordHttpCheck(answer);
    bench.settle();
    QCOMPARE(bench.journalled().constLast(), u"http.checked"_s);
    QCOMPARE(bench.state().httpAnswers.value(answer.step).value(0), answer);
    const RunId run = bench.state().id;
    bench.controller.closeRun();
    bench.controller.openRun(run);
    QTRY_VERIFY(bench.controller.hasRun());
    QCOMPARE(bench.state().httpAnswers.value(answer.step).value(0), answer);
}

void TestHttpVerdict::unknownChecksAreRefused()
{
    Bench bench;
    bench.create(kAsks);
    QTRY_VERIFY(bench.controller.hasRun());
    bench.controller.recordHttpCheck({.step = askingStep(bench.state()), .check = 1});
    QVERIFY(bench.lastError().contains(u"no such request"_s));
    bench.controller.recordHttpCheck({.step = {u"nowhere"_s}, .check = 0});
    QCOMPARE(bench.failed.size(), 2);
}

QTEST_GUILESS_MAIN(TestHttpVerdict)
#include "tst_httpverdict.moc"
