// SPDX-License-Identifier: Apache-2.0
#include "output/foundlines.h"

#include <QTest>

#include <random>

using namespace runsheet;

class FoundLinesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEachLineOnce()
    {
        FoundLines lines;
        for (const qint64 line : {3, 3, 5, 4, 9})
            lines.append(line);
        QCOMPARE(lines.count(), 3);
        QCOMPARE(lines.lineAt(1), 5);
        lines.remove(4); // not the last
        QCOMPARE(lines.count(), 3);
        lines.remove(9);
        QCOMPARE(lines.count(), 2);
    }

    void walksBothWays()
    {
        FoundLines lines;
        for (const qint64 line : {2, 4, 8})
            lines.append(line);
        QCOMPARE(lines.firstAfter(1), 0);
        QCOMPARE(lines.firstAfter(4), 2);
        QCOMPARE(lines.firstAfter(8), std::nullopt);
        QCOMPARE(lines.lastBefore(8), 1);
        QCOMPARE(lines.lastBefore(2), std::nullopt);
    }

    /// Whatever is found, taken back and begun anew: a copy that takes the changes is the same.
    void aCopyFollows()
    {
        FoundLines original;
        FoundLines copy;
        std::minstd_rand random(3);
        qint64 line = 0;
        for (int step = 0; step < 5000; ++step) {
            const auto what = random() % 20;
            if (what == 0) {
                original.clear();
                line = 0;
            } else if (what < 5 && original.count() > 0) {
                original.remove(original.lineAt(original.count() - 1));
            } else {
                original.append(line += 1 + static_cast<qint64>(random() % 3));
            }
            if (random() % 4 != 0)
                continue;
            const FoundLines::Change change = original.takeChange();
            const bool same = copy.count() == original.count() && change.added.empty();
            QCOMPARE(change.isEmptyFor(copy.count()), same);
            copy.apply(change);
            QCOMPARE(copy.count(), original.count());
            for (qint64 match = 0; match < copy.count(); ++match)
                QCOMPARE(copy.lineAt(match), original.lineAt(match));
        }
    }
};

QTEST_GUILESS_MAIN(FoundLinesTest)
#include "tst_foundlines.moc"
