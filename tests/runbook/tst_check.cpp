// SPDX-License-Identifier: Apache-2.0
#include "checkcommand.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodRunbookIsSummed();
    void findingsHaveAPlaceAndSetTheExitCode();
    void noteIsNoFinding();
    void unreadableFileDoesNotHideTheOthers();
    void noFileIsAUsageError();
    void jsonHoldsAnObjectPerFile();
    void adviceIsAmongTheFindings();
    void teamsOwnRulesComeFirst();
    void brokenRulesAreAnError();

private:
    struct Outcome
    {
        int code = 0;
        QString out;
        QString err;
    };
    static Outcome check(const QStringList &files, bool json = false, const QString &rules = {})
    {
        Outcome outcome;
        QTextStream out(&outcome.out);
        QTextStream err(&outcome.err);
        outcome.code =
            runCheck({.files = files, .json = json, .phaseRules = rules, .looksAtComputer = false},
                     out, err);
        out.flush();
        err.flush();
        return outcome;
    }
    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        return written ? file.fileName() : QString();
    }

    QTemporaryDir m_folder;
};

void TestCheck::goodRunbookIsSummed()
{
    const QString file = write(
        u"good.md"_s, "# Shop\n## Execution\n1. a\n   ```sh\n   x\n   ```\n## Rollback\n1. b\n");
    const Outcome outcome = check({file});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.out,
             file + u": “Shop”, 2 phases, 2 steps, 1 command\n1 runbook: nothing found\n"_s);
    QVERIFY(outcome.err.isEmpty());
}

void TestCheck::findingsHaveAPlaceAndSetTheExitCode()
{
    const QString file = write(u"bad.md"_s, "# Shop\n## Execution\n- [ ] \u00E2\u2020\u2019 b\n");
    const Outcome outcome = check({file});
    QCOMPARE(outcome.code, 1);
    const QString first = outcome.out.section(u'\n', 1, 1);
    QVERIFY2(first.startsWith(file + u":3:7: warning: "_s), qPrintable(first));
    QVERIFY2(first.endsWith(u"[mojibake]"_s), qPrintable(first));

    const QString empty = write(u"empty.md"_s, "");
    const Outcome whole = check({empty});
    QCOMPARE(whole.code, 1);
    QVERIFY2(whole.out.contains(u'\n' + empty + u": error: "_s), qPrintable(whole.out));
    QVERIFY(whole.out.endsWith(u"\n1 runbook: 1 error, 0 warnings, 0 notes\n"_s));
}

void TestCheck::noteIsNoFinding()
{
    const Outcome outcome = check({write(u"note.md"_s, "## Execution\n- [ ] a\n## Rollback\n")});
    QVERIFY(outcome.out.contains(u": note: "_s));
    QCOMPARE(outcome.code, 0);
}

void TestCheck::unreadableFileDoesNotHideTheOthers()
{
    const QString file = write(u"good.md"_s, "## Execution\n- [ ] a\n");
    const Outcome outcome = check({m_folder.filePath(u"none.md"_s), m_folder.path(), file});
    QCOMPARE(outcome.code, 2);
    QCOMPARE(outcome.err.count(u'\n'), 2);
    QVERIFY(outcome.err.contains(u"none.md"_s));
    QVERIFY(outcome.out.contains(u"1 step,"_s));
}

void TestCheck::noFileIsAUsageError()
{
    const Outcome outcome = check({});
    QCOMPARE(outcome.code, 2);
    QVERIFY(!outcome.err.isEmpty());
}

void TestCheck::jsonHoldsAnObjectPerFile()
{
    const QString one = write(u"one.md"_s,
                              "# A\n## 1 Week Before\n- [ ] a\n  - [ ] b\n    ```sh\n    x\n    "
                              "```\n## Rollback\nUndo it.\n");
    const QString two = write(u"two.md"_s, "nothing\n");
    const Outcome outcome = check({one, two}, true);
    QCOMPARE(outcome.code, 1);
    const QJsonArray array = QJsonDocument::fromJson(outcome.out.toUtf8()).array();
    QCOMPARE(array.size(), 2);
    const QJsonObject first = array.first().toObject();
    QCOMPARE(first.value(u"file"_s).toString(), one);
    QCOMPARE(first.value(u"title"_s).toString(), u"A"_s);
    QCOMPARE(first.value(u"sha256"_s).toString().size(), 64);
    const QJsonObject counts{
        {u"headings"_s, 3},          {u"task_items"_s, 2},
        {u"nested_task_items"_s, 1}, {u"ordered_items"_s, 0},
        {u"bullet_items"_s, 0},      {u"code_blocks"_s, QJsonObject{{u"sh"_s, 1}}},
    };
    QCOMPARE(first.value(u"counts"_s).toObject(), counts);
    const QJsonObject phase{
        {u"id"_s, u"1-week-before"_s},
        {u"kind"_s, u"week-before"_s},
        {u"group"_s, u"before"_s},
        {u"title"_s, u"1 Week Before"_s},
        {u"due_seconds"_s, -604'800},
        {u"steps"_s, 2},
        {u"commands"_s, 1},
    };
    QCOMPARE(first.value(u"phases"_s).toArray().size(), 2);
    QCOMPARE(first.value(u"phases"_s).toArray().first().toObject(), phase);
    QVERIFY(first.value(u"diagnostics"_s).toArray().isEmpty());
    const QJsonObject finding =
        array.last().toObject().value(u"diagnostics"_s).toArray().first().toObject();
    QCOMPARE(finding.value(u"code"_s).toString(), u"no-steps"_s);
    QCOMPARE(finding.value(u"severity"_s).toString(), u"error"_s);
}

void TestCheck::adviceIsAmongTheFindings()
{
    const QString file = write(u"risky.md"_s,
                               "## Execution\n1. a\n   ```sh\n   rm -rf data\n   ```\n## "
                               "Rollback\n1. b\n   ```\n   PGPASSWORD=hunter2 psql -l\n   ```\n");
    const Outcome outcome = check({file});
    QCOMPARE(outcome.code, 1);
    QVERIFY(outcome.out.contains(file + u":4:4: warning: "_s));
    QVERIFY(outcome.out.contains(u"[destructive-command]"_s));
    QVERIFY(outcome.out.contains(file + u":9:15: error: "_s));
    QVERIFY(outcome.out.contains(u"[password-in-runbook]"_s));
    QVERIFY(!outcome.out.contains(u"hunter2"_s));
    QVERIFY(outcome.out.endsWith(u"1 runbook: 1 error, 1 warning, 0 notes\n"_s));
}

void TestCheck::teamsOwnRulesComeFirst()
{
    const QString rules = write(u"phaserules.yaml"_s,
                                "rules:\n  - {kind: freeze, match: '^code freeze', group: before, "
                                "due: -3d, steps: true}\n");
    const QString file = write(u"freeze.md"_s, "## Code Freeze\n1. Tell all\n");
    QVERIFY(check({file}).out.contains(u"[no-steps]"_s));
    const Outcome outcome = check({file}, true, rules);
    QCOMPARE(outcome.code, 0);
    const QJsonObject phase = QJsonDocument::fromJson(outcome.out.toUtf8())
                                  .array()
                                  .first()
                                  .toObject()
                                  .value(u"phases"_s)
                                  .toArray()
                                  .first()
                                  .toObject();
    QCOMPARE(phase.value(u"kind"_s).toString(), u"freeze"_s);
    QCOMPARE(phase.value(u"due_seconds"_s).toInteger(), -259'200);
}

void TestCheck::brokenRulesAreAnError()
{
    const QString file = write(u"good.md"_s, "## Execution\n- [ ] a\n");
    const QString broken =
        write(u"broken.yaml"_s, "rules:\n  - {kind: x, match: '(', group: before}\n");
    const Outcome rule = check({file}, false, broken);
    QCOMPARE(rule.code, 2);
    QVERIFY2(rule.err.contains(broken) && rule.err.contains(u"line 2"_s), qPrintable(rule.err));
    const QString noYaml = write(u"noyaml.yaml"_s, "rules:\n  - [\n");
    const Outcome yaml = check({file}, false, noYaml);
    QCOMPARE(yaml.code, 2);
    QVERIFY2(yaml.err.contains(u"line "_s), qPrintable(yaml.err));
}

QTEST_GUILESS_MAIN(TestCheck)
#include "tst_check.moc"
