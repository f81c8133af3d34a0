// SPDX-License-Identifier: Apache-2.0
#include "metrics/percentiles.h"
#include "metrics/summary.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr qint64 kStart = 1'000'000'000'000; // a whole second

QList<ProbeSample> everySecond(qint64 fromSecond, qint64 count, qint64 micros)
{
    QList<ProbeSample> samples;
    for (qint64 second = fromSecond; second < fromSecond + count; ++second)
        samples.append({.timeMs = kStart + second * 1000, .probe = u"a"_s, .micros = micros});
    return samples;
}

/// The definition, without any cleverness.
PercentilePoint byDefinition(const QList<ProbeSample> &samples, qint64 timeMs, qint64 windowMs)
{
    std::vector<qint64> inWindow;
    for (const ProbeSample &sample : samples) {
        if (!sample.isGap() && sample.timeMs >= timeMs - windowMs && sample.timeMs < timeMs)
            inWindow.push_back(sample.micros);
    }
    std::ranges::sort(inWindow);
    return {timeMs, nearestRank(inWindow, 50), nearestRank(inWindow, 95),
            nearestRank(inWindow, 99)};
}

} // namespace

class TestPercentiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nearestRankIsAnObservedValue_data()
    {
        QTest::addColumn<std::vector<qint64>>("values");
        QTest::addColumn<int>("percent");
        QTest::addColumn<qint64>("expected");
        std::vector<qint64> hundred;
        for (qint64 i = 1; i <= 100; ++i)
            hundred.push_back(i);
        QTest::newRow("one value") << std::vector<qint64>{7} << 99 << qint64{7};
        QTest::newRow("median of two is the lower") << std::vector<qint64>{1, 9} << 50 << qint64{1};
        QTest::newRow("p50 of 1..100") << hundred << 50 << qint64{50};
        QTest::newRow("p95 of 1..100") << hundred << 95 << qint64{95};
        QTest::newRow("p99 of 1..100") << hundred << 99 << qint64{99};
        QTest::newRow("p99 of five is the largest")
            << std::vector<qint64>{1, 2, 3, 4, 5} << 99 << qint64{5};
    }
    void nearestRankIsAnObservedValue()
    {
        QFETCH(std::vector<qint64>, values);
        QFETCH(int, percent);
        QTEST(nearestRank(values, percent), "expected");
    }

    void slidingEqualsTheDefinitionAtEveryPoint()
    {
        std::mt19937 random(1); // NOLINT: the same numbers in every run
        QList<ProbeSample> samples;
        for (qint64 second = 0; second < 200; ++second) {
            for (const auto &probe : {u"a"_s, u"b"_s, u"c"_s})
                samples.append({kStart + second * 1000 + static_cast<qint64>(random() % 900), probe,
                                static_cast<qint64>(random() % 50'000)});
            std::ranges::sort(samples.end() - 3, samples.end(), {}, &ProbeSample::timeMs);
        }
        PercentileSeries series(10'000);
        for (const ProbeSample &sample : samples)
            series.add({sample}); // as it comes, one by one
        QCOMPARE(series.points().size(), std::size_t{200});
        for (const PercentilePoint &point : series.points())
            QCOMPARE(point, byDefinition(samples, point.timeMs, 10'000));
    }

    void oldAnswersLeaveTheWindow()
    {
        PercentileSeries series(3000);
        series.add(everySecond(0, 3, 1'000'000));
        series.add(everySecond(3, 3, 10));
        QCOMPARE(series.points()[3].p99, qint64{1'000'000});
        QCOMPARE(series.points()[5].p99, qint64{10});
    }

    void aStepWithoutAnswerIsAGap()
    {
        PercentileSeries series;
        series.add(everySecond(0, 3, 10));
        series.add(everySecond(3, 2, -1));
        series.add(everySecond(5, 1, 20));
        QCOMPARE(series.points().size(), std::size_t{6});
        QVERIFY(!series.points()[2].isGap());
        QVERIFY(series.points()[3].isGap());
        QVERIFY(series.points()[4].isGap());
        QVERIFY(!series.points()[5].isGap());
        QCOMPARE(countGaps(series.points()), 1);
    }

    void oneProbeThatFailsMakesNoGap()
    {
        PercentileSeries series;
        series.add({{kStart, u"locked"_s, -1}, {kStart + 5, u"free"_s, 30}});
        QCOMPARE(series.points().size(), std::size_t{1});
        QCOMPARE(series.points()[0].p50, qint64{30});
    }

    void silenceIsAGapAndASlowTickIsNot()
    {
        PercentileSeries series;
        series.add(everySecond(0, 1, 10));
        series.add(everySecond(3, 1, 10));
        QCOMPARE(countGaps(series.points()), 0);
        series.add(everySecond(60, 1, 10));
        QCOMPARE(countGaps(series.points()), 1);
    }

    void aClockThatIsSetBackMakesNoNewPoint()
    {
        PercentileSeries series;
        series.add(everySecond(10, 1, 10));
        series.add(everySecond(5, 1, 30));
        QCOMPARE(series.points().size(), std::size_t{1});
        QCOMPARE(series.points()[0].p99, qint64{30});
    }

    void theSummarySaysWhatTheChartShows()
    {
        PercentileSeries series;
        QCOMPARE(describeDurations(series.points(), 60'000, 0), u"No query durations yet"_s);
        series.add(everySecond(0, 60, 11'000));
        QCOMPARE(describeDurations(series.points(), 60'000, 5),
                 u"p50 11 ms, p95 11 ms, p99 11 ms over the last 60 s; 5 probe queries; no gap"_s);
        series.add(everySecond(60, 2, -1));
        QCOMPARE(describeDurations(series.points(), 60'000, 1),
                 u"The server does not answer; 1 probe query; 1 gap"_s);
    }
};

QTEST_GUILESS_MAIN(TestPercentiles)
#include "tst_percentiles.moc"
