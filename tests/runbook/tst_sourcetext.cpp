// SPDX-License-Identifier: Apache-2.0
#include "runbook/limits.h"
#include "runbook/mojibake.h"
#include "runbook/sourcetext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

QStringList codesOf(const SourceText &text)
{
    QStringList codes;
    for (const Diagnostic &diagnostic : text.diagnostics)
        codes += u"%1@%2"_s.arg(diagnostic.code).arg(diagnostic.location.line);
    return codes;
}

} // namespace

class TestSourceText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mojibakeIsRepairedOnRequest();
    void bytesBecomeText_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("codes");
        QTest::newRow("empty") << QByteArray() << QByteArray() << QStringList();
        QTest::newRow("plain") << QByteArray("a\nb") << QByteArray("a\nb") << QStringList();
        QTest::newRow("byte order mark")
            << QByteArray("\xEF\xBB\xBF# a\n") << QByteArray("# a\n") << QStringList();
        QTest::newRow("Windows line ends")
            << QByteArray("a\r\nb\r\n") << QByteArray("a\nb\n") << QStringList();
        QTest::newRow("old Mac line ends")
            << QByteArray("a\rb\r") << QByteArray("a\nb\n") << QStringList();
        QTest::newRow("mixed") << QByteArray("a\r\n\rb\n") << QByteArray("a\n\nb\n")
                               << QStringList();
        QTest::newRow("NUL") << QByteArray("a\nb\0", 4) << QByteArray("a\nb\xEF\xBF\xBD")
                             << QStringList{u"null-byte@2"_s};
        QTest::newRow("Latin-1") << QByteArray("a\n\ncaf\xE9\n")
                                 << QByteArray("a\n\ncaf\xEF\xBF\xBD\n")
                                 << QStringList{u"not-utf8@3"_s};
        QTest::newRow("surrogate")
            << QByteArray("\xED\xA0\x80") << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD")
            << QStringList{u"not-utf8@1"_s};
    }
    void bytesBecomeText()
    {
        QFETCH(const QByteArray, bytes);
        const SourceText text = decodeSource(bytes);
        QTEST(text.utf8, "text");
        QTEST(codesOf(text), "codes");
    }

    void aLineOfTheLargestSizeIsKeptWhole_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<bool>("cut");
        QTest::newRow("as long as allowed") << static_cast<int>(limits::kMaxLineBytes) << false;
        QTest::newRow("one more") << static_cast<int>(limits::kMaxLineBytes) + 1 << true;
    }
    void aLineOfTheLargestSizeIsKeptWhole()
    {
        QFETCH(const int, length);
        QFETCH(const bool, cut);
        const SourceText text = decodeSource("a\n" + QByteArray(length, 'x') + "\nb\n");
        QCOMPARE(text.utf8.size(), qsizetype{2} + limits::kMaxLineBytes + 3);
        QCOMPARE(codesOf(text), cut ? QStringList{u"line-too-long@2"_s} : QStringList());
        QVERIFY(text.utf8.endsWith("x\nb\n"));
    }

    void aLongLineIsNotCutInsideACharacter()
    {
        const QByteArray line = QByteArray(limits::kMaxLineBytes - 1, 'x') + "✓✓";
        const SourceText text = decodeSource(line);
        QVERIFY(text.utf8.isValidUtf8());
        QCOMPARE(text.utf8.size(), limits::kMaxLineBytes - 1);
    }

    void aLargeFileIsCutAtALineEnd()
    {
        const QByteArray line = QByteArray(999, 'x') + '\n';
        const SourceText text = decodeSource(line.repeated(3000));
        QVERIFY(text.utf8.size() <= limits::kMaxSourceBytes);
        QVERIFY(text.utf8.endsWith('\n'));
        QCOMPARE(codesOf(text), QStringList{u"too-large@2098"_s});
    }

    void frontMatterIsTakenOffAndLeavesItsLines_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("frontMatter");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("usual") << QByteArray("---\na: 1\nb: 2\n---\n# T\n") << u"a: 1\nb: 2"_s
                               << QByteArray("\n\n\n\n# T\n");
        QTest::newRow("Windows line ends") << QByteArray("---\r\na: 1\r\n---\r\n# T\r\n")
                                           << u"a: 1"_s << QByteArray("\n\n\n# T\n");
        QTest::newRow("empty") << QByteArray("---\n---\n# T\n") << QString()
                               << QByteArray("\n\n# T\n");
        QTest::newRow("a rule, not front matter")
            << QByteArray("---\n\n# T\n\n---\n") << QString() << QByteArray("---\n\n# T\n\n---\n");
        QTest::newRow("unclosed") << QByteArray("---\na: 1\n# T\n") << QString()
                                  << QByteArray("---\na: 1\n# T\n");
        QTest::newRow("not at the start")
            << QByteArray("x\n---\na\n---\n") << QString() << QByteArray("x\n---\na\n---\n");
    }
    void frontMatterIsTakenOffAndLeavesItsLines()
    {
        QFETCH(const QByteArray, bytes);
        const SourceText text = decodeSource(bytes);
        QTEST(text.frontMatter, "frontMatter");
        QTEST(text.utf8, "text");
    }

    void misreadCharactersAreRecognised_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("column"); // 0: honest text
        const auto row = [](const QString &text, int column) {
            QTest::newRow(qPrintable(text)) << text << column;
        };
        row(u"nothing but ASCII, for more than eight bytes"_s, 0);
        row(u"Grüße, ça va? — “quoted” ✓"_s, 0);
        row(u"2 Â 3"_s, 0);
        row(u"Ä in a short line"_s, 0);
        row(u"caf\u00C3\u00A9"_s, 4);
        row(u"ok \u00E2\u0153\u201C done"_s, 4);
        row(u"it\u00E2\u20AC\u2122s"_s, 3);
        row(u"1234567\u00C2\u00B0"_s, 8);
    }
    void misreadCharactersAreRecognised()
    {
        QFETCH(const QString, text);
        QFETCH(const int, column);
        const QList<Diagnostic> found = findMojibake("first line\n" + text.toUtf8() + '\n');
        QCOMPARE(found.size(), column > 0 ? 1 : 0);
        if (column > 0)
            QCOMPARE(found.constFirst().location, (SourceLocation{2, column}));
    }
};

void TestSourceText::mojibakeIsRepairedOnRequest()
{
    QCOMPARE(QString::fromUtf8(repairMojibake(u"a âœ“ b â†’ c é ã"_s.toUtf8())),
             u"a ✓ b → c é ã"_s);
    QCOMPARE(repairMojibake("plain"), QByteArray("plain"));
    const QByteArray honest = u"Größe – “x” ✓"_s.toUtf8();
    QCOMPARE(repairMojibake(honest), honest);
}

QTEST_GUILESS_MAIN(TestSourceText)
#include "tst_sourcetext.moc"
