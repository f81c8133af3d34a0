// SPDX-License-Identifier: Apache-2.0
#include "charts/chartviewport.h"
#include "charts/durationchart.h"
#include "charts/durationpane.h"
#include "theme.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>
#include <QToolButton>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace runsheet;

using State = MonitorStatus::State;

namespace
{

constexpr qint64 kStart = 1'800'000'000'000;

QList<ProbeSample> seconds(qint64 from, qint64 count, qint64 micros)
{
    QList<ProbeSample> samples;
    for (qint64 i = from; i < from + count; ++i)
        samples.append({kStart + i * 1000, u"a"_s, micros < 0 ? micros : micros + i % 50 * 100});
    return samples;
}

MonitorStatus lost()
{
    MonitorStatus status;
    status.state = State::Lost;
    status.message = u"The server at <b>db1</b> does not answer."_s;
    return status;
}

void wheel(QWidget *widget, int notches)
{
    const QPointF middle = QRectF(widget->rect()).center();
    QWheelEvent event(middle, widget->mapToGlobal(middle), {}, {0, notches * 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
}

} // namespace

class TestDurationPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_pane = std::make_unique<DurationPane>();
        m_pane->resize(1000, 240);
        m_chart = m_pane->findChild<DurationChart *>();
        MonitorStatus connected;
        connected.state = State::Connected;
        m_pane->setStatus(connected);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }

    void emptyChartSaysWhatWillAppear()
    {
        QVERIFY(m_pane->summary().startsWith(u"Waiting for the first answer"_s));
        m_pane->setStatus({});
        QVERIFY(m_pane->summary().startsWith(u"No server is watched"_s));
    }

    void isFoldedWhereNoFiguresAreExpected()
    {
        QVERIFY(!m_pane->isFolded());
        QSignalSpy changed(m_pane.get(), &DurationPane::foldedChanged);
        m_pane->setStatus({});
        QVERIFY(m_pane->isFolded());
        QVERIFY(!m_chart->isVisible());
        QVERIFY(label(u"durationSource"_s).startsWith(u"No server is watched"_s));
        MonitorStatus connecting;
        connecting.state = State::Connecting;
        m_pane->setStatus(connecting);
        QVERIFY(!m_pane->isFolded());
        QVERIFY(m_chart->isVisible());
        QCOMPARE(label(u"durationSource"_s), QString());
        m_pane->addSamples(seconds(0, 30, 11'000));
        m_pane->setStatus({}); // what there is stays
        QVERIFY(!m_pane->isFolded());
        m_pane->loadFrom({}); // another run, of which there is nothing
        QVERIFY(m_pane->isFolded());
        QCOMPARE(changed.size(), 3);
    }

    void samplesBecomeASummary()
    {
        m_pane->addSamples(seconds(0, 30, 11'000));
        QVERIFY2(m_pane->summary().startsWith(u"p50 12.4 ms, p95"_s),
                 qPrintable(m_pane->summary()));
        QCOMPARE(label(u"durationSource"_s), u"1 probe query, exact · last 5 min"_s);
        m_pane->addSamples(seconds(30, 3600, 11'000));
        QCOMPARE(label(u"durationSource"_s), u"1 probe query, exact · last 30 min"_s);
        m_pane->clear();
        QVERIFY(label(u"durationSource"_s).isEmpty());
    }

    void aReopenedRunIsShownWhole()
    {
        m_pane->loadFrom(seconds(0, 7200, 5000));
        QCOMPARE(m_chart->range().length(), qint64{7199 * 1000});
        m_pane->addSamples(seconds(7200, 1, 5000)); // it is live again
        QCOMPARE(m_chart->range().length(), ChartViewport::kLiveMs);
    }

    void aScreenReaderReadsTheSummary()
    {
        m_pane->addSamples(seconds(0, 30, 11'000));
        QAccessibleInterface *chart = QAccessible::queryAccessibleInterface(m_chart);
        QVERIFY(chart);
        QCOMPARE(chart->role(), QAccessible::Chart);
        QCOMPARE(chart->text(QAccessible::Name), u"Query durations"_s);
        QCOMPARE(chart->text(QAccessible::Value), m_pane->summary());
        QCOMPARE(chart->text(QAccessible::Description), m_pane->summary());
    }

    void aLostServerIsSaidInPlainTextAndCanBeRetried()
    {
        auto *retry = m_pane->findChild<QPushButton *>(u"retryServer"_s);
        QVERIFY(!retry->isVisible());
        m_pane->setStatus(lost());
        QVERIFY(retry->isVisible());
        auto *message = m_pane->findChild<QLabel *>(u"serverMessage"_s);
        QCOMPARE(message->text(), lost().message);
        QCOMPARE(message->textFormat(), Qt::PlainText);
        QSignalSpy requested(m_pane.get(), &DurationPane::retryRequested);
        QTest::mouseClick(retry, Qt::LeftButton);
        QCOMPARE(requested.count(), 1);
    }

    void aPasswordIsAskedForOnlyWhereOneIsMissing()
    {
        auto *ask = m_pane->findChild<QPushButton *>(u"serverPassword"_s);
        m_pane->setStatus(lost());
        QVERIFY(!ask->isVisible());
        MonitorStatus refused;
        refused.state = MonitorStatus::State::Refused;
        refused.wantsPassword = true;
        m_pane->setStatus(refused);
        QVERIFY(ask->isVisible());
        QSignalSpy requested(m_pane.get(), &DurationPane::passwordRequested);
        QTest::mouseClick(ask, Qt::LeftButton);
        QCOMPARE(requested.count(), 1);
    }

    void thePointerReadsTheFiguresOff()
    {
        m_pane->addSamples(seconds(0, 300, 11'000));
        QTest::mouseMove(m_chart, m_chart->rect().center());
        QTRY_VERIFY(m_chart->markedText().contains(u"p50"_s));
        const QString first = m_chart->markedText();
        QTest::mouseMove(m_chart, m_chart->rect().center() + QPoint(200, 0));
        QTRY_VERIFY(m_chart->markedText() != first);
        m_pane->addSamples(seconds(300, 600, -1));
        QTest::mouseMove(m_chart, m_chart->rect().center());
        QTRY_VERIFY(m_chart->markedText().contains(u"no answer"_s));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(m_chart, &leave);
        QVERIFY(m_chart->markedText().isEmpty());
    }

    void theWheelZoomsAndADoubleClickGoesBack()
    {
        m_pane->addSamples(seconds(0, 3600, 11'000));
        const TimeRange live = m_chart->range();
        auto *follow = m_pane->findChild<QWidget *>(u"followDurations"_s);
        QVERIFY(!follow->isVisible());
        wheel(m_chart, 3);
        QVERIFY(m_chart->range().length() < live.length());
        QVERIFY(follow->isVisible());
        const TimeRange zoomed = m_chart->range();
        m_pane->addSamples(seconds(3600, 60, 11'000));
        QCOMPARE(m_chart->range(), zoomed); // what somebody looks at stays
        QTest::mouseDClick(m_chart, Qt::LeftButton);
        QCOMPARE(m_chart->range().length(), live.length());
        QCOMPARE(m_chart->range().toMs, live.toMs + 60'000);
    }

    void draggingAndKeysPan()
    {
        m_pane->addSamples(seconds(0, 3600, 11'000));
        const TimeRange live = m_chart->range();
        const QPoint middle = m_chart->rect().center();
        QTest::mousePress(m_chart, Qt::LeftButton, {}, middle);
        QTest::mouseMove(m_chart, middle + QPoint(150, 0));
        QTest::mouseRelease(m_chart, Qt::LeftButton, {}, middle + QPoint(150, 0));
        QTRY_VERIFY(m_chart->range().fromMs < live.fromMs);
        const qint64 from = m_chart->range().fromMs;
        QTest::keyClick(m_chart, Qt::Key_Left);
        QVERIFY(m_chart->range().fromMs < from);
        QTest::keyClick(m_chart, Qt::Key_Plus);
        QVERIFY(m_chart->range().length() < live.length());
        QTest::keyClick(m_chart, Qt::Key_Home);
        QCOMPARE(m_chart->range(), live);
    }

    void theServersOwnWordsAreInTheTooltipAsText()
    {
        MonitorStatus refused = lost();
        refused.detail = u"FATAL: database \"<b>x</b>\" & more"_s;
        m_pane->setStatus(refused);
        auto *message = m_pane->findChild<QLabel *>(u"serverMessage"_s);
        QTextDocument tip;
        tip.setHtml(message->toolTip());
        QVERIFY(Qt::mightBeRichText(message->toolTip())); // what a tooltip decides by
        QCOMPARE(tip.toPlainText(), refused.detail);
        refused.detail.clear();
        m_pane->setStatus(refused);
        QVERIFY(message->toolTip().isEmpty());
    }

    void itsStateIsSaidInEveryState_data()
    {
        QTest::addColumn<State>("state");
        QTest::addColumn<bool>("strip");
        QTest::newRow("off") << State::Off << false;
        QTest::newRow("connecting") << State::Connecting << false;
        QTest::newRow("connected") << State::Connected << false;
        QTest::newRow("lost") << State::Lost << true;
        QTest::newRow("refused") << State::Refused << true;
    }
    void itsStateIsSaidInEveryState()
    {
        QFETCH(State, state);
        MonitorStatus status;
        status.state = state;
        status.message = u"Something is to be said."_s;
        m_pane->setStatus(status);
        QTEST(m_pane->findChild<QPushButton *>(u"retryServer"_s)->isVisible(), "strip");
        QVERIFY(!m_pane->summary().isEmpty());
    }

    void theHeaderCountsTheProbes()
    {
        QList<ProbeSample> samples = seconds(0, 2, 1000);
        samples.append({kStart + 2000, u"b"_s, 1000});
        m_pane->addSamples(samples);
        QVERIFY2(label(u"durationSource"_s).startsWith(u"2 probe queries, exact"_s),
                 qPrintable(label(u"durationSource"_s)));
    }

    void keysMeanNothingWithoutData()
    {
        const TimeRange before = m_chart->range();
        for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Plus, Qt::Key_Minus})
            QTest::keyClick(m_chart, key);
        wheel(m_chart, 1);
        QTest::mouseMove(m_chart, m_chart->rect().center());
        QCOMPARE(m_chart->range(), before);
        QVERIFY(m_chart->isFollowing());
        QVERIFY(m_chart->markedText().isEmpty());
    }

    void theButtonShowsTheNewestAgain()
    {
        m_pane->addSamples(seconds(0, 3600, 11'000));
        QTest::keyClick(m_chart, Qt::Key_Left);
        QVERIFY(!m_chart->isFollowing());
        auto *follow = m_pane->findChild<QToolButton *>(u"followDurations"_s);
        QVERIFY(follow->isVisible());
        QTest::mouseClick(follow, Qt::LeftButton);
        QVERIFY(m_chart->isFollowing());
        QVERIFY(!follow->isVisible());
    }

    void itPaintsBandsLinesAndGapsInBothThemes_data()
    {
        QTest::addColumn<ThemeChoice>("choice");
        QTest::newRow("light") << ThemeChoice::Light;
        QTest::newRow("dark") << ThemeChoice::Dark;
    }
    void itPaintsBandsLinesAndGapsInBothThemes()
    {
        QFETCH(ThemeChoice, choice);
        applyTheme(*qApp, choice);
        m_pane->addSamples(seconds(0, 900, 11'000));
        m_pane->addSamples(seconds(900, 60, -1));
        m_pane->addSamples(seconds(960, 840, 19'000));
        m_pane->setBands({{u"backup"_s, kStart + 300'000, kStart + 500'000},
                          {u"migrate"_s, kStart + 1'000'000, 0}});
        const auto *source = m_pane->findChild<QLabel *>(u"durationSource"_s);
        QTRY_VERIFY(source->width() >= source->sizeHint().width());
        const QImage picture = m_pane->grab().toImage();
        const QString folder = qEnvironmentVariable("RUNSHEET_SHOTS");
        if (!folder.isEmpty())
            picture.save(folder
                         + u"/durations-%1.png"_s.arg(QLatin1StringView(QTest::currentDataTag())));
        const Theme &theme = choice == ThemeChoice::Dark ? darkTheme() : lightTheme();
        QVERIFY(holds(picture, theme.p50));
        QVERIFY(holds(picture, theme.accentGround));
    }

private:
    [[nodiscard]] QString label(const QString &name) const
    {
        return m_pane->findChild<QLabel *>(name)->text();
    }

    static bool holds(const QImage &picture, const QColor &color)
    {
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                if (picture.pixelColor(x, y) == color)
                    return true;
            }
        }
        return false;
    }

    std::unique_ptr<DurationPane> m_pane;
    DurationChart *m_chart = nullptr;
};

QTEST_MAIN(TestDurationPane)
#include "tst_durationpane.moc"
