// SPDX-License-Identifier: Apache-2.0
#include "runbook/shellvariables.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestShellVariables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWithoutAValueAreFound_data();
    void namesWithoutAValueAreFound();
};

void TestShellVariables::namesWithoutAValueAreFound_data()
{
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QStringList>("names");
    const auto row = [](const QString &shell, const QStringList &names) {
        QTest::newRow(qPrintable(shell)) << shell << names;
    };
    row(u"psql $DB -h ${HOST} -p \"$PORT\" $DB"_s, {u"DB"_s, u"HOST"_s, u"PORT"_s});
    row(u"echo $(cat $FILE) `cat $OTHER`"_s, {u"FILE"_s, u"OTHER"_s});
    row(u"echo ${NAME%.sql} ${#LIST} ${ALL[@]} ${MUST:?say}"_s,
        {u"NAME"_s, u"LIST"_s, u"ALL"_s, u"MUST"_s});
    row(u"echo \"it's $A\""_s, {u"A"_s});
    row(u"kubectl set env deployment/api URL=$URL"_s, {u"URL"_s});
    row(u"cat <<EOF\nisn't $A\nEOF\necho '$B' $C"_s, {u"A"_s, u"C"_s});
    row(u"cat <<\"EOF\" > f; echo $A\n$B\nEOF\necho $C"_s, {u"A"_s, u"C"_s});
    row(u"echo ${A:-$B}"_s, {u"B"_s});
    row(u"echo '$A' \\$B $'it\\'s $C'"_s, {});
    row(u"echo $1 $@ $? $$ $# ${1} $(date)"_s, {});
    row(u"echo $HOME $PWD $RANDOM $USER $PATH $BASH_SOURCE $LC_ALL"_s, {});
    row(u"echo ${A:-x} ${B-x} ${C:=x} $C ${D:+x}"_s, {});
    row(u"ID=$(new)\necho $ID"_s, {});
    row(u"export A=1 B=2; echo $A$B"_s, {});
    row(u"A=1 B=\"x y\" run $A $B"_s, {});
    row(u"for f in *.sql; do echo $f; done"_s, {});
    row(u"while read -r id name; do echo $id $name; done"_s, {});
    row(u"read -p 'Who? ' WHO; echo $WHO"_s, {});
    row(u"if true; then X=1; fi; echo $X"_s, {});
    row(u"# uses $A\nls # and $B\necho a#$C"_s, {u"C"_s});
    row(u"awk '{print $NF}' f"_s, {});
    row(u"echo $"_s, {});
    row(u"echo ${"_s, {});
    row(u"ls"_s, {});
}

void TestShellVariables::namesWithoutAValueAreFound()
{
    QFETCH(QString, shell);
    QTEST(variablesReadBy(shell), "names");
}

QTEST_GUILESS_MAIN(TestShellVariables)
#include "tst_shellvariables.moc"
