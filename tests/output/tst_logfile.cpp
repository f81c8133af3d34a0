// SPDX-License-Identifier: Apache-2.0
#include "output/logfile.h"

#include "output/logtesting.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

class LogFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysWhyItCannotBeOpened();
    void readsLines_data();
    void readsLines();
    void followsGrowth();
    void startsAgainWhenTruncated();
    void stopsAtTheDeadline();
    void cutsLongLines();
    void showsLastStateOfLongProgressLine();
    void keepsColourAcrossLines();
    void forgetsColourThatIsTooFarAway();
    void coloursDoNotDependOnWhatWasAskedBefore();
    void readsAnywhereInALargeFile();
    void textIsTheLineWithoutItsLook();
    void aLongLineIsReadAsFarAsAsked();
    void anUnfinishedLineIsReadAnewWhenItGrows();
    void aFileThatBecameOtherIsReadAnew();
    void aFolderIsNoLog();
    void aFileThatVanishedStaysReadable();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"output.log"_s); }
    void readAll(LogFile &log)
    {
        while (log.advance(QDeadlineTimer(QDeadlineTimer::Forever))
               != LogFile::Progress::CaughtUp) { }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void LogFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void LogFileTest::saysWhyItCannotBeOpened()
{
    LogFile log;
    const auto opened = log.open(path());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::NotFound);
    QVERIFY(opened.error().message.contains(path()));
    QCOMPARE(log.lineCount(), 0);
}

void LogFileTest::readsLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("empty file") << QByteArray() << QStringList{};
    QTest::newRow("two lines") << QByteArray("a\nb\n") << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("no final newline") << QByteArray("a\nb") << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("terminal line ends")
        << QByteArray("a\r\n\r\nb\r\n") << QStringList{u"a"_s, QString(), u"b"_s};
    QTest::newRow("doubled returns") << QByteArray("a\r\r\nb") << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("progress") << QByteArray("1\r2\r3\nok\n") << QStringList{u"3"_s, u"ok"_s};
}

void LogFileTest::readsLines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, lines);
    QVERIFY(writeLog(path(), bytes));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QStringList shown;
    for (qint64 line = 0; line < log.lineCount(); ++line)
        shown.append(log.line(line).text);
    QCOMPARE(shown, lines);
}

void LogFileTest::followsGrowth()
{
    QVERIFY(writeLog(path(), "first\nsec"));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QCOMPARE(log.lineCount(), 2);
    QCOMPARE(log.line(1).text, u"sec"_s);
    QVERIFY(!log.hasChanged());
    QVERIFY(appendLog(path(), "ond\nthird\n"));
    QVERIFY(log.hasChanged());
    readAll(log);
    QCOMPARE(log.lineCount(), 3);
    QCOMPARE(log.line(1).text, u"second"_s);
}

void LogFileTest::startsAgainWhenTruncated()
{
    QVERIFY(writeLog(path(), numberedLines(100)));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QVERIFY(writeLog(path(), "new\n"));
    QCOMPARE(log.advance(QDeadlineTimer(0)), LogFile::Progress::Restarted);
    QCOMPARE(log.lineCount(), 0);
    readAll(log);
    QCOMPARE(log.lineCount(), 1);
    QCOMPARE(log.line(0).text, u"new"_s);
}

void LogFileTest::stopsAtTheDeadline()
{
    QVERIFY(writeLog(path(), QByteArray(4'000'000, '\n')));
    LogFile log;
    QVERIFY(log.open(path()));
    QCOMPARE(log.advance(QDeadlineTimer(0)), LogFile::Progress::More);
    QVERIFY(log.lineCount() > 0); // a slice always gets on
    QVERIFY(log.lineCount() < 4'000'000);
    readAll(log);
    QCOMPARE(log.lineCount(), 4'000'000);
}

void LogFileTest::cutsLongLines()
{
    QVERIFY(writeLog(path(), QByteArray(1'000'000, 'x') + "\r\nnext\n"));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QCOMPARE(log.lineCount(), 2);
    QCOMPARE(log.line(0).hiddenBytes, 1'000'000 - kShownLineBytes);
    QCOMPARE(log.line(1).text, u"next"_s);
}

void LogFileTest::showsLastStateOfLongProgressLine()
{
    QByteArray bytes;
    for (int i = 0; i <= 10'000; ++i)
        bytes += "\rcopied " + QByteArray::number(i) + " of 10000";
    QVERIFY(writeLog(path(), bytes + "\r\n"));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QCOMPARE(log.lineCount(), 1);
    QCOMPARE(log.line(0).text, u"copied 10000 of 10000"_s);
    QCOMPARE(log.line(0).hiddenBytes, 0);
}

void LogFileTest::keepsColourAcrossLines()
{
    QVERIFY(writeLog(path(), "\x1b[32mgreen\nstill green\n\x1b[39mplain\n"));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QCOMPARE(log.line(1).runs.size(), 1);
    QCOMPARE(log.line(1).runs.first().style.foreground.value, 2U);
    QVERIFY(log.line(2).runs.isEmpty());
}

void LogFileTest::forgetsColourThatIsTooFarAway()
{
    QVERIFY(writeLog(path(), "\x1b[31mred\n" + numberedLines(400)));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QCOMPARE(log.line(60).runs.size(), 1);
    QVERIFY(log.line(300).runs.isEmpty());
    // The same whichever line was asked for before.
    QVERIFY(log.line(299).runs.isEmpty());
    QCOMPARE(log.line(60).runs.size(), 1);
}

/// Colours left on at line ends, short lines and lines larger than a cell of the file.
void LogFileTest::coloursDoNotDependOnWhatWasAskedBefore()
{
    QByteArray bytes;
    for (int line = 0; line < 1500; ++line) {
        bytes += "\x1b[" + QByteArray::number(31 + line % 7) + "mline";
        bytes += QByteArray(line % 97 == 0 ? 90'000 : line * 37 % 700, 'x');
        bytes += line % 5 == 0 ? "\x1b[1m\n" : "\n";
    }
    QVERIFY(writeLog(path(), bytes));
    LogFile inOrder;
    QVERIFY(inOrder.open(path()));
    readAll(inOrder);
    LogFile anyhow;
    QVERIFY(anyhow.open(path()));
    readAll(anyhow);
    QList<DecodedLine> lines;
    for (qint64 line = 0; line < 1500; ++line)
        lines.append(inOrder.line(line));
    for (qint64 step = 0; step < 300; ++step) {
        const qint64 line = step * 811 % 1500;
        QCOMPARE(anyhow.line(line), lines[line]);
        QVERIFY(!lines[line].runs.isEmpty());
    }
}

/// Lines of every kind, far more than what is kept in memory, asked for in any order.
void LogFileTest::readsAnywhereInALargeFile()
{
    QByteArray bytes;
    QStringList expected;
    for (int line = 0; line < 4000; ++line) {
        const QByteArray text = QByteArray::number(line) + QByteArray(line * 37 % 900, 'x');
        bytes += text + (line % 3 ? "\n" : "\r\n");
        expected.append(QString::fromLatin1(text));
    }
    QVERIFY(writeLog(path(), bytes));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QCOMPARE(log.lineCount(), 4000);
    for (int step = 0; step < 4000; ++step) {
        const int line = step * 1237 % 4000;
        QCOMPARE(log.line(line).text, expected[line]);
        QCOMPARE(log.text(3999 - line), expected[3999 - line]);
    }
}

void LogFileTest::textIsTheLineWithoutItsLook()
{
    const QByteArray giant(700'000, 'y');
    QVERIFY(writeLog(path(), "\x1b[32mgreen\n" + giant + "\nab\tc\r\n1\r2\n"));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    for (qint64 line = 0; line < log.lineCount(); ++line)
        QVERIFY(log.line(line).text.startsWith(log.text(line)));
    QCOMPARE(log.text(0), u"green"_s);
    QCOMPARE(log.text(1), QString(kShownLineBytes, u'y'));
    QCOMPARE(log.text(2), u"ab      c"_s);
    QCOMPARE(log.text(3), u"2"_s);
}

void LogFileTest::aLongLineIsReadAsFarAsAsked()
{
    const QByteArray giant(1'000'000, 'y');
    const QByteArray progress = QByteArray(300'000, '#') + "\r50 %\r";
    QVERIFY(writeLog(path(), giant + "\n" + giant + "\tend\n" + progress + "100 %\n"));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QCOMPARE(log.longText(0, 2'000'000).text.toUtf8(), giant);
    QCOMPARE(log.longText(0, 2'000'000).hiddenBytes, 0);
    QCOMPARE(log.longText(0, 600'000).text.size(), 600'000);
    QCOMPARE(log.longText(0, 600'000).hiddenBytes, 400'000);
    QCOMPARE(log.longText(0, 1).text.size(), kShownLineBytes);
    QCOMPARE(log.longText(1, 2'000'000).text.size(), 512 * 1024); // where a cursor moves
    QCOMPARE(log.longText(2, 2'000'000).text, u"100 %"_s); // the state that is shown
    QCOMPARE(log.longText(2, 2'000'000).hiddenBytes, 0);
}

void LogFileTest::anUnfinishedLineIsReadAnewWhenItGrows()
{
    QVERIFY(writeLog(path(), numberedLines(10) + "copying"));
    LogFile log;
    QVERIFY(log.open(path()));
    for (const char *more : {" 1", " 2\r", "done   ", "\nnext"}) {
        readAll(log);
        QVERIFY(!log.text(log.lineCount() - 1).isEmpty()); // now it is in memory
        QVERIFY(appendLog(path(), more));
    }
    readAll(log);
    QCOMPARE(log.line(10).text, u"done    1 2"_s);
    QCOMPARE(log.line(11).text, u"next"_s);
}

void LogFileTest::aFileThatBecameOtherIsReadAnew()
{
    QVERIFY(writeLog(path(), numberedLines(3)));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QCOMPARE(log.line(0).text, u"line 0"_s);
    QVERIFY(writeLog(path(), "other\n"));
    QCOMPARE(log.advance(QDeadlineTimer(0)), LogFile::Progress::Restarted);
    readAll(log);
    QCOMPARE(log.line(0).text, u"other"_s);
    const QString second = m_folder->filePath(u"second.log"_s);
    QVERIFY(writeLog(second, "third\n"));
    QVERIFY(log.open(second)); // without closing the first
    readAll(log);
    QCOMPARE(log.line(0).text, u"third"_s);
}

void LogFileTest::aFolderIsNoLog()
{
    LogFile log;
    const auto opened = log.open(m_folder->path());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Unreadable);
    QVERIFY(!log.isOpen());
}

void LogFileTest::aFileThatVanishedStaysReadable()
{
    QVERIFY(writeLog(path(), numberedLines(100)));
    LogFile log;
    QVERIFY(log.open(path()));
    readAll(log);
    QVERIFY(QFile::remove(path()));
    QCOMPARE(log.advance(QDeadlineTimer(0)), LogFile::Progress::CaughtUp);
    QCOMPARE(log.line(99).text, u"line 99"_s);
}

QTEST_GUILESS_MAIN(LogFileTest)
#include "tst_logfile.moc"
