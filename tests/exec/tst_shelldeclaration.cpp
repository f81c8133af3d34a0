// SPDX-License-Identifier: Apache-2.0
#include "exec/shelldeclaration.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestShellDeclaration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBashQuoting_data();
    void readsBashQuoting();
    void leavesOutWhatBashWouldRun_data();
    void leavesOutWhatBashWouldRun();
    void readsManyAndSkipsOtherLines();
    void keepsTheSourceExactly();
    void oneDeclarationMeansOneAlone();
};

void TestShellDeclaration::readsBashQuoting_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("flags");
    QTest::addColumn<QString>("value");
    QTest::newRow("plain") << R"(declare -- a="b c")"_ba << u"a"_s << QString() << u"b c"_s;
    QTest::newRow("exported") << R"(declare -x A_1="2")"_ba << u"A_1"_s << u"x"_s << u"2"_s;
    QTest::newRow("several flags") << R"(declare -irx n="4")"_ba << u"n"_s << u"irx"_s << u"4"_s;
    QTest::newRow("empty") << R"(declare -- e="")"_ba << u"e"_s << QString() << QString();
    QTest::newRow("declared only") << R"(declare -a list)"_ba << u"list"_s << u"a"_s << QString();
    QTest::newRow("escapes in double quotes") << R"(declare -- q="a \"b\" \$c \\ \`d\`")"_ba
                                              << u"q"_s << QString() << uR"(a "b" $c \ `d`)"_s;
    QTest::newRow("backslash that escapes nothing")
        << R"(declare -- q="a\nb")"_ba << u"q"_s << QString() << uR"(a\nb)"_s;
    QTest::newRow("newline escaped")
        << R"(declare -- n=$'a\nb\tc')"_ba << u"n"_s << QString() << u"a\nb\tc"_s;
    QTest::newRow("newline as it is")
        << "declare -- n=\"a\nb\""_ba << u"n"_s << QString() << u"a\nb"_s;
    QTest::newRow("octal UTF-8") << R"(declare -- u=$'\303\274\342\202\254')"_ba << u"u"_s
                                 << QString() << u"ü€"_s;
    QTest::newRow("quote in ANSI quoting")
        << R"(declare -- s=$'it\'s\n')"_ba << u"s"_s << QString() << u"it's\n"_s;
    QTest::newRow("array") << R"(declare -a l=([0]="x y" [1]=$'z\n'))"_ba << u"l"_s << u"a"_s
                           << uR"([0]="x y" [1]=$'z\n')"_s;
    QTest::newRow("map") << R"(declare -A m=([k]="v" ["k 2"]="w" ))"_ba << u"m"_s << u"A"_s
                         << uR"([k]="v" ["k 2"]="w")"_s;
}

void TestShellDeclaration::readsBashQuoting()
{
    QFETCH(QByteArray, text);
    const QList<ShellDeclaration> found = parseDeclarations(text + '\n');
    QCOMPARE(found.size(), 1);
    QTEST(found.first().name, "name");
    QTEST(found.first().flags, "flags");
    QTEST(found.first().value, "value");
}

void TestShellDeclaration::leavesOutWhatBashWouldRun_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("substitution") << uR"x(declare -- a="$(id)")x"_s;
    QTest::newRow("backticks") << uR"(declare -- a="`id`")"_s;
    QTest::newRow("parameter") << uR"(declare -- a="$HOME")"_s;
    QTest::newRow("second command") << uR"(declare -- a="b"; id)"_s;
    QTest::newRow("second command unquoted") << uR"(declare -- a=b;id)"_s;
    QTest::newRow("in an array") << uR"x(declare -a a=([0]="$(id)"))x"_s;
    QTest::newRow("after an array") << uR"(declare -a a=([0]="x") ; id)"_s;
    QTest::newRow("subscript") << uR"(declare -a a=([$(id)]="x"))"_s;
    QTest::newRow("unclosed") << uR"(declare -- a="b)"_s;
    QTest::newRow("no name") << uR"(declare -- ="b")"_s;
    QTest::newRow("name begins with a digit") << uR"(declare -- 1a="b")"_s;
    QTest::newRow("another command") << uR"(rm -- a="b")"_s;
    QTest::newRow("subscripted name") << uR"(declare -- a[0]="b")"_s;
    QTest::newRow("redirection") << uR"(declare -- a="b" >file)"_s;
}

void TestShellDeclaration::leavesOutWhatBashWouldRun()
{
    QFETCH(QString, text);
    QVERIFY(!parseDeclaration(text));
    QVERIFY(parseDeclarations(text.toUtf8()).isEmpty());
}

void TestShellDeclaration::readsManyAndSkipsOtherLines()
{
    const auto found = parseDeclarations("declare -- a=\"1\nx\"\n# secret T\n\nnonsense\n"
                                         "declare -x b=\"2\"\n# complete\n"_ba);
    QCOMPARE(found.size(), 2);
    QCOMPARE(found.at(0).value, u"1\nx"_s);
    QCOMPARE(found.at(1).name, u"b"_s);
    QVERIFY(found.at(1).isExported());
    QVERIFY(!found.at(0).isExported());
}

void TestShellDeclaration::keepsTheSourceExactly()
{
    const QString source = uR"(declare -ar l=([0]="a\"b" [1]=$'\377'))"_s;
    const auto declaration = parseDeclaration(source);
    QVERIFY(declaration);
    QCOMPARE(declaration->source, source);
    QVERIFY(declaration->isReadOnly());
}

void TestShellDeclaration::oneDeclarationMeansOneAlone()
{
    QVERIFY(parseDeclaration(u"declare -- a=\"1\""_s));
    QVERIFY(!parseDeclaration(u"declare -- a=\"1\"\ndeclare -- b=\"2\""_s));
    QVERIFY(!parseDeclaration(u"declare -- a=\"1\"\nid"_s));
    QVERIFY(!parseDeclaration(QString()));
}

QTEST_GUILESS_MAIN(TestShellDeclaration)
#include "tst_shelldeclaration.moc"
