// SPDX-License-Identifier: Apache-2.0
#include "checklistfixture.h"

#include "checklist/commandrow.h"
#include "checklist/signoffform.h"
#include "checklist/stepcard.h"
#include "models/stepresult.h"
#include "models/wording.h"
#include "widgets/elidedlabel.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

/// The card of a step, its form and the rows of its commands.
class TestStepCard final : public ChecklistFixture
{
    Q_OBJECT

private Q_SLOTS:
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
};

void TestStepCard::cardFoldsWhenItIsSigned()
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

void TestStepCard::cardSaysItsStateToScreenReaders()
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

void TestStepCard::onlyTheCurrentCardShowsFields()
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

void TestStepCard::signedCardNeverLosesItsTime()
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

void TestStepCard::formKeepsWhatWasTyped()
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

void TestStepCard::formProposesWhatTheCommandSaid()
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

void TestStepCard::formNamesTheCommandsThatDidNotSucceed()
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

void TestStepCard::formNamesTheCommandThatAFindingIsOf()
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

void TestStepCard::formShowsSavingUntilAnswered()
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

void TestStepCard::rowCountsTheRunningTime()
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

void TestStepCard::rowThatAsksFirstSaysSo()
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

void TestStepCard::longCommandIsShownWhole()
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

void TestStepCard::expectationStandsUnderItsCommand()
{
    ChecklistIntents intents;
    CommandRow row(step(u"Migrate"_s).commands.first(), intents, nullptr);
    row.setExpectations({{.text = u"migrating"_s}});
    QVERIFY(shows(row, u"Expected: migrating"_s));
}

QTEST_MAIN(TestStepCard)
#include "tst_stepcard.moc"
