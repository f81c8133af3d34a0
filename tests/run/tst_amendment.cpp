// SPDX-License-Identifier: Apache-2.0
#include "controllerbench.h"
#include "run/rules.h"
#include "runbook/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

QByteArray changed(const QByteArray &from, const QByteArray &to)
{
    QByteArray source = kRunbook;
    return source.replace(from, to);
}

RunbookAmended amended(const QByteArray &source)
{
    return {.runbookSha256 = parseRunbook(source, u"test.md"_s).sha256,
            .runbookSource = QString::fromUtf8(source),
            .reason = u"typo"_s};
}

CommandEnded ended(const QString &execution, ExecutionOutcome outcome)
{
    CommandEnded end;
    end.execution = {execution};
    end.outcome = outcome;
    return end;
}

/// A run whose backup is signed and whose migration has run.
void carryOut(EventBuilder &journal)
{
    journal.create();
    journal.add(RunbookApproved{.runbookSha256 = {}, .commands = 2, .basis = {}});
    journal.add(StepSigned{.step = stepNamed(journal.state(), u"backup"_s)});
    journal.add(GateDecided{.phase = phaseNamed(journal.state(), u"Execution"_s), .go = true});
    journal.add(CommandIntended{.execution = {u"e1"_s},
                                .command = commandOf(journal.state(), u"Migrate"_s),
                                .text = u"echo migrating"_s});
    journal.add(ended(u"e1"_s, ExecutionOutcome::Succeeded));
    journal.add(StepSigned{.step = stepNamed(journal.state(), u"Migrate"_s)});
}

} // namespace

/// A runbook that changes while its run goes on: the state, the rules, the controller.
class TestAmendment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unchangedStepsStaySigned();
    void changedCommandMustBeSignedAndRunAgain();
    void onlyTheNoteChangedLeavesTheCommandFrozen();
    void whatRanKeepsItsNameThroughSeveralAmendments();
    void decisionsFollowTheirPhase();
    void waitsFollowTheirStep();
    void eventsAreReadWithTheRunbookOfTheirTime();
    void amendmentBeforeAnyRunChangesNothing();
    void whenItMayNotHappen_data();
    void whenItMayNotHappen();
    void declaredRollbackMustStay();
    void controllerRecordsItAndAsksForApprovalAnew();
    void contentApprovedBeforeNeedsNoApproval();
    void approvalOfOtherContentApprovesNothing();
    void approvalWaitsForAnAmendmentOnItsWay();
    void foundApprovalOfTheOldContentIsTooLate();
    void refusedAmendmentRecordsNothing();
    void byteOrderMarkAndAllIsKept();
};

void TestAmendment::unchangedStepsStaySigned()
{
    EventBuilder journal;
    carryOut(journal);
    const qint64 seq = journal.add(amended(changed("Step 2: Look", "Step 2: Look twice"))).seq;
    const RunState state = journal.state();
    QVERIFY(state.isSigned(stepNamed(state, u"backup"_s)));
    QVERIFY(state.isSigned(stepNamed(state, u"Migrate"_s)));
    QCOMPARE(state.stepStatus(stepNamed(state, u"Look twice"_s)), StepStatus::Pending);
    QCOMPARE(state.amendments.size(), 1);
    QVERIFY(state.amendments.constFirst().withdrawn.isEmpty());
    QCOMPARE(state.amendments.constFirst().seq, seq);
    QCOMPARE(state.runbookSha256(), state.runbook->sha256);
    QVERIFY(!state.approval);
    QCOMPARE(state.created.runbookSha256, state.amendments.constFirst().before->sha256);
}

void TestAmendment::changedCommandMustBeSignedAndRunAgain()
{
    EventBuilder journal;
    carryOut(journal);
    const StepId before = stepNamed(journal.state(), u"Migrate"_s);
    journal.add(amended(changed("echo migrating", "echo other")));
    const RunState state = journal.state();
    const StepId step = stepNamed(state, u"Migrate"_s);
    QCOMPARE(step, before); // the same id, not the same step
    QCOMPARE(state.stepStatus(step), StepStatus::Pending);
    QCOMPARE(state.amendments.constFirst().withdrawn, QList{before});
    const CommandId command = commandOf(state, u"Migrate"_s);
    QVERIFY(state.lastExecution(command) == nullptr);
    QCOMPARE(rules::secondLook(state, command), rules::SecondLook::None);
    QVERIFY(state.isSigned(stepNamed(state, u"backup"_s)));
}

void TestAmendment::onlyTheNoteChangedLeavesTheCommandFrozen()
{
    EventBuilder journal;
    carryOut(journal);
    journal.add(amended(changed("### Step 1: Migrate\n", "### Step 1: Migrate\n\nCareful.\n")));
    const RunState state = journal.state();
    QCOMPARE(state.stepStatus(stepNamed(state, u"Migrate"_s)), StepStatus::AwaitingSignOff);
    QCOMPARE(rules::secondLook(state, commandOf(state, u"Migrate"_s)),
             rules::SecondLook::Succeeded);
}

void TestAmendment::whatRanKeepsItsNameThroughSeveralAmendments()
{
    EventBuilder journal;
    carryOut(journal);
    journal.add(amended(changed("Step 2: Look", "Step 2: Look twice")));
    journal.add(amended(changed("echo migrating", "echo other")));
    journal.add(amended(changed("echo migrating", "echo another")));
    const RunState state = journal.state();
    const Execution &execution = state.executions.constFirst();
    QVERIFY(state.runbook->command(execution.command) == nullptr);
    QCOMPARE(state.commandOf(execution)->text, u"# Apply\necho migrating"_s);
    QCOMPARE(state.stepOf(execution)->title, u"Step 1: Migrate"_s);
    QCOMPARE(state.phaseOf(execution)->title, u"Execution"_s);
}

void TestAmendment::decisionsFollowTheirPhase()
{
    EventBuilder journal;
    carryOut(journal);
    journal.add(RollbackDeclared{.scenario = phaseNamed(journal.state(), u"Scenario 1"_s)});
    QByteArray source = changed("## Execution", "## Overview\n\nExecution.\n\n## Execution");
    journal.add(amended(source));
    QVERIFY(journal.state().hasRollback(phaseNamed(journal.state(), u"Scenario 1"_s)));
    QVERIFY(rules::phaseIsOpen(journal.state(), phaseNamed(journal.state(), u"Execution"_s))
                .hasValue());
    journal.add(amended(source.replace("## Execution", "## Migration")));
    QVERIFY(journal.state().gates.isEmpty());
}

void TestAmendment::waitsFollowTheirStep()
{
    EventBuilder journal;
    journal.create();
    const StepId look = stepNamed(journal.state(), u"Look"_s);
    const StepId migrate = stepNamed(journal.state(), u"Migrate"_s);
    journal.add(WaitStarted{.step = look, .seconds = 900});
    journal.add(WaitStarted{.step = migrate, .seconds = 60});
    journal.add(amended(changed("echo migrating", "echo other")));
    QCOMPARE(journal.state().waits.value(look).seconds, 900);
    QVERIFY(!journal.state().waits.contains(migrate));
}

void TestAmendment::eventsAreReadWithTheRunbookOfTheirTime()
{
    EventBuilder journal;
    carryOut(journal);
    const qint64 seq = journal.add(amended(changed("Step 1: Migrate", "Step 1: Apply"))).seq;
    const RunState state = journal.state();
    const StepId gone{u"execution/step-1-migrate"_s};
    QVERIFY(state.runbookAt(seq - 1)->step(gone) != nullptr);
    QVERIFY(state.runbookAt(seq)->step(gone) != nullptr); // what it withdraws, it calls by name
    QVERIFY(state.runbookAt(seq + 1)->step(gone) == nullptr);
}

void TestAmendment::amendmentBeforeAnyRunChangesNothing()
{
    EventBuilder journal;
    journal.add(amended(kRunbook));
    QVERIFY(journal.state().amendments.isEmpty());
    QVERIFY(!journal.state().runbook);
}

void TestAmendment::whenItMayNotHappen_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QList<int>>("outcomes"); // of executions: -1 while it runs
    QTest::addColumn<QString>("refusal");
    const QByteArray good = changed("Look", "Look twice");
    const QString why = u"typo"_s;
    QTest::newRow("good") << good << why << QList<int>{} << QString();
    QTest::newRow("running") << good << why << QList{-1} << u"still running"_s;
    QTest::newRow("unknown") << good << why << QList{static_cast<int>(ExecutionOutcome::Unknown)}
                             << u"unknown how"_s;
    QTest::newRow("the same") << QByteArray(kRunbook) << why << QList<int>{} << u"the same as"_s;
    QTest::newRow("no steps") << QByteArray("# Empty\n") << why << QList<int>{} << u"no steps"_s;
    QTest::newRow("not UTF-8") << good + "\n\xff\xfe\n" << why << QList<int>{} << u"UTF-8"_s;
    QTest::newRow("no reason") << good << u"  "_s << QList<int>{} << u"Say why"_s;
}

void TestAmendment::whenItMayNotHappen()
{
    QFETCH(QByteArray, source);
    QFETCH(QString, reason);
    QFETCH(QList<int>, outcomes);
    QFETCH(QString, refusal);
    EventBuilder journal;
    journal.create();
    for (const int outcome : outcomes) {
        journal.add(CommandIntended{.execution = {u"e2"_s},
                                    .command = commandOf(journal.state(), u"Migrate"_s)});
        if (outcome >= 0)
            journal.add(ended(u"e2"_s, static_cast<ExecutionOutcome>(outcome)));
    }
    const Result<void> allowed =
        rules::mayAmend(journal.state(), parseRunbook(source, u"t.md"_s), reason);
    QCOMPARE(allowed.hasValue(), refusal.isEmpty());
    if (!allowed)
        QVERIFY2(allowed.error().message.contains(refusal), qPrintable(allowed.error().message));
}

void TestAmendment::declaredRollbackMustStay()
{
    EventBuilder journal;
    journal.create();
    const Runbook without =
        parseRunbook(changed("Scenario 1: It fails", "Scenario 1: Something else"), u"t.md"_s);
    QVERIFY(rules::mayAmend(journal.state(), without, u"why"_s).hasValue());
    journal.add(RollbackDeclared{.scenario = phaseNamed(journal.state(), u"Scenario 1"_s)});
    const Result<void> refused = rules::mayAmend(journal.state(), without, u"why"_s);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"Scenario 1: It fails"_s));
    journal.add(RunAborted{.reason = u"r"_s});
    QVERIFY(!rules::mayAmend(journal.state(), without, u"why"_s));
}

void TestAmendment::controllerRecordsItAndAsksForApprovalAnew()
{
    Bench bench;
    bench.prepare();
    const QByteArray source = changed("echo migrating", "echo amended");
    bench.controller.amendRunbook(source, u" wrong table "_s);
    bench.settle();
    QCOMPARE(bench.journalled().constLast(), u"runbook.amended"_s);
    QCOMPARE(bench.state().amendments.constFirst().amended.reason, u"wrong table"_s);
    QVERIFY(!bench.state().approval);
    bench.controller.runCommand(bench.migrate());
    QVERIFY(bench.lastError().contains(u"approved"_s));
    bench.controller.approveRunbook();
    bench.settle();
    QCOMPARE(bench.state().approval->runbookSha256, bench.state().runbookSha256());
    bench.controller.runCommand(bench.migrate());
    QTRY_COMPARE(bench.runner.requests().size(), 1);
    QVERIFY(bench.runner.requests().constFirst().script.contains("amended"));
}

void TestAmendment::contentApprovedBeforeNeedsNoApproval()
{
    Bench bench;
    bench.prepare();
    bench.journal.setApprovalBasis(u"run 3, 2026-11-20T10:00:00.000Z, Rosa"_s);
    bench.controller.amendRunbook(changed("Look", "Look twice"), u"why"_s);
    QTRY_VERIFY(bench.state().approval && bench.state().approval->basis.startsWith(u"run 3"_s));
    QCOMPARE(bench.state().approval->runbookSha256, bench.state().runbookSha256());
}

void TestAmendment::approvalOfOtherContentApprovesNothing()
{
    EventBuilder journal;
    carryOut(journal);
    const QString before = journal.state().runbook->sha256;
    journal.add(amended(changed("echo migrating", "echo other")));
    journal.add(RunbookApproved{.runbookSha256 = before, .commands = 2, .basis = {}});
    QVERIFY(!journal.state().approval);
    journal.add(RunbookApproved{
        .runbookSha256 = journal.state().runbookSha256(), .commands = 2, .basis = {}});
    QVERIFY(journal.state().approval);
}

void TestAmendment::approvalWaitsForAnAmendmentOnItsWay()
{
    Bench bench;
    bench.create();
    bench.settle();
    bench.journal.hold();
    bench.controller.amendRunbook(changed("Look", "Look twice"), u"why"_s);
    bench.controller.approveRunbook(); // of what is still shown
    QVERIFY(bench.lastError().contains(u"just being amended"_s));
    bench.journal.release();
    bench.settle();
    QVERIFY(!bench.state().approval);
    bench.controller.approveRunbook();
    bench.settle();
    QVERIFY(bench.state().approval);
}

void TestAmendment::foundApprovalOfTheOldContentIsTooLate()
{
    Bench bench;
    bench.create();
    bench.settle();
    bench.journal.hold();
    bench.controller.amendRunbook(changed("Look", "Look twice"), u"why"_s);
    Q_EMIT bench.journal.approvalFound(bench.state().runbookSha256(), u"run 3"_s);
    bench.journal.release();
    bench.settle();
    QCOMPARE(bench.journalled().constLast(), u"runbook.amended"_s);
    QVERIFY(!bench.state().approval);
}

void TestAmendment::refusedAmendmentRecordsNothing()
{
    Bench bench;
    bench.prepare();
    bench.controller.runCommand(bench.migrate());
    const qsizetype before = bench.journalled().size();
    // Not stored yet, and already in the way.
    bench.controller.amendRunbook(changed("Look", "Look twice"), u"why"_s);
    QVERIFY(bench.lastError().contains(u"still running"_s));
    bench.settle();
    QCOMPARE(bench.journalled().size(), before + 1);
    QVERIFY(bench.state().amendments.isEmpty());
}

void TestAmendment::byteOrderMarkAndAllIsKept()
{
    Bench bench;
    bench.prepare();
    const QByteArray source = "\xef\xbb\xbf" + changed("Look", "Look twice").replace("\n", "\r\n");
    bench.controller.amendRunbook(source, u"why"_s);
    bench.settle();
    QCOMPARE(bench.state().runbook->source, source);
    QCOMPARE(bench.state().runbook->sha256, bench.state().runbookSha256());
}

QTEST_GUILESS_MAIN(TestAmendment)
#include "tst_amendment.moc"
