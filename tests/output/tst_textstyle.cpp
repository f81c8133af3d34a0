// SPDX-License-Identifier: Apache-2.0
#include "output/textstyle.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

TextStyle with(void (*change)(TextStyle &))
{
    TextStyle style;
    change(style);
    return style;
}

TextColour palette(quint32 index)
{
    return {TextColour::Kind::Palette, index};
}

TextColour rgb(quint32 value)
{
    return {TextColour::Kind::Rgb, value};
}

TextStyle coloured(TextColour foreground, TextColour background = {})
{
    TextStyle style;
    style.foreground = foreground;
    style.background = background;
    return style;
}

/// Everything on at once, to see what is switched off.
TextStyle everything()
{
    TextStyle style = coloured(palette(1), palette(2));
    style.bold = style.dim = style.italic = style.underline = style.inverse = style.struck = true;
    return style;
}

TextStyle without(void (*change)(TextStyle &))
{
    TextStyle style = everything();
    change(style);
    return style;
}

} // namespace

class TextStyleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void switchesOn_data()
    {
        QTest::addColumn<QString>("parameters");
        QTest::addColumn<TextStyle>("style");
        QTest::newRow("bold") << u"1"_s << with([](TextStyle &s) { s.bold = true; });
        QTest::newRow("dim") << u"2"_s << with([](TextStyle &s) { s.dim = true; });
        QTest::newRow("italic") << u"3"_s << with([](TextStyle &s) { s.italic = true; });
        QTest::newRow("underline") << u"4"_s << with([](TextStyle &s) { s.underline = true; });
        QTest::newRow("curly underline")
            << u"4:3"_s << with([](TextStyle &s) { s.underline = true; });
        QTest::newRow("double underline")
            << u"21"_s << with([](TextStyle &s) { s.underline = true; });
        QTest::newRow("inverse") << u"7"_s << with([](TextStyle &s) { s.inverse = true; });
        QTest::newRow("struck") << u"9"_s << with([](TextStyle &s) { s.struck = true; });
        QTest::newRow("blinking and hidden text stay as they are") << u"5;6;8"_s << TextStyle{};
        QTest::newRow("several") << u"1;3;31"_s << with([](TextStyle &s) {
            s.bold = s.italic = true;
            s.foreground = palette(1);
        });
        QTest::newRow("dark") << u"37;40"_s << coloured(palette(7), palette(0));
        QTest::newRow("bright") << u"97;100"_s << coloured(palette(15), palette(8));
        QTest::newRow("of 256") << u"38;5;208;48;5;16"_s << coloured(palette(208), palette(16));
        QTest::newRow("of 256, joined") << u"38:5:208"_s << coloured(palette(208));
        QTest::newRow("true colour") << u"38;2;255;128;0"_s << coloured(rgb(0xff8000));
        QTest::newRow("true colour, joined") << u"48:2:1:2:3"_s << coloured({}, rgb(0x010203));
        QTest::newRow("true colour with a colour space")
            << u"38:2:0:255:0:128"_s << coloured(rgb(0xff0080));
        QTest::newRow("true colour with an empty colour space")
            << u"38:2::255:0:128"_s << coloured(rgb(0xff0080));
        QTest::newRow("a colour does not swallow what follows") << u"38;5;1;4"_s << [] {
            TextStyle style = coloured(palette(1));
            style.underline = true;
            return style;
        }();
        QTest::newRow("a joined colour does not either") << u"38:2:1:2:3;1"_s << [] {
            TextStyle style = coloured(rgb(0x010203));
            style.bold = true;
            return style;
        }();
    }
    void switchesOn()
    {
        QFETCH(QString, parameters);
        QFETCH(TextStyle, style);
        TextStyle result;
        applySgr(parameters.toLatin1(), result);
        QVERIFY(result == style);
    }

    void switchesOff_data()
    {
        QTest::addColumn<QString>("parameters");
        QTest::addColumn<TextStyle>("style");
        QTest::newRow("nothing means all") << QString() << TextStyle{};
        QTest::newRow("all") << u"0"_s << TextStyle{};
        QTest::newRow("all, then bold") << u"0;1"_s << with([](TextStyle &s) { s.bold = true; });
        QTest::newRow("an empty one means all")
            << u"1;;3"_s << with([](TextStyle &s) { s.italic = true; });
        QTest::newRow("bold and dim")
            << u"22"_s << without([](TextStyle &s) { s.bold = s.dim = false; });
        QTest::newRow("italic") << u"23"_s << without([](TextStyle &s) { s.italic = false; });
        QTest::newRow("underline") << u"24"_s << without([](TextStyle &s) { s.underline = false; });
        QTest::newRow("no underline, joined")
            << u"4:0"_s << without([](TextStyle &s) { s.underline = false; });
        QTest::newRow("inverse") << u"27"_s << without([](TextStyle &s) { s.inverse = false; });
        QTest::newRow("struck") << u"29"_s << without([](TextStyle &s) { s.struck = false; });
        QTest::newRow("foreground") << u"39"_s << without([](TextStyle &s) { s.foreground = {}; });
        QTest::newRow("background") << u"49"_s << without([](TextStyle &s) { s.background = {}; });
    }
    void switchesOff()
    {
        QFETCH(QString, parameters);
        QFETCH(TextStyle, style);
        TextStyle result = everything();
        applySgr(parameters.toLatin1(), result);
        QVERIFY(result == style);
    }

    void unknownAndBrokenOnesChangeNothing_data()
    {
        QTest::addColumn<QString>("parameters");
        for (const char *parameters :
             {"10", "50", "53", "58;5;1", "58;5;7", "58;2;1;7;9", "58:5:7", "99", "108",
              "999999999999999", "38", "48", "38;9", "73;74", "x", "1337x"})
            QTest::newRow(parameters) << QString::fromLatin1(parameters);
    }
    void unknownAndBrokenOnesChangeNothing()
    {
        QFETCH(QString, parameters);
        TextStyle result;
        applySgr(parameters.toLatin1(), result);
        QVERIFY(result.foreground == TextColour{});
        QVERIFY(result.background == TextColour{});
        QVERIFY(!result.bold && !result.italic && !result.inverse && !result.struck);
    }

    void coloursStayInTheirRange_data()
    {
        QTest::addColumn<QString>("parameters");
        QTest::addColumn<quint32>("value");
        QTest::newRow("index too large") << u"38;5;300"_s << 255U;
        QTest::newRow("channel too large") << u"38;2;999;0;256"_s << 0xff00ffU;
        QTest::newRow("channels missing") << u"38;2;16"_s << 0x100000U;
        QTest::newRow("index missing") << u"38;5"_s << 0U;
    }
    void coloursStayInTheirRange()
    {
        QFETCH(QString, parameters);
        TextStyle result;
        applySgr(parameters.toLatin1(), result);
        QTEST(result.foreground.value, "value");
    }
};

QTEST_GUILESS_MAIN(TextStyleTest)
#include "tst_textstyle.moc"
