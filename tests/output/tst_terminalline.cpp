// SPDX-License-Identifier: Apache-2.0
#include "output/terminalline.h"

#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

using Steps = std::function<void(TerminalLine &)>;

void write(TerminalLine &line, QStringView text, const TextStyle &style = {})
{
    line.put(text, style);
}

DecodedLine resultOf(const Steps &steps)
{
    TerminalLine line;
    steps(line);
    DecodedLine decoded;
    line.writeTo(decoded);
    return decoded;
}

TextStyle bold()
{
    TextStyle style;
    style.bold = true;
    return style;
}

} // namespace

Q_DECLARE_METATYPE(Steps)

class TerminalLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void actsAsATerminalDoes_data()
    {
        QTest::addColumn<Steps>("steps");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const Steps &steps, const QString &text) {
            QTest::newRow(name) << steps << text;
        };
        row(
            "nothing", [](TerminalLine &) {}, QString());
        row(
            "a shorter state leaves the end of the longer one",
            [](TerminalLine &line) {
                write(line, u"100 %");
                line.carriageReturn();
                write(line, u"5");
            },
            u"500 %"_s);
        row(
            "backspace moves only",
            [](TerminalLine &line) {
                write(line, u"ab");
                line.backspace();
                write(line, u"c");
            },
            u"ac"_s);
        row(
            "backspace stops at the start",
            [](TerminalLine &line) {
                line.backspace();
                line.backspace();
                write(line, u"a");
            },
            u"a"_s);
        row(
            "a tab goes to the next eighth column",
            [](TerminalLine &line) {
                write(line, u"abc");
                line.tab();
                write(line, u"d");
                line.tab();
                line.tab();
                write(line, u"e");
            },
            u"abc     d               e"_s);
        row(
            "a tab at a stop goes on to the next",
            [](TerminalLine &line) {
                write(line, u"12345678");
                line.tab();
                write(line, u"x");
            },
            u"12345678        x"_s);
        row(
            "a tab overwrites nothing",
            [](TerminalLine &line) {
                write(line, u"0123456789");
                line.carriageReturn();
                line.tab();
                write(line, u"X");
            },
            u"01234567X9"_s);
        row(
            "a tab at the end leaves no blanks",
            [](TerminalLine &line) {
                write(line, u"a");
                line.tab();
            },
            u"a"_s);
        row(
            "erase to the end",
            [](TerminalLine &line) {
                write(line, u"abcdef");
                line.moveTo(2);
                line.erase(0);
            },
            u"ab"_s);
        row(
            "erase up to the cursor",
            [](TerminalLine &line) {
                write(line, u"abcdef");
                line.moveTo(2);
                line.erase(1);
            },
            u"  cdef"_s);
        row(
            "erase beyond the end",
            [](TerminalLine &line) {
                write(line, u"ab");
                line.moveTo(5);
                line.erase(1);
                line.erase(0);
            },
            u"  "_s);
        row(
            "erase all keeps the cursor",
            [](TerminalLine &line) {
                write(line, u"ab");
                line.erase(2);
                write(line, u"c");
            },
            u"  c"_s);
        row(
            "an unknown way to erase",
            [](TerminalLine &line) {
                write(line, u"ab");
                line.erase(7);
            },
            u"ab"_s);
        row(
            "moves stay within the line",
            [](TerminalLine &line) {
                write(line, u"ab");
                line.moveBy(-100);
                write(line, u"c");
            },
            u"cb"_s);
    }
    void actsAsATerminalDoes()
    {
        QFETCH(Steps, steps);
        QTEST(resultOf(steps).text, "text");
    }

    void notesTakeNoCell_data()
    {
        QTest::addColumn<Steps>("steps");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const Steps &after, const QString &text) {
            const Steps steps = [after](TerminalLine &line) {
                write(line, u"ab");
                line.note(u"<1>"_s);
                line.note(u"<2>"_s);
                write(line, u"cd");
                after(line);
            };
            QTest::newRow(name) << steps << text;
        };
        row(
            "they stand where they were said", [](TerminalLine &) {}, u"ab<1><2>cd"_s);
        row(
            "before and behind them can be written",
            [](TerminalLine &line) {
                line.moveTo(1);
                write(line, u"B");
                line.moveTo(3);
                write(line, u"D");
            },
            u"aB<1><2>cD"_s);
        row(
            "they are written over with their place",
            [](TerminalLine &line) {
                line.moveTo(2);
                write(line, u"C");
            },
            u"abCd"_s);
        row(
            "a later note takes their place",
            [](TerminalLine &line) {
                line.moveTo(2);
                line.note(u"<3>"_s);
            },
            u"ab<3>cd"_s);
        row(
            "erased to the end",
            [](TerminalLine &line) {
                line.moveTo(1);
                line.erase(0);
            },
            u"a"_s);
        row(
            "erased up to the cursor",
            [](TerminalLine &line) {
                line.moveTo(3);
                line.erase(1);
            },
            u"   d"_s);
        row(
            "erased with all", [](TerminalLine &line) { line.erase(2); }, QString());
        row(
            "beyond the text",
            [](TerminalLine &line) {
                line.moveTo(9);
                line.note(u"<3>"_s);
            },
            u"ab<1><2>cd<3>"_s);
    }
    void notesTakeNoCell()
    {
        QFETCH(Steps, steps);
        QTEST(resultOf(steps).text, "text");
    }

    void aFarMoveCostsABoundedLine()
    {
        const DecodedLine line = resultOf([](TerminalLine &terminal) {
            terminal.moveTo(1'000'000'000);
            terminal.moveBy(1'000'000'000);
            write(terminal, u"x");
        });
        QCOMPARE(line.text.size(), kShownLineBytes + 1);
    }

    void neighboursInOneLookAreOneRun()
    {
        const DecodedLine line = resultOf([](TerminalLine &terminal) {
            write(terminal, u"a");
            write(terminal, u"bc", bold());
            write(terminal, u"d", bold());
            write(terminal, u"e");
            write(terminal, u"f", bold());
        });
        QCOMPARE(line.text, u"abcdef"_s);
        QCOMPARE(line.runs, (QList<StyleRun>{{1, 3, bold()}, {5, 1, bold()}}));
    }

    void aCharacterBeyondTheFirstPlaneIsOneCell()
    {
        const DecodedLine line = resultOf([](TerminalLine &terminal) {
            terminal.put(U'\U0001f680', bold());
            terminal.put(U'!', {});
            terminal.backspace();
            terminal.backspace();
            terminal.put(U'?', {});
        });
        QCOMPARE(line.text, u"?!"_s);
        QVERIFY(line.runs.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TerminalLineTest)
#include "tst_terminalline.moc"
