// SPDX-License-Identifier: Apache-2.0
#include "runbook/commandcutter.h"
#include "runbook/sqlsyntax.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shellIsCutAtBlankLines_data();
    void shellIsCutAtBlankLines();
    void sqlIsCutBetweenStatements_data();
    void sqlIsCutBetweenStatements();
    void commentsBecomeLabels_data();
    void commentsBecomeLabels();
    void piecesKnowTheirLine();
    void sqlAndWordsInShellAreNoShell();
    void alternativesAreNamed_data();
    void alternativesAreNamed();
    void followersAreRecognised_data();
    void followersAreRecognised();

private:
    static QStringList cut(const QString &block, CommandLanguage language)
    {
        ShellSyntax syntax;
        QStringList texts;
        for (const CommandPiece &piece : cutCommands(block, language, syntax))
            texts << piece.text;
        return texts;
    }
};

void TestCommands::shellIsCutAtBlankLines_data()
{
    QTest::addColumn<QString>("block");
    QTest::addColumn<QStringList>("pieces");
    const auto whole = [](const char *name, const QString &block) {
        QTest::newRow(name) << block << QStringList{block};
    };
    QTest::newRow("plain") << u"a\n\n# then\nb | c\n\n\nd && e"_s
                           << QStringList{u"a"_s, u"# then\nb | c"_s, u"d && e"_s};
    QTest::newRow("blank lines around") << u"\n\na\n\n"_s << QStringList{u"a"_s};
    QTest::newRow("line continuation")
        << u"a \\\n  -b\n\nc"_s << QStringList{u"a \\\n  -b"_s, u"c"_s};
    QTest::newRow("complete loop is cut around")
        << u"for i in 1 2; do\n  echo $i\ndone\n\nb"_s
        << QStringList{u"for i in 1 2; do\n  echo $i\ndone"_s, u"b"_s};
    QTest::newRow("quotes over lines, closed")
        << u"psql -c \"select\n1\"\n\nb"_s << QStringList{u"psql -c \"select\n1\""_s, u"b"_s};
    QTest::newRow("complete here-document")
        << u"cat <<EOF\nx\nEOF\n\nb"_s << QStringList{u"cat <<EOF\nx\nEOF"_s, u"b"_s};
    whole("here-document over a blank line", u"cat <<EOF\nx\n\ny\nEOF"_s);
    whole("quote over a blank line", u"psql -c \"select\n\n1\""_s);
    whole("function over a blank line", u"f() {\n  a\n\n  b\n}"_s);
    whole("loop over a blank line", u"while true; do\n  a\n\n  b\ndone"_s);
    whole("if over a blank line", u"if a; then\n\n  b\nfi"_s);
    whole("subshell over a blank line", u"(\n  a\n\n  b\n)"_s);
    whole("pipe over a blank line", u"a |\n\nb"_s);
    whole("and over a blank line", u"a &&\n\nb"_s);
    whole("no shell at all", u"1. Stop (Ctrl+C\n\nthen don't"_s);
    whole("one piece", u"a\nb"_s);
    QTest::newRow("alternatives without a blank line")
        << u"# Option A: at once\na\n# Option B: in steps\nb\nc"_s
        << QStringList{u"# Option A: at once\na"_s, u"# Option B: in steps\nb\nc"_s};
    QTest::newRow("SQL and words between commands")
        << u"# Look\nSELECT 1;\n\nAsk the provider\n\nb"_s
        << QStringList{u"SELECT 1;"_s, u"Ask the provider"_s, u"b"_s};
    whole("SQL in a here-document", u"psql <<EOF\nBEGIN;\n\nSELECT 1;\nEOF"_s);
    whole("words in a text", u"echo \"Hello\n\nThis is text\""_s);
}

void TestCommands::shellIsCutAtBlankLines()
{
    QFETCH(QString, block);
    QTEST(cut(block, CommandLanguage::Shell), "pieces");
}

void TestCommands::sqlIsCutBetweenStatements_data()
{
    QTest::addColumn<QString>("block");
    QTest::addColumn<QStringList>("pieces");
    const auto whole = [](const char *name, const QString &block) {
        QTest::newRow(name) << block << QStringList{block};
    };
    QTest::newRow("statements") << u"-- one\nselect 1;\n\nselect 2; -- end\n"_s
                                << QStringList{u"-- one\nselect 1;"_s, u"select 2; -- end"_s};
    QTest::newRow("closed body") << u"do $$ begin\nnull; end $$;\n\nselect 2;"_s
                                 << QStringList{u"do $$ begin\nnull; end $$;"_s, u"select 2;"_s};
    whole("body over a blank line", u"do $x$\n\nnull; $x$;"_s);
    whole("statement over a blank line", u"select 1\n\nfrom t;"_s);
    whole("text over a blank line", u"select 'a;\n\nb';"_s);
    whole("comment over a blank line", u"/* a;\n\n*/ select 1;"_s);
    whole("transaction", u"BEGIN;\nupdate t set a = 1;\n\nCOMMIT;"_s);
    whole("setting", u"set lock_timeout = '2s';\n\nalter table t add a int;"_s);
    whole("temporary table", u"create temp table x (a int);\n\nselect * from x;"_s);
    whole("psql variable", u"\\set n 5\n\nselect :n;"_s);
}

void TestCommands::sqlIsCutBetweenStatements()
{
    QFETCH(QString, block);
    QTEST(cut(block, CommandLanguage::Sql), "pieces");
}

void TestCommands::commentsBecomeLabels_data()
{
    QTest::addColumn<QString>("block");
    QTest::addColumn<QString>("label");
    QTest::addColumn<bool>("isCommand");
    QTest::newRow("one") << u"# Take a backup\npg_dump"_s << u"Take a backup"_s << true;
    QTest::newRow("two sentences")
        << u"# It rolls back\n# If not:\ndown"_s << u"It rolls back. If not"_s << true;
    QTest::newRow("wrapped") << u"# Take a backup\n# of all\nx"_s << u"Take a backup of all"_s
                             << true;
    QTest::newRow("ruler and interpreter") << u"#!/bin/sh\n# ----\n# Go\nx"_s << u"Go"_s << true;
    QTest::newRow("none") << u"x # why"_s << QString() << true;
    QTest::newRow("blank line between") << u"# Go\n\nx"_s << u"Go"_s << true;
    QTest::newRow("comments only") << u"# Ask the provider"_s << u"Ask the provider"_s << false;
}

void TestCommands::commentsBecomeLabels()
{
    QFETCH(QString, block);
    ShellSyntax syntax;
    const QList<CommandPiece> pieces = cutCommands(block, CommandLanguage::Shell, syntax);
    QCOMPARE(pieces.size(), 1);
    QTEST(pieces.first().label, "label");
    QTEST(pieces.first().isCommand, "isCommand");
    QCOMPARE(pieces.first().text, block);
}

void TestCommands::piecesKnowTheirLine()
{
    ShellSyntax syntax;
    const auto pieces = cutCommands(u"\na\nb\n\n\n# c\nd"_s, CommandLanguage::Shell, syntax);
    QCOMPARE(pieces.size(), 2);
    QCOMPARE(pieces.first().line, 1);
    QCOMPARE(pieces.last().line, 5);
}

void TestCommands::sqlAndWordsInShellAreNoShell()
{
    ShellSyntax syntax;
    const auto pieces = cutCommands(u"# Look\nSELECT 1;\n\nAsk the provider\n\n# Halt\nSELECT a"_s,
                                    CommandLanguage::Shell, syntax);
    QCOMPARE(pieces.size(), 3);
    QCOMPARE(pieces.at(0).language, CommandLanguage::Sql);
    QCOMPARE(pieces.at(0).label, u"Look"_s);
    QCOMPARE(pieces.at(0).line, 1);
    QVERIFY(pieces.at(0).isCommand);
    QVERIFY(!pieces.at(1).isCommand);
    QVERIFY(!pieces.at(2).isCommand); // a statement cut short is nothing to run
}

void TestCommands::alternativesAreNamed_data()
{
    QTest::addColumn<QString>("block");
    QTest::addColumn<CommandLanguage>("language");
    QTest::addColumn<QStringList>("choices");
    QTest::newRow("none") << u"# One\na\n\n# Two\nb"_s << CommandLanguage::Shell
                          << QStringList{QString(), QString()};
    QTest::newRow("shell") << u"# Option 1: a\na\n\nb\n\n# Option 2\nc\n\n# Verify\nd"_s
                           << CommandLanguage::Shell
                           << QStringList{u"Option 1"_s, u"Option 1"_s, u"Option 2"_s, QString()};
    QTest::newRow("SQL")
        << u"-- Option A: drop it\nDROP INDEX i;\n-- OPTION B - build it\nREINDEX INDEX i;"_s
        << CommandLanguage::Sql << QStringList{u"Option A"_s, u"Option B"_s};
    QTest::newRow("no choice") << u"# Options are read from a\na\n\n# option\nb"_s
                               << CommandLanguage::Shell << QStringList{QString(), QString()};
}

void TestCommands::alternativesAreNamed()
{
    QFETCH(QString, block);
    QFETCH(CommandLanguage, language);
    ShellSyntax syntax;
    QStringList choices;
    for (const CommandPiece &piece : cutCommands(block, language, syntax))
        choices << piece.choice;
    QTEST(choices, "choices");
}

void TestCommands::followersAreRecognised_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("follows");
    const auto row = [](const QString &text, bool follows) {
        QTest::newRow(qPrintable(text)) << text << follows;
    };
    row(u"tail -f migration.log"_s, true);
    row(u"# look\nsudo tail -n 20 -F a.log | grep x"_s, true);
    row(u"tail --follow=name x"_s, true);
    row(u"kubectl logs -f deployment/api --tail=100"_s, true);
    row(u"kubectl logs deployment/api --follow"_s, true);
    row(u"docker compose -f prod.yml logs -f api"_s, true);
    row(u"journalctl -u api -f"_s, true);
    row(u"kubectl get pods -w"_s, true);
    row(u"watch -n 2 date"_s, true);
    row(u"tail -n 20 x | grep -f patterns"_s, false);
    row(u"kubectl apply -f a.yaml"_s, false);
    row(u"docker compose -f prod.yml logs api"_s, false);
    row(u"psql -f watch.sql"_s, false);
    row(u"tail -f x &"_s, false);
    row(u"timeout 60 tail -f x"_s, false);
    row(u"tail -f x\necho done"_s, false);
}

void TestCommands::followersAreRecognised()
{
    QFETCH(QString, text);
    QTEST(isFollower(text), "follows");
}

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
