// SPDX-License-Identifier: Apache-2.0
#include "runbook/lint.h"

#include "runbook/linttools.h"
#include "runbook/parser.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestLint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commandsAreLookedThrough_data();
    void commandsAreLookedThrough();
    void confirmationIsEnough();
    void onlyAWholeQueryIsAProbe();
    void findingsNameTheirLine();
    void commandsWithoutAWayBackAreNamed();
    void longPhasesAreNamed();
    void passwordsAreFound_data();
    void passwordsAreFound();
    void programsOfACommandAreKnown_data();
    void programsOfACommandAreKnown();
    void missingProgramIsNamedOnce();
    void shellcheckIsAsked();
    void bundledRunbooksHaveNoWarnings_data();
    void bundledRunbooksHaveNoWarnings();

private:
    static Command commandFrom(const QString &text, CommandLanguage language)
    {
        Command command;
        command.text = text;
        command.language = language;
        command.location = {10, 4};
        return command;
    }
    static QStringList codes(const QList<Diagnostic> &diagnostics)
    {
        QStringList found;
        for (const Diagnostic &diagnostic : diagnostics)
            found << diagnostic.code;
        return found;
    }
};

void TestLint::commandsAreLookedThrough_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isSql");
    QTest::addColumn<QStringList>("found");
    const auto shell = [](const char *text, const QStringList &found) {
        QTest::newRow(text) << QString::fromLatin1(text) << false << found;
    };
    const auto sql = [](const char *text, const QStringList &found) {
        QTest::newRow(text) << QString::fromLatin1(text) << true << found;
    };
    const QStringList destroys{u"destructive-command"_s};
    const QStringList goesOn{u"psql-without-stop"_s};
    const QStringList hides{u"pipe-hides-failure"_s};
    shell("rm -rf /var/lib/x", destroys);
    shell("rm /var/log/postgresql/*.log", destroys);
    shell("rm old.txt", {});
    shell("# rm -rf x\nls", {});
    shell("find . -name '*.log' -delete", destroys);
    shell("find . -name '*.log' -print", {});
    shell("dropdb shop", destroys);
    shell("psql -c \"DROP SCHEMA public CASCADE\"", destroys);
    shell("psql -c 'DELETE FROM locks'", destroys);
    shell("psql -c 'DELETE FROM locks WHERE old'", {});
    shell("kubectl -n shop delete pod x", destroys);
    shell("kubectl get pods", {});
    shell("git push --force-with-lease", {});
    shell("git push --force", destroys);
    shell("terraform destroy", destroys);
    shell("aws rds delete-db-instance x", destroys);
    shell("npx prisma migrate reset", destroys);
    shell("docker compose down", {});
    shell("docker compose down --volumes", destroys);
    shell("psql -f a.sql", goesOn);
    shell("psql \"$URL\" \\\n  -X -f a.sql", goesOn);
    shell("psql < a.sql", goesOn);
    shell("cat a.sql | psql", goesOn);
    shell("psql <<EOF\nselect 1;\nEOF", goesOn);
    shell("psql -c 'select 1' -c 'select 2'", goesOn);
    shell("psql -c 'select 1'", {});
    shell("psql -v ON_ERROR_STOP=1 -f a.sql", {});
    shell("psql -l", {});
    shell("psql -c \"select 1 where a <> b\"", {});
    shell("pg_dump shop | gzip > a.gz", hides);
    shell("set -o pipefail\npg_dump shop | gzip > a.gz", {});
    shell("pg_dump shop || exit 1", {});
    shell("pg_restore --list a.dump", {});
    sql("DROP TABLE t;", destroys);
    sql("DROP INDEX i; ALTER TABLE t DROP CONSTRAINT c, ALTER a DROP NOT NULL;", {});
    sql("ALTER TABLE t DROP COLUMN c;", destroys);
    sql("TRUNCATE t;", destroys);
    sql("DELETE FROM t;", destroys);
    sql("DELETE FROM t\nWHERE a = 1;", {});
    sql("UPDATE t SET a = 1;", destroys);
    sql("UPDATE t SET a = 1 WHERE b;", {});
    sql("-- DROP TABLE t;\nSELECT 1;", {});
}

void TestLint::commandsAreLookedThrough()
{
    QFETCH(QString, text);
    QFETCH(bool, isSql);
    const auto language = isSql ? CommandLanguage::Sql : CommandLanguage::Shell;
    QTEST(codes(lintCommand(commandFrom(text, language))), "found");
}

void TestLint::confirmationIsEnough()
{
    Command command = commandFrom(u"rm -rf x"_s, CommandLanguage::Shell);
    QCOMPARE(lintCommand(command).size(), 1);
    command.attributes = {{u"confirm"_s, u"true"_s}};
    QVERIFY(lintCommand(command).isEmpty());
}

void TestLint::onlyAWholeQueryIsAProbe()
{
    const auto found = [](CommandLanguage language, const QString &value, bool complete) {
        Command command = commandFrom(u"select 1"_s, language);
        command.attributes = {{u"probe"_s, value}};
        if (!complete)
            command.placeholders.append(u"<x>"_s);
        return codes(lintCommand(command));
    };
    QCOMPARE(found(CommandLanguage::Sql, u"5s"_s, true), QStringList());
    QCOMPARE(found(CommandLanguage::Sql, u"5s"_s, false), QStringList(u"probe-with-placeholder"_s));
    QCOMPARE(found(CommandLanguage::Shell, u"true"_s, true), QStringList(u"probe-without-query"_s));
    QCOMPARE(found(CommandLanguage::Shell, u"false"_s, true), QStringList());
}

void TestLint::findingsNameTheirLine()
{
    const auto found = lintCommand(commandFrom(u"# why\nls\nrm -rf x"_s, CommandLanguage::Shell));
    QCOMPARE(found.first().location, (SourceLocation{12, 4}));
    QVERIFY(found.first().message.contains(u"“rm -rf” deletes"_s));
    const auto behindText =
        lintCommand(commandFrom(u"echo 'a\nb'\npsql -f x"_s, CommandLanguage::Shell));
    QCOMPARE(behindText.first().location.line, 12);
    QVERIFY(found.first().message.contains(u"confirm=true"_s));
}

void TestLint::commandsWithoutAWayBackAreNamed()
{
    const QByteArray start = "# R\n## Execution\n1. a\n   ```sh\n   x\n   ```\n";
    const auto codesOf = [](const QByteArray &source) {
        return codes(lint(parseRunbook(source, u"x.md"_s)));
    };
    QCOMPARE(codesOf(start), QStringList{u"no-rollback"_s});
    QVERIFY(codesOf(start + "## Rollback\nRestore the backup.\n").isEmpty());
    QVERIFY(codesOf("# R\n## Execution\n1. a\n").isEmpty());
    const auto found = lint(parseRunbook(start, u"x.md"_s));
    QCOMPARE(found.first().location.line, 2);
}

void TestLint::longPhasesAreNamed()
{
    QByteArray nine = "## Execution\n";
    for (int i = 0; i < 9; ++i)
        nine += "- [ ] a\n  - [ ] b\n";
    QVERIFY(lint(parseRunbook(nine, u"x.md"_s)).isEmpty());
    const auto found = lint(parseRunbook(nine + "- [ ] c\n", u"x.md"_s));
    QCOMPARE(codes(found), QStringList{u"long-phase"_s});
    QCOMPARE(found.first().severity, Diagnostic::Severity::Note);
    QVERIFY(found.first().message.contains(u"10 items"_s));
}

void TestLint::passwordsAreFound_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("column"); // 0: none
    const auto row = [](const char *line, int column) {
        QTest::newRow(line) << QString::fromLatin1(line) << column;
    };
    row("psql postgres://app:s3cret@db/shop", 21);
    row("export PGPASSWORD=hunter2", 19);
    row("API_TOKEN=\"abc123\" deploy", 12);
    row("mysqldump --password=hunter2 shop", 22);
    row("login --password hunter2", 18);
    row("host=db password=hunter2", 18);
    row("curl -H 'X' https://h/?password=hunter2", 33);
    row("psql postgres://app:$PGPASSWORD@db/shop", 0);
    row("psql postgres://app:<password>@db/shop", 0);
    row("psql postgres://user:password@localhost/shop", 0);
    row("PGPASSWORD=$(cat file) psql", 0);
    row("PGPASSWORD=**** psql", 0);
    row("export API_KEY=your-key", 0);
    row("read -s PGPASSWORD", 0);
    row("BACKUP_ID=20250101", 0);
    row("See https://example.com/a:b for more", 0);
}

void TestLint::passwordsAreFound()
{
    QFETCH(QString, line);
    QFETCH(int, column);
    const auto found = lintSecrets("first\n" + line.toUtf8() + "\n");
    QCOMPARE(found.size(), column > 0 ? 1 : 0);
    if (column > 0) {
        QCOMPARE(found.first().severity, Diagnostic::Severity::Error);
        QCOMPARE(found.first().location, (SourceLocation{2, column}));
    }
}

void TestLint::programsOfACommandAreKnown_data()
{
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QStringList>("programs");
    const auto row = [](const char *shell, const QStringList &programs) {
        QTest::newRow(shell) << QString::fromLatin1(shell) << programs;
    };
    row("cd x && npm run a | tee log; echo done", {u"npm"_s, u"tee"_s});
    row("A=$(kubectl get x) sudo -u me psql -c 'select 1; drop'", {u"kubectl"_s, u"psql"_s});
    row("if test -f x; then migrate; fi", {u"migrate"_s});
    row("f() { real; }\nf", {u"real"_s});
    row("./here.sh; bin/x; ~/y", {});
    row("cat <<EOF | run\nnot this\nEOF", {u"cat"_s, u"run"_s});
    row("# no comment\nls", {u"ls"_s});
    row("a \\\n  b", {u"a"_s});
    row("tail -n $((i-15)) log; ((i++)); x=$(((a - 1) * b))", {u"tail"_s});
    row("for ((i=0; i<n; i++)); do sleep $((2**i)); done", {u"sleep"_s});
    row("n=$(( rows / $(nproc) + extra ))", {u"nproc"_s});
    row("arr=(one two)\narr+=(\n  three\n  four\n)\ndeclare -A m=([a]=b [c]=d); ls", {u"ls"_s});
    row("pods=(first $(kubectl get pods) last)", {u"kubectl"_s});
    row("(dump; load) && ((first); second)", {u"dump"_s, u"load"_s, u"first"_s, u"second"_s});
}

void TestLint::programsOfACommandAreKnown()
{
    QFETCH(QString, shell);
    QTEST(programsIn(shell), "programs");
}

void TestLint::missingProgramIsNamedOnce()
{
    const auto found =
        lintPrograms(parseRunbook("## Execution\n1. a\n   ```sh\n   no-such-program-1 --x\n\n   "
                                  "ls; no-such-program-1\n   ```\n",
                                  u"x.md"_s));
    QCOMPARE(codes(found), QStringList{u"executable-missing"_s});
    QCOMPARE(found.first().location.line, 4);
    QCOMPARE(found.first().severity, Diagnostic::Severity::Note);
    QVERIFY(found.first().message.contains(u"“no-such-program-1”"_s));
}

void TestLint::shellcheckIsAsked()
{
    const Runbook runbook = parseRunbook("## Execution\n1. a\n   ```sh\n   # Look\n   ls\n"
                                         "   if [ $X = <name> ]; then echo x; fi\n"
                                         "   echo $(ls\n   ```\n",
                                         u"x.md"_s);
    const auto found = lintWithShellcheck(runbook);
    if (QStandardPaths::findExecutable(u"shellcheck"_s).isEmpty()) {
        QVERIFY(found.isEmpty());
        QSKIP("shellcheck is not installed here.");
    }
    QVERIFY(!found.isEmpty());
    QVERIFY(std::ranges::any_of(found, [](const Diagnostic &diagnostic) {
        return diagnostic.severity == Diagnostic::Severity::Warning
            && diagnostic.code.startsWith(u"SC") && diagnostic.location.line >= 6;
    }));
}

void TestLint::bundledRunbooksHaveNoWarnings_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(RUNSHEET_SOURCE_DIR "/runbooks"));
    for (const QString &name : folder.entryList(QStringList{u"*.md"_s})) {
        if (name != u"README.md")
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
}

void TestLint::bundledRunbooksHaveNoWarnings()
{
    QFETCH(QString, file);
    const Result<Runbook> runbook = loadRunbook(file);
    QVERIFY(runbook.hasValue());
    for (const Diagnostic &diagnostic : lint(*runbook) + lintWithShellcheck(*runbook)) {
        if (diagnostic.severity != Diagnostic::Severity::Note)
            qWarning("line %d: %s", diagnostic.location.line, qPrintable(diagnostic.message));
        QVERIFY(diagnostic.severity == Diagnostic::Severity::Note);
    }
}

QTEST_GUILESS_MAIN(TestLint)
#include "tst_lint.moc"
