// SPDX-License-Identifier: Apache-2.0
#include "run/rules.h"
#include "run/stopladder.h"
#include "run/stoprules.h"
#include "support/eventbuilder.h"

#include <QSet>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

const ExecutionId kExecution{u"e"_s};

/// A journal in which one command runs, on an environment with or without a server.
EventBuilder running(bool withServer = true, const QByteArray &attributes = {})
{
    QByteArray source = kRunbook;
    source.replace("```bash\n# Apply", "```bash {" + attributes + "}\n# Apply");
    EventBuilder journal;
    RunCreated created = std::get<RunCreated>(journal.create(source).body);
    if (withServer)
        created.environment =
            Environment{.name = u"x"_s, .connection = {.host = u"db1"_s}}.toJson();
    EventBuilder again;
    again.add(created);
    again.add(CommandIntended{.execution = kExecution,
                              .command = commandOf(again.state(), u"Migrate"_s)});
    again.add(CommandStarted{.execution = kExecution, .pid = 7});
    return again;
}

EventBody asked(StopRung rung)
{
    if (isServerRung(rung))
        return BackendSignalled{.execution = kExecution, .rung = rung, .pids = {}};
    return CommandSignalled{.execution = kExecution, .signal = signalOf(rung)};
}

QStringList allowed(const RunState &state)
{
    QStringList words;
    for (const StopRung rung : kStopLadder) {
        if (rules::mayStop(state, kExecution, rung))
            words += toWord(rung);
    }
    return words;
}

QString next(const RunState &state)
{
    const std::optional<StopRung> rung = rules::nextRung(state, kExecution);
    return rung ? toWord(*rung) : QString();
}

CommandEnded ended(ExecutionOutcome outcome, int code = -1, int signal = 0)
{
    return {.execution = kExecution, .outcome = outcome, .exitCode = code, .signal = signal};
}

ServerChecked said(ServerVerdict verdict, const QList<qint64> &transactions = {})
{
    return {.execution = kExecution,
            .verdict = verdict,
            .finding = u"f"_s,
            .transactions = transactions};
}

} // namespace

class TestStopRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRungWaitsForTheOneBefore();
    void withoutAServerTheLadderHasThreeRungs();
    void commandNotToBeStoppedHasNoLadder();
    void endedCommandCanOnlyBeStoppedOnTheServer();
    void idleTransactionHasNoStatementToCancel();
    void serverIsNotProposedWhereNothingIsThere();
    void executionsShareNoName();
    void leftProcessAsksForAWord();
    void whatTheServerSaidAsksForASecondLook_data();
    void whatTheServerSaidAsksForASecondLook();
    void whereNothingWasSeenOnTheServerNothingIsInDoubt();
    void toolThatKnowsWhatIsDoneMayGoOn();
    void onceIsOnceAlsoAfterAFailure();
    void repeatableIsRepeatedUnlessItMayStillRun();
    void everyReasonButTheRunbooksAsksForAgain();
    void onlyKillAsksForAWord();
    void serverDecidesTheOutcome_data();
    void serverDecidesTheOutcome();
    void unsettledServerBlocksTheRun();
    void checkIsNeededAfterAnyEndThatIsNotClean_data();
    void checkIsNeededAfterAnyEndThatIsNotClean();
    void signalsHaveNames();
    void clientCheckGoesToThoseThatMayBeStopped_data();
    void clientCheckGoesToThoseThatMayBeStopped();
};

void TestStopRules::everyRungWaitsForTheOneBefore()
{
    EventBuilder journal = running();
    QCOMPARE(allowed(journal.state()), QStringList{u"interrupt"_s});
    QCOMPARE(next(journal.state()), u"interrupt"_s);
    journal.add(asked(StopRung::Interrupt));
    QCOMPARE(allowed(journal.state()),
             (QStringList{u"interrupt"_s, u"cancel-backend"_s, u"terminate"_s}));
    QCOMPARE(next(journal.state()), u"cancel-backend"_s);
    journal.add(asked(StopRung::CancelBackend));
    QCOMPARE(next(journal.state()), u"terminate"_s);
    journal.add(asked(StopRung::Terminate));
    QCOMPARE(next(journal.state()), u"terminate-backend"_s);
    journal.add(asked(StopRung::TerminateBackend));
    QCOMPARE(next(journal.state()), u"kill"_s);
    journal.add(asked(StopRung::Kill));
    QCOMPARE(next(journal.state()), u"kill"_s); // there is nothing harder
    const QList<StopAsked> stops = journal.state().executions.constFirst().stops;
    QCOMPARE(stops.size(), 5);
    QCOMPARE(stops.at(1).rung, StopRung::CancelBackend);
    QCOMPARE(stops.at(1).by.name, u"Ada"_s);
}

void TestStopRules::withoutAServerTheLadderHasThreeRungs()
{
    EventBuilder journal = running(false);
    journal.add(asked(StopRung::Interrupt));
    QCOMPARE(next(journal.state()), u"terminate"_s);
    journal.add(asked(StopRung::Terminate));
    QCOMPARE(next(journal.state()), u"kill"_s);
    QVERIFY(!rules::mayCheckServer(journal.state(), kExecution));
}

void TestStopRules::commandNotToBeStoppedHasNoLadder()
{
    EventBuilder journal = running(true, "cancel=false");
    QCOMPARE(allowed(journal.state()), QStringList());
    QCOMPARE(next(journal.state()), QString());
    journal.add(ended(ExecutionOutcome::Failed, 2));
    journal.add(said(ServerVerdict::Running));
    QCOMPARE(allowed(journal.state()), QStringList());
    QVERIFY(rules::mayCheckServer(journal.state(), kExecution)); // looking is no stopping
}

void TestStopRules::endedCommandCanOnlyBeStoppedOnTheServer()
{
    EventBuilder journal = running();
    for (const StopRung rung : kStopLadder)
        journal.add(asked(rung));
    journal.add(ended(ExecutionOutcome::Signalled, -1, SIGKILL));
    QCOMPARE(allowed(journal.state()), QStringList());
    journal.add(said(ServerVerdict::Running));
    QCOMPARE(allowed(journal.state()), (QStringList{u"cancel-backend"_s, u"terminate-backend"_s}));
    QCOMPARE(next(journal.state()), u"cancel-backend"_s); // what was asked before counts no more
    journal.add(asked(StopRung::CancelBackend));
    QCOMPARE(next(journal.state()), u"terminate-backend"_s);
    journal.add(said(ServerVerdict::RolledBack));
    QCOMPARE(allowed(journal.state()), QStringList());
}

void TestStopRules::idleTransactionHasNoStatementToCancel()
{
    EventBuilder journal = running();
    journal.add(ended(ExecutionOutcome::Signalled, -1, SIGKILL));
    ServerChecked idle = said(ServerVerdict::Running);
    idle.backends = {{.pid = 42, .state = u"idle in transaction"_s}};
    journal.add(idle);
    QCOMPARE(allowed(journal.state()), QStringList{u"terminate-backend"_s});
    QCOMPARE(next(journal.state()), u"terminate-backend"_s);
}

void TestStopRules::serverIsNotProposedWhereNothingIsThere()
{
    EventBuilder journal = running();
    ServerChecked nothing = said(ServerVerdict::None);
    nothing.backends.clear();
    journal.add(nothing);
    journal.add(asked(StopRung::Interrupt));
    QCOMPARE(next(journal.state()), u"terminate"_s);
    QVERIFY(allowed(journal.state()).contains(u"cancel-backend"_s));
    journal.add(asked(StopRung::Terminate));
    QCOMPARE(next(journal.state()), u"kill"_s);
}

/// Who stops one on the server must not hit another, whatever their steps are called.
void TestStopRules::executionsShareNoName()
{
    const RunId run = RunId::create();
    const StepId step{u"execution/"_s + QString(80, u'x')};
    QSet<QString> names;
    for (int i = 0; i < 100; ++i) {
        const QString name =
            applicationName(run, {.id = ExecutionId::create(), .step = step, .attempt = 1});
        QVERIFY(name.size() <= 63);
        names += name;
    }
    QCOMPARE(names.size(), 100);
}

void TestStopRules::leftProcessAsksForAWord()
{
    EventBuilder journal = running();
    const CommandId command = journal.state().executions.constFirst().command;
    CommandEnded end = ended(ExecutionOutcome::Signalled, -1, SIGTERM);
    journal.add(end);
    QCOMPARE(rules::secondLook(journal.state(), command), rules::SecondLook::None);
    EventBuilder another = running();
    end.background = true;
    another.add(end);
    QCOMPARE(rules::secondLook(another.state(), command), rules::SecondLook::LeftProcess);
}

void TestStopRules::whatTheServerSaidAsksForASecondLook_data()
{
    QTest::addColumn<ServerVerdict>("verdict");
    QTest::addColumn<rules::SecondLook>("reason");
    using enum rules::SecondLook;
    QTest::newRow("not known") << ServerVerdict::Unknown << InDoubt;
    QTest::newRow("committed") << ServerVerdict::Committed << Committed;
    QTest::newRow("the last rolled back") << ServerVerdict::LastRolledBack << PartlyDone;
    QTest::newRow("not done") << ServerVerdict::NotDone << PartlyDone;
    QTest::newRow("index left") << ServerVerdict::InvalidIndex << PartlyDone;
    QTest::newRow("prepared left") << ServerVerdict::PreparedLeft << PartlyDone;
    QTest::newRow("rolled back") << ServerVerdict::RolledBack << None;
    QTest::newRow("never there") << ServerVerdict::None << None;
}

void TestStopRules::whatTheServerSaidAsksForASecondLook()
{
    QFETCH(ServerVerdict, verdict);
    QFETCH(rules::SecondLook, reason);
    EventBuilder journal = running();
    const CommandId command = journal.state().executions.constFirst().command;
    ServerChecked atWork = said(ServerVerdict::Running);
    atWork.backends = {{.pid = 1, .user = u"u"_s, .state = u"active"_s}};
    journal.add(atWork);
    journal.add(ended(ExecutionOutcome::Failed, 3));
    journal.add(said(verdict));
    QCOMPARE(rules::secondLook(journal.state(), command), reason);
}

void TestStopRules::whereNothingWasSeenOnTheServerNothingIsInDoubt()
{
    EventBuilder journal = running();
    const CommandId command = journal.state().executions.constFirst().command;
    journal.add(ended(ExecutionOutcome::Failed, 1));
    journal.add(said(ServerVerdict::Unknown)); // it could not be reached
    QCOMPARE(rules::secondLook(journal.state(), command), rules::SecondLook::None);
}

void TestStopRules::toolThatKnowsWhatIsDoneMayGoOn()
{
    for (const auto &[tool, reason] : {std::pair(u"Sqitch"_s, rules::SecondLook::None),
                                       {u"psql"_s, rules::SecondLook::PartlyDone}}) {
        EventBuilder journal = running();
        const CommandId command = journal.state().executions.constFirst().command;
        journal.add(ended(ExecutionOutcome::Failed, 1));
        journal.add(OutputRecognised{.execution = kExecution, .tool = tool});
        journal.add(said(ServerVerdict::LastRolledBack));
        QCOMPARE(rules::secondLook(journal.state(), command), reason);
    }
}

void TestStopRules::onceIsOnceAlsoAfterAFailure()
{
    EventBuilder journal = running(true, "once=true");
    const CommandId command = journal.state().executions.constFirst().command;
    journal.add(ended(ExecutionOutcome::Failed, 1));
    QCOMPARE(rules::secondLook(journal.state(), command), rules::SecondLook::RanOnce);
    EventBuilder another = running(true, "once=true");
    another.add(ended(ExecutionOutcome::CouldNotStart, 127));
    QCOMPARE(rules::secondLook(another.state(), command), rules::SecondLook::None);
}

void TestStopRules::repeatableIsRepeatedUnlessItMayStillRun()
{
    for (const bool background : {false, true}) {
        EventBuilder journal = running(true, "once=false");
        const CommandId command = journal.state().executions.constFirst().command;
        CommandEnded end = ended(ExecutionOutcome::Signalled, -1, SIGTERM);
        end.background = background;
        journal.add(end);
        journal.add(said(ServerVerdict::LastRolledBack));
        QCOMPARE(rules::secondLook(journal.state(), command),
                 background ? rules::SecondLook::LeftProcess : rules::SecondLook::None);
    }
}

void TestStopRules::everyReasonButTheRunbooksAsksForAgain()
{
    using enum rules::SecondLook;
    QCOMPARE(rules::confirmationWord(None), QString());
    QCOMPARE(rules::confirmationWord(Asked), u"run"_s);
    for (const auto reason : {Succeeded, RanOnce, InDoubt, PartlyDone, Committed, LeftProcess})
        QCOMPARE(rules::confirmationWord(reason), u"again"_s);
}

void TestStopRules::onlyKillAsksForAWord()
{
    for (const StopRung rung : kStopLadder)
        QCOMPARE(rules::confirmationWord(rung).isEmpty(), rung != StopRung::Kill);
}

void TestStopRules::serverDecidesTheOutcome_data()
{
    QTest::addColumn<int>("end");
    QTest::addColumn<bool>("stopped");
    QTest::addColumn<int>("verdict");
    QTest::addColumn<bool>("seen");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, ExecutionOutcome end, bool stopped, ServerVerdict verdict,
                        bool seen, const QString &outcome) {
        QTest::newRow(name) << static_cast<int>(end) << stopped << static_cast<int>(verdict) << seen
                            << outcome;
    };
    using enum ServerVerdict;
    const auto signalled = ExecutionOutcome::Signalled;
    const auto failed = ExecutionOutcome::Failed;
    row("stopped, rolled back", failed, true, RolledBack, true, u"cancelled"_s);
    row("killed, rolled back", signalled, true, RolledBack, true, u"cancelled"_s);
    row("stopped half-way", failed, true, LastRolledBack, true, u"cancelled"_s);
    row("failed by itself, rolled back", failed, false, RolledBack, true, u"failed"_s);
    row("killed, committed all the same", signalled, true, Committed, true, u"signalled"_s);
    row("killed, index left", signalled, true, InvalidIndex, true, u"signalled"_s);
    row("killed, nobody knows", signalled, true, Unknown, true, u"unknown"_s);
    row("killed, was never there", signalled, true, Unknown, false, u"signalled"_s);
    row("stopped, and had succeeded", ExecutionOutcome::Succeeded, true, RolledBack, true,
        u"succeeded"_s);
    row("could not start", ExecutionOutcome::CouldNotStart, false, None, false,
        u"could-not-start"_s);
}

void TestStopRules::serverDecidesTheOutcome()
{
    QFETCH(int, end);
    QFETCH(bool, stopped);
    QFETCH(int, verdict);
    QFETCH(bool, seen);
    QFETCH(QString, outcome);
    EventBuilder journal = running();
    if (stopped)
        journal.add(asked(StopRung::Interrupt));
    journal.add(ended(static_cast<ExecutionOutcome>(end)));
    journal.add(
        said(static_cast<ServerVerdict>(verdict), seen ? QList<qint64>{7} : QList<qint64>()));
    QCOMPARE(toWord(*journal.state().executions.constFirst().outcome()), outcome);
}

void TestStopRules::unsettledServerBlocksTheRun()
{
    EventBuilder journal = running();
    journal.add(RunbookApproved{});
    journal.add(ended(ExecutionOutcome::Signalled, -1, SIGTERM));
    const auto blocked = [&] {
        const RunState state = journal.state();
        const PhaseId phase = state.runbook->phaseOf(stepNamed(state, u"Migrate"_s))->id;
        const Result<void> gate =
            rules::mayDecideGate(state, {.phase = phase, .go = true, .reason = u"r"_s});
        const Result<void> complete = rules::mayComplete(state);
        return QStringList{gate ? QString() : gate.error().message,
                           complete ? QString() : complete.error().message};
    };
    QVERIFY(blocked().constFirst().isEmpty());
    journal.add(said(ServerVerdict::Running));
    for (const QString &message : blocked())
        QVERIFY2(message.contains(u"The server still works on"_s), qPrintable(message));
    const RunState state = journal.state();
    const PhaseId phase = state.runbook->phaseOf(stepNamed(state, u"Migrate"_s))->id;
    QVERIFY(rules::mayDecideGate(state, {.phase = phase, .go = false, .reason = u"r"_s}));
    QVERIFY(!rules::mayRun(state, commandOf(state, u"Migrate"_s)));
    journal.add(said(ServerVerdict::Committed, {7}));
    QVERIFY(blocked().constFirst().isEmpty());
    journal.add(said(ServerVerdict::Unknown, {7}));
    QVERIFY(blocked().constFirst().contains(u"It is unknown how"_s));
    journal.add(CommandResolved{
        .execution = kExecution, .outcome = ExecutionOutcome::Failed, .evidence = u"looked"_s});
    QVERIFY(blocked().constFirst().isEmpty());
}

void TestStopRules::checkIsNeededAfterAnyEndThatIsNotClean_data()
{
    QTest::addColumn<CommandEnded>("end");
    QTest::addColumn<bool>("stopped");
    QTest::addColumn<bool>("needed");
    QTest::newRow("exit 0") << ended(ExecutionOutcome::Succeeded, 0) << false << false;
    QTest::newRow("exit 3") << ended(ExecutionOutcome::Failed, 3) << false << true;
    QTest::newRow("signal") << ended(ExecutionOutcome::Signalled, -1, 15) << false << true;
    QTest::newRow("unknown") << ended(ExecutionOutcome::Unknown) << false << true;
    QTest::newRow("could not start") << ended(ExecutionOutcome::CouldNotStart) << false << false;
    QTest::newRow("exit 0 after a stop") << ended(ExecutionOutcome::Succeeded, 0) << true << true;
    CommandEnded background = ended(ExecutionOutcome::Succeeded, 0);
    background.background = true;
    QTest::newRow("background") << background << false << true;
}

void TestStopRules::checkIsNeededAfterAnyEndThatIsNotClean()
{
    QFETCH(CommandEnded, end);
    QFETCH(bool, stopped);
    QFETCH(bool, needed);
    EventBuilder journal = running();
    journal.add(said(ServerVerdict::Running)); // before the end it says nothing about the end
    if (stopped)
        journal.add(asked(StopRung::Interrupt));
    QVERIFY(!rules::needsServerCheck(journal.state(), journal.state().executions.constFirst()));
    journal.add(end);
    QCOMPARE(rules::needsServerCheck(journal.state(), journal.state().executions.constFirst()),
             needed);
    journal.add(said(ServerVerdict::None));
    QVERIFY(!rules::needsServerCheck(journal.state(), journal.state().executions.constFirst()));
}

void TestStopRules::signalsHaveNames()
{
    QCOMPARE(signalName(SIGTERM), u"SIGTERM"_s);
    QCOMPARE(signalName(SIGKILL), u"SIGKILL"_s);
    QCOMPARE(signalName(40), u"signal 40"_s);
    QCOMPARE(rungOf(SIGINT), StopRung::Interrupt);
    QVERIFY(!rungOf(SIGHUP));
}

void TestStopRules::clientCheckGoesToThoseThatMayBeStopped_data()
{
    QTest::addColumn<QMap<QString, QString>>("attributes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("own");
    QTest::addColumn<bool>("added");
    using Attributes = QMap<QString, QString>;
    const auto row = [](const char *name, const Attributes &attributes, const QString &text,
                        const QString &own,
                        bool added) { QTest::newRow(name) << attributes << text << own << added; };
    row("as it is", {}, u"psql -f x.sql"_s, {}, true);
    row("not to be stopped", {{u"cancel"_s, u"false"_s}}, u"psql"_s, {}, false);
    row("wanted all the same", {{u"cancel"_s, u"false"_s}, {u"clientcheck"_s, u"true"_s}},
        u"psql"_s, {}, true);
    row("not wanted", {{u"clientcheck"_s, u"false"_s}}, u"psql"_s, {}, false);
    row("another server", {}, u"psql -h db2 -f x.sql"_s, {}, false);
    row("another server by URL", {}, u"psql postgresql://db2/x"_s, {}, false);
    row("another server, wanted", {{u"clientcheck"_s, u"true"_s}}, u"psql -h db2"_s, {}, true);
    row("options of its own", {}, u"PGOPTIONS='-c a=b' psql"_s, {}, false);
    row("the environment's options", {}, u"psql"_s, u"-c search_path=x"_s, false);
    row("there already", {{u"clientcheck"_s, u"true"_s}}, u"psql"_s,
        u"-c client_connection_check_interval=2s"_s, false);
}

void TestStopRules::clientCheckGoesToThoseThatMayBeStopped()
{
    using Attributes = QMap<QString, QString>;
    QFETCH(Attributes, attributes);
    QFETCH(QString, text);
    QFETCH(QString, own);
    QFETCH(bool, added);
    Command command;
    command.attributes = attributes;
    QCOMPARE(sessionOptionsFor(command, text, own),
             added ? kClientCheckOption.toString() : QString());
}

QTEST_GUILESS_MAIN(TestStopRules)
#include "tst_stoprules.moc"
