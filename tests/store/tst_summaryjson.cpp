// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "store/summaryjson.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

RunSummary sample()
{
    return {.id = RunId{u"abcd"_s},
            .number = 14,
            .runbookTitle = u"Add “notifications” \U0001F680"_s,
            .environmentName = u"production"_s,
            .environmentColour = u"red"_s,
            .mode = RunMode::Live,
            .status = RunStatus::RolledBack,
            .createdAt = QDateTime(QDate(2026, 11, 20), QTime(1, 40, 0, 7), Qt::UTC),
            .endedAt = QDateTime(QDate(2026, 11, 20), QTime(3, 40), Qt::UTC),
            .closedSteps = 3,
            .totalSteps = 12,
            .openExecutions = 1,
            .signedBy = {u"Rosa"_s, u"Deniz"_s}};
}

} // namespace

class SummaryJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack_data()
    {
        QTest::addColumn<RunSummary>("summary");
        QTest::newRow("ended") << sample();
        RunSummary open = sample();
        open.status = RunStatus::InProgress;
        open.mode = RunMode::Rehearsal;
        open.endedAt = {};
        open.signedBy = {};
        QTest::newRow("in progress") << open;
        QTest::newRow("nothing known") << RunSummary{};
    }
    void everythingComesBack()
    {
        QFETCH(const RunSummary, summary);
        const auto back = summaryFromJson(summaryToJson(summary));
        QVERIFY(back.has_value());
        QCOMPARE(*back, summary);
    }

    void whatCannotBeReadIsMadeAgain_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("cut") << summaryToJson(sample()).chopped(5);
        const QJsonObject whole = *parseJsonObject(summaryToJson(sample()));
        for (const QString &key : whole.keys()) {
            QJsonObject without = whole;
            without.remove(key);
            QTest::newRow(qPrintable(u"without "_s + key)) << canonicalJson(without);
        }
        const auto with = [&whole](const QString &key, const QJsonValue &value) {
            QJsonObject changed = whole;
            changed.insert(key, value);
            return canonicalJson(changed);
        };
        QTest::newRow("older") << with(u"v"_s, 0);
        QTest::newRow("newer") << with(u"v"_s, 2);
        QTest::newRow("unknown status") << with(u"status"_s, 99);
        QTest::newRow("negative status") << with(u"status"_s, -1);
        QTest::newRow("number as text") << with(u"number"_s, u"14"_s);
    }
    void whatCannotBeReadIsMadeAgain()
    {
        QFETCH(const QByteArray, bytes);
        QVERIFY(!summaryFromJson(bytes));
    }
};

QTEST_GUILESS_MAIN(SummaryJsonTest)
#include "tst_summaryjson.moc"
