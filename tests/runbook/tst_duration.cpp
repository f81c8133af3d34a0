// SPDX-License-Identifier: Apache-2.0
#include "runbook/duration.h"

#include "runbook/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestDuration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durationIsRead_data();
    void durationIsRead();
    void waitIsFoundInText_data();
    void waitIsFoundInText();
    void stepWaitsAsItsTitleOrTextSays();

private:
    static constexpr qint64 kNone = -1;
};

void TestDuration::durationIsRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds");
    const auto row = [](const char *text, qint64 seconds) {
        QTest::newRow(text) << QString::fromLatin1(text) << seconds;
    };
    row("-7d", -604'800);
    row("+1w", 604'800);
    row("30 minutes", 1'800);
    row(" 1 h ", 3'600);
    row("45s", 45);
    row("0m", 0);
    row("7", kNone);
    row("d", kNone);
    row("1.5h", kNone);
    row("1 year", kNone);
    row("", kNone);
}

void TestDuration::durationIsRead()
{
    QFETCH(QString, text);
    QTEST(durationIn(text).value_or(kNone), "seconds");
}

void TestDuration::waitIsFoundInText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds");
    const auto row = [](const char *text, qint64 seconds) {
        QTest::newRow(text) << QString::fromUtf8(text) << seconds;
    };
    row("Monitor for 15 minutes:", 900);
    row("Watch error rates for 1 hour", 3'600);
    row("monitor for 30 min", 1'800);
    row("Watch the dashboards over the next 24 hours", 86'400);
    row("Watch 24 hours", 86'400);
    row("Wait at least half an hour before the next step", 1'800);
    row("Observe latency (p99 < 0.5 s) for an hour", 3'600);
    row("Let it bake for 15-30 minutes", 1'800);
    row("Wait 90 s", 90);
    row("Keep an eye on replication lag for two days", 172'800);
    row("Error rate stable for 10 minutes", 600);
    row("Keep the backup for 30 days", kNone);
    row("Logs are retained for 7 days", kNone);
    row("Downtime of about 15 minutes is announced", kNone);
    row("Monitor the logs. The window lasts for 2 hours.", kNone);
    row("Watch for errors", kNone);
    row("Monitor for 5 millimetres", kNone);
    row("Watch for 0 minutes", kNone);
    row("Monitor every 5 minutes for 1 hour", 3'600);
    row("Look for queries that run longer than 5 minutes", kNone);
    row("Watch errors over the last 5 minutes", kNone);
    row("Monitor for 90 days", kNone);
    row("Record for 10 minutes of quiet", kNone);
}

void TestDuration::waitIsFoundInText()
{
    QFETCH(QString, text);
    QTEST(waitAskedFor(text).value_or(kNone), "seconds");
}

void TestDuration::stepWaitsAsItsTitleOrTextSays()
{
    const Runbook runbook = parseRunbook("## Execution\n"
                                         "1. Monitor for 15 minutes\n\n   Watch it for 1 hour.\n"
                                         "2. Monitor\n   - Watch error rates for 1 hour\n"
                                         "3. Go\n",
                                         u"x.md"_s);
    const QList<Step> &steps = runbook.phases.first().steps;
    QCOMPARE(steps.at(0).waitSeconds, 900);
    QCOMPARE(steps.at(1).waitSeconds, 3'600);
    QVERIFY(!steps.at(2).waitSeconds);
}

QTEST_GUILESS_MAIN(TestDuration)
#include "tst_duration.moc"
