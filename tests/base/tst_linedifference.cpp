// SPDX-License-Identifier: Apache-2.0
#include "base/linedifference.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

QString described(const QList<DifferenceLine> &lines)
{
    QStringList text;
    for (const DifferenceLine &line : lines) {
        switch (line.kind) {
        case DifferenceLine::Kind::Same:
            text << u"%1 %2"_s.arg(line.line).arg(line.text);
            break;
        case DifferenceLine::Kind::Added:
            text << u"%1+%2"_s.arg(line.line).arg(line.text);
            break;
        case DifferenceLine::Kind::Removed:
            text << u"%1-%2"_s.arg(line.line).arg(line.text);
            break;
        case DifferenceLine::Kind::Gap:
            text << u"…"_s;
            break;
        }
    }
    return text.join(u'|');
}

QString lines(const QString &letters)
{
    return QStringList(letters.split(u""_s, Qt::SkipEmptyParts)).join(u'\n');
}

} // namespace

class TestLineDifference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreCompared_data();
    void linesAreCompared();
    void differenceLeadsFromOneToTheOther();
    void unlikeTextsAreOneChange();
};

void TestLineDifference::linesAreCompared_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("difference");
    const auto row = [](const char *name, const QString &before, const QString &after,
                        const QString &difference) {
        QTest::newRow(name) << lines(before) << lines(after) << difference;
    };
    row("the same", u"abc"_s, u"abc"_s, {});
    row("changed", u"abc"_s, u"aXc"_s, u"1 a|2-b|2+X|3 c"_s);
    row("added", u"ac"_s, u"abc"_s, u"1 a|2+b|3 c"_s);
    row("removed", u"abc"_s, u"ac"_s, u"1 a|2-b|2 c"_s);
    row("at the start", u"bc"_s, u"abc"_s, u"1+a|2 b|3 c"_s);
    row("at the end", u"ab"_s, u"abc"_s, u"1 a|2 b|3+c"_s);
    row("several in a row", u"abcd"_s, u"aXYd"_s, u"1 a|2-b|3-c|2+X|3+Y|4 d"_s);
    row("far apart", u"abcdefghijklm"_s, u"XbcdefghijklY"_s,
        u"1-a|1+X|2 b|3 c|4 d|…|10 j|11 k|12 l|13-m|13+Y"_s);
    row("only the ends are far away", u"abcdefghi"_s, u"abcdXfghi"_s,
        u"…|2 b|3 c|4 d|5-e|5+X|6 f|7 g|8 h|…"_s);
    row("moved", u"abc"_s, u"bca"_s, u"1-a|1 b|2 c|3+a"_s);
    row("repeated lines", u"aab"_s, u"ab"_s, u"1 a|2-a|2 b"_s);
    QTest::newRow("no newline at the end") << u"a\n"_s << u"a"_s << u"1 a|2-"_s;
    QTest::newRow("line ends") << u"a\nb"_s << u"a\r\nb"_s << u"1-a|1+a\r|2 b"_s;
    QTest::newRow("from nothing") << QString() << u"a"_s << u"1-|1+a"_s;
}

void TestLineDifference::linesAreCompared()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, difference);
    QCOMPARE(described(lineDifference(before, after)), difference);
}

/// Taking the removed lines out and putting the added ones in gives the other text.
void TestLineDifference::differenceLeadsFromOneToTheOther()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 200; ++round) {
        QStringList before;
        QStringList after;
        for (int i = 0; i < 30; ++i) {
            const QString line(1, QChar(u'a' + static_cast<char16_t>(random.bounded(4))));
            if (random.bounded(4) != 0)
                before << line;
            if (random.bounded(4) != 0)
                after << line;
        }
        QStringList was;
        QStringList is;
        const auto all = lineDifference(before.join(u'\n'), after.join(u'\n'), 1000);
        for (const DifferenceLine &line : all) {
            if (line.kind != DifferenceLine::Kind::Added)
                was << line.text;
            if (line.kind != DifferenceLine::Kind::Removed)
                is << line.text;
        }
        if (before == after)
            continue;
        QCOMPARE(was, before);
        QCOMPARE(is, after);
    }
}

/// Every line is another: bounded work, and still true.
void TestLineDifference::unlikeTextsAreOneChange()
{
    QStringList before;
    QStringList after;
    for (int i = 0; i < 20'000; ++i) {
        before << u"before %1"_s.arg(i);
        after << u"after %1"_s.arg(i);
    }
    before.prepend(u"head"_s);
    after.prepend(u"head"_s);
    const auto all = lineDifference(before.join(u'\n'), after.join(u'\n'));
    QCOMPARE(all.size(), 40'001);
    QCOMPARE(all.at(1).text, u"before 0"_s);
    QCOMPARE(all.constLast().text, u"after 19999"_s);
}

QTEST_GUILESS_MAIN(TestLineDifference)
#include "tst_linedifference.moc"
