// SPDX-License-Identifier: Apache-2.0
#include "log/logview.h"
#include "log/logviewaccessible.h"

#include "output/logtesting.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

class LogAccessibleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void hasNameAndRole();
    void textIsWhatIsVisible();
    void selectionGoesBothWays();
    void changesAreToldLineByLine_data();
    void changesAreToldLineByLine();
    void anySelectionIsWithinTheText_data();
    void anySelectionIsWithinTheText();
    void aSelectionBeyondTheViewEndsAtItsEdge();
    void everyCharacterIsWhereItsOffsetSays();
    void cursorGoesWhereItIsPut();
    void aScrolledViewTellsOtherText();

private:
    [[nodiscard]] QAccessibleTextInterface *text() const
    {
        return QAccessible::queryAccessibleInterface(m_view.get())->textInterface();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LogView> m_view;
    QString m_path;
};

void LogAccessibleTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"output.log"_s);
    m_view = std::make_unique<LogView>();
    m_view->resize(600, 200);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void LogAccessibleTest::cleanup()
{
    m_view.reset();
}

void LogAccessibleTest::hasNameAndRole()
{
    QAccessibleInterface *const interface = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(interface);
    QCOMPARE(interface->text(QAccessible::Name), u"Command log"_s);
    QCOMPARE(interface->role(), QAccessible::Terminal);
    QVERIFY(interface->state().readOnly);
    QVERIFY(interface->state().focusable);
    QVERIFY(interface->textInterface());
}

void LogAccessibleTest::textIsWhatIsVisible()
{
    QVERIFY(writeLog(m_path, numberedLines(500)));
    m_view->open(m_path, false);
    QTRY_VERIFY(text()->text(0, -1).endsWith(u"line 499"_s));
    QCOMPARE(text()->characterCount(), text()->text(0, -1).size());
    QVERIFY(!text()->text(0, -1).contains(u"line 400"_s));
    QCOMPARE(text()->cursorPosition(), text()->characterCount());
    QCOMPARE(text()->text(0, 4), u"line"_s);
    int start = 0;
    int end = 0;
    QCOMPARE(text()->textAtOffset(1, QAccessible::LineBoundary, &start, &end).trimmed(),
             m_view->visibleText().first());
    QCOMPARE(text()->offsetAtPoint(m_view->viewport()->mapToGlobal(QPoint(12, 2))), 0);
    QVERIFY(text()->characterRect(0).isValid());
}

void LogAccessibleTest::selectionGoesBothWays()
{
    QVERIFY(writeLog(m_path, "alpha\nbeta\ngamma\n"));
    m_view->open(m_path, false);
    QTRY_COMPARE(text()->text(0, -1), u"alpha\nbeta\ngamma"_s);
    QCOMPARE(text()->selectionCount(), 0);
    text()->setSelection(0, 2, 8);
    QCOMPARE(m_view->selectedText(), u"pha\nbe"_s);
    int start = 0;
    int end = 0;
    text()->selection(0, &start, &end);
    QCOMPARE(start, 2);
    QCOMPARE(end, 8);
    text()->removeSelection(0);
    QCOMPARE(text()->selectionCount(), 0);
}

void LogAccessibleTest::changesAreToldLineByLine_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("after");
    QTest::addColumn<qint64>("gone");
    QTest::addColumn<QList<LogTextChange>>("changes");
    using Changes = QList<LogTextChange>;
    const QStringList ab{u"a"_s, u"b"_s};
    QTest::newRow("nothing") << ab << ab << qint64{0} << Changes{};
    QTest::newRow("first text") << QStringList{} << ab << qint64{0} << Changes{{0, {}, u"a\nb"_s}};
    QTest::newRow("a new line") << ab << QStringList{u"a"_s, u"b"_s, u"c"_s} << qint64{0}
                                << Changes{{3, {}, u"\nc"_s}};
    QTest::newRow("scrolled by one") << ab << QStringList{u"b"_s, u"c"_s} << qint64{1}
                                     << Changes{{0, u"a\n"_s, {}}, {1, {}, u"\nc"_s}};
    QTest::newRow("all new") << ab << QStringList{u"y"_s, u"z"_s} << qint64{500}
                             << Changes{{0, u"a\nb"_s, u"y\nz"_s}};
    QTest::newRow("scrolled back")
        << ab << QStringList{u"x"_s, u"a"_s} << qint64{-1} << Changes{{0, u"a\nb"_s, u"x\na"_s}};
    QTest::newRow("progress") << QStringList{u"1 %"_s} << QStringList{u"2 %"_s} << qint64{0}
                              << Changes{{0, u"1 %"_s, u"2 %"_s}};
    QTest::newRow("cleared") << ab << QStringList{} << qint64{0} << Changes{{0, u"a\nb"_s, {}}};
}

void LogAccessibleTest::changesAreToldLineByLine()
{
    QFETCH(QStringList, before);
    QFETCH(QStringList, after);
    QFETCH(qint64, gone);
    QFETCH(QList<LogTextChange>, changes);
    QCOMPARE(textChanges(before, after, gone), changes);
}

void LogAccessibleTest::anySelectionIsWithinTheText_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<QString>("selected");
    QTest::newRow("whole") << 0 << 10 << u"alpha\nbeta"_s;
    QTest::newRow("beyond the end") << 6 << 1000 << u"beta"_s;
    QTest::newRow("before the start") << -5 << 2 << u"al"_s;
    QTest::newRow("backwards") << 8 << 2 << u"pha\nbe"_s;
    QTest::newRow("nothing") << 3 << 3 << QString();
}

void LogAccessibleTest::anySelectionIsWithinTheText()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QVERIFY(writeLog(m_path, "alpha\nbeta\n"));
    m_view->open(m_path, false);
    QTRY_COMPARE(text()->characterCount(), 10);
    text()->addSelection(from, to);
    QTEST(m_view->selectedText(), "selected");
    text()->setSelection(1, 0, 3); // there is only one
    QTEST(m_view->selectedText(), "selected");
    int start = -1;
    int end = -1;
    text()->selection(1, &start, &end);
    QCOMPARE(start, 0);
    QCOMPARE(end, 0);
}

void LogAccessibleTest::aSelectionBeyondTheViewEndsAtItsEdge()
{
    QVERIFY(writeLog(m_path, numberedLines(500)));
    m_view->open(m_path, false);
    QTRY_VERIFY(text()->text(0, -1).endsWith(u"line 499"_s));
    m_view->selectAll();
    int start = -1;
    int end = -1;
    text()->selection(0, &start, &end);
    QCOMPARE(start, 0);
    QCOMPARE(end, text()->characterCount());
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    m_view->select({{300, 0}, {301, 2}}); // all of it below
    text()->selection(0, &start, &end);
    QCOMPARE(start, text()->characterCount());
    QCOMPARE(end, text()->characterCount());
}

void LogAccessibleTest::everyCharacterIsWhereItsOffsetSays()
{
    QVERIFY(writeLog(m_path, "alpha\nbeta\ngamma\n"));
    m_view->open(m_path, false);
    QTRY_COMPARE(text()->characterCount(), 16);
    const auto rowOf = [this](int offset) {
        const QRect box = text()->characterRect(offset);
        return (m_view->viewport()->mapFromGlobal(box.center()).y()) / m_view->lineRect(0).height();
    };
    QCOMPARE(rowOf(0), 0);
    QCOMPARE(rowOf(6), 1);
    QCOMPARE(rowOf(15), 2);
    int start = -1;
    int end = -1;
    QCOMPARE(text()->attributes(4, &start, &end), QString());
    QCOMPARE(start, 0);
    QCOMPARE(end, 16);
}

void LogAccessibleTest::cursorGoesWhereItIsPut()
{
    QVERIFY(writeLog(m_path, "alpha\nbeta\n"));
    m_view->open(m_path, false);
    QTRY_COMPARE(text()->characterCount(), 10);
    text()->setCursorPosition(7);
    QCOMPARE(m_view->selection().cursor, (LogPosition{1, 1}));
    QVERIFY(!m_view->hasSelection());
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText(), u"e"_s);
}

void LogAccessibleTest::aScrolledViewTellsOtherText()
{
    QVERIFY(writeLog(m_path, numberedLines(500)));
    m_view->open(m_path, false);
    QTRY_VERIFY(text()->text(0, -1).endsWith(u"line 499"_s));
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QVERIFY(text()->text(0, -1).startsWith(u"line 0\n"_s));
    m_view->close();
    QCOMPARE(text()->characterCount(), 0);
    QCOMPARE(text()->text(0, 5), QString());
    QVERIFY(!text()->characterRect(0).isNull() || text()->characterCount() == 0);
}

QTEST_MAIN(LogAccessibleTest)
#include "tst_logaccessible.moc"
