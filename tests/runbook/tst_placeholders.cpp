// SPDX-License-Identifier: Apache-2.0
#include "runbook/placeholders.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestPlaceholders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placeholdersAreFoundInShell_data();
    void placeholdersAreFoundInShell();
    void shellsOwnSignsAreNone_data();
    void shellsOwnSignsAreNone();
    void longRunsAreData_data();
    void longRunsAreData();
    void sqlIsReadAsSql_data();
    void sqlIsReadAsSql();
};

void TestPlaceholders::placeholdersAreFoundInShell_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const QString &text, const QStringList &found) {
        QTest::newRow(qPrintable(text)) << text << found;
    };
    row(u"az --name <account> --rg <resource group> <account>"_s,
        {u"<account>"_s, u"<resource group>"_s});
    row(u"curl https://<host>:8080/api/<id>/x"_s, {u"<host>"_s, u"<id>"_s});
    row(u"deploy <dev|staging|prod>"_s, {u"<dev|staging|prod>"_s});
    row(u"restore backup-<id>.dump user_<n>"_s, {u"<id>"_s, u"<n>"_s});
    row(u"psql \\\n  -h <db host> \\\n  -U <user>"_s, {u"<db host>"_s, u"<user>"_s});
    row(u"cat <<EOF > a.yml\nname: <name>\nEOF"_s, {u"<name>"_s});
    row(u"cat m/XXXXX_name/migration.sql"_s, {u"XXXXX"_s});
    row(u"aws ec2 stop-instances i-xxxxxxxx"_s, {u"xxxxxxxx"_s});
    row(u"touch YYYY-MM-DD-name.ts YYYYMMDDHHMMSS.sql"_s, {u"YYYY-MM-DD"_s, u"YYYYMMDDHHMMSS"_s});
    row(u"psql your-database {{HOST}} $YOUR_VARIABLE"_s, {u"your-database"_s, u"{{HOST}}"_s});
    row(u"export KEY=YOUR_API_KEY"_s, {u"YOUR_API_KEY"_s});
    row(u"mail --to {{ DOCUMENT_OWNER }}"_s, {u"{{ DOCUMENT_OWNER }}"_s});
    row(u"restore [BACKUP_ID] [DATABASE NAME]"_s, {u"[BACKUP_ID]"_s, u"[DATABASE NAME]"_s});
    row(u"echo Approved by ____"_s, {u"____"_s});
    row(u"aws rds describe --cluster-id CLUSTER_NAME --region=REGION"_s,
        {u"CLUSTER_NAME"_s, u"REGION"_s});
    row(u"pg_restore backup_TIMESTAMP.dump"_s, {u"TIMESTAMP"_s});
}

void TestPlaceholders::placeholdersAreFoundInShell()
{
    QFETCH(QString, text);
    QTEST(findPlaceholders(text, CommandLanguage::Shell), "found");
}

void TestPlaceholders::shellsOwnSignsAreNone_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const QString &text) { QTest::newRow(qPrintable(text)) << text; };
    row(u"# use <this>\nx"_s);
    row(u"a <in >out; b <<EOF"_s);
    row(u"psql < dump.sql > out.log"_s);
    row(u"psql <dump.sql>out.log"_s);
    row(u"cat <file |sort>out"_s);
    row(u"run <in 2>&1"_s);
    row(u"sort <in -o x>out"_s);
    row(u"diff <(a) <(b)"_s);
    row(u"cat <<-EOF >x\na\nEOF"_s);
    row(u"cat <<<word>x"_s);
    row(u"[[ $a < $b && $c > $d ]] && (( x <= 3 ))"_s);
    row(u"awk '$1<5 && $2>6'"_s);
    row(u"node -e 'const p: Promise<User> = f<T>()'"_s);
    row(u"g++ -D'V=vector<int>'"_s);
    row(u"curl -d '<query>x</query>' https://a"_s);
    row(u"mktemp /tmp/x.XXXXXX"_s);
    row(u"docker ps --format '{{.Names}} {{range .Ports}}'"_s);
    row(u"psql -c \"select to_char(now(), 'YYYY-MM-DD')\""_s);
    row(u"psql -c \"select data->>'a', x->y from t\""_s);
    row(u"echo ${LIST[SOME_KEY]} [A-Z] [[:upper:]]"_s);
    row(u"kubectl set env deployment/api MAINTENANCE_MODE=true"_s);
    row(u"docker run --env DB_NAME --build-arg APP_VERSION x"_s);
    row(u"grep BACKUP_ID .env; unset DB_NAME; echo SELECT"_s);
    row(u"psql --set ON_ERROR_STOP=1"_s);
    row(u"python -c '__init__'"_s);
    row(u"npm run x -- --LOG"_s);
}

void TestPlaceholders::shellsOwnSignsAreNone()
{
    QFETCH(QString, text);
    QCOMPARE(findPlaceholders(text, CommandLanguage::Shell), QStringList());
}

void TestPlaceholders::longRunsAreData_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isName");
    QTest::newRow("40 X") << QString(40, u'X') << true;
    QTest::newRow("41 X") << QString(41, u'X') << false;
    QTest::newRow("20000 x") << QString(20'000, u'x') << false;
    QTest::newRow("words") << u'<' + QString(98, u'a') + u'>' << true;
    QTest::newRow("too many words") << u'<' + QString(99, u'a') + u'>' << false;
    QTest::newRow("a line to sign on") << QString(60, u'_') << true;
    QTest::newRow("a drawn line") << QString(2000, u'_') << false;
}

void TestPlaceholders::longRunsAreData()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isName);
    QCOMPARE(findPlaceholders(u"echo "_s + text, CommandLanguage::Shell),
             isName ? QStringList{text} : QStringList());
}

void TestPlaceholders::sqlIsReadAsSql_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const QString &text, const QStringList &found) {
        QTest::newRow(qPrintable(text)) << text << found;
    };
    row(u"SELECT * FROM <table> WHERE id = '<id>';"_s, {u"<table>"_s, u"<id>"_s});
    row(u"-- fill in <table>\nSELECT 1;"_s, {});
    row(u"SELECT 1 WHERE a <b AND c> d;"_s, {});
    row(u"SELECT a <> b, c << 2, d <= e, f <@ g, h -> 'i';"_s, {});
}

void TestPlaceholders::sqlIsReadAsSql()
{
    QFETCH(QString, text);
    QTEST(findPlaceholders(text, CommandLanguage::Sql), "found");
}

QTEST_GUILESS_MAIN(TestPlaceholders)
#include "tst_placeholders.moc"
