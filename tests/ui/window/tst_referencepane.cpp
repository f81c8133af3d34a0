// SPDX-License-Identifier: Apache-2.0
#include "reference/referencepane.h"
#include "runbook/parser.h"
#include "widgets/markedlabel.h"
#include "window/windowharness.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTest>
#include <QTextEdit>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

// No raw string: moc of Qt 6.4 loses its way in one that holds quotes and “//”.
constexpr char kWithReference[] =
    "# Small\n"
    "\n"
    "## Execution\n"
    "\n"
    "- [ ] Migrate, see [the guide](https://example.org/guide)\n"
    "\n"
    "## Troubleshooting\n"
    "\n"
    "Symptom: waiting for a lock\n"
    "\n"
    "Resolution: find who holds it.\n"
    "\n"
    "```bash\n"
    "psql -c 'select 1'\n"
    "```\n"
    "\n"
    "Symptom: the disk is full\n"
    "\n"
    "Resolution: make room.\n"
    "\n"
    "## Contacts\n"
    "\n"
    "- **DBA**: +49 89 123456\n"
    "- **Lead**: lead@example.org\n"
    "- [Plan](file:///etc/passwd) ![plan](https://example.org/x.png)\n"
    "- [Trap](javascript:alert(1)) <img src=\"file:///etc/passwd\">\n";

} // namespace

/// Hears of every attempt to open something.
class Opener final : public QObject
{
    Q_OBJECT

public:
    Opener()
    {
        for (const auto &scheme : kSchemes)
            QDesktopServices::setUrlHandler(scheme, this, "open");
    }
    ~Opener() override
    {
        for (const auto &scheme : kSchemes)
            QDesktopServices::unsetUrlHandler(scheme);
    }
    [[nodiscard]] QList<QUrl> opened() const { return m_opened; }

public Q_SLOTS:
    void open(const QUrl &url) { m_opened += url; }

private:
    inline static const QStringList kSchemes{u"http"_s,   u"https"_s, u"file"_s,
                                             u"mailto"_s, u"tel"_s,   u"javascript"_s};
    QList<QUrl> m_opened;
};

class TestReferencePane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_harness = std::make_unique<WindowHarness>();
        m_harness->createRun(kWithReference);
    }
    void cleanup() { m_harness.reset(); }

    void oneKeyLeadsThereAndOneBack();
    void searchKeepsWhatBelongsTogether();
    void foundWordsAreMarked();
    void sectionNarrowsTheSearch();
    void addressesAndCommandsAreCopied_data();
    void addressesAndCommandsAreCopied();
    void nothingOpensAnything();
    void longReferenceIsThereToItsEnd();
    void amendedRunbookBringsItsOwnReference();
    void withoutReferenceThePaneSaysSo();
    void markedTextTakesTheHeightItNeeds();
    void markIsPainted();

private:
    [[nodiscard]] QLineEdit *search() const
    {
        return m_harness->named<QLineEdit>(u"Search reference"_s);
    }
    [[nodiscard]] QStringList cards() const
    {
        QStringList names;
        for (const auto *card : m_harness->window().findChildren<EntryCard *>()) {
            if (card->isVisible())
                names << card->accessibleName();
        }
        return names;
    }
    std::unique_ptr<WindowHarness> m_harness;
};

void TestReferencePane::oneKeyLeadsThereAndOneBack()
{
    QVERIFY(search() == nullptr);
    QTest::keyClick(&m_harness->window(), Qt::Key_F2);
    QTRY_VERIFY(search() != nullptr && search()->hasFocus());
    QTest::keyClicks(search(), u"jkr"_s); // letters are typed, not the keys of the checklist
    QCOMPARE(search()->text(), u"jkr"_s);
    QTest::keyClick(search(), Qt::Key_Escape);
    QTRY_VERIFY(m_harness->named<QScrollArea>(u"Checklist"_s)->hasFocus());
    QTest::keyClick(&m_harness->window(), Qt::Key_F2);
    QTRY_COMPARE(search()->selectedText(), u"jkr"_s); // the next search begins at once
}

void TestReferencePane::searchKeepsWhatBelongsTogether()
{
    m_harness->trigger(u"Find in reference"_s);
    QTRY_COMPARE(cards().size(), 6);
    QTest::keyClicks(search(), u"ROOM disk"_s);
    QTRY_COMPARE(cards(), QStringList{u"Symptom: the disk is full"_s});
    QVERIFY(m_harness->shows(u"Resolution: make room."_s));
    QVERIFY(m_harness->shows(u"TROUBLESHOOTING"_s));
    QVERIFY(m_harness->shows(u"1 of 6 entries found"_s));
    search()->setText(u"nowhere to be found"_s);
    QTRY_COMPARE(cards(), QStringList());
    QVERIFY(m_harness->shows(u"0 of 6 entries found"_s));
}

void TestReferencePane::foundWordsAreMarked()
{
    m_harness->trigger(u"Find in reference"_s);
    search()->setText(u"lock"_s);
    QTRY_COMPARE(cards().size(), 1);
    QList<TextRange> marks;
    for (const auto *label : m_harness->window().findChildren<MarkedLabel *>()) {
        if (label->isVisible())
            marks += label->marks();
    }
    QCOMPARE(marks, (QList<TextRange>{{.start = 23, .length = 4}}));
}

void TestReferencePane::sectionNarrowsTheSearch()
{
    m_harness->trigger(u"Find in reference"_s);
    auto *sections = m_harness->named<QListWidget>(u"Reference sections"_s);
    QCOMPARE(sections->count(), 3);
    QTest::keyClick(search(), Qt::Key_Down);
    QTest::keyClick(search(), Qt::Key_Down);
    QCOMPARE(sections->currentItem()->text(), u"Contacts"_s);
    QTRY_COMPARE(cards().size(), 4);
    search()->setText(u"disk"_s);
    QTRY_COMPARE(cards().size(), 0);
    sections->setCurrentRow(0);
    QTRY_COMPARE(cards().size(), 1);
}

void TestReferencePane::addressesAndCommandsAreCopied_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("copied");
    const auto row = [](const QString &copied) {
        QTest::newRow(qPrintable(copied)) << QString(u"Copy: "_s + copied) << copied;
    };
    row(u"+49 89 123456"_s);
    row(u"lead@example.org"_s);
    row(u"psql -c 'select 1'"_s);
    row(u"file:///etc/passwd"_s);
}

void TestReferencePane::addressesAndCommandsAreCopied()
{
    QFETCH(QString, button);
    QFETCH(QString, copied);
    m_harness->trigger(u"Find in reference"_s);
    QTRY_VERIFY(m_harness->button(button) != nullptr);
    m_harness->press(button);
    QCOMPARE(QApplication::clipboard()->text(), copied);
    QVERIFY(m_harness->shows(u"Copied: "_s + copied));
    QVERIFY(m_harness->runner.requests().isEmpty());
}

/// Whatever a runbook links to or shows: in the checklist, the phases at hand and the reference.
void TestReferencePane::nothingOpensAnything()
{
    Opener opener;
    const auto clickEverything = [&] {
        for (QLabel *label : m_harness->window().findChildren<QLabel *>()) {
            QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(),
                     qPrintable(label->text()));
            QVERIFY(!label->openExternalLinks());
            if (label->isVisible())
                QTest::mouseClick(label, Qt::LeftButton);
        }
        QVERIFY(m_harness->window().findChildren<QTextEdit *>().isEmpty());
    };
    clickEverything();
    for (const auto &phase : {u"Troubleshooting"_s, u"Contacts"_s}) {
        m_harness->choosePhase(phase);
        clickEverything();
    }
    m_harness->trigger(u"Find in reference"_s);
    QTRY_COMPARE(cards().size(), 6);
    clickEverything();
    for (auto *button : m_harness->window().findChildren<QPushButton *>()) {
        if (button->isVisible() && button->accessibleName().startsWith(u"Copy: "_s))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(opener.opened(), QList<QUrl>());
    QDesktopServices::openUrl(QUrl(u"https://example.org"_s));
    QCOMPARE(opener.opened().size(), 1); // it would have been heard
}

void TestReferencePane::longReferenceIsThereToItsEnd()
{
    QString source = u"# R\n\n## Execution\n\n- [ ] Do\n\n## Contacts\n\n"_s;
    for (int i = 0; i < 400; ++i)
        source += u"- Person %1: 1000%1\n"_s.arg(i);
    m_harness->createRun(source.toUtf8());
    m_harness->trigger(u"Find in reference"_s);
    QTRY_COMPARE(cards().size(), 400);
    QCOMPARE(cards().constLast(), u"Person 399: 1000399"_s);
}

void TestReferencePane::amendedRunbookBringsItsOwnReference()
{
    m_harness->trigger(u"Find in reference"_s);
    QTRY_VERIFY(m_harness->shows(u"the disk is full"_s));
    m_harness->controller().amendRunbook(
        QByteArray(kWithReference).replace("the disk is full", "no room"), u"why"_s);
    QTRY_VERIFY(m_harness->shows(u"Symptom: no room"_s));
    QVERIFY(!m_harness->shows(u"the disk is full"_s));
}

void TestReferencePane::withoutReferenceThePaneSaysSo()
{
    m_harness->createRun(kTwoPhases);
    m_harness->trigger(u"Find in reference"_s);
    QVERIFY(m_harness->shows(u"This runbook has no reference sections"_s));
    QVERIFY(search() == nullptr);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(m_harness->named<QScrollArea>(u"Checklist"_s)->hasFocus());
}

void TestReferencePane::markedTextTakesTheHeightItNeeds()
{
    MarkedLabel label(u"one two three four five six seven eight nine ten"_s);
    QVERIFY(label.heightForWidth(60) > 3 * label.fontMetrics().height());
    QVERIFY(label.heightForWidth(4000) <= 2 * label.fontMetrics().height());
    MarkedLabel lines(u"one\ntwo\nthree"_s);
    QVERIFY(lines.heightForWidth(4000) >= 3 * (label.fontMetrics().height() - 2));
    MarkedLabel word(QString(400, u'x'));
    QVERIFY(word.heightForWidth(100) > 5 * label.fontMetrics().height());
}

void TestReferencePane::markIsPainted()
{
    MarkedLabel label(u"one two three"_s);
    label.resize(300, 30);
    const QImage before = label.grab().toImage();
    label.setMarks({{.start = 4, .length = 3}});
    const QImage after = label.grab().toImage();
    QVERIFY(before != after);
    label.setMarks({});
    QCOMPARE(label.grab().toImage(), before);
}

QTEST_MAIN(TestReferencePane)
#include "tst_referencepane.moc"
