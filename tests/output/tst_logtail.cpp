// SPDX-License-Identifier: Apache-2.0
#include "output/logtail.h"

#include "output/logtesting.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

class LogTailTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsAFinishedLogAndLeavesItAlone();
    void followsAGrowingLog();
    void waitsForALogThatIsNotThereYet();
    void reportsAFinishedLogThatIsMissing();
    void readsTheRestAfterTheEnd();
    void restartsOnTruncation();
    void countsErrors();
    void searchesWhileGrowing();
    void searchesAFinishedLogLater();
    void aClosedLogIsLeftAlone();
    void anotherLogTakesItsPlace();
    void anUnreadableLogIsReportedOnceAndMayBeReplaced();
    void aSearchStartedFirstWaitsForTheLog();
    void everySliceIsToldInOrder();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void LogTailTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"output.log"_s);
}

void LogTailTest::readsAFinishedLogAndLeavesItAlone()
{
    QVERIFY(writeLog(m_path, numberedLines(3)));
    LogTail tail;
    QSignalSpy caughtUp(&tail, &LogTail::caughtUp);
    tail.open(m_path, false);
    QVERIFY(caughtUp.wait());
    QCOMPARE(tail.log().lineCount(), 3);
    QVERIFY(appendLog(m_path, "more\n"));
    QVERIFY(!caughtUp.wait(100));
    QCOMPARE(tail.log().lineCount(), 3);
}

void LogTailTest::followsAGrowingLog()
{
    QVERIFY(writeLog(m_path, "first\n"));
    LogTail tail;
    QSignalSpy caughtUp(&tail, &LogTail::caughtUp);
    tail.open(m_path, true);
    QTRY_COMPARE(tail.log().lineCount(), 1);
    for (int count = 2; count < 6; ++count) {
        QVERIFY(caughtUp.wait()); // asleep until the watch tells
        QElapsedTimer timer;
        timer.start();
        QVERIFY(appendLog(m_path, "more\n"));
        QTRY_COMPARE(tail.log().lineCount(), count);
        QVERIFY2(timer.elapsed() < 900, "found by the slow look only");
    }
}

void LogTailTest::waitsForALogThatIsNotThereYet()
{
    LogTail tail;
    QSignalSpy failed(&tail, &LogTail::failed);
    tail.open(m_path, true);
    QVERIFY(!failed.wait(100));
    QVERIFY(writeLog(m_path, "here\n"));
    QTRY_COMPARE(tail.log().lineCount(), 1);
    QCOMPARE(failed.count(), 0);
}

void LogTailTest::reportsAFinishedLogThatIsMissing()
{
    LogTail tail;
    QSignalSpy failed(&tail, &LogTail::failed);
    tail.open(m_path, false);
    QVERIFY(failed.wait());
    QVERIFY(failed.first().first().value<Error>().message.contains(m_path));
}

void LogTailTest::readsTheRestAfterTheEnd()
{
    QVERIFY(writeLog(m_path, "a\n"));
    LogTail tail;
    QSignalSpy caughtUp(&tail, &LogTail::caughtUp);
    tail.open(m_path, true);
    QVERIFY(caughtUp.wait());
    QVERIFY(appendLog(m_path, "b\nc"));
    tail.setGrowing(false);
    QTRY_COMPARE(tail.log().lineCount(), 3);
    QVERIFY(!tail.isGrowing());
}

void LogTailTest::restartsOnTruncation()
{
    QVERIFY(writeLog(m_path, numberedLines(50) + "ERROR: x\n"));
    LogTail tail;
    QSignalSpy restarted(&tail, &LogTail::restarted);
    tail.open(m_path, true);
    QTRY_COMPARE(tail.errors().count(), 1);
    QVERIFY(writeLog(m_path, "anew\n"));
    QTRY_COMPARE(tail.log().lineCount(), 1);
    QCOMPARE(restarted.count(), 1);
    QCOMPARE(tail.errors().count(), 0);
}

void LogTailTest::countsErrors()
{
    QVERIFY(writeLog(m_path, "ok\nERROR:  no such table\nmigration failed\n0 failed\n"));
    LogTail tail;
    QSignalSpy errorsFound(&tail, &LogTail::errorsFound);
    tail.open(m_path, true);
    QVERIFY(errorsFound.wait());
    QCOMPARE(tail.errors().count(), 2);
    QVERIFY(appendLog(m_path, "FATAL: gone\n"));
    QTRY_COMPARE(tail.errors().count(), 3);
}

void LogTailTest::searchesWhileGrowing()
{
    QVERIFY(writeLog(m_path, numberedLines(20)));
    LogTail tail;
    tail.open(m_path, true);
    tail.find({u"LINE 1"_s, false, false});
    QVERIFY(tail.isSearching());
    QTRY_COMPARE(tail.matches().count(), 11);
    QTRY_VERIFY(!tail.isSearching());
    QVERIFY(appendLog(m_path, "line 1\n"));
    QTRY_COMPARE(tail.matches().count(), 12);
    tail.find({u"LINE 1"_s, true, false});
    QTRY_VERIFY(!tail.isSearching());
    QCOMPARE(tail.matches().count(), 0);
    tail.find({});
    QVERIFY(!tail.hasSearch());
}

void LogTailTest::searchesAFinishedLogLater()
{
    QVERIFY(writeLog(m_path, numberedLines(50)));
    LogTail tail;
    QSignalSpy caughtUp(&tail, &LogTail::caughtUp);
    tail.open(m_path, false);
    QVERIFY(caughtUp.wait());
    QSignalSpy searched(&tail, &LogTail::searched);
    tail.find({u"line 4"_s, true, false});
    QVERIFY(searched.wait());
    QTRY_VERIFY(!tail.isSearching());
    QCOMPARE(tail.matches().count(), 11);
}

void LogTailTest::aClosedLogIsLeftAlone()
{
    QVERIFY(writeLog(m_path, numberedLines(5)));
    LogTail tail;
    tail.open(m_path, true);
    QTRY_COMPARE(tail.log().lineCount(), 5);
    tail.find({u"x"_s, true, false});
    tail.close();
    QSignalSpy grew(&tail, &LogTail::grew);
    QVERIFY(appendLog(m_path, "more\n"));
    QVERIFY(!grew.wait(100));
    QCOMPARE(tail.log().lineCount(), 0);
    QVERIFY(!tail.hasSearch());
    QVERIFY(!tail.isGrowing());
    QVERIFY(!tail.isSearching());
    tail.find({u"y"_s, true, false}); // nothing to look in
    tail.setGrowing(true);
    QVERIFY(!grew.wait(100));
}

void LogTailTest::anotherLogTakesItsPlace()
{
    QVERIFY(writeLog(m_path, "ERROR: a\nERROR: b\n"));
    const QString second = m_folder->filePath(u"second.log"_s);
    QVERIFY(writeLog(second, "ERROR: c\n"));
    LogTail tail;
    tail.open(m_path, true);
    QTRY_COMPARE(tail.errors().count(), 2);
    tail.open(second, true);
    QCOMPARE(tail.errors().count(), 0);
    QTRY_COMPARE(tail.errors().count(), 1);
    QSignalSpy grew(&tail, &LogTail::grew);
    QVERIFY(appendLog(m_path, "more\n")); // the first is watched no more
    QVERIFY(!grew.wait(100));
}

void LogTailTest::anUnreadableLogIsReportedOnceAndMayBeReplaced()
{
    LogTail tail;
    QSignalSpy failed(&tail, &LogTail::failed);
    tail.open(m_folder->path(), true); // a folder
    QVERIFY(failed.wait());
    QVERIFY(!failed.wait(100));
    QCOMPARE(failed.first().first().value<Error>().kind, Error::Kind::Unreadable);
    QVERIFY(writeLog(m_path, "fine\n"));
    tail.open(m_path, true);
    QTRY_COMPARE(tail.log().lineCount(), 1);
    QCOMPARE(failed.count(), 1);
}

void LogTailTest::aSearchStartedFirstWaitsForTheLog()
{
    LogTail tail;
    tail.open(m_path, true);
    tail.find({u"here"_s, true, false});
    QVERIFY(tail.isSearching());
    QVERIFY(writeLog(m_path, "it is here\n"));
    QTRY_COMPARE(tail.matches().count(), 1);
    QTRY_VERIFY(!tail.isSearching());
}

void LogTailTest::everySliceIsToldInOrder()
{
    QVERIFY(writeLog(m_path, numberedLines(200'000)));
    LogTail tail;
    QStringList told;
    connect(&tail, &LogTail::grew, this, [&told] { told.append(u"grew"_s); });
    connect(&tail, &LogTail::searched, this, [&told] { told.append(u"searched"_s); });
    connect(&tail, &LogTail::caughtUp, this, [&told] { told.append(u"caught up"_s); });
    tail.open(m_path, false);
    tail.find({u"line 199999"_s, true, false});
    QTRY_VERIFY(told.contains(u"caught up"_s));
    QCOMPARE(told.first(), u"grew"_s);
    QCOMPARE(told.last(), u"caught up"_s);
    QCOMPARE(told.count(u"caught up"_s), 1);
    QCOMPARE(tail.log().lineCount(), 200'000);
    QCOMPARE(tail.matches().count(), 1);
}

QTEST_GUILESS_MAIN(LogTailTest)
#include "tst_logtail.moc"
