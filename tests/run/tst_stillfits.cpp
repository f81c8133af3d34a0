// SPDX-License-Identifier: Apache-2.0
#include "run/stillfits.h"
#include "support/eventbuilder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

const ExecutionId kExecution{u"e"_s};

ShellVariable variable(const QString &value)
{
    return {.value = value, .declaration = u"declare -- A=\"%1\""_s.arg(value)};
}

} // namespace

/// What a window wants to store after another window has acted.
class TestStillFits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameEventFitsOnce_data();
    void sameEventFitsOnce();
    void commandIsNotStartedWhileItRuns();
    void variablesOfALaterCommandFit();
    void whatNobodyElseSawIsLeftToTheRules();
};

void TestStillFits::sameEventFitsOnce_data()
{
    QTest::addColumn<EventBody>("body");
    QTest::addColumn<bool>("bySight"); ///< no person made it
    const auto row = [](const EventBody &body, bool bySight) {
        QTest::newRow(qPrintable(typeName(body))) << body << bySight;
    };
    row(CommandStarted{.execution = kExecution, .pid = 7}, true);
    row(CommandOverran{.execution = kExecution, .seconds = 9}, true);
    row(CommandEnded{.execution = kExecution, .outcome = ExecutionOutcome::Unknown}, true);
    row(OutputCompared{.execution = kExecution, .matches = true}, true);
    row(OutputRecognised{.execution = kExecution, .tool = u"psql"_s}, true);
    row(CommandResolved{.execution = kExecution, .outcome = ExecutionOutcome::Failed}, false);
    row(VariablesCaptured{.execution = kExecution,
                          .variables = {{u"A"_s, variable(u"1"_s)}},
                          .removed = {u"B"_s}},
        true);
}

void TestStillFits::sameEventFitsOnce()
{
    QFETCH(EventBody, body);
    QFETCH(bool, bySight);
    EventBuilder journal;
    journal.create();
    journal.add(CommandIntended{.execution = kExecution,
                                .command = commandOf(journal.state(), u"Migrate"_s)});
    QVERIFY(stillFits(journal.state(), body));
    journal.add(body);
    const Result<void> second = stillFits(journal.state(), body);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, Error::Kind::Refused);
    QCOMPARE(isSeenByEveryWindow(body), bySight);
}

void TestStillFits::commandIsNotStartedWhileItRuns()
{
    EventBuilder journal;
    journal.create();
    const CommandId command = commandOf(journal.state(), u"Migrate"_s);
    const CommandIntended again{.execution = {u"second"_s}, .command = command};
    journal.add(CommandIntended{.execution = kExecution, .command = command});
    QVERIFY(!stillFits(journal.state(), again));
    QVERIFY(!isSeenByEveryWindow(again)); // a person asked for it and is told
    journal.add(CommandEnded{.execution = kExecution, .outcome = ExecutionOutcome::Failed});
    QVERIFY(stillFits(journal.state(), again));
}

void TestStillFits::variablesOfALaterCommandFit()
{
    EventBuilder journal;
    journal.create();
    journal.add(VariablesCaptured{
        .execution = kExecution, .variables = {{u"A"_s, variable(u"1"_s)}}, .removed = {}});
    const VariablesCaptured other{
        .execution = kExecution, .variables = {{u"A"_s, variable(u"2"_s)}}, .removed = {}};
    QVERIFY(stillFits(journal.state(), other));
    const VariablesCaptured byHand{
        .execution = {}, .variables = {{u"A"_s, variable(u"1"_s)}}, .removed = {}};
    QVERIFY(stillFits(journal.state(), byHand));
}

void TestStillFits::whatNobodyElseSawIsLeftToTheRules()
{
    const RunState empty;
    QVERIFY(stillFits(empty, CommandEnded{.execution = kExecution}));
    QVERIFY(stillFits(empty, StepSigned{}));
    QVERIFY(stillFits(empty, CommandSignalled{.execution = kExecution, .signal = 2}));
}

QTEST_GUILESS_MAIN(TestStillFits)
#include "tst_stillfits.moc"
