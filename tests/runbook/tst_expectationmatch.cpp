// SPDX-License-Identifier: Apache-2.0
#include "runbook/expectationmatch.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

/// "= a", "~ a → b", "- a", "+ b": one line each, joined by " | ".
QString drawn(const ExpectationMatch &match)
{
    QStringList lines;
    for (const MatchLine &line : match.lines) {
        switch (line.kind) {
        case MatchLine::Kind::Same:
            lines += u"= "_s + line.actual;
            break;
        case MatchLine::Kind::Changed:
            lines += u"~ %1 → %2"_s.arg(line.expected, line.actual);
            break;
        case MatchLine::Kind::Missing:
            lines += u"- "_s + line.expected;
            break;
        case MatchLine::Kind::Extra:
            lines += u"+ "_s + line.actual;
            break;
        }
    }
    return lines.join(u" | "_s);
}

QString compared(const QString &expected, const QString &output, const QString &info = {})
{
    return drawn(matchExpectation({.text = expected, .info = info}, output.split(u'\n')));
}

} // namespace

class TestExpectationMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreComparedInOrder_data()
    {
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("drawn");
        QTest::newRow("same") << u"a\nb"_s << u"a\nb\n"_s << u"= a | = b"_s;
        QTest::newRow("white space") << u" a   b"_s << u"a\tb  "_s << u"= a b"_s;
        QTest::newRow("empty lines") << u"a\n\nb"_s << u"\na\nb\n\n"_s << u"= a | = b"_s;
        QTest::newRow("number") << u"12 rows"_s << u"13 rows"_s << u"~ 12 rows → 13 rows"_s;
        QTest::newRow("missing") << u"a\nb\nc"_s << u"a\nc"_s << u"= a | - b | = c"_s;
        QTest::newRow("extra") << u"a\nc"_s << u"a\nb\nc"_s << u"= a | + b | = c"_s;
        QTest::newRow("other order") << u"a\nb"_s << u"b\na"_s << u"~ a → b | ~ b → a"_s;
        QTest::newRow("nothing printed") << u"a"_s << QString() << u"- a"_s;
        QTest::newRow("case") << u"OK"_s << u"ok"_s << u"~ OK → ok"_s;
        QTest::newRow("any text") << u"took … s"_s << u"took 4.2 s"_s << u"= took 4.2 s"_s;
        QTest::newRow("three dots") << u"id ... done"_s << u"id 77 done"_s << u"= id 77 done"_s;
        QTest::newRow("no text") << u"id … done"_s << u"id done"_s << u"= id done"_s;
        QTest::newRow("two of them") << u"a … b … c"_s << u"a 1 b 2 c"_s << u"= a 1 b 2 c"_s;
        QTest::newRow("wrong around it")
            << u"took … s"_s << u"took 4 ms"_s << u"~ took … s → took 4 ms"_s;
        QTest::newRow("no overlap") << u"aba … aba"_s << u"aba"_s << u"~ aba … aba → aba"_s;
        QTest::newRow("any lines") << u"a\n…\nz"_s << u"a\nb\nc\nz"_s << u"= a | = b | = c | = z"_s;
        QTest::newRow("no lines") << u"a\n...\nz"_s << u"a\nz"_s << u"= a | = z"_s;
        QTest::newRow("any at the end") << u"a\n…"_s << u"a\nb\nc"_s << u"= a | = b | = c"_s;
        QTest::newRow("any, then another") << u"…\nz"_s << u"a\ny"_s << u"= a | ~ z → y"_s;
    }

    void linesAreComparedInOrder()
    {
        QFETCH(QString, expected);
        QFETCH(QString, output);
        QTEST(compared(expected, output), "drawn");
    }

    void jsonIsComparedByKeysTypesAndBooleans_data()
    {
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("drawn");
        QTest::newRow("values are examples")
            << u"{\"status\": \"ok\", \"n\": 1}"_s << u"{\"n\": 99, \"status\": \"up\"}"_s
            << u"= n: a number | = status: a text"_s;
        QTest::newRow("boolean") << u"{\"ready\": true}"_s << u"{\"ready\": false}"_s
                                 << u"~ ready: true → ready: false"_s;
        QTest::newRow("type") << u"{\"n\": 1}"_s << u"{\"n\": \"1\"}"_s
                              << u"~ n: a number → n: a text"_s;
        QTest::newRow("missing") << u"{\"a\": {\"b\": 1}}"_s << u"{\"a\": {}}"_s
                                 << u"- a.b: a number"_s;
        QTest::newRow("extra key")
            << u"{\"a\": 1}"_s << u"{\"a\": 1, \"b\": 2}"_s << u"= a: a number"_s;
        QTest::newRow("list") << u"[{\"id\": 1}]"_s << u"[{\"id\": 5}, {\"no\": 1}]"_s
                              << u"= [0].id: a number | - [1].id: a number"_s;
        QTest::newRow("empty list")
            << u"{\"a\": [1]}"_s << u"{\"a\": []}"_s << u"- a[0]: a number"_s;
        QTest::newRow("anything") << u"{\"a\": \"…\"}"_s << u"{\"a\": [1]}"_s << u"= a: a list"_s;
        QTest::newRow("left out") << u"{\"a\": 1, ...}"_s << u"{\"a\": 1}"_s << u"= a: a number"_s;
        QTest::newRow("left out first")
            << u"{…, \"a\": \"x...\"}"_s << u"{\"a\": \"\"}"_s << u"= a: a text"_s;
        QTest::newRow("lines around")
            << u"{\"a\": 1}"_s << u"HTTP/2 200\n{\"a\": 1}\nbye"_s << u"= a: a number"_s;
        QTest::newRow("no JSON printed")
            << u"{\"a\": 1}"_s << u"502 Bad Gateway"_s << u"~ {\"a\": 1} → 502 Bad Gateway"_s;
        QTest::newRow("no JSON expected") << u"all good"_s << u"all good"_s << u"= all good"_s;
    }

    void jsonIsComparedByKeysTypesAndBooleans()
    {
        QFETCH(QString, expected);
        QFETCH(QString, output);
        QTEST(compared(expected, output, u"json"_s), "drawn");
    }

    void differencesAreCounted()
    {
        const ExpectationMatch match = matchExpectation({.text = u"a\nb\nc"_s}, {u"a"_s, u"x"_s});
        QCOMPARE(match.differences(), 2);
        QVERIFY(!match.matches());
        QVERIFY(matchExpectation({.text = u"a"_s}, {u"a"_s}).matches());
    }

    void longOutputIsCutAndThatIsSaid()
    {
        QStringList output;
        for (qsizetype i = 0; i < kMaxComparedLines * 3; ++i)
            output += u"line %1"_s.arg(i);
        QElapsedTimer spent;
        spent.start();
        const ExpectationMatch match =
            matchExpectation({.text = output.mid(0, 3000).join(u'\n')}, output);
        QVERIFY(match.wasCut);
        QVERIFY(match.lines.size() <= kMaxComparedLines);
        QVERIFY2(spent.elapsed() < 10'000, "the work is not bounded");
        QVERIFY(!matchExpectation({.text = u"line 0\n…"_s}, output.mid(0, 10)).wasCut);
    }
};

QTEST_GUILESS_MAIN(TestExpectationMatch)
#include "tst_expectationmatch.moc"
