// SPDX-License-Identifier: Apache-2.0
#include "runbook/limits.h"
#include "runbook/shellsyntax.h"
#include "runbook/sqlsyntax.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

/// Processes whose parent is this one.
int childProcesses()
{
    int count = 0;
    for (const QString &name : QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs)) {
        QFile file(u"/proc/%1/stat"_s.arg(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray stat = file.readAll();
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        count += fields.size() > 1 && fields.at(1).toLongLong() == getpid() ? 1 : 0;
    }
    return count;
}

QString loop(int number)
{
    return u"for i in %1; do\n:\ndone"_s.arg(number);
}

} // namespace

class TestShellSyntax : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainLinesNeedNoCheck_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("plain");
        const auto row = [](const QString &text, bool plain) {
            QTest::newRow(qPrintable(text)) << text << plain;
        };
        row(QString(), true);
        row(u"npm run migrate -- --part 1 | tee part.log"_s, true);
        row(u"# if only (\nls"_s, true);
        row(u"psql -c \"select 1\" && echo 'it''s'"_s, true);
        row(u"echo \\\" it"_s, true);
        row(u"kubectl get pods -l app=x; ls"_s, true);
        row(u"ls fi done"_s, true);
        row(u"notify if-needed"_s, true);
        row(u"echo \"${HOME}\" $(date)"_s, true);
        row(u"iffy; donetoo"_s, true);
        row(u"echo 'a"_s, false);
        row(u"echo `date"_s, false);
        row(u"cat <<EOF"_s, false);
        row(u"a |"_s, false);
        row(u"a &&"_s, false);
        row(u"(a"_s, false);
        row(u"a; }"_s, false);
        row(u"if a; then b; fi"_s, false);
        row(u"a;if b"_s, false);
        row(u"a &&  while b"_s, false);
        row(u"x=$(if a)"_s, false);
        row(u"! grep x y"_s, false);
        row(u"[[ -f x ]]"_s, false);
        row(u"f () echo"_s, false);
        row(u"done"_s, false);
    }
    void plainLinesNeedNoCheck()
    {
        QFETCH(QString, text);
        QTEST(isPlainShell(text), "plain");
    }

    void bashJudgesTheRest_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("complete");
        const auto row = [](const QString &text, bool complete) {
            QTest::newRow(qPrintable(text)) << text << complete;
        };
        row(u"for i in 1 2; do\n  echo $i\ndone"_s, true);
        row(u"cat <<EOF\nx\nEOF"_s, true);
        row(u"psql -c \"select\n1\""_s, true);
        row(u"f() {\n  a\n}"_s, true);
        row(u"if a; then b; fi # ü ✓"_s, true);
        row(u"for i in 1 2; do"_s, false);
        row(u"cat <<EOF\nx"_s, false); // only a warning to bash
        row(u"echo \"a"_s, false);
        row(u"fi"_s, false);
        row(u"a &&"_s, false);
        row(u"case x in"_s, false);
        row(u"( ( a )"_s, false);
    }
    void bashJudgesTheRest()
    {
        QFETCH(QString, text);
        ShellSyntax syntax;
        QTEST(syntax.isComplete(text), "complete");
    }

    void oneVerdictDoesNotTouchTheNext()
    {
        ShellSyntax syntax;
        QVERIFY(!syntax.isComplete(u"echo \"a"_s));
        QVERIFY(!syntax.isComplete(u"cat <<EOF\nx"_s));
        QVERIFY(syntax.isComplete(u"cat <<EOF\nEOF"_s));
        QVERIFY(!syntax.isComplete(u"exit 0; ("_s));
        QVERIFY(!syntax.isComplete(u"3\nif"_s));
        QVERIFY(syntax.isComplete(loop(1)));
        // Larger than a pipe holds.
        QVERIFY(syntax.isComplete(u"if true; then\n"_s + u"echo ü\n"_s.repeated(40'000) + u"fi"_s));
        QVERIFY(syntax.isComplete(loop(2)));
    }

    void nothingIsCarriedOut()
    {
        const QTemporaryDir folder;
        const QString trace = folder.filePath(u"trace"_s);
        qputenv("BASH_ENV", QFile::encodeName(folder.filePath(u"env"_s)));
        QFile environment(folder.filePath(u"env"_s));
        QVERIFY(environment.open(QIODevice::WriteOnly));
        environment.write("touch " + QFile::encodeName(trace));
        environment.close();
        {
            ShellSyntax syntax;
            for (const QString &text :
                 {u"if true; then touch %1; fi"_s, u"(touch %1)"_s,
                  u"x=$(if touch %1; then :; fi)"_s, u"cat <<EOF\n$(touch %1)\nEOF"_s,
                  u"fi; touch %1"_s, u"[[ -n `touch %1` ]]"_s, u"trap 'touch %1' EXIT; {"_s,
                  u"set +n; if touch %1; then :; fi"_s})
                (void)syntax.isComplete(text.arg(trace));
        }
        qunsetenv("BASH_ENV");
        QVERIFY(!QFile::exists(trace));
    }

    void checksAreLimitedAndRememberedOnes()
    {
        ShellSyntax syntax;
        int accepted = 0;
        while (accepted < 1000 && syntax.isComplete(loop(accepted)))
            ++accepted;
        QCOMPARE(accepted, limits::kMaxSyntaxChecks);
        QVERIFY(syntax.isComplete(loop(0))); // asked before
        QVERIFY(!syntax.isComplete(loop(accepted)));
        QVERIFY(syntax.isComplete(u"plain text needs no check"_s));
    }

    void noProcessStaysBehind()
    {
        const int before = childProcesses();
        {
            ShellSyntax syntax;
            QVERIFY(syntax.isComplete(u"plain"_s));
            QCOMPARE(childProcesses(), before); // none is started for that
            QVERIFY(syntax.isComplete(loop(1)));
            QCOMPARE(childProcesses(), before + 1);
        }
        QCOMPARE(childProcesses(), before);
    }

    void withoutBashNothingUnclearIsComplete()
    {
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", "/nonexistent");
        ShellSyntax syntax;
        const bool unclear = syntax.isComplete(loop(1)) || syntax.isComplete(loop(2));
        const bool plain = syntax.isComplete(u"ls"_s);
        qputenv("PATH", path);
        QVERIFY(!unclear);
        QVERIFY(plain);
    }

    void sqlIsCompleteBehindItsSemicolon_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("complete");
        const auto row = [](const QString &text, bool complete) {
            QTest::newRow(qPrintable(text)) << text << complete;
        };
        row(u"select 1;"_s, true);
        row(u"select 1; -- done"_s, true);
        row(u"-- only a comment"_s, true);
        row(u"select 1 /* ; */;"_s, true);
        row(u"select ';' as \"a;b\";"_s, true);
        row(u"select 'it''s';"_s, true);
        row(u"select $1;"_s, true);
        row(u"select $a$ ; $b$ ' $a$;"_s, true);
        row(u"\\d accounts"_s, true);
        row(u"select 1\n\\gexec"_s, true);
        row(u"select 1 \\watch"_s, true);
        row(u"select 1"_s, false);
        row(u"select 'a;"_s, false);
        row(u"select \"a;"_s, false);
        row(u"/* a;"_s, false);
        row(u"do $$ begin;"_s, false);
        row(u"select 1; select 2"_s, false);
    }
    void sqlIsCompleteBehindItsSemicolon()
    {
        QFETCH(QString, text);
        QTEST(isCompleteSql(text), "complete");
    }

    void whatNeedsItsSessionIsKnown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("depends");
        const auto row = [](const QString &text, bool depends) {
            QTest::newRow(qPrintable(text)) << text << depends;
        };
        row(u"begin;"_s, true);
        row(u"select 1;\n  START   TRANSACTION;"_s, true);
        row(u"select 1; savepoint a;"_s, true);
        row(u"set search_path = x;"_s, true);
        row(u"create temporary table t (a int);"_s, true);
        row(u"select pg_advisory_lock(1);"_s, true);
        row(u"select set_config('a', 'b', false);"_s, true);
        row(u"\\timing on"_s, true);
        row(u"update t set a = 1;"_s, false);
        row(u"create table settings (a int);"_s, false);
        row(u"select beginning from t;"_s, false);
        row(u"\\d t"_s, false);
    }
    void whatNeedsItsSessionIsKnown()
    {
        QFETCH(QString, text);
        QTEST(dependsOnSession(text), "depends");
    }
};

QTEST_GUILESS_MAIN(TestShellSyntax)
#include "tst_shellsyntax.moc"
