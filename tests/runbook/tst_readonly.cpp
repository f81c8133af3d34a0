// SPDX-License-Identifier: Apache-2.0
#include "runbook/readonly.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

bool reads(const char *text, CommandLanguage language = CommandLanguage::Shell)
{
    Command command;
    command.language = language;
    command.text = QString::fromUtf8(text);
    return changesNothing(command);
}

} // namespace

class TestReadOnly : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatOnlyLooksIsKnown_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {
                 "ls -lh \"$BACKUP_DIR\"",
                 "# How full is it\ndf -h\ndu -sh /var",
                 "grep ERROR app.log | wc -l",
                 "ps aux 2>/dev/null | grep -c worker",
                 "kubectl get pods -n shop && kubectl rollout status deploy/shop",
                 "git status; git log -1",
                 "sqitch status",
                 "pg_isready -h db1",
                 "sudo systemctl status shop",
                 "curl -sf https://shop.example/healthz",
                 "pg_restore --list shop.dump",
                 "psql -X -c 'select count(*) from orders'",
                 "psql -XAtq -v ON_ERROR_STOP=1 \\\n  -c \"select max(id) from orders; show "
                 "server_version\"",
                 "psql \"$DATABASE_URL\" -c '\\d orders'",
             })
            QTest::newRow(text) << QByteArray(text);
    }
    void whatOnlyLooksIsKnown()
    {
        QFETCH(QByteArray, text);
        QVERIFY(reads(text.constData()));
    }

    void inDoubtItChangesSomething_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {
                 "",
                 "# only words",
                 "echo migrating",
                 "ls > files.txt",
                 "ls >> files.txt",
                 "cat <<END\nx\nEND",
                 "ls $(rm -rf x)",
                 "ls \"`rm x`\"",
                 "ls && rm x",
                 "ls\nrm x",
                 "ls # it's\nrm x\nls 'y'",
                 "ls \\\"; rm x; ls \\\"",
                 "ls 'open",
                 "grep x log | xargs rm",
                 "X=1",
                 "cd /tmp && ls",
                 "sort -o file file",
                 "date -s 12:00",
                 "hostname other",
                 "kubectl delete pod x",
                 "kubectl apply -f get.yaml",
                 "git push",
                 "systemctl restart shop",
                 "sqitch deploy",
                 "pg_restore -d shop shop.dump",
                 "curl -X POST https://shop.example/healthz",
                 "curl https://shop.example/deploy-hook",
                 "for f in *; do ls; done",
                 "psql",
                 "psql -f m.sql",
                 "psql -c 'select 1' -f m.sql",
                 "psql -c 'select 1' -o out",
                 "psql -c 'select 1' -fm.sql",
                 "psql -c 'select 1' --file=m.sql",
                 "psql -c \"$STATEMENT\"",
                 "psql -c \"select 1; $MORE\"",
                 "psql -c 'update orders set x = 1'",
                 "psql -c 'select 1' -c 'drop table x'",
                 "psql -c 'select migrate_batch()'",
                 "psql -c 'select * into copy from orders'",
                 "psql -c 'select id from orders for update'",
                 "psql -c 'with gone as (delete from orders returning 1) select count(*) from "
                 "gone'",
                 "psql -c 'explain analyze delete from orders'",
                 "psql -c '\\i m.sql'",
                 "psql -c '\\! rm x'",
             })
            QTest::newRow(text) << QByteArray(text);
    }
    void inDoubtItChangesSomething()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!reads(text.constData()));
    }

    void sqlBlocksAreJudgedToo()
    {
        const auto sql = CommandLanguage::Sql;
        QVERIFY(
            reads("-- Look\nselect count(*) from orders;\nselect 'update; drop' as words;", sql));
        QVERIFY(reads("\\x\nselect pid from pg_stat_activity", sql));
        QVERIFY(!reads("select 1; vacuum orders;", sql));
        QVERIFY(!reads("select pg_terminate_backend(1)", sql));
        QVERIFY(!reads("do $$ begin end $$", sql));
        QVERIFY(!reads("select 'drop table x' \\gexec", sql));
        QVERIFY(!reads("/* select */ drop table x", sql));
        QVERIFY(!reads("-- it's\ndrop table x; select 'y'", sql));
        QVERIFY(!reads("select E'\\''; drop table x; select '", sql));
        QVERIFY(!reads("select $a$ ' $a$; drop table x; select ' '", sql));
        QVERIFY(!reads("select 'a''b'; drop table x", sql));
    }

    void whatIsTypedToIsNotKnown()
    {
        Command command;
        command.text = u"ls"_s;
        command.interactive = true;
        QVERIFY(!changesNothing(command));
    }
};

QTEST_GUILESS_MAIN(TestReadOnly)
#include "tst_readonly.moc"
