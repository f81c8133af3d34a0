// SPDX-License-Identifier: Apache-2.0
#include "metrics/databasesnapshot.h"
#include "metrics/summary.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

/// 'x': an answer, '-': a gap.
std::vector<PercentilePoint> pattern(const char *marks)
{
    std::vector<PercentilePoint> points;
    for (qint64 time = 0; *marks != '\0'; ++marks, time += 1000) {
        PercentilePoint point{.timeMs = time};
        if (*marks == 'x')
            point.p50 = point.p95 = point.p99 = 11'000;
        points.push_back(point);
    }
    return points;
}

} // namespace

class TestDatabaseSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownSessionsAreKnownByTheirName_data()
    {
        QTest::addColumn<QString>("application");
        QTest::addColumn<bool>("own");
        QTest::newRow("of a command") << u"runsheet:7:migrate:1"_s << true;
        QTest::newRow("the monitor itself") << u"runsheet-monitor"_s << false;
        QTest::newRow("another program") << u"psql"_s << false;
        QTest::newRow("inside a name") << u"my runsheet:1"_s << false;
        QTest::newRow("nameless") << QString() << false;
    }
    void ownSessionsAreKnownByTheirName()
    {
        QFETCH(QString, application);
        DatabaseSession session;
        session.application = application;
        QTEST(session.isOwn(), "own");
    }

    void connectionsAreAddedUp()
    {
        DatabaseSnapshot snapshot;
        QCOMPARE(snapshot.totalConnections(), 0);
        snapshot.connections = {{u"idle"_s, 40}, {u"active"_s, 3}, {QString(), 2}};
        QCOMPARE(snapshot.totalConnections(), 45);
    }

    void stretchesOfGapsAreCounted_data()
    {
        QTest::addColumn<QByteArray>("marks");
        QTest::addColumn<int>("gaps");
        QTest::newRow("nothing") << QByteArray() << 0;
        QTest::newRow("none") << QByteArray("xxx") << 0;
        QTest::newRow("only one") << QByteArray("---") << 1;
        QTest::newRow("one within") << QByteArray("xx--xx") << 1;
        QTest::newRow("at both ends") << QByteArray("-xx-") << 2;
        QTest::newRow("by turns") << QByteArray("x-x-x-") << 3;
    }
    void stretchesOfGapsAreCounted()
    {
        QFETCH(QByteArray, marks);
        QTEST(static_cast<int>(countGaps(pattern(marks.constData()))), "gaps");
    }

    void theSentenceFollowsTheNumbers_data()
    {
        QTest::addColumn<QByteArray>("marks");
        QTest::addColumn<int>("probes");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("nothing") << QByteArray() << 1 << u"No query durations yet"_s;
        QTest::newRow("one probe")
            << QByteArray("xx") << 1
            << u"p50 11 ms, p95 11 ms, p99 11 ms over the last 60 s; 1 probe query; no gap"_s;
        QTest::newRow("several, a gap")
            << QByteArray("x-x") << 3
            << u"p50 11 ms, p95 11 ms, p99 11 ms over the last 60 s; 3 probe queries; 1 gap"_s;
        QTest::newRow("no answer now")
            << QByteArray("x-x--") << 2 << u"The server does not answer; 2 probe queries; 2 gaps"_s;
    }
    void theSentenceFollowsTheNumbers()
    {
        QFETCH(QByteArray, marks);
        QFETCH(int, probes);
        QTEST(describeDurations(pattern(marks.constData()), 60'000, probes), "sentence");
    }
};

QTEST_APPLESS_MAIN(TestDatabaseSnapshot)
#include "tst_databasesnapshot.moc"
