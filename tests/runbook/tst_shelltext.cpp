// SPDX-License-Identifier: Apache-2.0
#include "runbook/interactive.h"
#include "runbook/shelltext.h"
#include "runbook/shelltools.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

Q_DECLARE_METATYPE(runsheet::ShellReading)

class TestShellText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void programIsFoundBehindWhatStandsBeforeIt_data();
    void programIsFoundBehindWhatStandsBeforeIt();
    void pieceIsReadAsWhatItIs_data();
    void pieceIsReadAsWhatItIs();
    void blockWithoutLanguageIsShellOnlyWhenItReadsSo_data();
    void blockWithoutLanguageIsShellOnlyWhenItReadsSo();
    void commandsThatWaitForTypingAreKnown_data();
    void commandsThatWaitForTypingAreKnown();
};

void TestShellText::programIsFoundBehindWhatStandsBeforeIt_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("arguments");
    QTest::newRow("plain") << u"psql -l"_s << u"psql"_s << u"-l"_s;
    QTest::newRow("folder") << u"/usr/bin/psql -l"_s << u"psql"_s << u"-l"_s;
    QTest::newRow("sudo") << u"sudo -u postgres psql"_s << u"psql"_s << QString();
    QTest::newRow("variables") << u"A=1 B=\"x y\" C=$(date) env psql -l"_s << u"psql"_s << u"-l"_s;
    QTest::newRow("time") << u"  time  make all"_s << u"make"_s << u"all"_s;
    QTest::newRow("nothing") << QString() << QString() << QString();
}

void TestShellText::programIsFoundBehindWhatStandsBeforeIt()
{
    QFETCH(QString, line);
    const CommandLine parts = commandLineOf(line);
    QTEST(parts.program, "program");
    QTEST(parts.arguments, "arguments");
}

void TestShellText::pieceIsReadAsWhatItIs_data()
{
    QTest::addColumn<QString>("piece");
    QTest::addColumn<ShellReading>("reading");
    const auto row = [](const QString &piece, ShellReading reading) {
        QTest::newRow(qPrintable(piece)) << piece << reading;
    };
    using enum ShellReading;
    row(u"# look\nkubectl get pods"_s, Shell);
    row(u"PGPASSWORD=x psql -l"_s, Shell);
    row(u"Rscript load.R"_s, Shell);
    row(u"select name in a b; do echo $name; done"_s, Shell);
    row(u"drop-database shop"_s, Shell);
    row(u"echo Done."_s, Shell);
    row(u"cd .."_s, Shell);
    row(u"./Migrate --all"_s, Shell);
    row(u"SELECT count(*) FROM t;"_s, Sql);
    row(u"-- look\nselect 1;"_s, Sql);
    row(u"# look\nALTER TABLE t ADD a int;"_s, Sql);
    row(u"delete from t where a = 1;"_s, Sql);
    row(u"BEGIN;"_s, Sql);
    row(u"WITH x AS (SELECT 1) SELECT * FROM x;"_s, Sql);
    row(u"1. Stop the migration (Ctrl+C)"_s, Prose);
    row(u"- Ask the provider"_s, Prose);
    row(u"CPU: 8+ cores"_s, Prose);
    row(u"Stop the migration (Ctrl+C)"_s, Prose);
    row(u"Server Specifications:"_s, Prose);
    row(u"wait until all of the pods are ready."_s, Prose);
}

void TestShellText::pieceIsReadAsWhatItIs()
{
    QFETCH(QString, piece);
    QTEST(readingOf(piece), "reading");
}

void TestShellText::blockWithoutLanguageIsShellOnlyWhenItReadsSo_data()
{
    QTest::addColumn<QString>("block");
    QTest::addColumn<bool>("isShell");
    const auto row = [](const QString &block, bool isShell) {
        QTest::newRow(qPrintable(block)) << block << isShell;
    };
    row(u"kubectl get pods"_s, true);
    row(u"# all of them\nkubectl get pods \\\n  Running -n shop\nsudo systemctl stop api"_s, true);
    row(u"$ anything here\nwhat it prints"_s, true);
    row(u"export A=1\nfor i in 1 2; do\n  echo $i\ndone"_s, true);
    row(u"psql <<EOF\nSELECT 1;\nEOF"_s, true);
    row(u"./migrate.sh --all"_s, true);
    row(u"make -C api migrate"_s, true);
    row(u"cd .."_s, true);
    row(u"make sure that it works"_s, false);
    row(u"watch the logs"_s, false);
    row(u"NAME  READY\napi   1/1"_s, false);
    row(u"kubectl get pods\nNAME  READY"_s, false);
    row(u"npm ERR! code 1"_s, false);
    row(u"psql (15.3)"_s, false);
    row(u"git version 2.39.2"_s, false);
    row(u"psql:m.sql:6: ERROR:  no"_s, false);
    row(u"docker must be installed."_s, false);
    row(u"/api/health"_s, false);
    row(u"DATABASE_URL=postgres://db"_s, false);
    row(u"# only a comment"_s, false);
    row(u"\u2713 All migrations are valid\nPending: 1"_s, false);
    row(u"{\"ok\": true}"_s, false);
    row(u"- [ ] no task"_s, false);
    row(QString(), false);
}

void TestShellText::blockWithoutLanguageIsShellOnlyWhenItReadsSo()
{
    QFETCH(QString, block);
    QTEST(readsAsShell(block), "isShell");
}

void TestShellText::commandsThatWaitForTypingAreKnown_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("interactive");
    const auto row = [](const QString &text, bool interactive) {
        QTest::newRow(qPrintable(text)) << text << interactive;
    };
    row(u"psql"_s, true);
    row(u"sudo -u postgres psql \"$DATABASE_URL\""_s, true);
    row(u"PGHOST=db psql -U shop -h db1"_s, true);
    row(u"cd a\nvim config.yml"_s, true);
    row(u"kubectl -n shop edit configmap api"_s, true);
    row(u"kubectl exec -it api-0 -- /bin/bash"_s, true);
    row(u"docker compose exec -it db psql -U shop"_s, true);
    row(u"ssh -p 22 root@db1"_s, true);
    row(u"top"_s, true);
    row(u"crontab -e"_s, true);
    row(u"sudo -i"_s, true);
    row(u"su - postgres"_s, true);
    row(u"redis-cli -h cache"_s, true);
    row(u"sqlite3 shop.db"_s, true);
    row(u"bin/rails console"_s, true);
    row(u"psql -c 'select 1'"_s, false);
    row(u"psql \"$DATABASE_URL\" -X -v ON_ERROR_STOP=1 \\\n  -f a.sql"_s, false);
    row(u"psql -Atc 'select 1'"_s, false);
    row(u"psql -l"_s, false);
    row(u"psql < dump.sql"_s, false);
    row(u"cat a.sql | psql"_s, false);
    row(u"cat a.sql |\n  psql"_s, false);
    row(u"psql <<EOF\nselect 1;\nEOF"_s, false);
    row(u"ssh db1 uptime"_s, false);
    row(u"ssh -N -L 5432:db:5432 db1"_s, false);
    row(u"top -b -n 1"_s, false);
    row(u"kubectl exec api-0 -- ls"_s, false);
    row(u"kubectl get pods | less_is_more"_s, false);
    row(u"redis-cli ping"_s, false);
    row(u"sqlite3 shop.db 'select 1'"_s, false);
    row(u"bash migrate.sh"_s, false);
    row(u"# vim is no command here\necho x"_s, false);
}

void TestShellText::commandsThatWaitForTypingAreKnown()
{
    QFETCH(QString, text);
    QTEST(isInteractive(text), "interactive");
}

QTEST_GUILESS_MAIN(TestShellText)
#include "tst_shelltext.moc"
