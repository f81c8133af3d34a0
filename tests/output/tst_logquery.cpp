// SPDX-License-Identifier: Apache-2.0
#include "output/logquery.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

using Spans = QList<TextSpan>;

class LogQueryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksWhatIsFound_data()
    {
        QTest::addColumn<LogQuery>("query");
        QTest::addColumn<QString>("line");
        QTest::addColumn<Spans>("spans");
        const auto row = [](const char *name, const LogQuery &query, const QString &line,
                            const Spans &spans) { QTest::newRow(name) << query << line << spans; };
        row("nothing asked", {}, u"abc"_s, {});
        row("text in any case", {u"AB"_s, false, false}, u"ab xAb"_s, {{0, 2}, {4, 6}});
        row("text in this case", {u"Ab"_s, true, false}, u"ab xAb"_s, {{4, 6}});
        row("text is no expression", {u"a.c"_s, false, false}, u"abc a.c"_s, {{4, 7}});
        row("matches do not overlap", {u"aa"_s, false, false}, u"aaaaa"_s, {{0, 2}, {2, 4}});
        row("expression", {uR"(batch \d+)"_s, false, true}, u"Batch 12 of 120"_s, {{0, 8}});
        row("expression in this case", {u"batch"_s, true, true}, u"Batch batch"_s, {{6, 11}});
        row("beyond ASCII", {u"ß+"_s, false, true}, u"große Straße"_s, {{3, 4}, {10, 11}});
        row("matches of nothing are not marked", {u"x*"_s, false, true}, u"axxb"_s, {{1, 3}});
        row("broken expression", {u"a("_s, false, true}, u"a("_s, {});
    }
    void marksWhatIsFound()
    {
        QFETCH(LogQuery, query);
        QFETCH(QString, line);
        const QueryFinder finder(query);
        QTEST(finder.spansIn(line), "spans");
        QFETCH(Spans, spans);
        QCOMPARE(finder.matches(line), !spans.isEmpty());
    }

    void aBrokenExpressionSaysWhere()
    {
        const QueryFinder finder({u"ab(c"_s, false, true});
        QVERIFY2(finder.problem().startsWith(u"At character 5: "_s), qPrintable(finder.problem()));
        QCOMPARE(matcherFor({u"ab(c"_s, false, true}), nullptr);
        QVERIFY(QueryFinder({u"ab(c"_s, false, false}).problem().isEmpty());
        QVERIFY(QueryFinder({u"abc?"_s, false, true}).problem().isEmpty());
        QCOMPARE(matcherFor({}), nullptr);
    }

    /// Backtracking on this takes longer than the universe will last.
    void noExpressionTakesForever()
    {
        QElapsedTimer timer;
        timer.start();
        const QueryFinder finder({u"(x+x+)+y"_s, false, true});
        QVERIFY(!finder.matches(QString(8000, u'x')));
        QVERIFY(finder.spansIn(QString(8000, u'x')).isEmpty());
        QVERIFY2(timer.elapsed() < 2000, "it was not stopped");
    }

    void expressionsSearchLineByLine()
    {
        const auto matcher = matcherFor({u"^b.*d$"_s, false, true});
        QVERIFY(matcher);
        const QByteArray bytes("abd\r\nb d\r\nbad");
        QCOMPARE(matcher->find(bytes, 0), 5);
        QCOMPARE(matcher->find(bytes, 10), 10);
        QCOMPARE(matcher->find(bytes, 11), -1);
        QCOMPARE(matcher->find({}, 0), -1);
    }
};

QTEST_GUILESS_MAIN(LogQueryTest)
#include "tst_logquery.moc"
