// SPDX-License-Identifier: Apache-2.0
#include "run/differencedialog.h"
#include "support/eventbuilder.h"
#include "window/windowharness.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

const QByteArray kChanged = QByteArray(kTwoPhases).replace("Second check", "Third check");

QPushButton *inDialog(const QString &name)
{
    for (auto *button : WindowHarness::dialog()->findChildren<QPushButton *>()) {
        if (button->accessibleName() == name)
            return button;
    }
    return nullptr;
}

bool dialogSays(const QString &text)
{
    const auto labels = WindowHarness::dialog()->findChildren<QLabel *>();
    return std::ranges::any_of(labels,
                               [&](const QLabel *label) { return label->text().contains(text); });
}

} // namespace

/// A runbook whose file changes while its run is open, as people meet it.
class TestAmendWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_harness = std::make_unique<WindowHarness>();
        m_harness->createRun(kTwoPhases);
    }
    void cleanup() { m_harness.reset(); }

    void changedFileIsSaidUntilItIsTheSameAgain();
    void differenceIsShownLineByLine();
    void amendingAsksForAReasonAndSaysWhatIsLost();
    void cardsAreThoseOfTheNewRunbook();
    void amendingIsRefusedWithItsReason_data();
    void amendingIsRefusedWithItsReason();
    void whatWasLookedAtIsWhatTheRunGoesOnWith();
    void endedRunHasNothingToAmend();
    void invisibleCharactersAreShown_data();
    void invisibleCharactersAreShown();
    void findingsAreShownWithinARun();

private:
    [[nodiscard]] bool isSaid() const
    {
        return m_harness->named(u"The file has changed since this run began"_s) != nullptr;
    }
    std::unique_ptr<WindowHarness> m_harness;
};

void TestAmendWindow::changedFileIsSaidUntilItIsTheSameAgain()
{
    QVERIFY(!isSaid());
    m_harness->window().setChangedFile(kChanged);
    QVERIFY(isSaid());
    QVERIFY(m_harness->shows(u"The file has changed since this run began"_s));
    m_harness->window().setChangedFile(std::nullopt);
    QVERIFY(!isSaid());
    m_harness->window().setChangedFile(kChanged);
    m_harness->controller().closeRun();
    m_harness->createRun(kTwoPhases);
    QVERIFY(!isSaid()); // it was about another run
}

void TestAmendWindow::differenceIsShownLineByLine()
{
    m_harness->window().setChangedFile(kChanged);
    m_harness->press(u"Show difference"_s);
    QVERIFY(dialogSays(u"1 line added, 1 line removed"_s));
    auto *view = WindowHarness::dialog()->findChild<QPlainTextEdit *>();
    QCOMPARE(view->accessibleName(), u"Difference"_s);
    QVERIFY(view->isReadOnly());
    const QStringList lines = view->toPlainText().split(u'\n');
    QVERIFY(lines.contains(u"−     6  - [ ] Second check"_s));
    QVERIFY(lines.contains(u"+     6  - [ ] Third check"_s));
    QVERIFY(lines.contains(u"      5  - [ ] First check"_s));
    const auto ground = [&](qsizetype line) {
        return view->document()
            ->findBlockByNumber(static_cast<int>(line))
            .blockFormat()
            .background();
    };
    const qsizetype removed = lines.indexOf(u"−     6  - [ ] Second check"_s);
    QVERIFY(ground(removed).style() != Qt::NoBrush);
    QVERIFY(ground(removed) != ground(removed + 1));
    QCOMPARE(ground(removed - 1).style(), Qt::NoBrush);
}

void TestAmendWindow::amendingAsksForAReasonAndSaysWhatIsLost()
{
    m_harness->signChecks();
    m_harness->window().setChangedFile(kChanged);
    m_harness->press(u"Amend the run"_s);
    QVERIFY(dialogSays(u"Still signed: 1 step;"_s));
    QVERIFY(dialogSays(u"no longer signed: Second check."_s));
    QVERIFY(!WindowHarness::canConfirm());
    m_harness->giveReason(u"a check was wrong"_s);
    m_harness->confirm();
    const RunState &state = m_harness->controller().state();
    QTRY_COMPARE(state.amendments.size(), 1);
    QCOMPARE(state.amendments.constFirst().amended.reason, u"a check was wrong"_s);
    QVERIFY(!isSaid());
    auto *journal = m_harness->window().findChild<QTableView *>(u"journal"_s);
    const QAbstractItemModel *model = journal->model();
    const auto what = [&](int row) { return model->index(row, 4).data().toString(); };
    QCOMPARE(what(model->rowCount() - 1), u"Runbook amended · a check was wrong"_s);
    QCOMPARE(what(2), u"Second check · done"_s); // it keeps the name it had
}

void TestAmendWindow::cardsAreThoseOfTheNewRunbook()
{
    QVERIFY(m_harness->shows(u"Second check"_s));
    m_harness->controller().amendRunbook(kChanged, u"why"_s);
    QTRY_VERIFY(m_harness->shows(u"Third check"_s));
    QTRY_VERIFY(!m_harness->shows(u"Second check"_s));
}

void TestAmendWindow::amendingIsRefusedWithItsReason_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<bool>("running");
    QTest::addColumn<QString>("refusal");
    QTest::newRow("running") << kChanged << true << u"A command is still running"_s;
    QTest::newRow("no steps") << QByteArray("# Empty\n") << false << u"has no steps"_s;
}

void TestAmendWindow::amendingIsRefusedWithItsReason()
{
    QFETCH(QByteArray, file);
    QFETCH(bool, running);
    QFETCH(QString, refusal);
    if (running)
        m_harness->startCommand();
    m_harness->window().setChangedFile(file);
    m_harness->press(u"Amend the run"_s);
    m_harness->giveReason(u"why"_s);
    QVERIFY(!WindowHarness::canConfirm());
    QVERIFY(dialogSays(refusal));
}

void TestAmendWindow::whatWasLookedAtIsWhatTheRunGoesOnWith()
{
    m_harness->window().setChangedFile(kChanged);
    m_harness->press(u"Show difference"_s);
    m_harness->window().setChangedFile(QByteArray(kTwoPhases).replace("Second", "Other")); // again
    QPointer<QDialog> difference = WindowHarness::dialog();
    QTest::mouseClick(inDialog(u"Amend the run"_s), Qt::LeftButton);
    QTRY_VERIFY(WindowHarness::dialog() != nullptr && WindowHarness::dialog() != difference);
    m_harness->giveReason(u"why"_s);
    m_harness->confirm();
    QTRY_COMPARE(m_harness->controller().state().amendments.size(), 1);
    QCOMPARE(m_harness->controller().runbook().source, kChanged);
}

void TestAmendWindow::endedRunHasNothingToAmend()
{
    m_harness->window().setChangedFile(kChanged);
    m_harness->controller().abortRun(u"wrong day"_s);
    QTRY_VERIFY(!isSaid());
    m_harness->window().setChangedFile(kChanged);
    QVERIFY(!isSaid());
}

void TestAmendWindow::invisibleCharactersAreShown_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("direction") << u"rm \u202e-rf"_s << u"rm ⟨U+202E⟩-rf"_s;
    QTest::newRow("zero width") << u"a\u200bb"_s << u"a⟨U+200B⟩b"_s;
    QTest::newRow("line end") << u"a\r"_s << u"a⟨U+000D⟩"_s;
    QTest::newRow("tab") << u"\ta"_s << u"\ta"_s;
}

void TestAmendWindow::invisibleCharactersAreShown()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(differenceText({.kind = DifferenceLine::Kind::Added, .text = text, .line = 12}),
             u"+    12  "_s + shown);
}

void TestAmendWindow::findingsAreShownWithinARun()
{
    m_harness->trigger(u"Findings in the runbook"_s);
    QVERIFY(dialogSays(u"Nothing was found"_s));
    WindowHarness::dialog()->close();
    m_harness->createRun("# R\n\n## Empty\n\n## Execution\n\n- [ ] Do it\n");
    m_harness->trigger(u"Findings in the runbook"_s);
    QTRY_VERIFY(WindowHarness::dialog() != nullptr);
    auto *list = WindowHarness::dialog()->findChild<QListWidget *>(u"findings"_s);
    QCOMPARE(list->accessibleName(), u"Findings in the runbook"_s);
    QCOMPARE(list->count(), 1);
    QVERIFY(list->item(0)->text().startsWith(u"Line 3: "_s));
}

QTEST_MAIN(TestAmendWindow)
#include "tst_amendwindow.moc"
