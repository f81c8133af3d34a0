// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "base/ids.h"
#include "base/result.h"

#include <QSet>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void detailStandsInBracketsOnOneLine()
    {
        QCOMPARE(describe({.message = u"It failed."_s, .detail = {}}), u"It failed."_s);
        QCOMPARE(describe({.message = u"It failed."_s, .detail = u" ERROR:\n  no\tspace "_s}),
                 u"It failed. (ERROR: no space)"_s);
    }

    void aResultHoldsOneOfTwo()
    {
        const Result<int> good = 7;
        QVERIFY(good && good.hasValue());
        QCOMPARE(*good, 7);
        const Result<int> bad = Error{.kind = Error::Kind::NotFound, .message = u"gone"_s};
        QVERIFY(!bad);
        QCOMPARE(bad.error().kind, Error::Kind::NotFound);
        const Result<void> done;
        QVERIFY(done);
        const Result<void> refused = bad.error();
        QVERIFY(!refused);
        QCOMPARE(refused.error(), bad.error());
    }

    void aValueCanBeMovedOut()
    {
        Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
        QCOMPARE(**result, 3);
        const std::unique_ptr<int> taken = *std::move(result);
        QCOMPARE(*taken, 3);
        QVERIFY(*result == nullptr);
    }

    void idsAreNewEachTimeAndOrderedByText()
    {
        QSet<RunId> ids;
        for (int i = 0; i < 100; ++i)
            ids += RunId::create();
        QCOMPARE(ids.size(), 100);
        QVERIFY(!ids.contains(RunId{}));
        QVERIFY(RunId{}.isEmpty());
        QVERIFY(StepId{u"a"_s} < StepId{u"b"_s});
        QCOMPARE(ids.constBegin()->value.size(), 36);
    }
};

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
