// SPDX-License-Identifier: Apache-2.0
#include "runbook/phaserules.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestPhaseRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headingsAreRecognised_data();
    void headingsAreRecognised();
    void headingOpensOnlyWhereItMay();
    void dueTimeComesFromTheHeading();
    void firstMatchWins();
    void shortTitleTakesCaptures();
    void brokenRulesAreRefused_data();
    void brokenRulesAreRefused();
    void rulesOfAFileComeBeforeOurs();
    void userFileStandsInTheConfigurationFolder();
};

void TestPhaseRules::headingsAreRecognised_data()
{
    QTest::addColumn<QString>("heading");
    QTest::addColumn<QString>("kind");
    const auto row = [](const QString &heading, const QString &kind) {
        QTest::newRow(qPrintable(heading)) << heading << kind;
    };
    row(u"1 Week Before Migration"_s, u"week-before"_s);
    row(u"📋 T-24h"_s, u"day-before"_s);
    row(u"One hour before"_s, u"hour-before"_s);
    row(u"48 hours before"_s, u"time-before"_s);
    row(u"2. Pre-Migration Checklist"_s, u"pre-migration"_s);
    row(u"Prerequisites"_s, u"prerequisites"_s);
    row(u"Migration Execution"_s, u"execution"_s);
    row(u"Phase 2: Backfill (Data Population)"_s, u"phase"_s);
    row(u"Verification Steps"_s, u"verification"_s);
    row(u"Immediate (0-1 hour)"_s, u"immediate"_s);
    row(u"Post-Migration: Short-term (1–24 hours)"_s, u"short-term"_s);
    row(u"Long-term (1-7 days)"_s, u"long-term"_s);
    row(u"Post-Migration"_s, u"post-migration"_s);
    row(u"Emergency Rollback"_s, u"rollback"_s);
    row(u"Emergency Procedures"_s, u"rollback"_s);
    row(u"Scenario 1: Migration Fails"_s, u"scenario"_s);
    row(u"Emergency Contacts"_s, u"contacts"_s);
    row(u"Common Issues and Solutions"_s, u"troubleshooting"_s);
    row(u"Migration Best Practices"_s, u"best-practices"_s);
    row(u"Command Reference"_s, u"command-reference"_s);
    row(u"Appendix: Performance Tips"_s, u"appendix"_s);
    row(u"Related Documentation"_s, u"links"_s);
    row(u"Overview"_s, u"overview"_s);
    row(u"Migration Types"_s, QString());
    row(u"Data Migration"_s, QString());
    row(u"Common Migration Scenarios"_s, QString());
}

void TestPhaseRules::headingsAreRecognised()
{
    QFETCH(QString, heading);
    const PhaseMatch match = PhaseRules::bundled().matchInside(heading, u"top"_s);
    QTEST(match.rule != nullptr ? match.rule->kind : QString(), "kind");
}

void TestPhaseRules::headingOpensOnlyWhereItMay()
{
    const PhaseRules &rules = PhaseRules::bundled();
    QVERIFY(rules.matchInside(u"Prisma Rollback"_s, u"rollback"_s).rule != nullptr);
    QVERIFY(rules.matchInside(u"When to Rollback"_s, u"rollback"_s).rule == nullptr);
    QVERIFY(rules.matchInside(u"Rollback Commands"_s, u"command-reference"_s).rule == nullptr);
    QVERIFY(rules.matchInside(u"Verification"_s, u"execution"_s).rule == nullptr);
    QVERIFY(rules.matchInside(u"After Migration"_s, u"verification"_s).rule == nullptr);
}

void TestPhaseRules::dueTimeComesFromTheHeading()
{
    const PhaseRules &rules = PhaseRules::bundled();
    QCOMPARE(rules.matchInside(u"1 Week Before"_s, u"top"_s).dueSeconds,
             std::optional<qint64>(-604'800));
    QCOMPARE(rules.matchInside(u"30 minutes before"_s, u"top"_s).dueSeconds,
             std::optional<qint64>(-1'800));
    QCOMPARE(rules.matchInside(u"2 hours after"_s, u"top"_s).dueSeconds,
             std::optional<qint64>(7'200));
    QVERIFY(!rules.matchInside(u"Execution"_s, u"top"_s).dueSeconds);
}

void TestPhaseRules::firstMatchWins()
{
    const auto rules = PhaseRules::fromYaml("rules:\n"
                                            "  - {kind: a, match: back, group: before}\n"
                                            "  - {kind: b, match: backup, group: after}\n");
    QVERIFY(rules.hasValue());
    QCOMPARE(rules->all().size(), 2);
    QCOMPARE(rules->match(u"1. BACKUP"_s)->kind, u"a"_s);
    QVERIFY(rules->match(u"restore"_s) == nullptr);
}

void TestPhaseRules::shortTitleTakesCaptures()
{
    const auto rules = PhaseRules::fromYaml(
        "rules:\n  - {kind: a, match: 'part (\\d+)', group: window, short: 'P\\1'}\n");
    QVERIFY(rules.hasValue());
    QCOMPARE(rules->matchInside(u"Part 7: Switch"_s, u"top"_s).shortTitle, u"P7"_s);
    QCOMPARE(rules->matchInside(u"2. Other (aside)"_s, u"top"_s).shortTitle, u"Other"_s);
}

void TestPhaseRules::brokenRulesAreRefused_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("says");
    QTest::newRow("no YAML") << QByteArray("rules: [") << u"YAML"_s;
    QTest::newRow("no list") << QByteArray("rule: 1\n") << u"rules"_s;
    QTest::newRow("scalar") << QByteArray("just text") << u"rules"_s;
    QTest::newRow("empty") << QByteArray() << u"rules"_s;
    QTest::newRow("no map") << QByteArray("rules:\n  - x\n") << u"line 2"_s;
    QTest::newRow("expression") << QByteArray("rules:\n  - {kind: a, match: '(', group: window}\n")
                                << u"regular expression"_s;
    QTest::newRow("group") << QByteArray("rules:\n  - {kind: a, match: a, group: moon}\n")
                           << u"group"_s;
    QTest::newRow("due") << QByteArray(
        "rules:\n  - {kind: a, match: a, group: window, due: soon}\n")
                         << u"due"_s;
    QTest::newRow("no kind") << QByteArray("rules:\n  - {match: a, group: window}\n") << u"kind"_s;
}

void TestPhaseRules::brokenRulesAreRefused()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, says);
    const auto rules = PhaseRules::fromYaml(yaml);
    QVERIFY(!rules);
    QCOMPARE(rules.error().kind, Error::Kind::Invalid);
    QVERIFY2(rules.error().message.contains(says), qPrintable(rules.error().message));
}

void TestPhaseRules::rulesOfAFileComeBeforeOurs()
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(u"phaserules.yaml"_s);
    const Result<PhaseRules> without = PhaseRules::withFile(name);
    QVERIFY(without.hasValue());
    QCOMPARE(without->all().size(), PhaseRules::bundled().all().size());

    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("rules:\n  - {kind: mine, match: '^rollback$', group: after}\n");
    file.close();
    const Result<PhaseRules> with = PhaseRules::withFile(name);
    QVERIFY(with.hasValue());
    QCOMPARE(with->match(u"Rollback"_s)->kind, u"mine"_s);
    QCOMPARE(with->match(u"Overview"_s)->kind, u"overview"_s);

    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("rules:\n  - {kind: mine, match: x, group: now}\n");
    file.close();
    const Result<PhaseRules> broken = PhaseRules::withFile(name);
    QVERIFY(!broken.hasValue());
    QVERIFY2(broken.error().message.contains(name), qPrintable(broken.error().message));
    QVERIFY2(broken.error().message.contains(u"line 2"_s), qPrintable(broken.error().message));
}

void TestPhaseRules::userFileStandsInTheConfigurationFolder()
{
    QVERIFY(PhaseRules::userFile().endsWith(u"/runsheet/phaserules.yaml"_s));
}

QTEST_GUILESS_MAIN(TestPhaseRules)
#include "tst_phaserules.moc"
