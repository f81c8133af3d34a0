// SPDX-License-Identifier: Apache-2.0
#include "output/linestamps.h"

#include "output/logtesting.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;
using namespace std::chrono_literals;

class LogTimingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"timing"_s);
        m_timing.open(m_path);
    }

    void knowsNothingWithoutAFile()
    {
        QVERIFY(!m_timing.isAvailable());
        QCOMPARE(m_timing.timeAt(0), std::nullopt);
        QVERIFY(writeLog(m_path, "0 5\n")); // it came later
        QVERIFY(m_timing.isAvailable());
        QCOMPARE(m_timing.timeAt(0), 5us);
        m_timing.close();
        QCOMPARE(m_timing.timeAt(0), std::nullopt);
    }

    void bytesCameWithTheStampBeforeThem()
    {
        QVERIFY(writeLog(m_path, "0 100\n50 20000\n70 90000\n"));
        QCOMPARE(m_timing.timeAt(0), 100us);
        QCOMPARE(m_timing.timeAt(49), 100us);
        QCOMPARE(m_timing.timeAt(50), 20000us);
        QCOMPARE(m_timing.timeAt(1'000'000), 90000us);
        QCOMPARE(m_timing.nextAfter(0), 50);
        QCOMPARE(m_timing.nextAfter(50), 70);
        QCOMPARE(m_timing.nextAfter(70), std::nullopt);
    }

    void damagedLinesAreLeftOut()
    {
        QVERIFY(writeLog(m_path, "5 1\n\nnonsense\n7\n9 2\n11 x\n12 3"));
        QCOMPARE(m_timing.timeAt(4), std::nullopt);
        QCOMPARE(m_timing.timeAt(8), 1us);
        QCOMPARE(m_timing.timeAt(99), 2us); // the last line is being written
    }

    void goesOnAsTheFileGrows()
    {
        QVERIFY(writeLog(m_path, "0 1\n"));
        for (int stamp = 1; stamp < 50; ++stamp) {
            QCOMPARE(m_timing.timeAt(1'000'000), std::chrono::microseconds(stamp));
            QVERIFY(appendLog(m_path,
                              QByteArray::number(stamp * 10) + ' ' + QByteArray::number(stamp + 1)
                                  + '\n'));
        }
    }

    void findsAnyPlaceInALargeFile()
    {
        QByteArray bytes;
        for (int stamp = 0; stamp < 60'000; ++stamp)
            bytes += QByteArray::number(stamp * 7) + ' ' + QByteArray::number(stamp * 11) + '\n';
        QVERIFY(writeLog(m_path, bytes));
        for (int step = 0; step < 1500; ++step) {
            const qint64 offset = step * 104'729LL % (60'000 * 7);
            QCOMPARE(m_timing.timeAt(offset), std::chrono::microseconds(offset / 7 * 11));
        }
        for (qint64 offset = 0; offset < 5000; ++offset)
            QCOMPARE(m_timing.nextAfter(offset), (offset / 7 + 1) * 7);
    }

    void writesTimesInFrontOfLines_data()
    {
        QTest::addColumn<StampKind>("kind");
        QTest::addColumn<QStringList>("texts");
        QTest::newRow("off") << StampKind::Off << QStringList{{}, {}, {}};
        QTest::newRow("absolute") << StampKind::Absolute
                                  << QStringList{u"02:08:23.214"_s, u"02:08:23.214"_s,
                                                 u"03:08:25.114"_s};
        QTest::newRow("since the start")
            << StampKind::SinceStart
            << QStringList{u"+00:00:00.100"_s, u"+00:00:00.100"_s, u"+01:00:02.000"_s};
        QTest::newRow("since the line before")
            << StampKind::SincePrevious << QStringList{u"+0.100"_s, u"+0.000"_s, u"+3601.900"_s};
    }
    void writesTimesInFrontOfLines()
    {
        QFETCH(StampKind, kind);
        QFETCH(QStringList, texts);
        const QString path = m_folder->filePath(u"output.log"_s);
        QVERIFY(writeLog(path, "one\ntwo\nthree\n"));
        QVERIFY(writeLog(m_path, "0 100000\n8 3602000000\n"));
        LogFile log;
        QVERIFY(log.open(path));
        QCOMPARE(log.advance(QDeadlineTimer(QDeadlineTimer::Forever)), LogFile::Progress::CaughtUp);
        LineStamps stamps;
        stamps.open(m_path,
                    QDateTime::fromString(u"2026-11-20T02:08:23.114Z"_s, Qt::ISODateWithMs));
        stamps.setKind(kind);
        for (qsizetype line = 0; line < texts.size(); ++line) {
            QCOMPARE(stamps.textFor(log, line), texts[line]);
            QVERIFY(texts[line].size() <= stamps.columns());
        }
        QCOMPARE(stampKindOf(stampWord(kind)), kind);
        stamps.close();
        QCOMPARE(stamps.columns(), 0);
    }

    void withoutAStartThereIsNoTimeOfDay()
    {
        QVERIFY(writeLog(m_path, "0 1\n"));
        LineStamps stamps;
        stamps.open(m_path, {});
        stamps.setKind(StampKind::Absolute);
        QCOMPARE(stamps.columns(), 0);
        stamps.setKind(StampKind::SinceStart);
        QVERIFY(stamps.columns() > 0);
        QCOMPARE(stampKindOf(u"what"_s), StampKind::Off);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    LogTiming m_timing;
};

QTEST_GUILESS_MAIN(LogTimingTest)
#include "tst_logtiming.moc"
