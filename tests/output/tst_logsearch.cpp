// SPDX-License-Identifier: Apache-2.0
#include "output/logsearch.h"

#include "output/logtesting.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

class LogSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsLinesAsShown_data();
    void findsLinesAsShown();
    void goesOnWhenTheLogGrows();
    void judgesTheUnfinishedLineAnew();
    void findsAcrossBlocks();
    void findsInTheHiddenPartOfALongLine();
    void findsInAHugeUnfinishedLine();
    void stopsAtTheDeadline();
    void walksThroughMatches();

private:
    static LogSearch textSearch(const QString &text)
    {
        return LogSearch(std::make_unique<TextMatcher>(text, Qt::CaseInsensitive));
    }
    void finish(LogSearch &search)
    {
        while (m_log.advance(QDeadlineTimer(QDeadlineTimer::Forever))
               != LogFile::Progress::CaughtUp) { }
        while (search.advance(m_log, QDeadlineTimer(QDeadlineTimer::Forever))) { }
    }
    static QList<qint64> lines(const LogSearch &search)
    {
        QList<qint64> found;
        for (qint64 match = 0; match < search.lines().count(); ++match)
            found.append(search.lines().lineAt(match));
        return found;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    LogFile m_log;
};

void LogSearchTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"output.log"_s);
}

void LogSearchTest::findsLinesAsShown_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<qint64>>("found");
    using Lines = QList<qint64>;
    const auto row = [](const char *name, const QByteArray &bytes, const Lines &found) {
        QTest::newRow(name) << bytes << found;
    };
    row("empty", "", {});
    row("none", "a\nb\n", {});
    row("several", "lock\nno\na LOCK\n", {0, 2});
    row("twice in a line counts once", "lock lock\nlock\n", {0, 1});
    row("without final newline", "a\nlock", {1});
    row("terminal line ends", "a\r\nlock\r\nb\r\n", {1});
    row("split by a colour", "lo\x1b[31mck\n", {0});
    row("only inside a title", "\x1b]0;lock\x07 x\nlock\n", {1});
    row("overwritten", "lock\rdone\nlock\n", {1});
    row("last progress state", "wait\rlock\n", {0});
    row("coloured lines without it", "\x1b[31mno\x1b[0m\nlock\n\x1b[32mno\n", {1});
}

void LogSearchTest::findsLinesAsShown()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<qint64>, found);
    QVERIFY(writeLog(m_path, bytes));
    QVERIFY(m_log.open(m_path));
    LogSearch search = textSearch(u"Lock"_s);
    finish(search);
    QCOMPARE(lines(search), found);
}

void LogSearchTest::goesOnWhenTheLogGrows()
{
    QVERIFY(writeLog(m_path, "lock\nno\n"));
    QVERIFY(m_log.open(m_path));
    LogSearch search = textSearch(u"lock"_s);
    finish(search);
    QVERIFY(appendLog(m_path, "no\nlo"));
    finish(search);
    QCOMPARE(lines(search), QList<qint64>{0});
    QVERIFY(appendLog(m_path, "ck\nno\n"));
    finish(search);
    QCOMPARE(lines(search), (QList<qint64>{0, 3}));
}

void LogSearchTest::judgesTheUnfinishedLineAnew()
{
    QVERIFY(writeLog(m_path, "no\nwaits for a lock"));
    QVERIFY(m_log.open(m_path));
    LogSearch search = textSearch(u"lock"_s);
    finish(search);
    QCOMPARE(lines(search), QList<qint64>{1});
    QVERIFY(appendLog(m_path, "\r\x1b[Kdone\n"));
    finish(search);
    QCOMPARE(lines(search), QList<qint64>{});
}

void LogSearchTest::findsAcrossBlocks()
{
    QByteArray bytes;
    QList<qint64> expected;
    for (int line = 0; line < 20'000; ++line) {
        const bool matches = line % 7 == 0;
        bytes += QByteArray(line % 50, 'x') + (matches ? "lock\n" : "free\n");
        if (matches)
            expected.append(line);
    }
    QVERIFY(writeLog(m_path, bytes));
    QVERIFY(m_log.open(m_path));
    LogSearch search = textSearch(u"lock"_s);
    finish(search);
    QCOMPARE(lines(search), expected);
}

void LogSearchTest::findsInTheHiddenPartOfALongLine()
{
    const QByteArray filler(300'000, 'x');
    QVERIFY(writeLog(m_path, "a\n\x1b[31m" + filler + "lock" + filler + "\nlock\n"));
    QVERIFY(m_log.open(m_path));
    LogSearch search = textSearch(u"lock"_s);
    finish(search);
    QCOMPARE(lines(search), (QList<qint64>{1, 2}));
}

void LogSearchTest::findsInAHugeUnfinishedLine()
{
    QVERIFY(writeLog(m_path, QByteArray(3'000'000, 'x')));
    QVERIFY(m_log.open(m_path));
    LogSearch search = textSearch(u"lock"_s);
    finish(search);
    QCOMPARE(search.lines().count(), 0);
    QVERIFY(appendLog(m_path, "lo"));
    finish(search);
    QVERIFY(appendLog(m_path, "ck"));
    finish(search);
    QCOMPARE(lines(search), QList<qint64>{0});
    QVERIFY(appendLog(m_path, "\nx"));
    finish(search);
    QCOMPARE(lines(search), QList<qint64>{0});
}

void LogSearchTest::stopsAtTheDeadline()
{
    QVERIFY(writeLog(m_path, QByteArray(1'000'000, '\n') + "lock"));
    QVERIFY(m_log.open(m_path));
    while (m_log.advance(QDeadlineTimer(QDeadlineTimer::Forever)) != LogFile::Progress::CaughtUp) {
    }
    LogSearch search = textSearch(u"lock"_s);
    QVERIFY(search.advance(m_log, QDeadlineTimer(0)));
    QCOMPARE(search.lines().count(), 0);
    finish(search);
    QCOMPARE(search.lines().count(), 1);
}

void LogSearchTest::walksThroughMatches()
{
    QVERIFY(writeLog(m_path, "lock\n\nlock\n\nlock\n"));
    QVERIFY(m_log.open(m_path));
    LogSearch search = textSearch(u"lock"_s);
    finish(search);
    QCOMPARE(search.lines().firstAfter(-1), 0);
    QCOMPARE(search.lines().firstAfter(0), 1);
    QCOMPARE(search.lines().firstAfter(3), 2);
    QCOMPARE(search.lines().firstAfter(4), std::nullopt);
    QCOMPARE(search.lines().lastBefore(4), 1);
    QCOMPARE(search.lines().lastBefore(1), 0);
    QCOMPARE(search.lines().lastBefore(0), std::nullopt);
}

QTEST_GUILESS_MAIN(LogSearchTest)
#include "tst_logsearch.moc"
