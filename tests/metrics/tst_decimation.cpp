// SPDX-License-Identifier: Apache-2.0
#include "metrics/decimation.h"
#include "metrics/scale.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

std::vector<PercentilePoint> saw(qint64 count)
{
    std::vector<PercentilePoint> points;
    for (qint64 i = 0; i < count; ++i)
        points.push_back({i * 1000, i % 7, 10 + i % 11, 100 + i % 13});
    return points;
}

std::size_t total(const Stretches &stretches)
{
    std::size_t count = 0;
    for (const auto &stretch : stretches)
        count += stretch.size();
    return count;
}

QStringList labels(const QList<Tick> &ticks)
{
    QStringList result;
    for (const Tick &tick : ticks)
        result.append(tick.label);
    return result;
}

} // namespace

class TestDecimation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fewPointsStayAsTheyAre()
    {
        const auto points = saw(10);
        const auto result = decimate(points, {0, 9000}, 100);
        QCOMPARE(result.p50.size(), std::size_t{1});
        QCOMPARE(total(result.p50), std::size_t{10});
        QCOMPARE(result.maximum, qint64{109});
    }

    void aSpikeAmongAMillionPointsIsKept()
    {
        auto points = saw(1'000'000);
        points[654'321].p99 = 5'000'000;
        const auto result = decimate(points, {0, 999'999'000}, 500);
        QVERIFY(total(result.p99) <= 4 * 502);
        QCOMPARE(result.maximum, qint64{5'000'000});
        const auto &line = result.p99.front();
        QVERIFY(std::ranges::find(line, TimedValue{654'321'000, 5'000'000}) != line.end());
        QVERIFY(std::ranges::is_sorted(line, {}, &TimedValue::timeMs));
        QCOMPARE(line.front().timeMs, qint64{0});
        QCOMPARE(line.back().timeMs, qint64{999'999'000});
    }

    void gapsDivideTheLine()
    {
        auto points = saw(30);
        points[10] = {.timeMs = 10'000};
        points[20] = {.timeMs = 20'000};
        const auto result = decimate(points, {0, 29'000}, 1000);
        QCOMPARE(result.p50.size(), std::size_t{3});
        QCOMPARE(result.p50[0].back().timeMs, qint64{9000});
        QCOMPARE(result.p50[1].front().timeMs, qint64{11'000});
        QCOMPARE(total(result.p95), std::size_t{28});
    }

    void aGapNarrowerThanAColumnStillShows()
    {
        auto points = saw(10'000);
        points[5000] = {.timeMs = 5'000'000};
        const auto result = decimate(points, {0, 9'999'000}, 10);
        QCOMPARE(result.p99.size(), std::size_t{2});
    }

    void linesReachBeyondTheRange()
    {
        const auto points = saw(100);
        const auto result = decimate(points, {50'500, 60'500}, 1000);
        QCOMPARE(result.p50.front().front().timeMs, qint64{50'000});
        QCOMPARE(result.p50.front().back().timeMs, qint64{61'000});
    }

    void nothingToShowIsNoError()
    {
        QVERIFY(decimate({}, {0, 1000}, 100).p50.empty());
        QVERIFY(decimate(saw(10), {0, 0}, 100).p50.empty());
        QVERIFY(decimate(saw(10), {0, 1000}, 0).p50.empty());
    }

    void durationsGetRoundTicks_data()
    {
        QTest::addColumn<qint64>("maximum");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("as drawn") << qint64{240'000}
                                  << QStringList{u"0"_s, u"100"_s, u"200"_s, u"300 ms"_s};
        QTest::newRow("below a millisecond")
            << qint64{640} << QStringList{u"0"_s, u"0.25"_s, u"0.5"_s, u"0.75 ms"_s};
        QTest::newRow("seconds") << qint64{14'000'000}
                                 << QStringList{u"0"_s, u"5"_s, u"10"_s, u"15 s"_s};
        QTest::newRow("nothing") << qint64{0} << QStringList{u"0"_s, u"0.001 ms"_s};
    }
    void durationsGetRoundTicks()
    {
        QFETCH(qint64, maximum);
        const QList<Tick> ticks = durationTicks(maximum, 4);
        QTEST(labels(ticks), "expected");
        QVERIFY(ticks.last().value >= maximum);
        QVERIFY(ticks.size() <= 5);
    }

    void timesGetRoundTicks_data()
    {
        QTest::addColumn<qint64>("lengthMs");
        QTest::addColumn<int>("maxTicks");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("seconds") << qint64{60'000} << 4
                                 << QStringList{u"01:47:00"_s, u"01:47:30"_s};
        QTest::newRow("minutes") << qint64{30 * 60'000} << 4
                                 << QStringList{u"01:50"_s, u"02:00"_s, u"02:10"_s};
        QTest::newRow("hours") << qint64{12 * 3'600'000} << 4
                               << QStringList{u"06:00"_s, u"12:00"_s};
        QTest::newRow("days") << qint64{3 * 86'400'000} << 4
                              << QStringList{u"2 Mar"_s, u"3 Mar"_s, u"4 Mar"_s};
    }
    void timesGetRoundTicks()
    {
        QFETCH(qint64, lengthMs);
        QFETCH(int, maxTicks);
        const qint64 from =
            QDateTime(QDate(2026, 3, 1), QTime(1, 46, 40), Qt::UTC).toMSecsSinceEpoch();
        QTEST(labels(timeTicks({from, from + lengthMs}, maxTicks, QTimeZone::utc())), "expected");
    }

    void ticksStandOnTheClockOfTheirZone()
    {
        const QTimeZone india("Asia/Kolkata"); // half an hour beside the others
        const qint64 from = QDateTime(QDate(2026, 3, 1), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
        QCOMPARE(labels(timeTicks({from, from + 3 * 3'600'000}, 4, india)),
                 (QStringList{u"06:00"_s, u"07:00"_s, u"08:00"_s}));
    }

    void figuresHaveThreeDigitsAtMost_data()
    {
        QTest::addColumn<qint64>("micros");
        QTest::addColumn<QString>("expected");
        QTest::newRow("small") << qint64{84} << u"0.08 ms"_s;
        QTest::newRow("one") << qint64{1000} << u"1 ms"_s;
        QTest::newRow("ten") << qint64{11'240} << u"11.2 ms"_s;
        QTest::newRow("hundred") << qint64{212'400} << u"212 ms"_s;
        QTest::newRow("nothing") << qint64{0} << u"0 ms"_s;
        QTest::newRow("rounded up to ten") << qint64{9'996} << u"10 ms"_s;
        QTest::newRow("rounded up to a hundred") << qint64{99'960} << u"100 ms"_s;
        QTest::newRow("just below a second") << qint64{999'499} << u"999 ms"_s;
        QTest::newRow("rounded up to a second") << qint64{999'500} << u"1 s"_s;
        QTest::newRow("second") << qint64{1'250'000} << u"1.25 s"_s;
        QTest::newRow("minute") << qint64{75'000'000} << u"75 s"_s;
    }
    void figuresHaveThreeDigitsAtMost()
    {
        QFETCH(qint64, micros);
        QTEST(formatMicros(micros), "expected");
    }
};

QTEST_GUILESS_MAIN(TestDecimation)
#include "tst_decimation.moc"
