// SPDX-License-Identifier: Apache-2.0
#include "runbook/parser.h"

#include "outline.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void markdownBecomesPhasesAndSteps_data();
    void markdownBecomesPhasesAndSteps();
    void titleIsTheFirstHeadingElseTheFileName_data();
    void titleIsTheFirstHeadingElseTheFileName();
    void idsAreUniqueAndStable();
    void parentsAndChildrenKnowEachOther();
    void everythingKnowsItsLine();
    void textKeepsItsPlaceBetweenSteps();
    void expectationBelongsToTheCommandBefore();
    void attributesReachTheCommand();
    void commandKnowsWhatItNeeds();
    void oneAlternativeAloneIsNoChoice();
    void titleAsksForSignOffs_data();
    void titleAsksForSignOffs();
    void checkedBoxIsRememberedButNoSignOff();
    void headingWithoutOwnTextBecomesSection();
    void diagnosticsNameTheirCause_data();
    void diagnosticsNameTheirCause();
    void sourceIsKeptAsRead();
    void fileThatCannotBeReadGivesAnError();

private:
    static Runbook parse(const QString &markdown)
    {
        return parseRunbook(markdown.toUtf8(), u"test.md"_s);
    }
};

void TestParser::markdownBecomesPhasesAndSteps_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QStringList>("expected");

    QTest::newRow("tasks are steps anywhere, nested ones children")
        << u"# R\n## 1 Week Before\n- [ ] **Review**\n  - [ ] code\n  - [ ] sql\n- [x] Tell\n"_s
        << QStringList{u"B week-before: 1 Week Before"_s, u"  * Review"_s, u"    * code"_s,
                       u"    * sql"_s, u"  * Tell"_s};
    QTest::newRow("numbered items are steps in execution, bullets are notes")
        << u"## Execution\n1. **Stop:**\n   - gently\n2. Start\n"_s
        << QStringList{u"W execution: Execution"_s, u"  * Stop"_s, u"    : gently"_s,
                       u"  * Start"_s};
    QTest::newRow("numbered items are text in reference material")
        << u"## Overview\n1. Expand\n2. Contract\n## Execution\n- [ ] go\n"_s
        << QStringList{u"- overview: Overview"_s, u"  | Expand"_s, u"  | Contract"_s,
                       u"W execution: Execution"_s, u"  * go"_s};
    QTest::newRow("step headings are steps with their commands")
        << u"## Execution\n### Step 1: Backup\nTake care.\n```bash\npg_dump shop\n```\n### Step 2: Look\n- at it\n"_s
        << QStringList{u"W execution: Execution"_s, u"  * Step 1: Backup"_s, u"    : Take care."_s,
                       u"    $ pg_dump shop"_s,     u"  * Step 2: Look"_s,   u"    : at it"_s};
    QTest::newRow("numbered headings are parents of the tasks below them")
        << u"## Pre-Migration Checklist\n### 1. Backup\n- [ ] made\n- [ ] read\n### 2. Talk\nTo all.\n"_s
        << QStringList{u"B pre-migration: Pre-Migration Checklist"_s,
                       u"  * 1. Backup"_s,
                       u"    * made"_s,
                       u"    * read"_s,
                       u"  * 2. Talk"_s,
                       u"    : To all."_s};
    QTest::newRow("plain headings between tasks are text")
        << u"## Pre-Migration\n### Team\n- [ ] told\n### Server\n- [ ] up\n"_s
        << QStringList{u"B pre-migration: Pre-Migration"_s, u"  | Team"_s, u"  * told"_s,
                       u"  | Server"_s, u"  * up"_s};
    QTest::newRow("a heading with a command right below it is a step, its heading a parent")
        << u"## Migration Process\n### Prisma\n#### Production\n```sh\nmigrate\n```\n"_s
        << QStringList{u"W process: Migration Process"_s, u"  * Prisma"_s, u"    * Production"_s,
                       u"      $ migrate"_s};
    QTest::newRow("a scenario's commented commands are its steps")
        << u"## Rollback\n### Scenario 1: Fails\n```bash\n# Stop\nstop\n\n# 2. By hand\n\n# Start\nstart\n```\n"_s
        << QStringList{u"R scenario: Scenario 1: Fails"_s,
                       u"  * Stop"_s,
                       u"    $ # Stop\nstop"_s,
                       u"  * 2. By hand"_s,
                       u"    : # 2. By hand"_s,
                       u"  * Start"_s,
                       u"    $ # Start\nstart"_s};
    QTest::newRow("a scenario's bare command is one step")
        << u"## Rollback\n### Scenario 1: Fails\n```bash\nstop\n```\n"_s
        << QStringList{u"R scenario: Scenario 1: Fails"_s, u"  * Scenario 1: Fails"_s,
                       u"    $ stop"_s};
    QTest::newRow("a block behind an item belongs to it")
        << u"## Verification\n1. **Status**\n```bash\nstatus\n```\n\n2. Look\n- here\n"_s
        << QStringList{u"W verification: Verification"_s, u"  * Status"_s, u"    $ status"_s,
                       u"  * Look"_s, u"    : here"_s};
    QTest::newRow("commands of reference material are text")
        << u"## Command Reference\n### Rollback Commands\n```bash\ndown\n```\n## Execution\n1. x\n"_s
        << QStringList{u"- command-reference: Command Reference"_s, u"  | Rollback Commands"_s,
                       u"  | down"_s, u"W execution: Execution"_s, u"  * x"_s};
    QTest::newRow("a block of comments is a note")
        << u"## Execution\n1. Restore\n   ```bash\n   # Ask the provider\n   ```\n"_s
        << QStringList{u"W execution: Execution"_s, u"  * Restore"_s,
                       u"    : # Ask the provider"_s};
    QTest::newRow("other languages are notes")
        << u"## Execution\n1. Write\n   ```typescript\n   let x;\n   ```\n"_s
        << QStringList{u"W execution: Execution"_s, u"  * Write"_s, u"    : let x;"_s};
    QTest::newRow("an unknown section with tasks is part of the window")
        << u"# R\nHello.\n## Switch over\n- [ ] switch\n"_s
        << QStringList{u"- introduction: R"_s, u"  | Hello."_s, u"W section: Switch over"_s,
                       u"  * switch"_s};
    QTest::newRow("bullets that hold tasks are their parents")
        << u"## Execution\n- Servers\n  - [ ] one\n  - [ ] two\n"_s
        << QStringList{u"W execution: Execution"_s, u"  * Servers"_s, u"    * one"_s,
                       u"    * two"_s};
    QTest::newRow("tables, quotes, HTML and links are kept")
        << u"## Contacts\n| who | tel |\n|---|---|\n| dba | 1 |\n\n> quoted\n\n<b>x</b>\n\n[a](b)\n"_s
        << QStringList{u"- contacts: Contacts"_s, u"  | who | tel\ndba | 1"_s, u"  | quoted"_s,
                       u"  | <b>x</b>"_s, u"  | a (b)"_s};
    QTest::newRow("tasks in a code block are none")
        << u"## Execution\n1. Copy\n   ```\n   - [ ] no\n   ```\n"_s
        << QStringList{u"W execution: Execution"_s, u"  * Copy"_s, u"    : - [ ] no"_s};
    QTest::newRow("a block without a language is a command when it reads as one")
        << u"## Execution\n1. Run\n   ```\n   kubectl get pods\n   ```\n   ```\n   NAME READY\n   ```\n"_s
        << QStringList{u"W execution: Execution"_s, u"  * Run"_s, u"    : NAME READY"_s,
                       u"    $ kubectl get pods"_s};
    QTest::newRow("words in a shell block are a note")
        << u"## Execution\n1. Run\n   ```bash\n   1. Stop the job (Ctrl+C)\n   2. Wait\n   ```\n"_s
        << QStringList{u"W execution: Execution"_s, u"  * Run"_s,
                       u"    : 1. Stop the job (Ctrl+C)\n2. Wait"_s};
    QTest::newRow("Windows line ends and a byte order mark")
        << u"\uFEFF## Execution\r\n- [ ] a\r\n  ```bash\r\n  x\r\n  y\r\n  ```\r\n"_s
        << QStringList{u"W execution: Execution"_s, u"  * a"_s, u"    $ x\ny"_s};
    QTest::newRow("front matter is text, not a heading")
        << u"---\ntitle: x\n---\n# R\n## Execution\n- [ ] a\n"_s
        << QStringList{u"- introduction: R"_s, u"  | title: x"_s, u"W execution: Execution"_s,
                       u"  * a"_s};
    QTest::newRow("empty item") << u"## Execution\n1.\n2. x\n"_s
                                << QStringList{u"W execution: Execution"_s, u"  * Untitled step"_s,
                                               u"  * x"_s};
}

void TestParser::markdownBecomesPhasesAndSteps()
{
    QFETCH(QString, markdown);
    QFETCH(QStringList, expected);
    QCOMPARE(outline(parse(markdown)), expected);
}

void TestParser::titleIsTheFirstHeadingElseTheFileName_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("title");
    QTest::newRow("heading") << u"# The *big* one\n"_s << u"The big one"_s;
    QTest::newRow("file name") << u"## Execution\n"_s << u"test"_s;
    QTest::newRow("several, first is a phase")
        << u"# Execution\n1. a\n# Rollback\n1. b\n"_s << u"test"_s;
    QTest::newRow("several, first is a name") << u"# Shop\n# Execution\n1. a\n"_s << u"Shop"_s;
}

void TestParser::titleIsTheFirstHeadingElseTheFileName()
{
    QFETCH(QString, markdown);
    QTEST(parse(markdown).title, "title");
}

void TestParser::idsAreUniqueAndStable()
{
    const QString markdown =
        u"## Execution\n- [ ] Check\n- [ ] Check\n- [ ] Check 2\n## Execution\n- [ ] "
        u"Check\n  ```bash\n  a\n\n  b\n  ```\n"_s;
    const Runbook runbook = parse(markdown);
    QStringList ids;
    for (const Phase &phase : runbook.phases) {
        for (const Step &step : phase.steps) {
            ids << step.id.value;
            for (const Command &command : step.commands)
                ids << command.id.value;
        }
    }
    const QStringList expected{u"execution/check"_s,     u"execution/check-2"_s,
                               u"execution/check-2-2"_s, u"execution-2/check"_s,
                               u"execution-2/check#1"_s, u"execution-2/check#2"_s};
    QCOMPARE(ids, expected);
    QCOMPARE(parse(markdown), runbook);
    QCOMPARE(runbook.command({u"execution-2/check#2"_s})->text, u"b"_s);
}

void TestParser::parentsAndChildrenKnowEachOther()
{
    const Runbook runbook = parse(u"## Execution\n- [ ] a\n  - [ ] b\n    - [ ] c\n  - [ ] d\n"_s);
    const Step *a = runbook.step({u"execution/a"_s});
    QVERIFY(a != nullptr);
    const QList<StepId> children{{u"execution/b"_s}, {u"execution/d"_s}};
    QCOMPARE(a->children, children);
    QVERIFY(!a->isSignable());
    const Step *c = runbook.step({u"execution/c"_s});
    QCOMPARE(c->parent.value, u"execution/b"_s);
    QCOMPARE(c->depth, 2);
    QCOMPARE(runbook.signableSteps(), 2);
}

void TestParser::everythingKnowsItsLine()
{
    const Runbook runbook = parse(
        u"# R\n\n## Execution\n\n- [ ] a\n\n  ```bash\n  # one\n  x\n\n  y\n  ```\n  note\n"_s);
    QCOMPARE(runbook.phases.first().location, (SourceLocation{3, 1}));
    const Step &step = runbook.phases.first().steps.first();
    QCOMPARE(step.location.line, 5);
    QCOMPARE(step.commands.first().location, (SourceLocation{8, 3}));
    QCOMPARE(step.commands.last().location.line, 11);
    QCOMPARE(step.notes.first().location.line, 13);
}

void TestParser::textKeepsItsPlaceBetweenSteps()
{
    const Runbook runbook =
        parse(u"## Execution\nfirst\n- [ ] a\n- [ ] b\n\nmiddle\n\n- [ ] c\n\nlast\n"_s);
    QList<std::pair<QString, int>> found;
    for (const Phase::Text &text : runbook.phases.first().text)
        found << std::pair(text.block.text, text.position);
    const QList<std::pair<QString, int>> expected{
        {u"first"_s, 0}, {u"middle"_s, 2}, {u"last"_s, 3}};
    QCOMPARE(found, expected);
}

void TestParser::expectationBelongsToTheCommandBefore()
{
    const Runbook runbook =
        parse(u"## Execution\n### Step 1: Status\n```bash\na\n\nb\n```\n**Expected "
              u"output:**\n```json\n{\"ok\": true}\n```\n"_s);
    const Step &step = runbook.phases.first().steps.first();
    QCOMPARE(step.expectations.size(), 1);
    QCOMPARE(step.expectations.first().text, u"{\"ok\": true}"_s);
    QCOMPARE(step.expectations.first().info, u"json"_s);
    QCOMPARE(step.expectations.first().command, step.commands.last().id);
    QVERIFY(step.notes.isEmpty());
}

void TestParser::attributesReachTheCommand()
{
    const Runbook runbook = parse(
        u"## Execution\n1. x\n   ```bash {name=up cwd=\"a b\" tty=false}\n   go <account>\n   ```\n"_s);
    const Command &command = runbook.phases.first().steps.first().commands.first();
    QCOMPARE(command.attributes.value(u"name"_s), u"up"_s);
    QCOMPARE(command.attributes.value(u"cwd"_s), u"a b"_s);
    QVERIFY(!command.wantsTerminal());
    QCOMPARE(command.placeholders, QStringList{u"<account>"_s});
}

void TestParser::commandKnowsWhatItNeeds()
{
    const Runbook runbook = parse(
        u"## Execution\n1. x\n```console # Look around\n$ psql \"$URL\"\n```\n```sql\nSELECT '$a';\n```\n"_s);
    const QList<Command> commands = runbook.phases.first().steps.first().commands;
    QCOMPARE(commands.size(), 2);
    QCOMPARE(commands.first().label, u"Look around"_s);
    QCOMPARE(commands.first().variables, QStringList{u"URL"_s});
    QVERIFY(commands.first().interactive);
    QVERIFY(commands.last().variables.isEmpty());
    QVERIFY(!commands.last().interactive);
}

void TestParser::oneAlternativeAloneIsNoChoice()
{
    const auto choices = [](const QString &block) {
        QStringList found;
        const Runbook runbook = parse(u"## Execution\n1. x\n```sh\n"_s + block + u"\n```\n"_s);
        for (const Command &command : runbook.phases.first().steps.first().commands)
            found << command.choice;
        return found;
    };
    QCOMPARE(choices(u"# Option A\na\n\n# Option B\n# by hand\n\n# Option C\nc"_s),
             (QStringList{u"Option A"_s, u"Option C"_s}));
    QCOMPARE(choices(u"# Option A\na\n\n# Option B\n# by hand"_s), QStringList{QString()});
}

void TestParser::titleAsksForSignOffs_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<int>("signOffs");
    QTest::newRow("plus") << u"Reviewed by 2+ engineers"_s << 2;
    QTest::newRow("word") << u"approved by at least three senior DBAs"_s << 3;
    QTest::newRow("none") << u"Reviewed by engineers"_s << 1;
    QTest::newRow("hours") << u"Done by 2 o'clock"_s << 1;
    QTest::newRow("absurd") << u"signed by 999 people"_s << 9;
}

void TestParser::titleAsksForSignOffs()
{
    QFETCH(QString, title);
    const Runbook runbook = parse(u"## Execution\n- [ ] "_s + title);
    QTEST(runbook.phases.first().steps.first().signOffs, "signOffs");
}

void TestParser::checkedBoxIsRememberedButNoSignOff()
{
    const Runbook runbook = parse(u"## Execution\n- [x] a\n- [ ] b (optional)\n"_s);
    const QList<Step> &steps = runbook.phases.first().steps;
    QVERIFY(steps.at(0).checkedInSource);
    QVERIFY(steps.at(0).required);
    QVERIFY(!steps.at(1).checkedInSource);
    QVERIFY(!steps.at(1).required);
}

void TestParser::headingWithoutOwnTextBecomesSection()
{
    const Runbook runbook =
        parse(u"## Post-Migration Tasks\n### Immediate (0-1 hour)\n- [ ] a\n"_s);
    QCOMPARE(runbook.phases.size(), 1);
    QCOMPARE(runbook.phases.first().section, u"Post-Migration Tasks"_s);
    QVERIFY(runbook.diagnostics.isEmpty());
}

void TestParser::diagnosticsNameTheirCause_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<bool>("error");
    QTest::newRow("no steps") << u"# R\ntext\n"_s << u"no-steps"_s << 0 << true;
    QTest::newRow("mojibake") << u"## Execution\n- [ ] a\n- [ ] âœ“ done\n"_s << u"mojibake"_s << 3
                              << false;
    QTest::newRow("unknown attribute")
        << u"## Execution\n1. a\n   ```sh {colour=red}\n   x\n   ```\n"_s << u"unknown-attribute"_s
        << 3 << false;
    QTest::newRow("duplicate name")
        << u"## Execution\n1. a\n   ```sh {name=n}\n   x\n   ```\n2. b\n   ```sh {name=n}\n   y\n   ```\n"_s
        << u"duplicate-name"_s << 7 << false;
    QTest::newRow("command in no step")
        << u"## Switch\n```sh\nx\n```\n- [ ] a\n"_s << u"command-in-no-step"_s << 2 << false;
    QTest::newRow("SQL in a shell block")
        << u"## Execution\n1. a\n```sh\n# Look\nSELECT 1;\n```\n"_s << u"sql-in-shell-block"_s << 5
        << false;
    QTest::newRow("words in a shell block")
        << u"## Execution\n1. a\n```sh\nAsk the provider\n```\n"_s << u"text-in-shell-block"_s << 4
        << false;
    QTest::newRow("empty section")
        << u"## Execution\n- [ ] a\n## Rollback\n"_s << u"empty-section"_s << 3 << false;
}

void TestParser::diagnosticsNameTheirCause()
{
    QFETCH(QString, markdown);
    QFETCH(QString, code);
    QFETCH(int, line);
    const Runbook runbook = parse(markdown);
    QCOMPARE(runbook.diagnostics.size(), 1);
    QCOMPARE(runbook.diagnostics.first().code, code);
    QCOMPARE(runbook.diagnostics.first().location.line, line);
    QTEST(runbook.hasErrors(), "error");
}

void TestParser::sourceIsKeptAsRead()
{
    const QByteArray bytes = "\xEF\xBB\xBF# R\r\n\r\n- [ ] a\r\n";
    const Runbook runbook = parseRunbook(bytes, u"x.md"_s);
    QCOMPARE(runbook.source, bytes);
    QCOMPARE(runbook.sha256.size(), 64);
    QCOMPARE(runbook.title, u"R"_s);
}

void TestParser::fileThatCannotBeReadGivesAnError()
{
    const QTemporaryDir folder;
    const Result<Runbook> missing = loadRunbook(folder.filePath(u"none.md"_s));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, Error::Kind::NotFound);
    const Result<Runbook> directory = loadRunbook(folder.path());
    QVERIFY(!directory);
    QCOMPARE(directory.error().kind, Error::Kind::Unreadable);
    QVERIFY(directory.error().message.contains(folder.path()));
}

QTEST_GUILESS_MAIN(TestParser)
#include "tst_parser.moc"
