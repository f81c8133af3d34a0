// SPDX-License-Identifier: Apache-2.0
#include "checklist/checklistpane.h"
#include "checklist/commandrow.h"
#include "checklist/phasedelegate.h"
#include "checklist/phaserail.h"
#include "checklist/phasestrip.h"
#include "checklist/signoffform.h"
#include "checklist/stepcard.h"
#include "checklist/textblocks.h"
#include "models/phasemodel.h"
#include "models/stepresult.h"
#include "models/wording.h"
#include "support/eventbuilder.h"
#include "theme.h"
#include "widgets/elidedlabel.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

QList<QWidget *> visibleWidgets(const QWidget &root)
{
    QList<QWidget *> visible;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (widget->isVisibleTo(&root))
            visible.append(widget);
    }
    return visible;
}

template <typename Widget>
Widget *named(const QWidget &root, const QString &name)
{
    for (QWidget *widget : visibleWidgets(root)) {
        if (widget->accessibleName() == name && qobject_cast<Widget *>(widget) != nullptr)
            return qobject_cast<Widget *>(widget);
    }
    return nullptr;
}

bool shows(const QWidget &root, const QString &text)
{
    return std::ranges::any_of(visibleWidgets(root), [&](const QWidget *widget) {
        const auto *label = qobject_cast<const QLabel *>(widget);
        return label != nullptr && label->text().contains(text);
    });
}

} // namespace

/// The checklist's parts, fed with states that were made event by event.
class TestChecklist : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init();

    void cardFoldsWhenItIsSigned();
    void cardSaysItsStateToScreenReaders();
    void onlyTheCurrentCardShowsFields();
    void signedCardNeverLosesItsTime();
    void formKeepsWhatWasTyped();
    void formProposesWhatTheCommandSaid();
    void formNamesTheCommandsThatDidNotSucceed();
    void formNamesTheCommandThatAFindingIsOf();
    void formShowsSavingUntilAnswered();
    void rowCountsTheRunningTime();
    void rowThatAsksFirstSaysSo();
    void longCommandIsShownWhole();
    void expectationStandsUnderItsCommand();
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

private:
    [[nodiscard]] ChecklistView view() const
    {
        const QDateTime now = m_builder.events().last().at;
        return ChecklistView::of(m_builder.state(), now, u"Ada"_s);
    }
    [[nodiscard]] const Step &step(const QString &title)
    {
        m_state = m_builder.state();
        return *m_state.runbook->step(stepNamed(m_state, title));
    }
    void sign(const QString &title, const QString &who = u"Ada"_s, const QString &observed = {});
    ExecutionId start(const QString &title);
    void end(const ExecutionId &execution, ExecutionOutcome outcome);

    EventBuilder m_builder;
    RunState m_state;
};

void TestChecklist::init()
{
    m_builder = EventBuilder();
    m_builder.create();
}

void TestChecklist::sign(const QString &title, const QString &who, const QString &observed)
{
    m_builder.add(StepSigned{.step = stepNamed(m_builder.state(), title),
                             .outcome = SignOffOutcome::Done,
                             .observed = observed,
                             .note = {}},
                  who);
}

ExecutionId TestChecklist::start(const QString &title)
{
    const ExecutionId execution = ExecutionId::create();
    m_builder.add(CommandIntended{.execution = execution,
                                  .command = commandOf(m_builder.state(), title),
                                  .text = u"echo migrating"_s,
                                  .sha256 = {},
                                  .workingDirectory = {}});
    m_builder.add(CommandStarted{.execution = execution, .pid = 4711});
    return execution;
}

void TestChecklist::end(const ExecutionId &execution, ExecutionOutcome outcome)
{
    CommandEnded ended;
    ended.execution = execution;
    ended.outcome = outcome;
    ended.exitCode = 0;
    ended.durationMicros = 41'000'000;
    ended.outputLines = 212;
    ended.outputBytes = 1'600'000;
    m_builder.add(ended);
}

void TestChecklist::cardFoldsWhenItIsSigned()
{
    ChecklistIntents intents;
    StepCard card(step(u"Migrate"_s), intents, nullptr);
    end(start(u"Migrate"_s), ExecutionOutcome::Succeeded);
    card.refresh(view(), false);
    QVERIFY(named<QPushButton>(card, u"Run: Apply"_s) != nullptr);
    sign(u"Migrate"_s);
    card.refresh(view(), false);
    QVERIFY(named<QPushButton>(card, u"Run: Apply"_s) == nullptr);
    QVERIFY(shows(card, u"exit 0"_s));
    QVERIFY(shows(card, u"Apply · 41 s · 212 lines · 1.6 MB"_s));
    card.refresh(view(), true); // opened again to look at it
    QVERIFY(named<QPushButton>(card, u"Run: Apply"_s) != nullptr);
    QVERIFY(named<QPushButton>(card, u"Withdraw sign-off: Step 1: Migrate"_s) != nullptr);
}

void TestChecklist::cardSaysItsStateToScreenReaders()
{
    ChecklistIntents intents;
    StepCard card(step(u"Migrate"_s), intents, nullptr);
    const auto said = [&] {
        card.refresh(view(), false);
        return card.accessibleDescription();
    };
    QCOMPARE(card.accessibleName(), u"Step 1: Migrate"_s);
    QCOMPARE(said(), u"to do"_s);
    const ExecutionId first = start(u"Migrate"_s);
    QCOMPARE(said(), u"running"_s);
    end(first, ExecutionOutcome::Unknown);
    QCOMPARE(said(), u"outcome unknown"_s);
    m_builder.add(CommandResolved{
        .execution = first, .outcome = ExecutionOutcome::Succeeded, .evidence = u"looked"_s});
    QCOMPARE(said(), u"waits for sign-off"_s);
    sign(u"Migrate"_s);
    QCOMPARE(said(), u"signed"_s);
    m_builder.add(StepReopened{.step = step(u"Migrate"_s).id, .reason = u"again"_s});
    m_builder.add(StepSigned{.step = step(u"Migrate"_s).id,
                             .outcome = SignOffOutcome::Skipped,
                             .observed = {},
                             .note = u"no"_s});
    QCOMPARE(said(), u"skipped"_s);
}

void TestChecklist::onlyTheCurrentCardShowsFields()
{
    ChecklistIntents intents;
    StepCard card(step(u"backup"_s), intents, nullptr);
    card.refresh(view(), false);
    QVERIFY(named<QLineEdit>(card, u"Observed value"_s) == nullptr);
    QVERIFY(!card.focusSignOff());
    QSignalSpy chosen(&intents, &ChecklistIntents::stepChosen);
    named<QPushButton>(card, u"Sign off: Create a backup"_s)->click();
    QCOMPARE(chosen.size(), 1);
    card.refresh(view(), true);
    QVERIFY(named<QLineEdit>(card, u"Observed value"_s) != nullptr);
    QVERIFY(card.focusSignOff());
}

void TestChecklist::signedCardNeverLosesItsTime()
{
    ChecklistIntents intents;
    StepCard card(step(u"backup"_s), intents, nullptr);
    sign(u"backup"_s, u"Seed fb84d061 maintainers and their many friends"_s,
         u"41 GB read back whole, twice, by two people"_s);
    card.refresh(view(), false);
    for (const int width : {1200, 640, 420}) {
        card.resize(width, card.sizeHint().height());
        card.show();
        QVERIFY(QTest::qWaitForWindowExposed(&card));
        ElidedLabel *meta = nullptr;
        for (ElidedLabel *label : card.findChildren<ElidedLabel *>())
            meta = label->text().startsWith(u"Seed"_s) ? label : meta;
        QVERIFY(meta != nullptr);
        QVERIFY2(meta->shownText().contains(u"01:40 UTC"_s), qPrintable(meta->shownText()));
    }
}

void TestChecklist::formKeepsWhatWasTyped()
{
    ChecklistIntents intents;
    SignOffForm form(step(u"Migrate"_s), intents, nullptr);
    form.refresh(view());
    auto *observed = named<QLineEdit>(form, u"Observed value"_s);
    QCOMPARE(named<QLineEdit>(form, u"Signed by"_s)->text(), u"Ada"_s);
    form.setObserved(u"exit 0"_s);
    QCOMPARE(observed->text(), u"exit 0"_s);
    observed->setFocus();
    QTest::keyClicks(observed, u", seen"_s);
    form.setObserved(u"exit 1"_s); // a second attempt must not overwrite a person's words
    QVERIFY(observed->text().contains(u", seen"_s));
    auto *by = named<QLineEdit>(form, u"Signed by"_s);
    by->selectAll();
    QTest::keyClick(by, Qt::Key_Backspace);
    form.refresh(view());
    QCOMPARE(by->text(), QString()); // emptied on purpose
}

void TestChecklist::formProposesWhatTheCommandSaid()
{
    ChecklistIntents intents;
    StepCard card(step(u"Migrate"_s), intents, nullptr);
    card.refresh(view(), true);
    QCOMPARE(named<QLineEdit>(card, u"Observed value"_s)->text(), QString());
    end(start(u"Migrate"_s), ExecutionOutcome::Succeeded);
    card.refresh(view(), true);
    QCOMPARE(named<QLineEdit>(card, u"Observed value"_s)->text(),
             u"exit 0 · 41 s · 212 lines · 1.6 MB"_s);
}

void TestChecklist::formNamesTheCommandsThatDidNotSucceed()
{
    m_builder = EventBuilder();
    m_builder.create("# Two\n\n## Execution\n\n### Step 1: Go\n\n```bash\necho one\n```\n\n"
                     "```bash\necho two\n```\n");
    for (const Command &command : step(u"Go"_s).commands) {
        const ExecutionId execution = ExecutionId::create();
        const bool isFirst = command.title() == u"echo one"_s;
        m_builder.add(CommandIntended{.execution = execution, .command = command.id});
        m_builder.add(CommandStarted{.execution = execution, .pid = 4711});
        m_builder.add(CommandEnded{.execution = execution,
                                   .outcome = isFirst ? ExecutionOutcome::Failed
                                                      : ExecutionOutcome::Succeeded,
                                   .exitCode = isFirst ? 3 : 0});
    }
    const QString result = stepResult(m_builder.state(), step(u"Go"_s));
    QVERIFY2(result.startsWith(u"echo one: exit 3 · echo two: exit 0"_s), qPrintable(result));
}

void TestChecklist::formNamesTheCommandThatAFindingIsOf()
{
    m_builder = EventBuilder();
    m_builder.create("# Two\n\n## Execution\n\n### Step 1: Go\n\n```bash\necho one\n```\n\n"
                     "```bash\necho two\n```\n");
    const QList<Command> commands = step(u"Go"_s).commands;
    QCOMPARE(commands.size(), 2);
    for (const Command &command : commands) {
        const ExecutionId execution = ExecutionId::create();
        m_builder.add(CommandIntended{.execution = execution, .command = command.id});
        m_builder.add(CommandStarted{.execution = execution, .pid = 4711});
        m_builder.add(CommandEnded{
            .execution = execution, .outcome = ExecutionOutcome::Succeeded, .exitCode = 0});
        const bool isFirst = command.id == commands.constFirst().id;
        m_builder.add(OutputCompared{
            .execution = execution, .matches = !isFirst, .differences = isFirst ? 1 : 0});
    }
    ChecklistIntents intents;
    StepCard card(step(u"Go"_s), intents, nullptr);
    card.refresh(view(), true);
    const QString observed = named<QLineEdit>(card, u"Observed value"_s)->text();
    QVERIFY2(observed.startsWith(u"echo one: output differs in 1 line · echo two: exit 0"_s),
             qPrintable(observed));
    const RunState state = m_builder.state();
    QCOMPARE(Wording::tone(state.executions.constFirst()), Tone::Warning); // not all is well
}

void TestChecklist::formShowsSavingUntilAnswered()
{
    ChecklistIntents intents;
    SignOffForm form(step(u"backup"_s), intents, nullptr);
    form.refresh(view());
    QSignalSpy wanted(&intents, &ChecklistIntents::signWanted);
    auto *sign = form.findChild<QPushButton *>(u"signOff"_s);
    sign->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(sign->text(), u"Saving…"_s);
    QTest::keyClick(named<QLineEdit>(form, u"Note"_s), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1); // Enter while saving signs no second time
    form.refresh(view()); // something else happened
    QCOMPARE(sign->text(), u"Saving…"_s);
    form.stopSaving();
    QCOMPARE(sign->text(), u"Sign off"_s);
    QVERIFY(sign->isEnabled());
}

void TestChecklist::rowCountsTheRunningTime()
{
    ChecklistIntents intents;
    CommandRow row(step(u"Migrate"_s).commands.first(), intents, nullptr);
    row.refresh(view());
    QVERIFY(named<QPushButton>(row, u"Stop"_s) == nullptr);
    const ExecutionId execution = start(u"Migrate"_s);
    row.refresh(view());
    QVERIFY(named<QPushButton>(row, u"Run: Apply"_s) == nullptr);
    row.tick(m_builder.events().last().at.addSecs(581));
    QVERIFY(shows(row, u"running 00:09:41"_s));
    row.tick(m_builder.events().last().at.addSecs(-60)); // a clock set back counts no minus
    QVERIFY(shows(row, u"running 00:00:00"_s));
    QSignalSpy stop(&intents, &ChecklistIntents::stopWanted);
    named<QPushButton>(row, u"Stop"_s)->click();
    QCOMPARE(stop.first().first().value<ExecutionId>(), execution);
    end(execution, ExecutionOutcome::Succeeded);
    row.refresh(view());
    QSignalSpy log(&intents, &ChecklistIntents::logWanted);
    named<QPushButton>(row, u"Show log"_s)->click();
    QCOMPARE(log.first().first().value<ExecutionId>(), execution);
}

void TestChecklist::rowThatAsksFirstSaysSo()
{
    m_builder = EventBuilder();
    m_builder.create("# P\n\n## Execution\n\n### Step 1: Az\n\n```bash\n"
                     "az cosmosdb show --name <account>\n```\n");
    ChecklistIntents intents;
    CommandRow row(step(u"Az"_s).commands.first(), intents, nullptr);
    row.refresh(view());
    const auto *run = row.findChild<QPushButton *>(u"run"_s);
    QVERIFY(run->isEnabled());
    QCOMPARE(run->text(), u"Run…"_s);
    QVERIFY(run->accessibleName().startsWith(u"Run: "_s));
}

void TestChecklist::longCommandIsShownWhole()
{
    m_builder = EventBuilder();
    m_builder.create("# L\n\n## Execution\n\n### Step 1: Long\n\n```bash\n# Many\ntrue\nfalse\n"
                     "# why\ntrue\n```\n");
    ChecklistIntents intents;
    CommandRow row(step(u"Long"_s).commands.first(), intents, nullptr);
    row.refresh(view());
    row.show();
    auto *expand = named<QPushButton>(row, u"All 3 lines"_s); // comments are no lines
    QVERIFY(expand != nullptr);
    QVERIFY(!shows(row, u"# why"_s));
    expand->click();
    QVERIFY(shows(row, u"# why"_s)); // the exact text, comments too
    named<QPushButton>(row, u"Less"_s)->click();
    QVERIFY(!shows(row, u"# why"_s));
}

void TestChecklist::expectationStandsUnderItsCommand()
{
    ChecklistIntents intents;
    CommandRow row(step(u"Migrate"_s).commands.first(), intents, nullptr);
    row.setExpectations({{.text = u"migrating"_s}});
    QVERIFY(shows(row, u"Expected: migrating"_s));
}

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
