// SPDX-License-Identifier: Apache-2.0
#include "monitor/httpchecker.h"
#include "support/httpservice.h"
#include "support/tlsservice.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

HttpAnswer ask(const QUrl &url, const QString &method = u"GET"_s,
               std::chrono::milliseconds patience = HttpChecker::kPatience)
{
    HttpChecker checker;
    QSignalSpy answered(&checker, &HttpChecker::answered);
    checker.check(7, method, url, patience);
    if (!QTest::qWaitFor([&] { return !answered.isEmpty(); }, 20'000))
        qFatal("no answer at all");
    if (answered.constFirst().at(0).toULongLong() != 7)
        qFatal("another ticket");
    return answered.constFirst().at(1).value<HttpAnswer>();
}

} // namespace

class TestHttpChecker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsStatusBodyAndTime();
    void anErrorStatusIsAnAnswer();
    void redirectsAreNotFollowed();
    void cookiesAreNotKept();
    void aHugeBodyIsCut();
    void silenceEndsWithTheTimeOut();
    void nobodyListens();
    void aBrokenAnswerIsNone();
    void aCertificateThatIsNoneIsSaid();
    void aCertificateNobodyVouchesForIsSaid();
    void otherMethodsAndSchemesAreRefused_data();
    void otherMethodsAndSchemesAreRefused();
};

void TestHttpChecker::tellsStatusBodyAndTime()
{
    const test::HttpService service(
        "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"status\":\"ok\"}");
    const HttpAnswer answer = ask(service.url(u"/healthz?full=1"_s));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "{\"status\":\"ok\"}"_ba);
    QCOMPARE(answer.problem, QString());
    QVERIFY(answer.micros > 0);
    QVERIFY(service.requests.constFirst().startsWith("GET /healthz?full=1 HTTP/1.1\r\n"));
    QCOMPARE(ask(service.url(), u"HEAD"_s).status, 200);
    QVERIFY(service.requests.constLast().startsWith("HEAD /healthz "));
}

void TestHttpChecker::anErrorStatusIsAnAnswer()
{
    const test::HttpService service("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");
    const HttpAnswer answer = ask(service.url());
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.body, "busy"_ba);
    QCOMPARE(answer.problem, QString());
}

void TestHttpChecker::redirectsAreNotFollowed()
{
    const test::HttpService service(
        "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(ask(service.url()).status, 302);
    QCOMPARE(service.requests.size(), 1);
}

void TestHttpChecker::cookiesAreNotKept()
{
    const test::HttpService service(
        "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
    HttpChecker checker;
    QSignalSpy answered(&checker, &HttpChecker::answered);
    checker.check(1, u"GET"_s, service.url());
    QTRY_COMPARE(answered.size(), 1);
    checker.check(2, u"GET"_s, service.url());
    QTRY_COMPARE(answered.size(), 2);
    QVERIFY(!service.requests.constLast().contains("Cookie"));
}

void TestHttpChecker::aHugeBodyIsCut()
{
    const QByteArray body(HttpChecker::kMaxBody * 3, 'x');
    const test::HttpService service("HTTP/1.1 200 OK\r\nContent-Length: "
                                    + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    const HttpAnswer answer = ask(service.url());
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body.size(), HttpChecker::kMaxBody);
    QCOMPARE(answer.problem, QString());
}

void TestHttpChecker::silenceEndsWithTheTimeOut()
{
    const test::HttpService service({});
    const HttpAnswer answer = ask(service.url(), u"GET"_s, std::chrono::milliseconds(300));
    QCOMPARE(answer.status, 0);
    QVERIFY2(answer.problem.contains(u"did not answer within 0.3 s"_s), qPrintable(answer.problem));
}

void TestHttpChecker::nobodyListens()
{
    QUrl url;
    {
        const test::HttpService service({});
        url = service.url();
    }
    const HttpAnswer answer = ask(url);
    QCOMPARE(answer.status, 0);
    QVERIFY2(answer.problem.contains(u"Nothing listens at 127.0.0.1:"_s),
             qPrintable(answer.problem));
}

void TestHttpChecker::aBrokenAnswerIsNone()
{
    const test::HttpService service("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    const HttpAnswer answer = ask(service.url());
    QCOMPARE(answer.status, 0);
    QVERIFY(!answer.problem.isEmpty());
}

void TestHttpChecker::aCertificateThatIsNoneIsSaid()
{
    const test::HttpService service("this is no TLS\r\n\r\n");
    QUrl url = service.url();
    url.setScheme(u"https"_s);
    const HttpAnswer answer = ask(url, u"GET"_s, std::chrono::milliseconds(3000));
    QCOMPARE(answer.status, 0);
    QVERIFY(!answer.problem.isEmpty());
}

/// And nothing is sent to a server that may be another.
void TestHttpChecker::aCertificateNobodyVouchesForIsSaid()
{
    const test::TlsService service;
    const HttpAnswer answer = ask(service.url());
    QCOMPARE(answer.status, 0);
    QVERIFY2(answer.problem.startsWith(u"The certificate of 127.0.0.1 is not trusted: "),
             qPrintable(answer.problem));
    QVERIFY2(answer.problem.contains(u"self-signed"), qPrintable(answer.problem));
    QCOMPARE(service.connections, 1);
    QCOMPARE(service.received, QByteArray());
}

void TestHttpChecker::otherMethodsAndSchemesAreRefused_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QUrl>("url");
    QTest::newRow("POST") << u"POST"_s << QUrl(u"http://127.0.0.1/"_s);
    QTest::newRow("file") << u"GET"_s << QUrl(u"file:///etc/passwd"_s);
    QTest::newRow("no host") << u"GET"_s << QUrl(u"/healthz"_s);
}

void TestHttpChecker::otherMethodsAndSchemesAreRefused()
{
    QFETCH(QString, method);
    QFETCH(QUrl, url);
    const HttpAnswer answer = ask(url, method);
    QCOMPARE(answer.status, 0);
    QVERIFY(answer.problem.contains(u"Only GET and HEAD"_s));
}

QTEST_GUILESS_MAIN(TestHttpChecker)
#include "tst_httpchecker.moc"
