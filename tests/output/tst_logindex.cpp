// SPDX-License-Identifier: Apache-2.0
#include "output/logindex.h"

#include <QTest>

#include <random>

using namespace runsheet;

class LogIndexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsLines_data();
    void findsLines();
    void doesNotCareHowBytesArrive();
    void agreesWithPlainSearchOnRandomText();
    void holdsLongLines();
    void costsLittleForAMillionLines();
    void startsAgainAfterClear();
};

void LogIndexTest::findsLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<qint64>>("starts");
    QTest::newRow("empty") << QByteArray() << QList<qint64>{};
    QTest::newRow("one line") << QByteArray("a\n") << QList<qint64>{0};
    QTest::newRow("no final newline") << QByteArray("a\nbc") << QList<qint64>{0, 2};
    QTest::newRow("empty lines") << QByteArray("\n\n\n") << QList<qint64>{0, 1, 2};
    QTest::newRow("carriage returns") << QByteArray("a\r\nb\r\n") << QList<qint64>{0, 3};
    QTest::newRow("NUL bytes") << QByteArray("a\0b\nc", 5) << QList<qint64>{0, 4};
}

void LogIndexTest::findsLines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<qint64>, starts);
    LogIndex index;
    index.append(bytes);
    QCOMPARE(index.size(), bytes.size());
    QCOMPARE(index.lineCount(), starts.size());
    for (qsizetype line = 0; line < starts.size(); ++line) {
        QCOMPARE(index.lineStart(line), starts[line]);
        QCOMPARE(index.lineEnd(line),
                 line + 1 < starts.size() ? starts[line + 1] : qint64{bytes.size()});
        QCOMPARE(index.lineAt(starts[line]), line);
    }
    QCOMPARE(index.lineStart(index.lineCount()), bytes.size());
}

void LogIndexTest::doesNotCareHowBytesArrive()
{
    const QByteArray bytes("first\r\nsecond\n\nfourth");
    LogIndex whole;
    whole.append(bytes);
    for (qsizetype size = 1; size < bytes.size(); ++size) {
        LogIndex pieces;
        for (qsizetype at = 0; at < bytes.size(); at += size)
            pieces.append(QByteArrayView(bytes).sliced(at, qMin(size, bytes.size() - at)));
        QCOMPARE(pieces.lineCount(), whole.lineCount());
        for (qint64 line = 0; line <= whole.lineCount(); ++line)
            QCOMPARE(pieces.lineStart(line), whole.lineStart(line));
    }
}

void LogIndexTest::agreesWithPlainSearchOnRandomText()
{
    std::mt19937 random(7);
    QByteArray bytes;
    std::vector<qint64> starts{0};
    for (int line = 0; line < 1000; ++line) {
        bytes += QByteArray(static_cast<qsizetype>(random() % 400), 'x') + '\n';
        starts.push_back(bytes.size());
    }
    LogIndex index;
    index.append(bytes);
    QCOMPARE(index.lineCount(), 1000);
    for (qint64 line = 0; line < 1000; ++line) {
        QCOMPARE(index.lineStart(line), starts[static_cast<size_t>(line)]);
        QCOMPARE(index.lineAt(starts[static_cast<size_t>(line) + 1] - 1), line);
    }
}

void LogIndexTest::holdsLongLines()
{
    LogIndex index;
    const QByteArray block(1 << 20, 'x');
    for (int i = 0; i < 300; ++i)
        index.append(block);
    index.append("\nshort\n");
    QCOMPARE(index.lineCount(), 2);
    QCOMPARE(index.lineStart(1), 300LL * (1 << 20) + 1);
    QCOMPARE(index.lineAt(299LL * (1 << 20)), 0);
    QCOMPARE(index.lineAt(index.size() - 1), 1);
}

void LogIndexTest::costsLittleForAMillionLines()
{
    LogIndex index;
    const QByteArray line = QByteArray(110, 'x') + '\n';
    QByteArray block;
    for (int i = 0; i < 1000; ++i)
        block += line;
    for (int i = 0; i < 1000; ++i)
        index.append(block);
    QCOMPARE(index.lineCount(), 1'000'000);
    QCOMPARE(index.lineStart(999'999), 999'999LL * line.size());
    QCOMPARE(index.lineAt(555'555LL * line.size() + 7), 555'555);
    QVERIFY2(index.memoryUsed() < 3'000'000, qPrintable(QString::number(index.memoryUsed())));
}

void LogIndexTest::startsAgainAfterClear()
{
    LogIndex index;
    index.append("a\nb\n");
    index.clear();
    QCOMPARE(index.lineCount(), 0);
    index.append("xyz\n");
    QCOMPARE(index.lineCount(), 1);
    QCOMPARE(index.lineEnd(0), 4);
}

QTEST_GUILESS_MAIN(LogIndexTest)
#include "tst_logindex.moc"
