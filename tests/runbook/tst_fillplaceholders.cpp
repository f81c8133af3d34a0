// SPDX-License-Identifier: Apache-2.0
#include "runbook/fillplaceholders.h"
#include "runbook/placeholders.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

Command command(const QString &text, CommandLanguage language = CommandLanguage::Shell)
{
    return {.language = language, .text = text, .placeholders = findPlaceholders(text, language)};
}

QString filled(const QString &text, const QString &value,
               CommandLanguage language = CommandLanguage::Shell)
{
    const Command one = command(text, language);
    const Result<FilledCommand> result =
        fillPlaceholders(one, {{one.placeholders.value(0), value}});
    return result ? result->text : u"refused: "_s + result.error().message;
}

/// What a real bash makes of the text.
QString bash(const QString &text, const QMap<QString, QString> &variables = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto it = variables.begin(); it != variables.end(); ++it)
        environment.insert(it.key(), it.value());
    process.setProcessEnvironment(environment);
    process.start(u"bash"_s, {u"-c"_s, text});
    if (!process.waitForFinished())
        return u"no bash"_s;
    return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
}

const QStringList kValues{u"plain-1.0"_s,
                          u"two  words"_s,
                          u"it's"_s,
                          u"say \"no\""_s,
                          u"$HOME ${HOME}"_s,
                          u"`id` $(id)"_s,
                          u"back\\slash \\n\\"_s,
                          u"*.sql ~ [a] ?"_s,
                          u"a; rm x | y & z > w < v"_s,
                          u"x}y{z"_s,
                          u"été ✓ #7 !x"_s,
                          u"A=b"_s,
                          u"'\"'\"'"_s};

} // namespace

class TestFillPlaceholders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bashReadsTheValueAndNothingElse_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("printed"); // %1 is the value
        QTest::newRow("bare") << u"printf %s <v>"_s << u"%1"_s;
        QTest::newRow("within a word") << u"printf %s s3://<v>/x"_s << u"s3://%1/x"_s;
        QTest::newRow("double") << u"printf %s \"a <v> b\""_s << u"a %1 b"_s;
        QTest::newRow("single") << u"printf %s 'a <v> b'"_s << u"a %1 b"_s;
        QTest::newRow("ansi") << u"printf %s $'a\\t<v>'"_s << u"a\t%1"_s;
        QTest::newRow("assignment") << u"x=<v>; printf %s \"$x\""_s << u"%1"_s;
        QTest::newRow("substitution") << u"printf %s \"$(printf %s <v>)\""_s << u"%1"_s;
        QTest::newRow("quoted in it") << u"printf %s \"$(printf %s \"<v>\")\""_s << u"%1"_s;
        QTest::newRow("backticks") << u"x=`printf %s <v>`; printf %s \"$x\""_s << u"%1"_s;
        QTest::newRow("double in them") << u"x=`printf %s \"<v>\"`; printf %s \"$x\""_s << u"%1"_s;
        QTest::newRow("single in them") << u"x=`printf %s '<v>'`; printf %s \"$x\""_s << u"%1"_s;
        QTest::newRow("quoted backticks") << u"printf %s \"`printf %s <v>`\""_s << u"%1"_s;
        QTest::newRow("default") << u"printf %s ${NO_SUCH:-<v>}"_s << u"%1"_s;
        QTest::newRow("quoted default") << u"printf %s \"${NO_SUCH:-<v>}\""_s << u"%1"_s;
        QTest::newRow("heredoc") << u"cat <<EOF\na <v>\nEOF"_s << u"a %1\n"_s;
        QTest::newRow("raw heredoc") << u"cat <<'EOF'\na <v>\nEOF"_s << u"a %1\n"_s;
        QTest::newRow("indented") << u"cat <<-EOF\n\ta <v>\n\tEOF\nprintf %s <v>"_s
                                  << u"a %1\n%1"_s;
        QTest::newRow("two of them")
            << u"cat <<A - <<B\nx\nA\n<v>\nB\nprintf %s <v>"_s << u"%1\n%1"_s;
        QTest::newRow("heredoc within") << u"printf %s \"$(cat <<EOF\n<v>\nEOF\n)\""_s << u"%1"_s;
        QTest::newRow("after a comment") << u"# don't\nprintf %s <v> # it's <v>"_s << u"%1"_s;
        QTest::newRow("after a shift") << u"x=$((1 << 2)); printf %s <v>"_s << u"%1"_s;
        QTest::newRow("after a here string")
            << u"cat <<<'x' >/dev/null; printf %s <v>"_s << u"%1"_s;
        QTest::newRow("after a group") << u"(true); { true; }; ((1)) && printf %s <v>"_s << u"%1"_s;
        QTest::newRow("after escapes") << u"true \\' \\\" ; printf %s <v>"_s << u"%1"_s;
    }

    void bashReadsTheValueAndNothingElse()
    {
        QFETCH(QString, text);
        QFETCH(QString, printed);
        for (const QString &value : kValues) {
            const QString shown = filled(text, value);
            QCOMPARE(bash(shown), QString(printed).replace(u"%1"_s, value));
        }
    }

    void secretIsReadFromAVariable_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("printed");
        QTest::newRow("bare") << u"printf %s a<api-token>b"_s << u"a%1b"_s;
        QTest::newRow("double") << u"printf %s \"a<api-token>b\""_s << u"a%1b"_s;
        QTest::newRow("single") << u"printf %s 'a<api-token>b'"_s << u"a%1b"_s;
        QTest::newRow("ansi") << u"printf %s $'a<api-token>b'"_s << u"a%1b"_s;
        QTest::newRow("backticks") << u"printf %s \"`printf %s <api-token>`\""_s << u"%1"_s;
        QTest::newRow("default") << u"printf %s \"${NO_SUCH:-<api-token>}\""_s << u"%1"_s;
        QTest::newRow("heredoc") << u"cat <<EOF\na<api-token>b\nEOF"_s << u"a%1b\n"_s;
    }

    void secretIsReadFromAVariable()
    {
        QFETCH(QString, text);
        QFETCH(QString, printed);
        for (const QString &value : kValues) {
            const auto result = fillPlaceholders(command(text), {{u"<api-token>"_s, value}});
            QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
            QVERIFY2(!result->text.contains(value), qPrintable(result->text));
            QCOMPARE(result->secrets, (QMap<QString, QString>{{u"RUNSHEET_API_TOKEN"_s, value}}));
            QCOMPARE(bash(result->text, result->secrets), QString(printed).replace(u"%1"_s, value));
        }
    }

    void valueWithAPasswordIsASecretWhateverItsName()
    {
        const auto result = fillPlaceholders(command(u"psql <url>"_s),
                                             {{u"<url>"_s, u"postgres://app:s3cret@db/shop"_s}});
        QCOMPARE(result->text, u"psql \"$RUNSHEET_URL\""_s);
    }

    void sqlTakesTextNamesAndParts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("shown");
        QTest::newRow("text") << u"SELECT <v>;"_s << u"it's"_s << u"SELECT 'it''s';"_s;
        QTest::newRow("number") << u"WHERE id = <v>;"_s << u"42"_s << u"WHERE id = '42';"_s;
        QTest::newRow("quoted") << u"SELECT '<v>';"_s << u"it's \\"_s << u"SELECT 'it''s \\';"_s;
        QTest::newRow("escaped") << u"SELECT E'<v>';"_s << u"a'\\"_s << u"SELECT E'a''\\\\';"_s;
        QTest::newRow("unicode") << u"SELECT U&'<v>';"_s << u"\\"_s << u"SELECT U&'\\\\';"_s;
        QTest::newRow("no prefix") << u"SELECT name'<v>';"_s << u"\\"_s << u"SELECT name'\\';"_s;
        QTest::newRow("table") << u"DROP TABLE <v>;"_s << u"shop.users"_s
                               << u"DROP TABLE shop.users;"_s;
        QTest::newRow("table with a space") << u"DROP TABLE IF EXISTS <v>;"_s << u"a \"b\""_s
                                            << u"DROP TABLE IF EXISTS \"a \"\"b\"\"\";"_s;
        QTest::newRow("column") << u"SELECT u.<v> FROM u;"_s << u"id"_s << u"SELECT u.id FROM u;"_s;
        QTest::newRow("identifier") << u"SELECT \"<v>\";"_s << u"a\"b"_s << u"SELECT \"a\"\"b\";"_s;
        QTest::newRow("compared with distinct from")
            << u"SELECT 1 FROM u WHERE v IS NOT DISTINCT FROM <v>;"_s << u"a"_s
            << u"SELECT 1 FROM u WHERE v IS NOT DISTINCT FROM 'a';"_s;
        QTest::newRow("part") << u"FROM users_XXXXX;"_s << u"20261120"_s
                              << u"FROM users_20261120;"_s;
        QTest::newRow("dollar") << u"DO $x$ <v> $x$;"_s << u"it's"_s << u"DO $x$ it's $x$;"_s;
        QTest::newRow("meta") << u"\\i <v>\nSELECT 1;"_s << u"my 'dump'.sql"_s
                              << u"\\i 'my ''dump''.sql'\nSELECT 1;"_s;
        QTest::newRow("after meta")
            << u"\\timing\nSELECT <v>;"_s << u"a"_s << u"\\timing\nSELECT 'a';"_s;
        QTest::newRow("comment") << u"SELECT <v>; /* a /* <v> */ it's */ SELECT <v>;"_s << u"b'"_s
                                 << u"SELECT 'b'''; /* a /* b' */ it's */ SELECT 'b''';"_s;
        QTest::newRow("line comment") << u"SELECT 1; -- don't\nSELECT <v>;"_s << u"b"_s
                                      << u"SELECT 1; -- don't\nSELECT 'b';"_s;
    }

    void sqlTakesTextNamesAndParts()
    {
        QFETCH(QString, text);
        QFETCH(QString, value);
        QTEST(filled(text, value, CommandLanguage::Sql), "shown");
    }

    void whatHasNoSafeFormIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        QTest::addColumn<CommandLanguage>("language");
        QTest::addColumn<QString>("says");
        const auto shell = CommandLanguage::Shell;
        const auto sql = CommandLanguage::Sql;
        QTest::newRow("line break") << u"echo <v>"_s << u"a\nb"_s << shell << u"line break"_s;
        QTest::newRow("backslash") << u"echo \\<v>"_s << u"a b"_s << shell << u"backslash"_s;
        QTest::newRow("delimiter")
            << u"cat <<EOF\n<v>\nEOF"_s << u"EOF"_s << shell << u"end the heredoc"_s;
        QTest::newRow("secret, raw")
            << u"cat <<'EOF'\n<password>\nEOF"_s << u"x"_s << shell << u"expands nothing"_s;
        QTest::newRow("secret, SQL")
            << u"SELECT '<password>';"_s << u"x"_s << sql << u"not written into SQL"_s;
        QTest::newRow("part of a name")
            << u"FROM users_XXXXX;"_s << u"a b"_s << sql << u"part of a name"_s;
        QTest::newRow("dollar") << u"DO $$ <v> $$;"_s << u"$$"_s << sql << u"would end"_s;
        QTest::newRow("comment") << u"/* <v> */"_s << u"*/ x"_s << sql << u"would end"_s;
    }

    void whatHasNoSafeFormIsRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, value);
        QFETCH(CommandLanguage, language);
        QFETCH(QString, says);
        const QString refused = filled(text, value, language);
        QVERIFY2(refused.startsWith(u"refused: "_s) && refused.contains(says), qPrintable(refused));
    }

    void openOnesStayAsWritten()
    {
        const auto result =
            fillPlaceholders(command(u"az login -s <account> -g <resource group>"_s),
                             {{u"<account>"_s, u"shop"_s}, {u"<resource group>"_s, QString()}});
        QCOMPARE(result->text, u"az login -s shop -g <resource group>"_s);
        QCOMPARE(result->open, QStringList{u"<resource group>"_s});
    }

    void onlyThePlaceholderItselfIsReplaced_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown"); // with v for each placeholder
        QTest::newRow("longer one") << u"r YYYY-MM-DD-HH-MM YYYY-MM-DD"_s << u"r v v"_s;
        QTest::newRow("within a word") << u"r AXXXB XXX"_s << u"r AXXXB v"_s;
        QTest::newRow("value of an option") << u"ACCOUNT=1 az --account ACCOUNT \"$ACCOUNT\""_s
                                            << u"ACCOUNT=1 az --account v \"$ACCOUNT\""_s;
        QTest::newRow("part of a name") << u"cp db_DATE.dump $DATE"_s << u"cp db_v.dump $DATE"_s;
        QTest::newRow("another program's format")
            << u"psql -c \"select to_char(now(), 'YYYY-MM-DD')\"\nr YYYY-MM-DD"_s
            << u"psql -c \"select to_char(now(), 'YYYY-MM-DD')\"\nr v"_s;
        QTest::newRow("comment line") << u"# r <x>\nr <x>"_s << u"# r <x>\nr v"_s;
    }

    void onlyThePlaceholderItselfIsReplaced()
    {
        QFETCH(QString, text);
        const Command one = command(text);
        QMap<QString, QString> answers;
        for (const QString &name : one.placeholders)
            answers.insert(name, u"v"_s);
        QTEST(fillPlaceholders(one, answers)->text, "shown");
    }

    void quotesWithinQuotesAndOptionsAreWarnedOf_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("warned");
        const QString sql = u"psql -c \"SELECT '<v>'\""_s;
        QTest::newRow("quote") << sql << u"O'Neil"_s << true;
        QTest::newRow("backslash") << sql << u"a\\b"_s << true;
        QTest::newRow("harmless") << sql << u"two words"_s << false;
        QTest::newRow("no inner") << u"echo \"<v>\""_s << u"O'Neil"_s << false;
        QTest::newRow("json") << u"curl -d '{\"a\": \"<v>\"}'"_s << u"say \"x\""_s << true;
        QTest::newRow("option") << u"rm <v>"_s << u"-rf"_s << true;
        QTest::newRow("no option") << u"rm --path=<v>"_s << u"-rf"_s << false;
    }

    void quotesWithinQuotesAndOptionsAreWarnedOf()
    {
        QFETCH(QString, text);
        QFETCH(QString, value);
        const auto result = fillPlaceholders(command(text), {{u"<v>"_s, value}});
        QTEST(!result->warnings.isEmpty(), "warned");
    }

    void placeholdersHaveTheNamesOfVariables()
    {
        QCOMPARE(variableNameOf(u"<backup-id>"_s), u"BACKUP_ID"_s);
        QCOMPARE(variableNameOf(u"{{ account }}"_s), u"ACCOUNT"_s);
        QCOMPARE(variableNameOf(u"your-database"_s), u"DATABASE"_s);
        QVERIFY(isSecretAnswer(u"<api-key>"_s, u"x"_s));
        QVERIFY(!isSecretAnswer(u"<account>"_s, u"x"_s));
    }
};

QTEST_GUILESS_MAIN(TestFillPlaceholders)
#include "tst_fillplaceholders.moc"
