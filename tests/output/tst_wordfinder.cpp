// SPDX-License-Identifier: Apache-2.0
#include "output/wordfinder.h"

#include <QTest>

#include <random>

using namespace runsheet;

class WordFinderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAtEveryPlace_data()
    {
        QTest::addColumn<QByteArray>("word");
        for (const char *word : {"x", "xy", "aXa", "deadlock", "e", "  ", "0000", "\xc3\x9f"})
            QTest::newRow(word) << QByteArray(word);
        QTest::newRow("long")
            << QByteArray("constraint \"orders_pkey\" does not exist").repeated(4);
        QTest::newRow("NUL") << QByteArray("a\0b", 3);
    }
    /// Before, within and after the blocks that are looked at together.
    void findsAtEveryPlace()
    {
        QFETCH(QByteArray, word);
        const WordFinder exact(word, Qt::CaseSensitive);
        for (qsizetype place = 0; place < 150; ++place) {
            const QByteArray bytes = QByteArray(place, '.') + word + QByteArray(place % 70, '.');
            QCOMPARE(exact.find(bytes, 0), place);
            QCOMPARE(exact.find(bytes, place), place);
            QCOMPARE(exact.find(bytes, place + 1), -1);
        }
    }

    /// Few letters, so that nearly every place looks like a match.
    void agreesWithAPlainSearch()
    {
        std::minstd_rand random(7);
        const auto text = [&random](unsigned length) {
            QByteArray bytes;
            for (unsigned i = 0; i < length; ++i)
                bytes += "abAB\xc3 "[random() % 6];
            return bytes;
        };
        for (int round = 0; round < 4000; ++round) {
            const QByteArray bytes = text(static_cast<unsigned>(random() % 400));
            const QByteArray word = text(1 + static_cast<unsigned>(random() % 6));
            const qsizetype from = static_cast<qsizetype>(random() % 20);
            const qsizetype expected = from > bytes.size() ? -1 : bytes.indexOf(word, from);
            QCOMPARE(WordFinder(word, Qt::CaseSensitive).find(bytes, from), expected);
            const qsizetype folded =
                from > bytes.size() ? -1 : bytes.toLower().indexOf(word.toLower(), from);
            QCOMPARE(WordFinder(word, Qt::CaseInsensitive).find(bytes, from), folded);
        }
    }

    void findsNothingInNothing()
    {
        const WordFinder finder("word", Qt::CaseInsensitive);
        QCOMPARE(finder.find(QByteArrayView(), 0), -1);
        QCOMPARE(finder.find("wor", 0), -1);
        QCOMPARE(finder.find("word", 5), -1);
    }
};

QTEST_GUILESS_MAIN(WordFinderTest)
#include "tst_wordfinder.moc"
