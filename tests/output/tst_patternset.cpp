// SPDX-License-Identifier: Apache-2.0
#include "output/patternset.h"

#include <QRandomGenerator>
#include <QTest>

using namespace runsheet;

namespace
{

/// The definition: the first place where any pattern stands, the first of the list among those.
PatternSet::Match plainFind(const QList<QByteArray> &patterns, const QByteArray &bytes,
                            qsizetype from)
{
    const QByteArray lower = bytes.toLower();
    for (qsizetype at = from; at < bytes.size(); ++at) {
        for (qsizetype index = 0; index < patterns.size(); ++index) {
            if (QByteArrayView(lower).sliced(at).startsWith(patterns[index]))
                return {at, index};
        }
    }
    return {};
}

} // namespace

class PatternSetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheFirst_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("pattern");
        QTest::newRow("empty") << QByteArray() << 0 << -1 << -1;
        QTest::newRow("shorter than any") << QByteArray("ab") << 0 << -1 << -1;
        QTest::newRow("at the start") << QByteArray("Error!") << 0 << 0 << 0;
        QTest::newRow("at the end") << QByteArray("so it FAILED") << 0 << 6 << 1;
        QTest::newRow("cut off at the end") << QByteArray("so it FAILE") << 0 << -1 << -1;
        QTest::newRow("the earlier of two") << QByteArray("failed with error") << 0 << 0 << 1;
        QTest::newRow("from behind the first") << QByteArray("failed with error") << 1 << 12 << 0;
        QTest::newRow("from the match itself") << QByteArray("xerror") << 1 << 1 << 0;
        QTest::newRow("from the end") << QByteArray("error") << 5 << -1 << -1;
        QTest::newRow("false start") << QByteArray("ererrorr") << 0 << 2 << 0;
        QTest::newRow("folds letters only") << QByteArray("e\x12ror erro\x52") << 0 << 6 << 0;
        QTest::newRow("bytes beyond ASCII") << QByteArray("\xc3\xa9\xffpanic\xff") << 0 << 3 << 2;
    }
    void findsTheFirst()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, from);
        const PatternSet set({"error", "failed", "panic"});
        const PatternSet::Match match = set.find(bytes, from);
        QTEST(static_cast<int>(match.at), "at");
        QTEST(static_cast<int>(match.pattern), "pattern");
    }

    void agreesWithTheDefinitionOnRandomText()
    {
        const QList<QByteArray> patterns{"aba", "bb", "caac", "cabbac"};
        const PatternSet set(patterns);
        QCOMPARE(set.longest(), 6);
        QRandomGenerator random(7);
        for (int round = 0; round < 2000; ++round) {
            QByteArray text(random.bounded(40), Qt::Uninitialized);
            for (char &letter : text)
                letter = "abcABC\n."[random.bounded(8)];
            for (qsizetype from = 0; from <= text.size(); ++from) {
                const PatternSet::Match found = set.find(text, from);
                const PatternSet::Match wanted = plainFind(patterns, text, from);
                QVERIFY2(found.at == wanted.at && found.pattern == wanted.pattern,
                         text.constData());
            }
        }
    }

    void aLongPatternIsFoundToo()
    {
        const QByteArray wanted(600, 'q'); // longer than a shift can say
        const PatternSet set({wanted + "z"});
        QCOMPARE(set.find(QByteArray(2000, 'q') + "z", 0).at, 2000 - 600);
        QCOMPARE(set.find(QByteArray(2000, 'q'), 0).at, -1);
    }
};

QTEST_GUILESS_MAIN(PatternSetTest)
#include "tst_patternset.moc"
