// SPDX-License-Identifier: Apache-2.0
#include "runbook/parser.h"

#include "golden.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

/// Five runbooks as their teams wrote them, kept beside the source tree.
class TestSeeds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsAreThoseOfTheReferenceParser_data();
    void countsAreThoseOfTheReferenceParser();
    void phasesAreThoseAPersonSees_data();
    void phasesAreThoseAPersonSees();
    void timedPhasesKnowWhenTheyAreDue();
    void executionHoldsItsCommands();
    void mojibakeIsNamed();
    void outlineIsThatOfTheReview_data();
    void outlineIsThatOfTheReview();

private:
    QDir m_seeds{QStringLiteral(RUNSHEET_SOURCE_DIR "/../shared/seeds")};

    [[nodiscard]] Runbook seed(const QString &number) const;
};

void TestSeeds::init()
{
    if (!m_seeds.exists())
        QSKIP("The collected runbooks (../shared/seeds) are not on this machine.");
}

Runbook TestSeeds::seed(const QString &number) const
{
    const QStringList names = m_seeds.entryList(QStringList{number + u"_*.txt"_s});
    const Result<Runbook> runbook = loadRunbook(m_seeds.filePath(names.value(0)));
    return runbook ? *runbook : Runbook();
}

void TestSeeds::countsAreThoseOfTheReferenceParser_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonObject>("expected");
    QFile file(m_seeds.filePath(u"expected.json"_s));
    if (!file.open(QIODevice::ReadOnly)) {
        QTest::newRow("none") << QString() << QJsonObject();
        return;
    }
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    for (const QString &name : all.keys())
        QTest::newRow(qPrintable(name)) << name << all.value(name).toObject();
}

void TestSeeds::countsAreThoseOfTheReferenceParser()
{
    QFETCH(QString, name);
    QFETCH(QJsonObject, expected);
    const Result<Runbook> runbook = loadRunbook(m_seeds.filePath(name));
    QVERIFY(runbook.hasValue());
    QCOMPARE(runbook->counts.toJson(), expected);
    QVERIFY(!runbook->hasErrors());
}

void TestSeeds::phasesAreThoseAPersonSees_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<QStringList>("phases");
    QTest::newRow("000") << u"000"_s
                         << QStringList{
                                u"- introduction 0: Migration Procedures Runbook"_s,
                                u"B prerequisites 0: Prerequisites"_s,
                                u"B pre-migration 5: Pre-Migration"_s,
                                u"W execution 3: Migration Execution"_s,
                                u"A post-migration 4: Post-Migration"_s,
                                u"R rollback 6: Rollback Procedure"_s,
                                u"- section 0: Current Storage"_s,
                                u"- best-practices 0: Gotchas"_s,
                            };
    QTest::newRow("001") << u"001"_s
                         << QStringList{
                                u"- introduction 0: Migration Runbook"_s,
                                u"- overview 0: Overview"_s,
                                u"B pre-migration 5: Pre-Migration Checklist"_s,
                                u"W phase 4: Phase 1: Expand (Non-Breaking Changes)"_s,
                                u"W phase 3: Phase 2: Backfill (Data Population)"_s,
                                u"W phase 3: Phase 3: Switch (Deploy New Code)"_s,
                                u"W phase 3: Phase 4: Contract (Remove Old Schema)"_s,
                                u"R rollback 3: Emergency Rollback"_s,
                                u"- section 0: Monitoring and Alerts"_s,
                                u"- troubleshooting 0: Common Issues and Solutions"_s,
                                u"- best-practices 0: Best Practices"_s,
                                u"- contacts 0: Contact Information"_s,
                                u"- links 0: Related Documentation"_s,
                            };
    QTest::newRow("002") << u"002"_s
                         << QStringList{
                                u"- introduction 0: Migration Runbook"_s,
                                u"- overview 0: Overview"_s,
                                u"B pre-migration 4: Pre-Migration Checklist"_s,
                                u"W process 6: Migration Process"_s,
                                u"- section 0: Migration Types"_s,
                                u"R scenario 3: Prisma Rollback"_s,
                                u"R scenario 3: Supabase Rollback"_s,
                                u"- section 0: Data Migration"_s,
                                u"W verification 4: Verification Steps"_s,
                                u"- troubleshooting 0: Common Issues"_s,
                                u"- best-practices 0: Best Practices"_s,
                                u"R scenario 5: If Migration Breaks Production"_s,
                                u"- section 0: Migration Scripts"_s,
                                u"- links 0: Resources"_s,
                                u"- contacts 0: Support"_s,
                            };
    QTest::newRow("003") << u"003"_s
                         << QStringList{
                                u"B week-before 17: 1 Week Before Migration"_s,
                                u"B day-before 11: 24 Hours Before Migration"_s,
                                u"B hour-before 6: 1 Hour Before Migration"_s,
                                u"W execution 7: Migration Execution"_s,
                                u"R scenario 2: Scenario 1: Migration Fails During Execution"_s,
                                u"R scenario 5: Scenario 2: Application Issues Post-Migration"_s,
                                u"R scenario 4: Scenario 3: Data Corruption"_s,
                                u"A immediate 10: Immediate (0-1 hour)"_s,
                                u"A short-term 10: Short-term (1-24 hours)"_s,
                                u"A long-term 10: Long-term (1-7 days)"_s,
                                u"- contacts 0: Emergency Contacts"_s,
                                u"- command-reference 0: Command Reference"_s,
                                u"- troubleshooting 0: Troubleshooting Guide"_s,
                                u"- best-practices 0: Performance Optimization Tips"_s,
                                u"- appendix 0: Appendix: SQL Scripts"_s,
                            };
    QTest::newRow("004") << u"004"_s
                         << QStringList{
                                u"- introduction 0: Database Migration Runbook"_s,
                                u"- overview 0: Overview"_s,
                                u"B pre-migration 21: Pre-Migration Checklist"_s,
                                u"W execution 11: Migration Execution"_s,
                                u"R rollback 5: Rollback Procedures"_s,
                                u"- best-practices 0: Migration Best Practices"_s,
                                u"- section 0: Common Migration Scenarios"_s,
                                u"- troubleshooting 0: Troubleshooting"_s,
                                u"- links 0: Related Documentation"_s,
                            };
}

void TestSeeds::phasesAreThoseAPersonSees()
{
    QFETCH(QString, number);
    QFETCH(QStringList, phases);
    const Runbook runbook = seed(number);
    QStringList found;
    for (const Phase &phase : runbook.phases)
        found << u"%1 %2 %3: %4"_s.arg(groupLetter(phase.group), phase.kind)
                     .arg(phase.steps.size())
                     .arg(phase.title);
    QCOMPARE(found, phases);
}

void TestSeeds::timedPhasesKnowWhenTheyAreDue()
{
    const Runbook runbook = seed(u"003"_s);
    QMap<QString, qint64> due;
    for (const Phase &phase : runbook.phases) {
        if (phase.dueSeconds)
            due.insert(phase.shortTitle, *phase.dueSeconds);
    }
    const QMap<QString, qint64> expected{
        {u"1 week"_s, -604'800}, {u"24 hours"_s, -86'400},  {u"1 hour"_s, -3'600},
        {u"0–1 hour"_s, 3'600},  {u"1–24 hours"_s, 86'400}, {u"1–7 days"_s, 604'800},
    };
    QCOMPARE(due, expected);
}

void TestSeeds::executionHoldsItsCommands()
{
    const Runbook runbook = seed(u"003"_s);
    const Step *first = runbook.step({u"migration-execution/step-1-pre-migration-validation"_s});
    QVERIFY(first != nullptr);
    QCOMPARE(first->commands.size(), 3);
    QCOMPARE(first->commands.last().label, u"Perform dry run"_s);
    QCOMPARE(first->expectations.size(), 1);
    QCOMPARE(first->expectations.first().command, first->commands.last().id);

    const Step *migrate = runbook.step({u"migration-execution/step-4-execute-migration"_s});
    QVERIFY(migrate != nullptr);
    QVERIFY(!migrate->commands.first().follower);
    QVERIFY(migrate->commands.last().follower);

    const Step *review =
        runbook.step({u"1-week-before-migration/code-review-completed-by-2-engineers"_s});
    QVERIFY(review != nullptr);
    QCOMPARE(review->signOffs, 2);
}

void TestSeeds::mojibakeIsNamed()
{
    for (const auto &[number, line] : {std::pair(u"002"_s, 93), std::pair(u"003"_s, 74)}) {
        const Runbook runbook = seed(number);
        QCOMPARE(runbook.diagnostics.size(), 1);
        QCOMPARE(runbook.diagnostics.first().code, u"mojibake"_s);
        QCOMPARE(runbook.diagnostics.first().location.line, line);
    }
}

void TestSeeds::outlineIsThatOfTheReview_data()
{
    QTest::addColumn<QString>("number");
    for (const char *number : {"000", "001", "002", "003", "004"})
        QTest::newRow(number) << QString::fromLatin1(number);
}

/// Long texts are cut: the outline shows what became of each block, not the block.
void TestSeeds::outlineIsThatOfTheReview()
{
    QFETCH(QString, number);
    const QString actual = GoldenOutline(40, 2).of(seed(number));
    const QString expected = goldenText(
        QStringLiteral(RUNSHEET_SOURCE_DIR "/tests/data/seeds/%1.outline").arg(number), actual);
    QCOMPARE(actual.split(u'\n'), expected.split(u'\n'));
}

QTEST_GUILESS_MAIN(TestSeeds)
#include "tst_seeds.moc"
