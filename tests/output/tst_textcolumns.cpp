// SPDX-License-Identifier: Apache-2.0
#include "output/textcolumns.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TextColumnsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsColumns_data();
    void countsColumns();
    void translatesBothWays();
    void keepsMarksWithTheirLetter();
};

void TextColumnsTest::countsColumns_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("columns");
    QTest::newRow("empty") << QString() << 0;
    QTest::newRow("ASCII") << u"abc"_s << 3;
    QTest::newRow("Latin") << u"größe"_s << 5;
    QTest::newRow("frame") << u"┌──┐"_s << 4;
    QTest::newRow("tick") << u"✓"_s << 1;
    QTest::newRow("emoji") << u"✅😀"_s << 4;
    QTest::newRow("CJK") << u"数据库"_s << 6;
    QTest::newRow("full width") << u"ＡＢ"_s << 4;
    QTest::newRow("combining") << u"e\u0301x"_s << 2;
    QTest::newRow("replacement") << u"\ufffd"_s << 1;
}

void TextColumnsTest::countsColumns()
{
    QFETCH(QString, text);
    QFETCH(int, columns);
    QCOMPARE(TextColumns(text).count(), columns);
}

void TextColumnsTest::translatesBothWays()
{
    const QString text = u"a数😀b"_s; // columns 0, 1–2, 3–4, 5
    const TextColumns columns(text);
    QCOMPARE(columns.columnOf(0), 0);
    QCOMPARE(columns.columnOf(1), 1);
    QCOMPARE(columns.columnOf(2), 3);
    QCOMPARE(columns.columnOf(4), 5);
    QCOMPARE(columns.columnOf(5), 6);
    const int indexes[] = {0, 1, 1, 2, 2, 4, 5, 5};
    for (int column = 0; column < 8; ++column)
        QCOMPARE(columns.indexAt(column), indexes[column]);
    QCOMPARE(columns.indexAt(-3), 0);
    QCOMPARE(TextColumns(u"abc"_s).indexAt(2), 2);
    QCOMPARE(TextColumns(u"abc"_s).indexAt(9), 3);
}

void TextColumnsTest::keepsMarksWithTheirLetter()
{
    const TextColumns columns(u"e\u0301x"_s);
    QCOMPARE(columns.columnOf(1), 0);
    QCOMPARE(columns.indexAt(1), 2);
}

QTEST_GUILESS_MAIN(TextColumnsTest)
#include "tst_textcolumns.moc"
