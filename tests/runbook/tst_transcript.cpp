// SPDX-License-Identifier: Apache-2.0
#include "runbook/transcript.h"

#include "outline.h"
#include "runbook/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestTranscript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shellSessionIsTakenApart_data();
    void shellSessionIsTakenApart();
    void sqlSessionIsTakenApart_data();
    void sqlSessionIsTakenApart();
    void partsKnowTheirLines();
    void outputBecomesAnExpectation();

private:
    /// "typed => printed" per part.
    static QStringList take(const QString &block, CommandLanguage language, bool isSession = false)
    {
        QStringList parts;
        for (const TranscriptPart &part : readTranscript(block, language, isSession))
            parts << (part.output.isEmpty() ? part.text : part.text + u" => "_s + part.output);
        return parts;
    }
};

void TestTranscript::shellSessionIsTakenApart_data()
{
    QTest::addColumn<QString>("block");
    QTest::addColumn<bool>("isSession");
    QTest::addColumn<QStringList>("parts");
    const auto row = [](const char *name, const QString &block, const QStringList &parts) {
        QTest::newRow(name) << block << false << parts;
    };
    row("no prompt", u"ls\n# now\nls -l"_s, {});
    row("money is no prompt", u"echo costs $5"_s, {});
    row("prompts below each other", u"$ a\n$ b"_s, {u"a\nb"_s});
    row("blank line between", u"$ a\n\n$ b"_s, {u"a"_s, u"b"_s});
    row("output", u"$ a\none\n\ntwo\n\n$ b"_s, {u"a => one\n\ntwo"_s, u"b"_s});
    row("label", u"# Look\n$ a\nout\n# Then\n# go on\n$ b"_s,
        {u"# Look\na => out"_s, u"# Then\n# go on\nb"_s});
    row("number sign in the output", u"$ cat a\n# no label\nx\n$ b"_s,
        {u"cat a => # no label\nx"_s, u"b"_s});
    row("continuation", u"$ a \\\n  --b\nout"_s, {u"a \\\n  --b => out"_s});
    row("continuation prompt", u"$ for i in 1 2; do\n> echo $i\n> done\n1"_s,
        {u"for i in 1 2; do\necho $i\ndone => 1"_s});
    row("here-document", u"$ cat <<EOF\n$HOME stays\nEOF\nout"_s,
        {u"cat <<EOF\n$HOME stays\nEOF => out"_s});
    row("machine names", u"root@db1:~# a\nme@db1 $ b\n[me@db1 ~]$ c\n(venv) $ d"_s,
        {u"a\nb\nc\nd"_s});
    row("interactive one stands alone", u"$ ssh db1\n$ ls"_s, {u"ssh db1"_s, u"ls"_s});
    row("output before the first prompt", u"Welcome\n$ a"_s, {u" => Welcome"_s, u"a"_s});
    QTest::newRow("root's prompt in a session")
        << u"# systemctl stop api\n# psql -l\nout"_s << true
        << QStringList{u"systemctl stop api\npsql -l => out"_s};
    QTest::newRow("comment in a session")
        << u"# Stop it\nsystemctl stop api"_s << true << QStringList();
    QTest::newRow("comment above root's prompt is none without a session")
        << u"# systemctl stop api"_s << false << QStringList();
}

void TestTranscript::shellSessionIsTakenApart()
{
    QFETCH(QString, block);
    QFETCH(bool, isSession);
    QTEST(take(block, CommandLanguage::Shell, isSession), "parts");
}

void TestTranscript::sqlSessionIsTakenApart_data()
{
    QTest::addColumn<QString>("block");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("none") << u"SELECT 1;\n\nSELECT a=>b FROM t;"_s << QStringList();
    QTest::newRow("statements and rows")
        << u"shop=# SELECT 1;\n ?column?\n----\n 1\nshop=> \\dt"_s
        << QStringList{u"SELECT 1; =>  ?column?\n----\n 1"_s, u"\\dt"_s};
    QTest::newRow("statement over lines") << u"shop=# SELECT 1\nshop-# FROM t;\n(0 rows)"_s
                                          << QStringList{u"SELECT 1\nFROM t; => (0 rows)"_s};
}

void TestTranscript::sqlSessionIsTakenApart()
{
    QFETCH(QString, block);
    QTEST(take(block, CommandLanguage::Sql), "parts");
}

void TestTranscript::partsKnowTheirLines()
{
    const auto parts =
        readTranscript(u"# Look\n\n$ a\nout\n\n$ b\n$ c\nx"_s, CommandLanguage::Shell, false);
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts.first().line, 0);
    QCOMPARE(parts.first().outputLine, 3);
    QCOMPARE(parts.last().line, 5);
    QCOMPARE(parts.last().outputLine, 7);
}

void TestTranscript::outputBecomesAnExpectation()
{
    const Runbook runbook = parseRunbook(
        "## Execution\n1. Look\n   ```console\n   $ a\n   one\n   $ b\n   two\n   ```\n",
        u"x.md"_s);
    const QStringList expected{u"W execution: Execution"_s,
                               u"  * Look"_s,
                               u"    $ a"_s,
                               u"    $ b"_s,
                               u"    > one"_s,
                               u"    > two"_s};
    QCOMPARE(outline(runbook), expected);
    const Step &step = runbook.phases.first().steps.first();
    QCOMPARE(step.expectations.first().command, step.commands.first().id);
    QCOMPARE(step.expectations.last().command, step.commands.last().id);
    QCOMPARE(step.expectations.last().location.line, 7);
}

QTEST_GUILESS_MAIN(TestTranscript)
#include "tst_transcript.moc"
