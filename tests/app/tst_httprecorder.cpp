// SPDX-License-Identifier: Apache-2.0
#include "httprecorder.h"

#include "run/controllerbench.h"
#include "support/httpservice.h"

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::Bench;

class TestHttpRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnswerIsRecordedWithItsAddress();
    void withoutAServiceItSaysWhatToName();
    void anAnswerForAnotherRunIsDropped();
    void anAnswerToWhatIsNoLongerAskedIsRefused_data();
    void anAnswerToWhatIsNoLongerAskedIsRefused();

private:
    static StepId create(Bench &bench, const QString &target);
};

StepId TestHttpRecorder::create(Bench &bench, const QString &target)
{
    bench.create("# T\n\n## Execution\n\n- [ ] Look: GET " + target.toUtf8() + " returns 200\n");
    if (!QTest::qWaitFor([&] { return bench.controller.hasRun(); }))
        qFatal("no run");
    return bench.state().firstOpenStep();
}

void TestHttpRecorder::anAnswerIsRecordedWithItsAddress()
{
    const test::HttpService service("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    Bench bench;
    const StepId step = create(bench, service.url().toString());
    HttpRecorder recorder(bench.controller);
    recorder.check(step, 0);
    QTRY_COMPARE(bench.state().httpAnswers.value(step).size(), 1);
    const HttpChecked answer = bench.state().httpAnswers.value(step).value(0);
    QVERIFY2(answer.matches, qPrintable(answer.finding));
    QCOMPARE(answer.url, service.url().toString());
    QVERIFY(answer.finding.startsWith(u"200 in "_s));
}

void TestHttpRecorder::withoutAServiceItSaysWhatToName()
{
    Bench bench;
    const StepId step = create(bench, u"/healthz"_s);
    HttpRecorder recorder(bench.controller);
    QSignalSpy failed(&recorder, &HttpRecorder::failed);
    recorder.check(step, 0);
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.constFirst().constFirst().value<Error>().message.contains(u"BASE_URL"_s));
}

void TestHttpRecorder::anAnswerForAnotherRunIsDropped()
{
    const test::HttpService service("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    Bench bench;
    const StepId step = create(bench, service.url().toString());
    HttpRecorder recorder(bench.controller);
    recorder.check(step, 0);
    bench.controller.closeRun();
    QTRY_COMPARE(service.requests.size(), 1);
    create(bench, service.url().toString());
    HttpRecorder second(bench.controller); // its answer comes after the first one's
    second.check(step, 0);
    QTRY_COMPARE(bench.state().httpAnswers.value(step).size(), 1);
    QCOMPARE(bench.journalled().count(u"http.checked"_s), 1);
}

void TestHttpRecorder::anAnswerToWhatIsNoLongerAskedIsRefused_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<bool>("recorded");
    QTest::newRow("another status") << "returns 200"_ba
                                    << "returns 204"_ba << false;
    QTest::newRow("gone") << "GET "_ba
                          << "see "_ba << false;
    QTest::newRow("only moved") << "## Execution"_ba
                                << "Read this first.\n\n## Execution"_ba << true;
}

void TestHttpRecorder::anAnswerToWhatIsNoLongerAskedIsRefused()
{
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    QFETCH(const bool, recorded);
    test::HttpService service({});
    Bench bench;
    const StepId step = create(bench, service.url().toString());
    HttpRecorder recorder(bench.controller);
    QSignalSpy failed(&recorder, &HttpRecorder::failed);
    recorder.check(step, 0);
    QTRY_COMPARE(service.requests.size(), 1);
    bench.controller.amendRunbook(QByteArray(bench.state().runbook->source).replace(from, to),
                                  u"corrected"_s);
    QTRY_COMPARE(bench.journalled().count(u"runbook.amended"_s), 1);
    service.answerNow("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QTRY_COMPARE(failed.size() + bench.journalled().count(u"http.checked"_s), 1);
    QCOMPARE(failed.isEmpty(), recorded);
}

QTEST_GUILESS_MAIN(TestHttpRecorder)
#include "tst_httprecorder.moc"
