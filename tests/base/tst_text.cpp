// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"
#include "base/text.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using std::chrono::milliseconds;

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durationsReadLikeSpeech_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("expected");
        QTest::addRow("ms") << qint64(412) << u"412 ms"_s;
        QTest::addRow("tenths") << qint64(3'250) << u"3.2 s"_s;
        QTest::addRow("seconds") << qint64(41'400) << u"41 s"_s;
        QTest::addRow("nearly a minute") << qint64(59'700) << u"1 min 00 s"_s;
        QTest::addRow("minutes") << qint64(723'000) << u"12 min 03 s"_s;
        QTest::addRow("hours") << qint64(3'900'000) << u"1 h 05 min"_s;
        QTest::addRow("days") << qint64(273'600'000) << u"3 d 04 h"_s;
    }
    void durationsReadLikeSpeech()
    {
        QFETCH(qint64, ms);
        QTEST(formatDuration(milliseconds(ms)), "expected");
    }

    void spansLeaveOutWhatIsZero()
    {
        using std::chrono::seconds;
        QCOMPARE(formatSpan(seconds(900)), u"15 min"_s);
        QCOMPARE(formatSpan(seconds(3600)), u"1 h"_s);
        QCOMPARE(formatSpan(seconds(5400)), u"1 h 30 min"_s);
        QCOMPARE(formatSpan(seconds(90'061)), u"1 d 1 h"_s);
        QCOMPARE(formatSpan(seconds(45)), u"45 s"_s);
        QCOMPARE(formatSpan(seconds(0)), u"0 s"_s);
        QCOMPARE(formatSpan(seconds(-5)), u"0 s"_s);
    }

    void clocksCountPastADayAndBelowZero()
    {
        QCOMPARE(formatClock(std::chrono::seconds(1084)), u"00:18:04"_s);
        QCOMPARE(formatClock(std::chrono::seconds(-61)), u"-00:01:01"_s);
        QCOMPARE(formatClock(std::chrono::hours(100)), u"100:00:00"_s);
    }

    void bytesUseDecimalUnits()
    {
        QCOMPARE(formatBytes(318), u"318 B"_s);
        QCOMPARE(formatBytes(1'234), u"1.2 kB"_s);
        QCOMPARE(formatBytes(19'000'000), u"19 MB"_s);
        QCOMPARE(formatBytes(1'200'000'000), u"1.2 GB"_s);
        QCOMPARE(formatBytes(0), u"0 B"_s);
        QCOMPARE(formatBytes(999), u"999 B"_s);
        QCOMPARE(formatBytes(9'960), u"10 kB"_s); // not "10.0 kB"
        QCOMPARE(formatBytes(999'700), u"1.0 MB"_s); // not "1000 kB"
        QCOMPARE(formatBytes(3'000'000'000'000'000), u"3.0 PB"_s);
    }

    void slugsAreSafeAndNeverEmpty()
    {
        QCOMPARE(slug(u"Step 3: Create Pre-Migration Snapshot"_s),
                 u"step-3-create-pre-migration-snapshot"_s);
        QCOMPARE(slug(u"✓ „ü“ "_s), u"section"_s);
        QCOMPARE(slug(QString()), u"section"_s);
        QCOMPARE(slug(u"Überprüfung 2"_s), u"berpr-fung-2"_s);
        QCOMPARE(slug(QString(80, u'a')).size(), 48);
        QVERIFY(!slug(u"a - b"_s, 2).endsWith(u'-'));
    }

    void fileNamesNeverLeaveTheirFolder_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addRow("up") << u"../../x"_s;
        QTest::addRow("root") << u"/etc/passwd"_s;
        QTest::addRow("newline") << u"a\nb"_s;
        QTest::addRow("hidden") << u"..."_s;
        QTest::addRow("long") << QString(300, u'x');
    }
    void fileNamesNeverLeaveTheirFolder()
    {
        QFETCH(QString, name);
        const QString safe = safeFileName(name);
        QVERIFY(!safe.isEmpty());
        QVERIFY(!safe.contains(u'/') && !safe.contains(u'\n') && !safe.startsWith(u'.'));
        QVERIFY(safe.size() <= 80);
    }

    void timesSurviveStorage()
    {
        const QDateTime time(QDate(2026, 11, 20), QTime(2, 17, 31, 42), Qt::UTC);
        QCOMPARE(toIsoUtc(time), u"2026-11-20T02:17:31.042Z"_s);
        QCOMPARE(fromIsoUtc(toIsoUtc(time)), time);
        QCOMPARE(toIsoUtc(QDateTime()), QString());
        QVERIFY(!fromIsoUtc(u"yesterday"_s).isValid());
    }

    void countsSetThousandsApart()
    {
        QCOMPARE(formatCount(0), u"0"_s);
        QCOMPARE(formatCount(999), u"999"_s);
        QCOMPARE(formatCount(1'000), u"1,000"_s);
        QCOMPARE(formatCount(123'456'789), u"123,456,789"_s);
        QCOMPARE(formatCount(-100), u"-100"_s);
        QCOMPARE(formatCount(-1'000), u"-1,000"_s);
    }

    void countsAgreeWithTheirNoun()
    {
        QCOMPARE(countOf(1, u"command"_s), u"1 command"_s);
        QCOMPARE(countOf(0, u"command"_s), u"0 commands"_s);
        QCOMPARE(countOf(1'000'000, u"line"_s), u"1,000,000 lines"_s);
        QCOMPARE(firstLine(u"\n  \n  two\nthree"_s), u"two"_s);
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
