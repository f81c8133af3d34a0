// SPDX-License-Identifier: Apache-2.0
#include "output/linedecoder.h"

#include <QTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

TextStyle foreground(TextColour::Kind kind, quint32 value)
{
    return {.foreground = {kind, value}};
}

TextStyle palette(quint32 index)
{
    return foreground(TextColour::Kind::Palette, index);
}

TextStyle rgb(quint32 value)
{
    return foreground(TextColour::Kind::Rgb, value);
}

} // namespace

class LineDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsText_data();
    void showsText();
    void stylesText_data();
    void stylesText();
    void carriesStyleToTheNextLine();
    void leavesNothingHarmful();
    void cutsLongLines();
    void cutsBetweenCharacters();
    void survivesEscapeFlood();
    void styleAfterAgreesWithDecoding();
    void theShortWayAgreesWithTheLongOne();
    void tabsFarInALineLoseNothing();
    void theRestIsNoneOfTheText();
    void notesAreSeenAndNotCopied();
};

void LineDecoderTest::showsText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QByteArray &bytes, const QString &text) {
        QTest::newRow(name) << bytes << text;
    };
    row("empty", "", u""_s);
    row("plain", "BEGIN;", u"BEGIN;"_s);
    row("UTF-8", "größer → ✓", u"größer → ✓"_s);
    row("beyond the basic plane", "a😀b", u"a😀b"_s);
    row("invalid UTF-8",
        "a\xff\xc3"
        "b",
        u"a\ufffd\ufffdb"_s);
    row("Latin-1",
        "gr\xf6\xdf"
        "er",
        u"gr\ufffd\ufffder"_s);
    row("progress", "10 %\r50 %\r100 %", u"100 %"_s);
    row("shorter state over longer one", "12345\rab", u"ab345"_s);
    row("carriage return at the end", "done\r", u"done"_s);
    row("erase to the end", "12345\rab\x1b[K", u"ab"_s);
    row("erase up to the cursor", "12345\x1b[3D\x1b[1K", u"  345"_s);
    row("erase line then column one", "working\x1b[2K\x1b[Gok", u"ok"_s);
    row("backspace", "abc\b\bX", u"aXc"_s);
    row("backspace at the start", "\b\bab", u"ab"_s);
    row("spinner", "|\b/\b-\b\\\b done", u" done"_s);
    row("tab", "a\tb", u"a       b"_s);
    row("cursor right", "a\x1b[3Cb", u"a   b"_s);
    row("absurd cursor move", "a\x1b[999999999G\rb", u"b"_s);
    row("title",
        "a\x1b]0;owned\x07"
        "b",
        u"a␛]0;owned␇b"_s);
    row("clipboard write", "a\x1b]52;c;cm0gLXJm\x1b\\b", u"a␛]52;c;cm0gLXJm␛\\b"_s);
    row("hyperlink", "\x1b]8;;http://x/\x1b\\link\x1b]8;;\x1b\\",
        u"␛]8;;http://x/␛\\link␛]8;;␛\\"_s);
    row("device control", "a\x1bP1$r0m\x1b\\b", u"a␛P1$r0m␛\\b"_s);
    row("a long string", "\x1b]0;" + QByteArray(500, 't') + '\x07',
        u"␛]0;"_s + QString(57, u't') + u'…');
    row("a treacherous string", "\x1b]0;a\xe2\x80\xae\x07", u"␛]0;a⟨U+202E⟩␇"_s);
    row("unterminated string hides nothing", "a\x1b]0;rm -rf", u"a␛]0;rm -rf"_s);
    row("unterminated CSI", "a\x1b[12;", u"a␛[12;"_s);
    row("lone escape", "a\x1b", u"a␛"_s);
    row("escape before a control", "a\x1b\x01", u"a␛␁"_s);
    row("screen clear", "a\x1b[2J\x1b[Hb", u"a␛[2J␛[Hb"_s);
    row("cursor up is erased with its line", "old\x1b[1A\x1b[2K\rnew", u"new"_s);
    row("a note covers no text", "at 10,20\x1b[5Dback\x1b[2J", u"at back␛[2J0"_s);
    row("a note moves no column", "ab\x1b[2Jc\b\bX", u"aX␛[2Jc"_s);
    row("a line drawn anew has its notes once", "\r\x1b[J10 %\r\x1b[J20 %", u"␛[J20 %"_s);
    row("other screen", "\x1b[?1049hx", u"␛[?1049hx"_s);
    row("private mode", "\x1b[?25lhidden cursor\x1b[?25h", u"hidden cursor"_s);
    row("character set", "\x1b(Btext", u"text"_s);
    row("keypad mode", "\x1b=text\x1b>", u"text"_s);
    row("8-bit CSI",
        "a\xc2\x9b"
        "31mb",
        u"a⟨U+009B⟩31mb"_s);
    row("bell and NUL",
        QByteArray("a\x07"
                   "b\0c",
                   5),
        u"a␇b␀c"_s);
    row("delete", "a\x7f", u"a␡"_s);
    row("right-to-left override",
        "a\xe2\x80\xae"
        "b",
        u"a⟨U+202E⟩b"_s);
    row("isolate", "\xe2\x81\xa6", u"⟨U+2066⟩"_s);
    row("zero width space",
        "a\xe2\x80\x8b"
        "b",
        u"a⟨U+200B⟩b"_s);
    row("line separator",
        "a\xe2\x80\xa8"
        "b",
        u"a⟨U+2028⟩b"_s);
    row("tag character", "a\xf3\xa0\x81\x81", u"a⟨U+E0041⟩"_s);
}

void LineDecoderTest::showsText()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(decodeLine(bytes).text, text);
    QCOMPARE(decodeLine(bytes).hiddenBytes, 0);
}

void LineDecoderTest::stylesText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<StyleRun>>("runs");
    using Runs = QList<StyleRun>;
    const auto row = [](const char *name, const QByteArray &bytes, const Runs &runs) {
        QTest::newRow(name) << bytes << runs;
    };
    row("none", "plain", Runs{});
    row("red", "a\x1b[31mred\x1b[0mb", Runs{{1, 3, palette(1)}});
    row("empty reset", "\x1b[32mok\x1b[m.", Runs{{0, 2, palette(2)}});
    row("default colour", "\x1b[32mok\x1b[39m.", Runs{{0, 2, palette(2)}});
    row("bright", "\x1b[92mok", Runs{{0, 2, palette(10)}});
    row("256 colours", "\x1b[38;5;208mx", Runs{{0, 1, palette(208)}});
    row("256 colours, colons", "\x1b[38:5:208mx", Runs{{0, 1, palette(208)}});
    row("true colour", "\x1b[38;2;255;128;1mx", Runs{{0, 1, rgb(0xff8001)}});
    row("true colour, colons", "\x1b[38:2::255:128:1mx", Runs{{0, 1, rgb(0xff8001)}});
    row("true colour, no space", "\x1b[38:2:255:128:1mx", Runs{{0, 1, rgb(0xff8001)}});
    row("out of range", "\x1b[38;5;999mx", Runs{{0, 1, palette(255)}});
    row("after a colour", "\x1b[38;5;3;1mx",
        Runs{{0, 1, {.foreground = {TextColour::Kind::Palette, 3}, .bold = true}}});
    row("cut short", "\x1b[38;5mx", Runs{{0, 1, palette(0)}});
    row("background", "\x1b[44mx", Runs{{0, 1, {.background = {TextColour::Kind::Palette, 4}}}});
    row("flags", "\x1b[1;2;3;4;7;9mx",
        Runs{{0,
              1,
              {.bold = true,
               .dim = true,
               .italic = true,
               .underline = true,
               .inverse = true,
               .struck = true}}});
    row("flags off", "\x1b[1;3;4;7;9m\x1b[22;23;24;27;29mx", Runs{});
    row("curly underline", "\x1b[4:3mx", Runs{{0, 1, {.underline = true}}});
    row("no underline", "\x1b[4m\x1b[4:0mx", Runs{});
    row("concealed text stays visible", "\x1b[8mx", Runs{});
    row("overwritten", "\x1b[31mred\x1b[0m\rok", Runs{{2, 1, palette(1)}});
    row("same style joins", "\x1b[31ma\x1b[31mb", Runs{{0, 2, palette(1)}});
}

void LineDecoderTest::stylesText()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<StyleRun>, runs);
    QCOMPARE(decodeLine(bytes).runs, runs);
}

void LineDecoderTest::carriesStyleToTheNextLine()
{
    const DecodedLine first = decodeLine("\x1b[33mwarning");
    QCOMPARE(first.endStyle, palette(3));
    const DecodedLine second = decodeLine("goes on", first.endStyle);
    QCOMPARE(second.runs, (QList<StyleRun>{{0, 7, palette(3)}}));
    QCOMPARE(second.endStyle, palette(3));
}

void LineDecoderTest::leavesNothingHarmful()
{
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        if (i != '\n')
            bytes += static_cast<char>(i);
    for (char32_t c = 0x80; c < 0x3000; ++c)
        bytes += QString::fromUcs4(&c, 1).toUtf8();
    for (qsizetype at = 0; at < bytes.size(); at += 4000) {
        const QString text = decodeLine(bytes.sliced(at, qMin(4000, bytes.size() - at))).text;
        for (const QChar c : text) {
            const char16_t u = c.unicode();
            const bool isHarmful = u < 0x20 || (u >= 0x7f && u <= 0x9f)
                || (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x61c;
            QVERIFY2(!isHarmful, qPrintable(QString::number(u, 16)));
        }
    }
}

void LineDecoderTest::cutsLongLines()
{
    const DecodedLine exact = decodeLine(QByteArray(kShownLineBytes, 'x'));
    QCOMPARE(exact.text.size(), kShownLineBytes);
    QCOMPARE(exact.hiddenBytes, 0);
    const DecodedLine cut = decodeLine(QByteArray(1'000'000, 'x'));
    QCOMPARE(cut.hiddenBytes, 1'000'000 - kShownLineBytes);
    QVERIFY(cut.text.startsWith(QString(kShownLineBytes, u'x') + u" … "_s));
    QVERIFY(cut.text.endsWith(u" more bytes"_s));
    QCOMPARE(decodeLine("abc", {}, 10).hiddenBytes, 10);
}

void LineDecoderTest::cutsBetweenCharacters()
{
    const QByteArray bytes = QByteArray(kShownLineBytes - 1, 'x') + "ß and more";
    const DecodedLine line = decodeLine(bytes);
    QVERIFY(!line.text.contains(QChar::ReplacementCharacter));
    QCOMPARE(line.hiddenBytes, bytes.size() - (kShownLineBytes - 1));
    QCOMPARE(wholeUtf8Length("aß", 2), 1);
    QCOMPARE(wholeUtf8Length("a\x80\x80\x80\x80\x80", 5), 5); // not UTF-8: cut anywhere
}

void LineDecoderTest::survivesEscapeFlood()
{
    const DecodedLine line = decodeLine(QByteArray("\x1b[31m").repeated(10'000) + 'x');
    QVERIFY(line.text.size() < 64);
    QCOMPARE(decodeLine(QByteArray("\x1b]").repeated(4000)).text.size(), 8000);
}

void LineDecoderTest::styleAfterAgreesWithDecoding()
{
    for (const QByteArray &bytes : {QByteArray("x"), QByteArray("\x1b[31mx"),
                                    QByteArray("\x1b[1;4mx\x1b[24m"), QByteArray("\x1b[0m")})
        QCOMPARE(styleAfter(bytes, palette(5)), decodeLine(bytes, palette(5)).endStyle);
}

/// A cursor move at the end writes nothing, but only the terminal's cells know that.
void LineDecoderTest::theShortWayAgreesWithTheLongOne()
{
    const QList<QByteArray> pieces{"word",
                                   " ",
                                   "\xe2\x9c\x93",
                                   "\xf0\x9f\x98\x80",
                                   "\xff",
                                   "\xe2\x80\xae",
                                   "\x1b[31m",
                                   "\x1b[1;38;5;208m",
                                   "\x1b[m",
                                   "\x1b[0;39m",
                                   "\x1b[38:2::1:2:3m",
                                   "\x07",
                                   "\t",
                                   "\x1b[2K",
                                   "\x1b[3",
                                   "\x1b"};
    std::minstd_rand random(20);
    for (int round = 0; round < 5000; ++round) {
        QByteArray bytes;
        for (auto count = random() % 8; count > 0; --count)
            bytes +=
                pieces[static_cast<qsizetype>(random() % static_cast<unsigned>(pieces.size()))];
        if (bytes.endsWith("\x1b[3") || bytes.endsWith('\x1b'))
            bytes += '!'; // what follows would belong to it
        const TextStyle start = round % 2 ? palette(5) : TextStyle{};
        const DecodedLine line = decodeLine(bytes, start);
        QCOMPARE(line, decodeLine(bytes + "\x1b[C", start));
        QCOMPARE(decodeText(bytes),
                 textWithoutNotes(decodeLine(bytes), 0, decodeLine(bytes).text.size()));
        QCOMPARE(styleAfter(bytes, start), line.endStyle);
    }
}

void LineDecoderTest::tabsFarInALineLoseNothing()
{
    const QString before(2 * kShownLineBytes, u'x');
    const QByteArray bytes = before.toUtf8() + "\tend\b!";
    QCOMPARE(decodeLine(bytes, {}, 0, bytes.size()).text, before + u"        en!"_s);
    QCOMPARE(decodeText(bytes), before + u"        en!"_s);
}

void LineDecoderTest::theRestIsNoneOfTheText()
{
    QCOMPARE(lengthWithoutRest(decodeLine("abc", {}, 10)), 3);
    QCOMPARE(lengthWithoutRest(decodeLine("\x1b[31mabc", {}, 0)), 3);
    QCOMPARE(lengthWithoutRest(decodeLine("")), 0);
}

void LineDecoderTest::notesAreSeenAndNotCopied()
{
    const QByteArray bytes("a\x1b]0;t\x07"
                           "bc\x1b[2Jd");
    const DecodedLine line = decodeLine(bytes);
    QCOMPARE(line.text, u"a␛]0;t␇bc␛[2Jd"_s);
    QCOMPARE(line.runs.size(), 2);
    QVERIFY(line.runs.first().style.isNote && line.runs.first().style.dim);
    QCOMPARE(decodeText(bytes), u"abcd"_s);
    QCOMPARE(textWithoutNotes(line, 0, line.text.size()), u"abcd"_s);
    QCOMPARE(textWithoutNotes(line, 3, 8), u"b"_s); // from within a note
    QCOMPARE(textWithoutNotes(line, 8, 11), u"c"_s); // into one
    QCOMPARE(textWithoutNotes(line, 2, 4), QString());
    QCOMPARE(textWithoutNotes(line, 7, 7), QString());
    QCOMPARE(decodeText("at 10,20\x1b[5Dback\x1b[2J"), u"at back0"_s);
}

QTEST_GUILESS_MAIN(LineDecoderTest)
#include "tst_linedecoder.moc"
