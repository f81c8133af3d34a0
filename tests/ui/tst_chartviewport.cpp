// SPDX-License-Identifier: Apache-2.0
#include "charts/chartviewport.h"

#include <QTest>

using namespace runsheet;

namespace
{

constexpr qint64 kMinute = 60'000;
constexpr qint64 kDay = 24 * 60 * kMinute;

} // namespace

class TestChartViewport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheNewest_data()
    {
        QTest::addColumn<qint64>("dataMs");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<qint64>("shownMs");
        QTest::newRow("one point") << qint64{0} << false << ChartViewport::kShortestLiveMs;
        QTest::newRow("a minute") << kMinute << false << ChartViewport::kShortestLiveMs;
        QTest::newRow("ten minutes") << 10 * kMinute << false << 10 * kMinute;
        QTest::newRow("a day") << kDay << false << ChartViewport::kLiveMs;
        QTest::newRow("whole: one point") << qint64{0} << true << ChartViewport::kShortestMs;
        QTest::newRow("whole: a day") << kDay << true << kDay;
    }
    void followsTheNewest()
    {
        QFETCH(qint64, dataMs);
        QFETCH(bool, whole);
        ChartViewport viewport;
        viewport.showWhole(whole);
        viewport.setData({kDay, kDay + dataMs});
        QVERIFY(viewport.isFollowing());
        QCOMPARE(viewport.range().toMs, kDay + dataMs);
        QTEST(viewport.range().length(), "shownMs");
    }

    void zoomKeepsTheAnchorInItsPlace()
    {
        ChartViewport viewport;
        viewport.setData({0, kDay});
        const TimeRange before = viewport.range();
        const qint64 anchor = before.fromMs + before.length() / 4;
        viewport.zoom(0.5, anchor);
        const TimeRange after = viewport.range();
        QCOMPARE(after.length(), before.length() / 2);
        QCOMPARE(anchor - after.fromMs, after.length() / 4);
        QVERIFY(!viewport.isFollowing());
    }

    void whatSomebodyChoseStaysWhenDataComeIn()
    {
        ChartViewport viewport;
        viewport.setData({0, kDay});
        viewport.pan(-10 * kMinute);
        const TimeRange chosen = viewport.range();
        viewport.setData({0, kDay + kMinute});
        QCOMPARE(viewport.range(), chosen);
        viewport.reset();
        QCOMPARE(viewport.range().toMs, kDay + kMinute);
    }

    void theRangeStaysWithinTheData()
    {
        ChartViewport viewport;
        viewport.setData({0, 3'600'000});
        viewport.pan(10'000'000);
        QCOMPARE(viewport.range().toMs, qint64{3'600'000});
        viewport.pan(-10'000'000);
        QCOMPARE(viewport.range().fromMs, qint64{0});
        viewport.zoom(1e-9, 0);
        QCOMPARE(viewport.range().length(), ChartViewport::kShortestMs);
        viewport.zoom(1e9, 0);
        QCOMPARE(viewport.range(), (TimeRange{0, 3'600'000}));
    }

    void fewDataStayAtTheEndOfTheShortestRange()
    {
        ChartViewport viewport;
        viewport.setData({kDay, kDay + 3000});
        viewport.zoom(10, kDay);
        QCOMPARE(viewport.range(),
                 (TimeRange{kDay + 3000 - ChartViewport::kShortestLiveMs, kDay + 3000}));
        viewport.pan(-kDay);
        QCOMPARE(viewport.range().toMs, kDay + 3000);
    }
};

QTEST_APPLESS_MAIN(TestChartViewport)
#include "tst_chartviewport.moc"
