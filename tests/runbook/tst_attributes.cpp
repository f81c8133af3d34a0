// SPDX-License-Identifier: Apache-2.0
#include "runbook/attributes.h"

#include "runbook/fenceinfo.h"
#include "runbook/frontmatter.h"
#include "runbook/suggestion.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

Q_DECLARE_METATYPE(runsheet::AttributePlace)

class TestAttributes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairsAndJsonAreRead_data();
    void pairsAndJsonAreRead();
    void fenceSaysWhatItsBlockIs_data();
    void fenceSaysWhatItsBlockIs();
    void valuesAreChecked_data();
    void valuesAreChecked();
    void keysBelongToTheirPlace_data();
    void keysBelongToTheirPlace();
    void nearWordIsSuggested_data();
    void nearWordIsSuggested();
    void onlyOurCommentsAreAnnotations();
    void frontMatterIsReadBelowRunsheet();
    void frontMatterOfOthersIsTheirs();
    void brokenFrontMatterNamesItsLine();
};

void TestAttributes::pairsAndJsonAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Attributes>("attributes");
    using A = Attributes;
    QTest::newRow("nothing") << QString() << A();
    QTest::newRow("braces") << u"{name=x}"_s << A{{u"name"_s, u"x"_s}};
    QTest::newRow("no braces") << u" name=x once "_s
                               << A{{u"name"_s, u"x"_s}, {u"once"_s, u"true"_s}};
    QTest::newRow("quotes") << u"cwd=\"a b\" name='q \\' q'"_s
                            << A{{u"cwd"_s, u"a b"_s}, {u"name"_s, u"q ' q"_s}};
    QTest::newRow("commas") << u"a=1, b=2,c"_s << A{{u"a"_s, u"1"_s}, {u"b"_s, u"2,c"_s}};
    QTest::newRow("spaces around the sign")
        << u"cwd = x name=y"_s << A{{u"cwd"_s, u"x"_s}, {u"name"_s, u"y"_s}};
    QTest::newRow("JSON") << u"{\"name\": \"x y\", \"tty\": false, \"timeout\": 30}"_s
                          << A{{u"name"_s, u"x y"_s},
                               {u"tty"_s, u"false"_s},
                               {u"timeout"_s, u"30"_s}};
    QTest::newRow("unclosed quote") << u"name=\"x"_s << A{{u"name"_s, u"x"_s}};
    QTest::newRow("no value") << u"name="_s << A{{u"name"_s, QString()}};
}

void TestAttributes::pairsAndJsonAreRead()
{
    QFETCH(QString, text);
    QTEST(parseAttributes(text), "attributes");
}

void TestAttributes::fenceSaysWhatItsBlockIs_data()
{
    QTest::addColumn<QString>("info");
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("mustReadAsShell");
    QTest::addColumn<Attributes>("attributes");
    using A = Attributes;
    for (const char *name : {"bash", "sh", "shell", "zsh", "shellscript", "Bash"})
        QTest::newRow(name) << QString::fromLatin1(name) << u"shell"_s << false << A();
    for (const char *name : {"console", "shell-session", "cmd", "command", "terminal", ""})
        QTest::newRow(qPrintable(u"“%1”"_s.arg(QString::fromLatin1(name))))
            << QString::fromLatin1(name) << u"shell"_s << true << A();
    for (const char *name : {"sql", "psql", "postgresql"})
        QTest::newRow(name) << QString::fromLatin1(name) << u"sql"_s << false << A();
    for (const char *name : {"typescript", "json", "yaml", "bashful", "http"})
        QTest::newRow(name) << QString::fromLatin1(name) << QString() << false << A();
    QTest::newRow("attributes") << u"sh {name=x tty=no}"_s << u"shell"_s << false
                                << A{{u"name"_s, u"x"_s}, {u"tty"_s, u"false"_s}};
    QTest::newRow("no space") << u"sql{name=q}"_s << u"sql"_s << false << A{{u"name"_s, u"q"_s}};
}

void TestAttributes::fenceSaysWhatItsBlockIs()
{
    QFETCH(QString, info);
    const FenceInfo fence = parseFenceInfo(info);
    const QString language = !fence.language      ? QString()
        : *fence.language == CommandLanguage::Sql ? u"sql"_s
                                                  : u"shell"_s;
    QTEST(language, "language");
    QTEST(fence.mustReadAsShell, "mustReadAsShell");
    QTEST(fence.attributes, "attributes");
    QCOMPARE(fence.problems, QList<AttributeProblem>());
}

void TestAttributes::valuesAreChecked_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("written");
    QTest::addColumn<AttributePlace>("place");
    QTest::addColumn<QString>("value"); // null: wrong
    const auto row = [](const char *key, const char *written, AttributePlace place,
                        const char *value) {
        QTest::newRow(qPrintable(QLatin1StringView(key) + u'=' + QLatin1StringView(written)))
            << QString::fromLatin1(key) << QString::fromLatin1(written) << place
            << QString::fromLatin1(value);
    };
    using enum AttributePlace;
    row("signoffs", "2", Step, "2");
    row("signoffs", "0", Step, nullptr);
    row("signoffs", "two", Step, nullptr);
    row("role", "dba", Step, "dba");
    row("role", "", Step, nullptr);
    row("required", "No", Step, "false");
    row("required", "maybe", Step, nullptr);
    row("due", "-7d", Step, "-7d");
    row("due", "soon", Step, nullptr);
    row("timeout", "90", Command, "90s");
    row("timeout", "15m", Command, "900s");
    row("timeout", "-1m", Command, nullptr);
    row("confirm", "on", Command, "true");
    row("cancel", "0", Command, "false");
    row("probe", "15s", Command, "15s");
    row("probe", "true", Command, "true");
    row("probe", "often", Command, nullptr);
    row("expect", "OK", Command, "OK");
    row("category", "", Command, "");
}

void TestAttributes::valuesAreChecked()
{
    QFETCH(QString, key);
    QFETCH(QString, written);
    QFETCH(AttributePlace, place);
    QFETCH(QString, value);
    const CheckedAttributes checked = checkAttributes({{key, written}}, place);
    if (value.isNull()) {
        QVERIFY(checked.values.isEmpty());
        QCOMPARE(checked.problems.size(), 1);
        QCOMPARE(checked.problems.first().code, u"wrong-attribute-value"_s);
        QVERIFY(checked.problems.first().message.contains(u"“%1” must be "_s.arg(key)));
    } else {
        QVERIFY(checked.problems.isEmpty());
        QCOMPARE(checked.values, (Attributes{{key, value}}));
    }
}

void TestAttributes::keysBelongToTheirPlace_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<AttributePlace>("place");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("hint");
    using enum AttributePlace;
    QTest::newRow("unknown") << u"colour"_s << Command << u"unknown-attribute"_s << u"Known are"_s;
    QTest::newRow("mistyped") << u"timout"_s << Command << u"unknown-attribute"_s
                              << u"Did you mean “timeout”?"_s;
    QTest::newRow("capital") << u"Role"_s << Step << u"unknown-attribute"_s
                             << u"Did you mean “role”?"_s;
    QTest::newRow("of a step") << u"signoffs"_s << Command << u"misplaced-attribute"_s
                               << u"<!-- runsheet: signoffs="_s;
    QTest::newRow("of one command")
        << u"name"_s << Step << u"misplaced-attribute"_s << u"several"_s;
    QTest::newRow("of one step") << u"due"_s << Runbook << u"misplaced-attribute"_s << u"several"_s;
}

void TestAttributes::keysBelongToTheirPlace()
{
    QFETCH(QString, key);
    QFETCH(AttributePlace, place);
    QFETCH(QString, hint);
    const CheckedAttributes checked = checkAttributes({{key, u"true"_s}}, place);
    QVERIFY(checked.values.isEmpty());
    QCOMPARE(checked.problems.size(), 1);
    QTEST(checked.problems.first().code, "code");
    QVERIFY2(checked.problems.first().message.contains(hint),
             qPrintable(checked.problems.first().message));
}

void TestAttributes::nearWordIsSuggested_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("nearest");
    QTest::newRow("letter left out") << u"confrm"_s << u"confirm"_s;
    QTest::newRow("letters swapped") << u"singoffs"_s << u"signoffs"_s;
    QTest::newRow("short word, one letter") << u"ttx"_s << u"tty"_s;
    QTest::newRow("short word, two letters") << u"txx"_s << QString();
    QTest::newRow("far") << u"colour"_s << QString();
    QTest::newRow("endless") << QString(1'000'000, u'x') << QString();
}

void TestAttributes::nearWordIsSuggested()
{
    QFETCH(QString, word);
    QTEST(nearestTo(word, {u"confirm"_s, u"signoffs"_s, u"tty"_s}), "nearest");
}

void TestAttributes::onlyOurCommentsAreAnnotations()
{
    QCOMPARE(annotationText(u"<!-- runsheet: role=dba -->\n"_s).trimmed(), u"role=dba"_s);
    QVERIFY(!annotationText(u"<!-- runsheet: -->"_s).isNull());
    QVERIFY(annotationText(u"<!-- note: runsheet: x -->"_s).isNull());
    QVERIFY(annotationText(u"<b>runsheet: x</b>"_s).isNull());
}

void TestAttributes::frontMatterIsReadBelowRunsheet()
{
    const FrontMatter front =
        readFrontMatter(u"title: x\nrunsheet:\n  signoffs: 2\n  confirm: yes\n  rolle: dba\n"_s);
    QCOMPARE(front.attributes, (Attributes{{u"signoffs"_s, u"2"_s}, {u"confirm"_s, u"true"_s}}));
    QCOMPARE(front.diagnostics.size(), 1);
    QCOMPARE(front.diagnostics.first().location, (SourceLocation{6, 3}));
    QVERIFY(front.diagnostics.first().message.contains(u"“role”"_s));
}

void TestAttributes::frontMatterOfOthersIsTheirs()
{
    QVERIFY(readFrontMatter(u"title: {{ .Title }\nlayout: [\n"_s).diagnostics.isEmpty());
}

void TestAttributes::brokenFrontMatterNamesItsLine()
{
    const FrontMatter broken = readFrontMatter(u"title: x\nrunsheet: [a\n"_s);
    QCOMPARE(broken.diagnostics.size(), 1);
    QCOMPARE(broken.diagnostics.first().code, u"broken-front-matter"_s);
    QVERIFY(broken.diagnostics.first().location.line >= 3);
    QCOMPARE(readFrontMatter(u"runsheet: yes\n"_s).diagnostics.size(), 1);
}

QTEST_GUILESS_MAIN(TestAttributes)
#include "tst_attributes.moc"
