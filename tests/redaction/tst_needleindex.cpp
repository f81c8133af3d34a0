// SPDX-License-Identifier: Apache-2.0
#include "redaction/needleindex.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace runsheet::redaction;

namespace
{

std::string randomText(QRandomGenerator &random, qsizetype size, int letters)
{
    std::string text;
    for (qsizetype i = 0; i < size; ++i)
        text += static_cast<char>('a' + random.bounded(letters));
    return text;
}

/// Where the raw value begins, the slow way.
std::vector<size_t> placesOf(const std::string &needle, const std::string &text)
{
    std::vector<size_t> places;
    for (size_t at = 0; (at = text.find(needle, at)) != std::string::npos; ++at)
        places.push_back(at);
    return places;
}

} // namespace

class TestNeedleIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutSecretsThereIsNothing()
    {
        const NeedleIndex index({Secret{"SHORT", "seven77"}});
        QVERIFY(index.isEmpty());
        QVERIFY(index.look("seven77seven77").matches.empty());
        QCOMPARE(index.look("seven77").open, 7U);
    }

    void findsWhatASearchFinds()
    {
        // Few letters, so that needles overlap themselves and each other.
        QRandomGenerator random(3);
        for (int round = 0; round < 400; ++round) {
            const std::string needle = randomText(random, 8 + round % 9, 2);
            const std::string text = randomText(random, 400, 2) + needle;
            const NeedleIndex index({Secret{"A", needle}});
            std::vector<size_t> found;
            for (const NeedleIndex::Match &match : index.look(text).matches) {
                if (match.end - match.begin == needle.size())
                    found.push_back(match.begin);
            }
            std::ranges::sort(found);
            QCOMPARE(found, placesOf(needle, text));
        }
    }

    void tellsSecretsApart()
    {
        const NeedleIndex index({{"A", "first-secret"}, {"B", "second-secret"}});
        const auto matches = index.look("the second-secret").matches;
        QCOMPARE(matches.size(), 1U);
        QCOMPARE(matches.front(), (NeedleIndex::Match{.begin = 4, .end = 17, .secret = 1}));
    }

    void noticesTheBeginningOfANeedle()
    {
        const NeedleIndex index({Secret{"A", "hunter2hunter2!!"}});
        QCOMPARE(index.look("text").open, 4U);
        QCOMPARE(index.look("text h").open, 5U);
        QCOMPARE(index.look("text hunter2hunter2!").open, 5U);
        // Whole, it is a match and nothing is open.
        QCOMPARE(index.look("text hunter2hunter2!!").open, 21U);
        // The earliest of several.
        QCOMPARE(index.look("hunter2hunter2").open, 0U);
        QCOMPARE(index.look("Hunter2hunter2").open, 7U);
        QCOMPARE(index.look("text hunt").telling, 9U);
        QCOMPARE(index.look("text hunte").telling, 5U);
    }
};

QTEST_APPLESS_MAIN(TestNeedleIndex)
#include "tst_needleindex.moc"
