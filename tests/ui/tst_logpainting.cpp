// SPDX-License-Identifier: Apache-2.0
#include "logviewfixture.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

/// What a log looks like: colours, columns, wide characters.
class LogPaintingTest : public LogViewFixture
{
    Q_OBJECT

private Q_SLOTS:
    void paintsInBothThemes_data();
    void paintsInBothThemes();
    void coloursStayReadable();
    void piecesAreCutWhereTheLookChanges();
    void marksAreDrawnOverTheirCharacter();
    void tabsStandOnTheirColumns();
    void wideCharactersTakeTwoColumns();
    void tellsItsSizeInCharacters();
};

void LogPaintingTest::paintsInBothThemes_data()
{
    QTest::addColumn<ThemeChoice>("choice");
    QTest::newRow("light") << ThemeChoice::Light;
    QTest::newRow("dark") << ThemeChoice::Dark;
}

void LogPaintingTest::paintsInBothThemes()
{
    QFETCH(ThemeChoice, choice);
    applyTheme(*qApp, choice);
    const Theme &theme = choice == ThemeChoice::Dark ? darkTheme() : lightTheme();
    show("\x1b[7m    \x1b[0m\nFATAL: x\n", false);
    const QImage image = m_view->viewport()->grab().toImage();
    QCOMPARE(image.pixelColor(590, 390), AnsiColours(theme).ground());
    QCOMPARE(image.pixelColor(placeOf(0, 1)), theme.text); // inverse blank
    QCOMPARE(image.pixelColor(1, m_view->lineRect(1).center().y()), theme.bad); // error mark
    qApp->setStyleSheet({});
}

void LogPaintingTest::coloursStayReadable()
{
    for (const Theme *theme : {&lightTheme(), &darkTheme()}) {
        AnsiColours colours(*theme);
        for (quint32 index = 0; index < 256; ++index) {
            TextStyle style;
            style.foreground = {TextColour::Kind::Palette, index};
            QVERIFY(contrast(colours.foreground(style, colours.ground()), colours.ground()) >= 4.5);
            style.background = {TextColour::Kind::Palette, (index * 37 + 11) % 256};
            const QColor ground = colours.background(style);
            QVERIFY(contrast(colours.foreground(style, ground), ground) >= 4.5);
        }
        for (quint32 value = 0; value < 0x1000000; value += 0x2F1D3) { // all over the cube
            TextStyle style;
            style.foreground = {TextColour::Kind::Rgb, value};
            QVERIFY(contrast(colours.foreground(style, colours.ground()), colours.ground()) >= 4.5);
            style.background = {TextColour::Kind::Rgb, 0xffffff - value / 3};
            const QColor ground = colours.background(style);
            QCOMPARE(ground.rgb() & 0xffffff, 0xffffff - value / 3); // a ground stays what it is
            QVERIFY(contrast(colours.foreground(style, ground), ground) >= 4.5);
        }
    }
}

void LogPaintingTest::piecesAreCutWhereTheLookChanges()
{
    ShownLine line;
    line.decoded = decodeLine("ab\x1b[31mcdef\x1b[0mgh");
    line.columns = TextColumns(line.decoded.text);
    LineMarks marks;
    marks.selection = {1, 3};
    marks.matches = {{4, 5}};
    QCOMPARE(LinePainter::cuts(line, marks, {0, 8}), (QList<qsizetype>{1, 2, 3, 4, 5, 6, 8}));
    QCOMPARE(LinePainter::cuts(line, marks, {3, 5}), (QList<qsizetype>{4, 5}));
    QCOMPARE(LinePainter::cuts(line, {}, {7, 8}), QList<qsizetype>{8});
    QCOMPARE(LinePainter::cuts(ShownLine{}, {}, {0, 0}), QList<qsizetype>{});
}

void LogPaintingTest::marksAreDrawnOverTheirCharacter()
{
    const auto clusters = [](const QString &text) {
        QStringList found;
        for (qsizetype at = 0; at < text.size(); at += found.last().size())
            found << text.mid(at, LinePainter::clusterLength(text, at));
        return found;
    };
    QCOMPARE(clusters(u"cafe\u0301s"_s), (QStringList{u"caf"_s, u"e\u0301"_s, u"s"_s}));
    QCOMPARE(clusters(u"e\u0301\u0323a\u0308"_s), (QStringList{u"e\u0301\u0323"_s, u"a\u0308"_s}));
    QCOMPARE(clusters(u"\u0301ab"_s), (QStringList{u"\u0301"_s, u"ab"_s}));
    QCOMPARE(clusters(u"日\u0301本a"_s), (QStringList{u"日\u0301"_s, u"本"_s, u"a"_s}));
    QCOMPARE(clusters(u"a\U0001F469\uFE0F"_s), (QStringList{u"a"_s, u"\U0001F469\uFE0F"_s}));
}

/// psql indents the lines of a CONTEXT, logs of the server put a tab before them.
void LogPaintingTest::tabsStandOnTheirColumns()
{
    show("ERROR:  x\n\tSQL statement \"SELECT 1\"\nab\tc\td\n12345678\tx\n", false);
    QCOMPARE(m_view->visibleText(),
             (QStringList{u"ERROR:  x"_s, u"        SQL statement \"SELECT 1\""_s,
                          u"ab      c       d"_s, u"12345678        x"_s}));
    // A click on the column of a character finds that character.
    const auto characterAt = [this](qint64 line, int column) {
        const LogPosition at = m_view->positionAt(placeOf(line, column));
        return m_view->lineText(at.line).mid(at.index, 1);
    };
    QCOMPARE(characterAt(1, 8), u"S"_s);
    QCOMPARE(characterAt(2, 16), u"d"_s);
    QCOMPARE(characterAt(3, 16), u"x"_s);
}

void LogPaintingTest::wideCharactersTakeTwoColumns()
{
    show("日本x\ne\xcc\x81x\n", false);
    QCOMPARE(m_view->positionAt(placeOf(0, 4)), (LogPosition{0, 2}));
    QCOMPARE(m_view->positionAt(placeOf(1, 1)), (LogPosition{1, 2}));
}

void LogPaintingTest::tellsItsSizeInCharacters()
{
    QSignalSpy told(m_view.get(), &LogView::sizeInCharactersChanged);
    m_view->resize(900, 500);
    QCOMPARE(told.count(), 1);
    QCOMPARE(told.first().at(0).toInt(), m_view->columnCount());
    QCOMPARE(told.first().at(1).toInt(), m_view->rowCount());
    QVERIFY(m_view->columnCount() > 60);
}

QTEST_MAIN(LogPaintingTest)
#include "tst_logpainting.moc"
