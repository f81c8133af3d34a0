// SPDX-License-Identifier: Apache-2.0
#include "charts/chartpainter.h"

#include "theme.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr qint64 kStart = 1'800'000'000'000; // 08:00:00 UTC
constexpr qint64 kHour = 3'600'000;

/// Notes which texts are drawn where instead of painting them.
class TextNotes final : public QPaintEngine
{
public:
    TextNotes()
        : QPaintEngine(AllFeatures)
    {
    }

    struct Note
    {
        QString text;
        QRectF box;
    };

    bool begin(QPaintDevice * /*device*/) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState & /*state*/) override { }
    void drawPixmap(const QRectF & /*to*/, const QPixmap & /*map*/,
                    const QRectF & /*from*/) override
    {
    }
    void drawPath(const QPainterPath & /*path*/) override { }
    void drawPolygon(const QPointF * /*points*/, int /*count*/, PolygonDrawMode /*mode*/) override
    {
    }
    void drawTextItem(const QPointF &at, const QTextItem &item) override
    {
        const QPointF place = painter()->transform().map(at);
        notes.append({item.text(),
                      QRectF(place.x(), place.y() - item.ascent(), item.width(),
                             item.ascent() + item.descent())});
    }
    [[nodiscard]] Type type() const override { return User; }

    QList<Note> notes;
};

class Paper final : public QPaintDevice
{
public:
    explicit Paper(QSize size)
        : m_size(size)
    {
    }
    [[nodiscard]] QPaintEngine *paintEngine() const override { return &m_engine; }
    [[nodiscard]] const QList<TextNotes::Note> &notes() const { return m_engine.notes; }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric wanted) const override
    {
        switch (wanted) {
        case PdmWidth:
            return m_size.width();
        case PdmHeight:
            return m_size.height();
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return static_cast<int>(devicePixelRatioFScale());
        default:
            return 0;
        }
    }

private:
    QSize m_size;
    mutable TextNotes m_engine;
};

std::vector<PercentilePoint> points(qint64 count, qint64 p50, qint64 p95, qint64 p99)
{
    std::vector<PercentilePoint> result;
    for (qint64 i = 0; i < count; ++i)
        result.push_back({.timeMs = kStart + i * 1000, .p50 = p50, .p95 = p95, .p99 = p99});
    return result;
}

struct Chart
{
    std::vector<PercentilePoint> data;
    QList<ChartBand> bands;
    TimeRange range{kStart, kStart + kHour};
    QSize size{900, 160};

    void paintOn(QPaintDevice &device) const
    {
        const QFont font = QGuiApplication::font();
        const QRectF area{QPointF(), QSizeF(size)};
        const QSizeF plot = ChartGeometry::fit(area, font, range, 1).plot.size();
        const ChartPicture picture = makePicture(data, bands, range, plot, font);
        QPainter painter(&device);
        paintChart(painter, ChartGeometry::fit(area, font, range, picture.valueTicks.last().value),
                   picture, lightTheme(), font);
    }
    [[nodiscard]] QImage image() const
    {
        QImage result(size, QImage::Format_RGB32);
        result.fill(lightTheme().panel);
        paintOn(result);
        return result;
    }
    [[nodiscard]] QList<TextNotes::Note> texts() const
    {
        Paper paper(size);
        paintOn(paper);
        return paper.notes();
    }
};

int columnsOf(const QImage &image, const QColor &color)
{
    int count = 0;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (image.pixelColor(x, y) == color) {
                ++count;
                break;
            }
        }
    }
    return count;
}

} // namespace

class TestChartPainter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesAndTimesAgree()
    {
        const ChartGeometry geometry = ChartGeometry::fit(
            QRectF(0, 0, 800, 200), QGuiApplication::font(), {kStart, kStart + kHour}, 50'000);
        QCOMPARE(geometry.xOf(kStart), geometry.plot.left());
        QCOMPARE(geometry.xOf(kStart + kHour), geometry.plot.right());
        QCOMPARE(geometry.yOf(0), geometry.plot.bottom());
        QCOMPARE(geometry.yOf(50'000), geometry.plot.top());
        for (qint64 time = kStart; time <= kStart + kHour; time += 77'777)
            QVERIFY(std::abs(geometry.timeAt(geometry.xOf(time)) - time) <= 1);
    }

    void anEmptyAxisStillHasALength()
    {
        const ChartGeometry geometry = ChartGeometry::fit(
            QRectF(0, 0, 800, 200), QGuiApplication::font(), {kStart, kStart + 1}, 0);
        QCOMPARE(geometry.yOf(0), geometry.plot.bottom());
        QCOMPARE(geometry.topMicros, 1);
    }

    void noLabelCoversAnother_data()
    {
        QTest::addColumn<qint64>("p50");
        QTest::addColumn<qint64>("p95");
        QTest::addColumn<qint64>("p99");
        QTest::newRow("all at the bottom") << qint64{10} << qint64{20} << qint64{300'000};
        QTest::newRow("all the same") << qint64{5000} << qint64{5000} << qint64{5000};
        QTest::newRow("all at the top") << qint64{300'000} << qint64{300'000} << qint64{300'000};
        QTest::newRow("apart") << qint64{11'000} << qint64{96'000} << qint64{212'000};
        QTest::newRow("nothing takes time") << qint64{0} << qint64{0} << qint64{0};
    }
    void noLabelCoversAnother()
    {
        QFETCH(qint64, p50);
        QFETCH(qint64, p95);
        QFETCH(qint64, p99);
        const Chart chart{.data = points(3600, p50, p95, p99), .bands = {}};
        const auto texts = chart.texts();
        QVERIFY(texts.size() >= 6);
        for (qsizetype i = 0; i < texts.size(); ++i) {
            const QRectF box = texts[i].box.adjusted(0, 2, 0, -2); // letters leave their box's edge
            QVERIFY2(QRectF(QPointF(), QSizeF(chart.size)).contains(box),
                     qPrintable(texts[i].text + u" leaves the paper"_s));
            for (qsizetype k = i + 1; k < texts.size(); ++k) {
                QVERIFY2(!box.intersects(texts[k].box.adjusted(0, 2, 0, -2)),
                         qPrintable(texts[i].text + u" covers "_s + texts[k].text));
            }
        }
    }

    void theTimeZoneIsNamedOnce()
    {
        const auto texts = Chart{.data = points(3600, 1, 2, 3), .bands = {}}.texts();
        QCOMPARE(std::ranges::count(texts, u"UTC"_s, &TextNotes::Note::text), 1);
        QVERIFY(std::ranges::count(texts, u"08:30"_s, &TextNotes::Note::text) == 1);
    }

    void aShortCommandStaysVisible_data()
    {
        QTest::addColumn<qint64>("startMs");
        QTest::addColumn<qint64>("endMs");
        QTest::newRow("a second in an hour") << kStart + kHour / 2 << kStart + kHour / 2 + 1000;
        QTest::newRow("no time at all") << kStart + kHour / 2 << kStart + kHour / 2 + 1;
        QTest::newRow("just begun") << kStart + kHour - 1 << qint64{0};
        QTest::newRow("just ended at the left edge") << kStart - kHour << kStart + 1;
    }
    void aShortCommandStaysVisible()
    {
        QFETCH(qint64, startMs);
        QFETCH(qint64, endMs);
        const Chart chart{.data = points(3600, 1000, 2000, 3000),
                          .bands = {{u"VACUUM"_s, startMs, endMs}}};
        const int width = columnsOf(chart.image(), lightTheme().accentGround);
        QVERIFY2(width >= 1 && width <= 4, qPrintable(QString::number(width)));
        const auto texts = chart.texts();
        QVERIFY(std::ranges::none_of(
            texts, [](const TextNotes::Note &note) { return note.text.contains(u'V'); }));
    }

    void bandsOutsideTheRangeAreLeftOut()
    {
        const TimeRange range{kStart, kStart + kHour};
        const QList<ChartBand> bands{{u"before"_s, kStart - 2000, kStart},
                                     {u"into"_s, kStart - 2000, kStart + 1},
                                     {u"still"_s, kStart - 2000, 0},
                                     {u"after"_s, kStart + kHour, 0}};
        const ChartPicture picture =
            makePicture({}, bands, range, QSizeF(800, 100), QGuiApplication::font());
        QCOMPARE(picture.bands, (QList<ChartBand>{bands[1], bands[2]}));
        QVERIFY(!picture.last);
    }

    void aLabelIsCutToItsBand()
    {
        const Chart chart{
            .data = points(3600, 1000, 2000, 3000),
            .bands = {{u"Apply part 2: copy the notifications"_s, kStart, kStart + kHour / 8}}};
        const auto texts = chart.texts();
        const auto label = std::ranges::find_if(
            texts, [](const TextNotes::Note &note) { return note.text.startsWith(u"Apply"_s); });
        QVERIFY(label != texts.end());
        QVERIFY(label->text.endsWith(u'…'));
    }

    void aLabelOfAFewLettersIsLeftOut()
    {
        for (int part = 2; part <= 200; ++part) {
            const Chart chart{.data = points(3600, 1000, 2000, 3000),
                              .bands = {{u"Apply part 2"_s, kStart, kStart + kHour / part}}};
            for (const TextNotes::Note &note : chart.texts())
                QVERIFY2(!note.text.startsWith(u'A') || note.text.size() > 5,
                         qPrintable(note.text));
        }
    }

    void theNewestPointIsLabelledUnlessItIsAGap()
    {
        const TimeRange range{kStart, kStart + kHour};
        auto data = points(10, 11'000, 96'000, 212'000);
        const auto lastOf = [&] {
            return makePicture(data, {}, range, QSizeF(800, 100), QGuiApplication::font()).last;
        };
        QVERIFY(lastOf() && lastOf()->p99 == 212'000);
        data.push_back({.timeMs = kStart + 20'000});
        QVERIFY(!lastOf());
        data = points(10, 1, 2, 3);
        for (PercentilePoint &point : data)
            point.timeMs -= kHour; // before the range
        QVERIFY(!lastOf());
    }

    void aPointIsReadOffInWords()
    {
        QCOMPARE(readOut({.timeMs = kStart, .p50 = 11'000, .p95 = 96'000, .p99 = 1'212'000}),
                 u"08:00:00  p50 11 ms  p95 96 ms  p99 1.21 s"_s);
        QCOMPARE(readOut({.timeMs = kStart + 61'000}), u"08:01:01  no answer"_s);
    }

    void thickDataAreStillPaintedInEachColour()
    {
        std::vector<PercentilePoint> data;
        for (qint64 i = 0; i < 600'000; ++i)
            data.push_back({.timeMs = kStart + i * 1000,
                            .p50 = 20'000 + i % 7 * 4000,
                            .p95 = 120'000 + i % 11 * 3000,
                            .p99 = 200'000 + i % 13 * 5000});
        const Chart chart{
            .data = std::move(data), .bands = {}, .range = {kStart, kStart + 600'000 * 1000}};
        const QImage image = chart.image();
        QVERIFY(columnsOf(image, lightTheme().p50) > 400);
        QVERIFY(columnsOf(image, lightTheme().p95) > 200); // dashed along the time axis
        QVERIFY(columnsOf(image, lightTheme().p99) > 100);
    }
};

QTEST_MAIN(TestChartPainter)
#include "tst_chartpainter.moc"
