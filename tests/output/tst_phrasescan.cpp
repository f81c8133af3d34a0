// SPDX-License-Identifier: Apache-2.0
#include "output/phrasescan.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestPhraseScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void phrasesAreFoundInOneLine_data()
    {
        QTest::addColumn<QStringList>("phrase");
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QString>("line");
        const QStringList lock{u"LOCK TIMEOUT at attempt"_s, u"in use by pid"_s};
        QTest::newRow("both parts")
            << lock << "a\nNOTICE: lock timeout at attempt 3: orders in use by PID 4\nb\n"_ba
            << u"NOTICE: lock timeout at attempt 3: orders in use by PID 4"_s;
        QTest::newRow("over two lines")
            << lock << "LOCK TIMEOUT at attempt 3\nin use by pid 4\n"_ba << QString();
        QTest::newRow("the wrong way round")
            << lock << "in use by pid 4: LOCK TIMEOUT at attempt 3\n"_ba << QString();
        QTest::newRow("coloured") << QStringList{u"P3009"_s} << "\x1b[31mP3009\x1b[0m\r\n"_ba
                                  << u"P3009"_s;
        QTest::newRow("beyond ASCII") << QStringList{u"Sperre läuft"_s}
                                      << "Die Sperre läuft ab\n"_ba << u"Die Sperre läuft ab"_s;
        QTest::newRow("no parts") << QStringList() << "anything\n"_ba << QString();
    }
    void phrasesAreFoundInOneLine()
    {
        QFETCH(QStringList, phrase);
        QFETCH(QByteArray, output);
        QFETCH(QString, line);
        for (const qsizetype piece : {1, 5, 1'000}) {
            PhraseScan scan({phrase});
            for (qsizetype at = 0; at < output.size(); at += piece)
                scan.add(QByteArrayView(output).sliced(at, std::min(piece, output.size() - at)));
            QCOMPARE(scan.hits().size(), line.isEmpty() ? 0 : 1);
            if (!line.isEmpty())
                QCOMPARE(scan.hits().constFirst().line, line);
        }
    }

    void eachIsFoundOnceInTheOrderItIsMet()
    {
        PhraseScan scan({{u"first"_s}, {u"second"_s}});
        scan.add("second\nfirst\nsecond again\n");
        QCOMPARE(scan.hits().size(), 2);
        QCOMPARE(scan.hits().at(0), (PhraseScan::Hit{.phrase = 1, .line = u"second"_s}));
        QCOMPARE(scan.hits().at(1).phrase, 0);
    }

    void nothingToLookForIsNothingFound()
    {
        PhraseScan scan({});
        scan.add("anything\n");
        QVERIFY(scan.hits().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPhraseScan)
#include "tst_phrasescan.moc"
