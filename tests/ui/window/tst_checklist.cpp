// SPDX-License-Identifier: Apache-2.0
#include "checklistfixture.h"

#include "checklist/checklistpane.h"
#include "checklist/phaserail.h"
#include "checklist/phasestrip.h"
#include "checklist/stepcard.h"
#include "checklist/textblocks.h"
#include "models/phasemodel.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

/// The strips, the rail, the texts and the pane around the cards.
class TestChecklist final : public ChecklistFixture
{
    Q_OBJECT

private Q_SLOTS:
    void stripNamesWhatIsOpen();
    void stripShortensALongList();
    void stripListsWhatARollbackUndoes();
    void railWrapsLongTitles();
    void railNamesScenariosByWhatHappens();
    void compactRailIsNarrow();
    void lettersInTheRailSearchNothing();
    void textBlocksKeepTheirShape_data();
    void textBlocksKeepTheirShape();
    void longPhaseIsBuiltPieceByPiece();
    void currentStepIsScrolledIntoView();
    void whatWasTypedIsThereAfterAnotherPhase();
    void paneWithoutAPhaseIsEmpty();
};

void TestChecklist::stripNamesWhatIsOpen()
{
    ChecklistIntents intents;
    PhaseStrip strip(intents, nullptr);
    const RunState state = m_builder.state();
    strip.refresh(view(), *state.runbook->phase(phaseNamed(state, u"Execution"_s)));
    QVERIFY(shows(strip, u"Create a backup · Code review by 2+ engineers"_s));
    QSignalSpy gate(&intents, &ChecklistIntents::gateWanted);
    named<QPushButton>(strip, u"Open this phase anyway"_s)->click();
    QCOMPARE(gate.first().first().value<PhaseId>(), phaseNamed(state, u"Execution"_s));
    // The phase in which to begin needs no word.
    strip.refresh(view(), *state.runbook->phase(phaseNamed(state, u"1 Hour Before"_s)));
    QVERIFY(strip.isHidden());
    strip.refresh(view(), *state.runbook->phase(phaseNamed(state, u"Contacts"_s)));
    QVERIFY(strip.isHidden());
}

void TestChecklist::stripShortensALongList()
{
    QByteArray source = "# Long\n\n## 1 Hour Before\n\n";
    for (int i = 1; i <= 9; ++i)
        source += "- [ ] Check " + QByteArray::number(i) + "\n";
    m_builder = EventBuilder();
    m_builder.create(source + "\n## Execution\n\n- [ ] Go\n");
    ChecklistIntents intents;
    PhaseStrip strip(intents, nullptr);
    const RunState state = m_builder.state();
    strip.refresh(view(), *state.runbook->phase(phaseNamed(state, u"Execution"_s)));
    QVERIFY(shows(strip, u"Check 6 · and 3 more"_s));
    QVERIFY(!shows(strip, u"Check 7"_s));
}

void TestChecklist::stripListsWhatARollbackUndoes()
{
    ChecklistIntents intents;
    PhaseStrip strip(intents, nullptr);
    const RunState before = m_builder.state();
    const PhaseId scenario = phaseNamed(before, u"Scenario 1"_s);
    strip.refresh(view(), *before.runbook->phase(scenario));
    QVERIFY(shows(strip, u"No command has run in this run."_s));
    end(start(u"Migrate"_s), ExecutionOutcome::Succeeded);
    m_builder.add(RollbackDeclared{.scenario = scenario, .reason = u"errors"_s});
    start(u"Undo it"_s); // the undoing itself is not among what is to be undone
    strip.refresh(view(), *before.runbook->phase(scenario));
    QVERIFY(shows(strip, u"01:40 UTC   Apply — exit 0"_s));
    QVERIFY(!shows(strip, u"undone"_s));
    QVERIFY(named<QPushButton>(strip, u"Declare this rollback"_s) == nullptr);
}

void TestChecklist::railWrapsLongTitles()
{
    m_builder = EventBuilder();
    m_builder.create("# R\n\n## Execution\n\n- [ ] Go\n\n## Rollback\n\n"
                     "### Scenario 1: It fails\n\n1. Undo\n\n"
                     "### Scenario 2: The application misbehaves after the migration\n\n1. Undo\n");
    PhaseRail rail;
    rail.resize(rail.sizeHint());
    rail.show();
    rail.refresh(m_builder.state(), m_builder.events().last().at);
    const auto height = [&](const QString &title) {
        const RunState state = m_builder.state();
        const auto *model = qobject_cast<const PhaseModel *>(rail.model());
        return rail.visualRect(model->indexOf(phaseNamed(state, title))).height();
    };
    QTRY_VERIFY(height(u"Scenario 2"_s) > height(u"Scenario 1"_s));
    rail.resize(900, 400);
    QTRY_COMPARE(height(u"Scenario 2"_s), height(u"Scenario 1"_s));
}

void TestChecklist::railNamesScenariosByWhatHappens()
{
    PhaseModel model;
    const RunState state = m_builder.state();
    model.setState(state, m_builder.events().last().at);
    const QModelIndex index = model.indexOf(phaseNamed(state, u"Scenario 1"_s));
    QCOMPARE(index.data().toString(), u"It fails"_s);
    QCOMPARE(model.entry(index.row()).subline, u"Scenario 1"_s);
    QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), u"Scenario 1: It fails"_s);
    QVERIFY(index.data(Qt::ToolTipRole).toString().startsWith(u"Scenario 1: It fails"_s));
    m_builder.add(
        RollbackDeclared{.scenario = phaseNamed(state, u"Scenario 1"_s), .reason = u"errors"_s});
    model.setState(m_builder.state(), m_builder.events().last().at);
    QCOMPARE(model.entry(index.row()).subline, u"Scenario 1 · declared"_s);
}

void TestChecklist::compactRailIsNarrow()
{
    PhaseRail rail;
    rail.refresh(m_builder.state(), m_builder.events().last().at);
    const int wide = rail.sizeHint().width();
    rail.setCompact(true);
    QVERIFY(rail.sizeHint().width() < wide / 2);
    QCOMPARE(rail.maximumWidth(), rail.sizeHint().width());
    QVERIFY(rail.sizeHint().width() >= rail.fontMetrics().horizontalAdvance(u"00/00"_s));
    rail.setCompact(false);
    QCOMPARE(rail.sizeHint().width(), wide);
    QVERIFY(rail.maximumWidth() > wide);
}

void TestChecklist::lettersInTheRailSearchNothing()
{
    PhaseRail rail;
    rail.refresh(m_builder.state(), m_builder.events().last().at);
    rail.choose(phaseNamed(m_builder.state(), u"1 Hour Before"_s));
    QSignalSpy chosen(&rail, &PhaseRail::phaseChosen);
    QTest::keyClick(&rail, Qt::Key_E); // "Execution" begins with it
    QCOMPARE(chosen.size(), 0);
    QTest::keyClick(&rail, Qt::Key_Down);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().value<PhaseId>(),
             phaseNamed(m_builder.state(), u"Execution"_s)); // the heading between is stepped over
}

void TestChecklist::textBlocksKeepTheirShape_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("fixed");
    QTest::newRow("paragraph") << static_cast<int>(TextBlock::Kind::Paragraph) << false;
    QTest::newRow("heading") << static_cast<int>(TextBlock::Kind::Heading) << false;
    QTest::newRow("list item") << static_cast<int>(TextBlock::Kind::ListItem) << false;
    QTest::newRow("code") << static_cast<int>(TextBlock::Kind::Code) << true;
    QTest::newRow("quote") << static_cast<int>(TextBlock::Kind::Quote) << false;
    QTest::newRow("table") << static_cast<int>(TextBlock::Kind::Table) << true;
    QTest::newRow("html") << static_cast<int>(TextBlock::Kind::Html) << false;
}

void TestChecklist::textBlocksKeepTheirShape()
{
    QFETCH(int, kind);
    QFETCH(bool, fixed);
    QWidget parent;
    const QString text = u"<b>a</b>  |  b\n<script>"_s;
    QWidget *widget = textBlockWidget(
        {.kind = static_cast<TextBlock::Kind>(kind), .level = 1, .text = text, .info = {}},
        &parent);
    QList<QLabel *> labels = widget->findChildren<QLabel *>();
    if (auto *self = qobject_cast<QLabel *>(widget))
        labels.append(self);
    const auto whole = std::ranges::find(labels, text, &QLabel::text);
    QVERIFY(whole != labels.end()); // nothing is dropped or interpreted
    QCOMPARE((*whole)->textFormat(), Qt::PlainText);
    QCOMPARE((*whole)->font().family() == fixedFont().family(), fixed);
}

void TestChecklist::longPhaseIsBuiltPieceByPiece()
{
    QByteArray source = "# Long\n\n## Execution\n\n";
    for (int i = 1; i <= 120; ++i)
        source += "- [ ] Check " + QByteArray::number(i) + "\n";
    m_builder = EventBuilder();
    m_builder.create(source);
    ChecklistPane pane;
    pane.resize(600, 500);
    pane.show();
    const PhaseId phase = phaseNamed(m_builder.state(), u"Execution"_s);
    pane.showPhase(view(), phase);
    QVERIFY(pane.findChildren<StepCard *>().size() < 120); // the window is not held up
    QTRY_COMPARE(pane.findChildren<StepCard *>().size(), 120);
    QCOMPARE(pane.findChildren<StepCard *>().last()->accessibleName(), u"Check 120"_s);
}

void TestChecklist::currentStepIsScrolledIntoView()
{
    QByteArray source = "# Long\n\n## Execution\n\n";
    for (int i = 1; i <= 60; ++i)
        source += "- [ ] Check " + QByteArray::number(i) + "\n";
    m_builder = EventBuilder();
    m_builder.create(source);
    ChecklistPane pane;
    pane.resize(600, 500);
    pane.show();
    const RunState state = m_builder.state();
    QSignalSpy moved(&pane, &ChecklistPane::currentStepChanged);
    pane.showPhase(view(), phaseNamed(state, u"Execution"_s), stepNamed(state, u"Check 55"_s));
    QCOMPARE(pane.currentStep(), stepNamed(state, u"Check 55"_s));
    const auto isSeen = [&](const QString &title) {
        auto *area = pane.findChild<QScrollArea *>();
        for (StepCard *card : pane.findChildren<StepCard *>()) {
            if (card->accessibleName() == title)
                return card->isVisible()
                    && area->viewport()->rect().contains(
                        card->mapTo(area->viewport(), QPoint(1, 1)));
        }
        return false;
    };
    QTRY_VERIFY(isSeen(u"Check 55"_s));
    pane.setCurrentStep(stepNamed(state, u"Check 3"_s));
    QTRY_VERIFY(isSeen(u"Check 3"_s));
    QVERIFY(!isSeen(u"Check 55"_s));
    QCOMPARE(moved.size(), 2);
    pane.setCurrentStep(stepNamed(state, u"Check 3"_s)); // where it is already
    QCOMPARE(moved.size(), 2);
}

void TestChecklist::whatWasTypedIsThereAfterAnotherPhase()
{
    m_builder = EventBuilder();
    m_builder.create("# Two\n\n## 1 hour before\n\n- [ ] Look\n\n## Execution\n\n- [ ] Go\n");
    const PhaseId before = phaseNamed(m_builder.state(), u"1 hour before"_s);
    const PhaseId execution = phaseNamed(m_builder.state(), u"Execution"_s);
    ChecklistPane pane;
    pane.resize(600, 500);
    pane.show();
    pane.showPhase(view(), before);
    named<QLineEdit>(pane, u"Note"_s)->setText(u"seen by two"_s);
    named<QLineEdit>(pane, u"Observed value"_s)->setText(u"42 rows"_s);
    pane.showPhase(view(), execution);
    QCOMPARE(named<QLineEdit>(pane, u"Note"_s)->text(), QString());
    pane.showPhase(view(), before);
    QCOMPARE(named<QLineEdit>(pane, u"Note"_s)->text(), u"seen by two"_s);
    QCOMPARE(named<QLineEdit>(pane, u"Observed value"_s)->text(), u"42 rows"_s);
    sign(u"Look"_s);
    pane.refresh(view());
    for (const auto &name : {u"Note"_s, u"Observed value"_s}) {
        const auto *field = named<QLineEdit>(pane, name);
        QVERIFY(field == nullptr || field->text().isEmpty()); // it is signed
    }
    pane.showPhase(view(), execution);
    pane.showPhase(view(), before);
    QVERIFY(!shows(pane, u"seen by two"_s)); // it is signed
    for (const QLineEdit *field : pane.findChildren<QLineEdit *>())
        QVERIFY(field->text() != u"seen by two"_s);
}

void TestChecklist::paneWithoutAPhaseIsEmpty()
{
    ChecklistPane pane;
    pane.showPhase(view(), PhaseId{u"no-such-phase"_s});
    QVERIFY(pane.phase().isEmpty());
    pane.moveCurrent(1);
    pane.focusSignOff();
    pane.tick(m_builder.events().last().at);
    QVERIFY(pane.currentStep().isEmpty());
}

QTEST_MAIN(TestChecklist)
#include "tst_checklist.moc"
