// SPDX-License-Identifier: Apache-2.0
#include "logviewfixture.h"

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

/// Lines that are cut, and lines wider than the view: showing more of them, finding in them.
class LogLongLinesTest : public LogViewFixture
{
    Q_OBJECT

private Q_SLOTS:
    void aLongLineShowsMoreOnRequest();
    void aMatchBehindTheCutIsShown_data();
    void aMatchBehindTheCutIsShown();
    void aMatchThatIsTooFarIsSaidToBeHidden();
    void theWordsAboutTheRestAreNoMatch();
    void theFirstMatchInALineIsScrolledTo();

private:
    /// Of the first match in the line, from the left of the view.
    [[nodiscard]] double columnsTo(qint64 line, const QString &text)
    {
        const qsizetype index = m_view->lineText(line).indexOf(text);
        return static_cast<double>(index - m_view->horizontalScrollBar()->value());
    }
};

void LogLongLinesTest::aLongLineShowsMoreOnRequest()
{
    const QByteArray giant(3'000'000, 'x');
    show("short\n" + giant + "\n" + giant + "\n", false);
    const auto shown = [this](qint64 line = 1) { return m_view->lineText(line).count(u'x'); };
    QCOMPARE(shown(), 8192);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(shown(), 8192 * 8);
    m_view->expandLine();
    QCOMPARE(shown(), 512 * 1024);
    m_view->expandLine(); // no further: that is what saving is for; the next one has its turn
    QCOMPARE(shown(), 512 * 1024);
    QCOMPARE(shown(2), 8192 * 8);
    QVERIFY(m_view->lineText(1).endsWith(u" more bytes"_s));
    m_view->select({{1, 0}, {1, 20'000}});
    QCOMPARE(m_view->selectedText().size(), 20'000); // what is seen is what is copied
    m_view->open(m_path, false);
    QTRY_COMPARE(m_view->log().lineCount(), 3);
    QCOMPARE(shown(), 8192);
    // A click on the words that say so does the same, one on the text does not.
    QTRY_VERIFY(m_view->horizontalScrollBar()->maximum() > 8000);
    m_view->horizontalScrollBar()->setValue(m_view->horizontalScrollBar()->maximum());
    const int first = m_view->horizontalScrollBar()->value();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(1, 8190 - first));
    QCOMPARE(shown(), 8192);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(1, 8195 - first));
    QCOMPARE(shown(), 8192 * 8);
    QVERIFY(!m_view->isFollowing());
}

void LogLongLinesTest::aMatchBehindTheCutIsShown_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("shown");
    QTest::addColumn<bool>("isExpression");
    QTest::newRow("in what is shown") << 8000 << 8192 << false;
    QTest::newRow("across the cut") << 8190 << 65'536 << false;
    QTest::newRow("one step away") << 40'000 << 65'536 << false;
    QTest::newRow("two steps away") << 200'000 << 524'288 << false;
    QTest::newRow("an expression") << 200'000 << 524'288 << true;
}

void LogLongLinesTest::aMatchBehindTheCutIsShown()
{
    QFETCH(int, before);
    QFETCH(int, shown);
    QFETCH(bool, isExpression);
    show("short\n" + QByteArray(before, 'x') + "needle" + QByteArray(1'000'000, 'y') + '\n', false);
    m_view->setSearch({isExpression ? u"ne+dle"_s : u"needle"_s, true, isExpression});
    QTRY_COMPARE(m_view->currentMatch(), 0);
    QVERIFY(!m_view->isMatchHidden());
    const QString text = m_view->lineText(1);
    QCOMPARE(text.indexOf(u" … "_s), shown);
    QVERIFY(columnsTo(1, u"needle"_s) >= 0);
    QVERIFY(columnsTo(1, u"needle"_s) + 6 <= m_view->columnCount());
}

void LogLongLinesTest::aMatchThatIsTooFarIsSaidToBeHidden()
{
    show("needle\n" + QByteArray(600'000, 'x') + "needle\n", false);
    m_view->goToLine(0);
    m_view->setSearch({u"needle"_s, true, false});
    QTRY_COMPARE(m_view->currentMatch(), 0);
    QVERIFY(!m_view->isMatchHidden());
    m_view->findNext();
    QTRY_COMPARE(m_view->currentMatch(), 1); // which the search may not have reached yet
    QVERIFY(m_view->isMatchHidden());
    QCOMPARE(m_view->lineText(1).count(u'x'), 8192); // more of it would not help
    m_view->findPrevious();
    QVERIFY(!m_view->isMatchHidden());
    m_view->findNext();
    m_view->setSearch({});
    QVERIFY(!m_view->isMatchHidden());
}

void LogLongLinesTest::theWordsAboutTheRestAreNoMatch()
{
    show(QByteArray(600'000, 'x') + "\nmore bytes\n", false);
    m_view->setSearch({u"more bytes"_s, true, false});
    QTRY_COMPARE(m_view->matchCount(), 1);
    QCOMPARE(m_view->tail().matches().lineAt(0), 1);
}

void LogLongLinesTest::theFirstMatchInALineIsScrolledTo()
{
    const QByteArray wide = QByteArray(3000, 'x') + "needle" + QByteArray(2000, 'y') + "needle\n";
    show(numberedLines(500) + wide + "a needle\n", false);
    m_view->goToStart();
    m_view->setSearch({u"needle"_s, true, false}); // far below what was painted so far
    QTRY_COMPARE(m_view->currentMatch(), 0);
    QVERIFY(columnsTo(500, u"needle"_s) >= 0);
    QVERIFY(columnsTo(500, u"needle"_s) + 6 <= m_view->columnCount());
    m_view->findNext();
    QCOMPARE(m_view->horizontalScrollBar()->value(), 0); // with what stands before it
}

QTEST_MAIN(LogLongLinesTest)
#include "tst_loglonglines.moc"
