// SPDX-License-Identifier: Apache-2.0
#include "runbook/hiddencharacters.h"
#include "runbook/limits.h"
#include "runbook/lint.h"
#include "runbook/parser.h"

#include <QDir>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace runsheet;

/// Bytes nobody should open as a runbook, and somebody will.
class TestLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badInputIsNamedAndStillParsed_data();
    void badInputIsNamedAndStillParsed();
    void hiddenCharactersInCommandsAreNamed_data();
    void hiddenCharactersInCommandsAreNamed();
    void everyHiddenCharacterOfALineIsNamed();
    void joinersAreHiddenUnlessTheyJoinEmoji_data();
    void joinersAreHiddenUnlessTheyJoinEmoji();
    void hiddenCharactersInTextAreNobodysBusiness();
    void unclosedFenceIsNamedAndNotRun_data();
    void unclosedFenceIsNamedAndNotRun();
    void commandOnTheFenceLineIsNamed();
    void linksAndImagesOpenNothing();
    void tabsAreIndentation();
    void stepsBeyondTheLimitStayAsText();
    void headingsBeyondTheLimitStayAsText();
    void deepListsStayAsText();
    void largeFileIsReadOnlyToTheLimit();
    void repeatedFindingsAreCapped();
    void hostileTextIsParsedInBoundedTime_data();
    void hostileTextIsParsedInBoundedTime();
    void randomBytesNeverCrash();
    void findsOfTheFuzzerStayMended_data();
    void findsOfTheFuzzerStayMended();

private:
    static const Diagnostic *find(const Runbook &runbook, const QString &code)
    {
        const auto it = std::ranges::find(runbook.diagnostics, code, &Diagnostic::code);
        return it == runbook.diagnostics.end() ? nullptr : &*it;
    }
    static qsizetype steps(const Runbook &runbook)
    {
        qsizetype count = 0;
        for (const Phase &phase : runbook.phases)
            count += phase.steps.size();
        return count;
    }
};

void TestLimits::badInputIsNamedAndStillParsed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    QTest::addColumn<SourceLocation>("location");
    QTest::newRow("Latin-1") << QByteArray("## Execution\n- [ ] caf\xE9 au lait\n") << u"not-utf8"_s
                             << SourceLocation{2, 10};
    QTest::newRow("cut character")
        << QByteArray("## Execution\n- [ ] a\n\xE2\x9C") << u"not-utf8"_s << SourceLocation{3, 1};
    QTest::newRow("NUL") << QByteArray("## Execution\n- [ ] a\n\nb\0c\n", 26) << u"null-byte"_s
                         << SourceLocation{4, 0};
    QTest::newRow("wide table") << "## Execution\n- [ ] a\n\n" + QByteArray(201, '|') + "\n"
                                << u"table-too-wide"_s << SourceLocation{4, 1};
    QTest::newRow("long line") << "## Execution\n- [ ] a\n\n" + QByteArray(70'000, 'x')
            + "\n\n- [ ] b\n" << u"line-too-long"_s
                               << SourceLocation{4, 1};
}

void TestLimits::badInputIsNamedAndStillParsed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    QFETCH(SourceLocation, location);
    const Runbook runbook = parseRunbook(bytes, u"x.md"_s);
    const Diagnostic *found = find(runbook, code);
    QVERIFY(found != nullptr);
    QCOMPARE(found->severity,
             code == u"table-too-wide" ? Diagnostic::Severity::Warning
                                       : Diagnostic::Severity::Error);
    QCOMPARE(found->location, location);
    QVERIFY(steps(runbook) > 0);
    QCOMPARE(runbook.source, bytes);
}

void TestLimits::hiddenCharactersInCommandsAreNamed_data()
{
    QTest::addColumn<QString>("character");
    QTest::addColumn<QString>("code");
    QTest::newRow("right-to-left override") << QString(QChar(0x202E)) << u"hidden-character"_s;
    QTest::newRow("isolate") << QString(QChar(0x2066)) << u"hidden-character"_s;
    QTest::newRow("zero-width space") << QString(QChar(0x200B)) << u"hidden-character"_s;
    QTest::newRow("zero-width joiner") << QString(QChar(0x200D)) << u"hidden-character"_s;
    QTest::newRow("byte order mark") << QString(QChar(0xFEFF)) << u"hidden-character"_s;
    QTest::newRow("soft hyphen") << QString(QChar(0x00AD)) << u"hidden-character"_s;
    QTest::newRow("no-break space") << QString(QChar(0x00A0)) << u"strange-space"_s;
}

void TestLimits::hiddenCharactersInCommandsAreNamed()
{
    QFETCH(QString, character);
    QFETCH(QString, code);
    const QString markdown =
        u"## Execution\n1. a\n   ```sh\n   ls\n   rm %1x %1\n   ```\n"_s.arg(character);
    const Runbook runbook = parseRunbook(markdown.toUtf8(), u"x.md"_s);
    QCOMPARE(runbook.diagnostics.size(), 1);
    const Diagnostic &found = runbook.diagnostics.first();
    QCOMPARE(found.code, code);
    QCOMPARE(found.location, (SourceLocation{5, 7}));
    QCOMPARE(runbook.hasErrors(), code == u"hidden-character");
    const QString name = QString::number(character.front().unicode(), 16).toUpper();
    QVERIFY2(found.message.contains(name), qPrintable(found.message));
}

void TestLimits::everyHiddenCharacterOfALineIsNamed()
{
    const QString command = u"rm \u00A0a\u200B\u200Bb\u202E\u00A0\nls \u200B"_s;
    QStringList found;
    for (const Diagnostic &finding : findHiddenCharacters(command, {3, 4}))
        found << finding.message.section(u',', 0, 0).section(u' ', -1)
                + u" %1:%2"_s.arg(finding.location.line).arg(finding.location.column);
    QCOMPARE(found,
             (QStringList{u"U+00A0 3:7"_s, u"U+200B 3:9"_s, u"U+202E 3:12"_s, u"U+200B 4:7"_s}));
}

void TestLimits::joinersAreHiddenUnlessTheyJoinEmoji_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("findings");
    QTest::newRow("woman technician") << u"echo \U0001F469\u200D\U0001F4BB"_s << 0;
    QTest::newRow("with a skin tone") << u"\U0001F469\U0001F3FD\u200D\U0001F4BB"_s << 0;
    QTest::newRow("with a selector") << u"\U0001F3F3\uFE0F\u200D\U0001F308 x"_s << 0;
    QTest::newRow("three joined") << u"\U0001F468\u200D\u2764\uFE0F\u200D\U0001F468"_s << 0;
    QTest::newRow("between letters") << u"a\u200Db"_s << 1;
    QTest::newRow("before a letter") << u"\U0001F469\u200Db"_s << 1;
    QTest::newRow("behind a letter") << u"a\u200D\U0001F469"_s << 1;
    QTest::newRow("behind a lone skin tone") << u"\U0001F3FD\u200D\U0001F469"_s << 1;
    QTest::newRow("before a modifier") << u"\U0001F469\u200D\uFE0F\U0001F4BB"_s << 1;
    QTest::newRow("two in a row") << u"\U0001F469\u200D\u200D\U0001F4BB"_s << 1;
    QTest::newRow("at the start") << u"\u200D\U0001F469"_s << 1;
    QTest::newRow("at the end") << u"\U0001F469\u200D"_s << 1;
    QTest::newRow("of no joiner") << u"\U0001F469\u200C\U0001F4BB"_s << 1;
}

void TestLimits::joinersAreHiddenUnlessTheyJoinEmoji()
{
    QFETCH(QString, text);
    QTEST(int(findHiddenCharacters(text, {1, 1}).size()), "findings");
}

void TestLimits::hiddenCharactersInTextAreNobodysBusiness()
{
    const QString markdown = u"## Execution\n- [ ] a%1b\n"_s.arg(QChar(0x200B));
    QVERIFY(parseRunbook(markdown.toUtf8(), u"x.md"_s).diagnostics.isEmpty());
}

void TestLimits::unclosedFenceIsNamedAndNotRun_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<bool>("unclosed");
    QTest::newRow("unclosed") << QByteArray("```sh\nls\n\n## Rollback\n- [ ] b\n") << true;
    QTest::newRow("only opened") << QByteArray("```") << true;
    QTest::newRow("other fence") << QByteArray("~~~sh\nls\n```\n") << true;
    QTest::newRow("too short a fence") << QByteArray("````sh\nls\n```\n") << true;
    QTest::newRow("closed") << QByteArray("```sh\nls\n```\n") << false;
    QTest::newRow("closed without a line end") << QByteArray("```sh\nls\n```") << false;
    QTest::newRow("tildes") << QByteArray("~~~sh\nls\n~~~~\n\n") << false;
    QTest::newRow("in an item") << QByteArray("  ```sh\n  ls\n  ```\n") << false;
    QTest::newRow("indented") << QByteArray("text\n\n    ls\n") << false;
}

void TestLimits::unclosedFenceIsNamedAndNotRun()
{
    QFETCH(QByteArray, end);
    QFETCH(bool, unclosed);
    const Runbook runbook = parseRunbook("## Execution\n- [ ] a\n\n" + end, u"x.md"_s);
    const Diagnostic *found = find(runbook, u"unclosed-fence"_s);
    QCOMPARE(found != nullptr, unclosed);
    if (unclosed) {
        QCOMPARE(found->location.line, 4);
        QCOMPARE(runbook.commandCount(), 0);
    }
}

void TestLimits::commandOnTheFenceLineIsNamed()
{
    const Runbook runbook =
        parseRunbook("## Execution\n- [ ] a\n  ```kubectl get pods -n shop\n  ```\n", u"x.md"_s);
    QCOMPARE(runbook.diagnostics.size(), 1);
    QCOMPARE(runbook.diagnostics.first().code, u"command-on-fence-line"_s);
    QCOMPARE(runbook.diagnostics.first().location.line, 3);
    QCOMPARE(runbook.phases.first().steps.first().notes.first().text,
             u"kubectl get pods -n shop"_s);
}

void TestLimits::linksAndImagesOpenNothing()
{
    const Runbook runbook =
        parseRunbook("## Execution\n- [ ] a\n\n  [f](file:///etc/passwd) [j](javascript:alert(1)) "
                     "![i](https://example.com/i.png)\n",
                     u"x.md"_s);
    QVERIFY(runbook.diagnostics.isEmpty());
    QCOMPARE(runbook.phases.first().steps.first().notes.first().text,
             u"f (file:///etc/passwd) j (javascript:alert(1)) i"_s);
}

void TestLimits::tabsAreIndentation()
{
    const Runbook runbook = parseRunbook("## Execution\n-\t[ ] a\n\t-\t[ ] b\n\n\t\t```sh\n\t\tif "
                                         "x; then\n\t\t\ty\n\t\tfi\n\t\t```\n",
                                         u"x.md"_s);
    const QList<Step> &list = runbook.phases.first().steps;
    QCOMPARE(list.size(), 2);
    QCOMPARE(list.at(1).depth, 1);
    QCOMPARE(list.at(1).commands.first().text, u"if x; then\n\ty\nfi"_s);
}

void TestLimits::stepsBeyondTheLimitStayAsText()
{
    QByteArray bytes = "## Execution\n";
    for (int i = 0; i < limits::kMaxSteps + 3; ++i)
        bytes += "- [ ] item\n";
    const Runbook runbook = parseRunbook(bytes, u"x.md"_s);
    QCOMPARE(steps(runbook), limits::kMaxSteps);
    QCOMPARE(runbook.phases.first().text.size(), 3);
    QVERIFY(find(runbook, u"too-many-steps"_s) != nullptr);
    QCOMPARE(find(runbook, u"too-many-steps"_s)->location.line, limits::kMaxSteps + 2);
}

void TestLimits::headingsBeyondTheLimitStayAsText()
{
    QByteArray bytes = "## Execution\n- [ ] a\n";
    for (int i = 0; i < limits::kMaxSections + 5; ++i)
        bytes += "## Section\ntext\n";
    const Runbook runbook = parseRunbook(bytes, u"x.md"_s);
    QVERIFY(find(runbook, u"too-many-headings"_s) != nullptr);
    QVERIFY(runbook.phases.size() <= limits::kMaxSections + 1);
}

void TestLimits::deepListsStayAsText()
{
    QByteArray bytes = "## Execution\n";
    for (int i = 0; i < 200; ++i)
        bytes += QByteArray(i * 2, ' ') + "- [ ] level " + QByteArray::number(i) + '\n';
    const Runbook runbook = parseRunbook(bytes, u"x.md"_s);
    QCOMPARE(steps(runbook), limits::kMaxNesting);
    QVERIFY(find(runbook, u"nested-too-deep"_s) != nullptr);
    const Step &deepest = runbook.phases.first().steps.last();
    QCOMPARE(deepest.notes.size(), 1);
    QVERIFY(deepest.notes.first().text.contains(u"level 199"_s));
}

void TestLimits::largeFileIsReadOnlyToTheLimit()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"large.md"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("## Execution\n- [ ] a\n\n");
    const QByteArray line = QByteArray(1023, 'x') + '\n';
    for (int i = 0; i < 4096; ++i)
        file.write(line);
    file.close();
    const Result<Runbook> runbook = loadRunbook(file.fileName());
    QVERIFY(runbook.hasValue());
    QCOMPARE(runbook->source.size(), limits::kMaxSourceBytes + 1);
    QVERIFY(find(*runbook, u"too-large"_s) != nullptr);
    QCOMPARE(steps(*runbook), 1);
}

void TestLimits::repeatedFindingsAreCapped()
{
    QByteArray bytes = "## Execution\n- [ ] a\n";
    for (int i = 0; i < 500; ++i)
        bytes += "\u00E2\u0153\u201C done\n\n```sh {bad=1}\nx\n```\n";
    const Runbook runbook = parseRunbook(bytes, u"x.md"_s);
    QCOMPARE(runbook.diagnostics.size(), 2 * limits::kMaxDiagnosticsPerCode);
}

void TestLimits::hostileTextIsParsedInBoundedTime_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto repeated = [](const char *text, int times) {
        return QByteArray(text).repeated(times);
    };
    QTest::newRow("entities") << "- [ ] " + repeated("&#x41;", 100'000);
    QTest::newRow("entities over lines") << "- [ ] a\n\n" + repeated("&#x41;&#x41;\n", 100'000);
    QTest::newRow("quotes") << repeated(">", 60'000) + "a\n";
    QTest::newRow("one-line lists") << repeated("- ", 30'000) + "a\n";
    QTest::newRow("emphasis") << repeated("*a **a ", 9'000) + "\n";
    QTest::newRow("brackets") << repeated("[", 60'000) + "\n";
    QTest::newRow("links") << repeated("[a](", 15'000) + "\n";
    QTest::newRow("table") << repeated("|", 30'000) + "\n" + repeated("|-", 30'000) + "\n";
    QByteArray tables; // each as wide as is still read as one
    const auto width = static_cast<int>(limits::kMaxTableBars);
    for (int i = 0; i < 1000; ++i)
        tables += repeated("|", width) + "\n" + repeated("|-", width) + "\n\n";
    QTest::newRow("tables") << tables;
    QByteArray loops = "## Execution\n1. a\n```sh\n";
    for (int i = 0; i < 20'000; ++i)
        loops += "if x; then y " + QByteArray::number(i) + "; fi\n\n";
    QTest::newRow("different pieces") << loops + "```\n";
    QTest::newRow("headings") << repeated("# a\n", 100'000);
    QTest::newRow("step headings") << "## Execution\n" + repeated("###### Step 1\n", 50'000);
    QTest::newRow("fences") << "## Execution\n" + repeated("```sh\nif\n\nx\n```\n", 20'000);
    QTest::newRow("many pieces") << "## Execution\n1. a\n```sh\n"
            + repeated("if x; then y; fi\n\n", 20'000) + "```\n";
    QTest::newRow("watching") << "## Execution\n- [ ] a\n\n  "
            + repeated("watch x 5 minutes ", 3'000) + repeated("watch ", 8'000) + "5 m\n";
    QTest::newRow("requests") << "## Execution\n- [ ] a\n\n  GET /a returns"
            + repeated(" &#32;", 9'000) + "x GET /b" + repeated(" status", 8'000) + "\n";
    QTest::newRow("assignments") << "## Execution\n1. a\n```sh\nA=" + repeated("$()", 20'000)
            + "\nB=" + repeated("C=", 20'000) + "$X\n```\n";
    QTest::newRow("containers") << "## Execution\n1. a\n```sh\ndocker "
            + repeated("exec -it bash ", 4'000) + "x\n```\n";
    QTest::newRow("prompts") << "## Execution\n1. a\n```console\n" + repeated("$ a\n# b\n", 20'000)
            + "```\n";
    QTest::newRow("placeholders") << "## Execution\n1. a\n```sh\n" + repeated("<a b ", 12'000)
            + repeated("<a> </a ", 6'000) + "\n```\n";
    QTest::newRow("same titles") << "## Execution\n" + repeated("- [ ] a\n", 100'000);
}

void TestLimits::hostileTextIsParsedInBoundedTime()
{
    QFETCH(QByteArray, bytes);
    QElapsedTimer timer;
    timer.start();
    const Runbook runbook = parseRunbook(bytes, u"x.md"_s);
    QVERIFY(!runbook.title.isEmpty());
    // It takes less than half a second. What is quadratic would take far more than this, which
    // leaves room for sanitizers and a busy machine.
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
}

void TestLimits::randomBytesNeverCrash()
{
    QRandomGenerator random(42);
    static constexpr char kBytes[] = "#-*>`~[]()x 1.\n\n\n\t|&<>\xE2\xC3\0\r:{}\"'$";
    const QByteArray alphabet(kBytes, sizeof kBytes - 1); // with the zero byte inside
    for (int round = 0; round < 300; ++round) {
        QByteArray bytes = "## Execution\n";
        for (int i = 0; i < 400; ++i)
            bytes += alphabet.at(random.bounded(static_cast<int>(alphabet.size())));
        const Runbook runbook = parseRunbook(bytes, u"x.md"_s);
        QCOMPARE(runbook.source, bytes);
        QCOMPARE(runbook, parseRunbook(bytes, u"x.md"_s));
    }
}

void TestLimits::findsOfTheFuzzerStayMended_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(RUNSHEET_SOURCE_DIR "/tests/data/fuzz"));
    for (const QString &name : folder.entryList(QDir::Files))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestLimits::findsOfTheFuzzerStayMended()
{
    QFETCH(QString, file);
    QElapsedTimer timer;
    timer.start();
    const Result<Runbook> runbook = loadRunbook(file);
    QVERIFY(runbook.hasValue());
    for (const Phase &phase : runbook->phases) {
        for (const Step &step : phase.steps) {
            QVERIFY(!step.title.isEmpty());
            QVERIFY(runbook->step(step.id) == &step);
            for (const Command &command : step.commands)
                QVERIFY(!command.text.isEmpty() && runbook->command(command.id) == &command);
        }
    }
    static_cast<void>(lint(*runbook));
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"
