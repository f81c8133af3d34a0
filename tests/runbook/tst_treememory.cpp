// SPDX-License-Identifier: Apache-2.0
#include "runbook/treememory.h"

#include "runbook/markdowntree.h"

#include <QTest>

#include <algorithm>
#include <cstdint>
#include <cstring>

using namespace runsheet;
using namespace Qt::StringLiterals;

class TestTreeMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void piecesDoNotOverlap()
    {
        markdown::TreeMemory memory(64);
        QList<std::pair<char *, size_t>> pieces;
        for (size_t size = 0; size < 2'000; size += 13) {
            auto *piece = static_cast<char *>(memory.allocate(size));
            QCOMPARE(reinterpret_cast<uintptr_t>(piece) % alignof(void *), uintptr_t{0});
            std::memset(piece, static_cast<int>(pieces.size() % 128), size);
            pieces.append({piece, size});
        }
        for (int i = 0; i < pieces.size(); ++i) {
            const auto [piece, size] = pieces.at(i);
            QVERIFY(std::all_of(piece, piece + size, [i](char c) { return c == i % 128; }));
        }
    }

    void takesAReleasedPieceOfTheSameSizeAgain()
    {
        markdown::TreeMemory memory(4'096);
        void *first = memory.allocate(40);
        void *other = memory.allocate(80);
        memory.release(first);
        memory.release(nullptr);
        QVERIFY(memory.allocate(80) != other);
        QCOMPARE(memory.allocate(40), first);
        QVERIFY(memory.allocate(40) != first);
    }

    void keepsWhatAGrowingPieceHolds()
    {
        markdown::TreeMemory memory(16);
        char *piece = static_cast<char *>(memory.grow(nullptr, 6));
        std::memcpy(piece, "begin", 6);
        QCOMPARE(memory.grow(piece, 8), static_cast<void *>(piece)); // there is room behind it
        for (size_t size = 100; size < 100'000; size *= 3) {
            piece = static_cast<char *>(memory.grow(piece, size));
            QCOMPARE(piece, "begin");
        }
    }

    /// Each takes its memory from itself, also when one is read while another is open.
    void treesNest()
    {
        const markdown::Tree outer("# Outer\n\n- [ ] a **b** `c`\n");
        {
            const markdown::Tree inner("# Inner\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
            QCOMPARE(markdown::plainText(inner.get()), u"Inner\na | b\n1 | 2"_s);
        }
        QCOMPARE(markdown::plainText(outer.get()), u"Outer\na b c"_s);
    }
};

QTEST_GUILESS_MAIN(TestTreeMemory)
#include "tst_treememory.moc"
