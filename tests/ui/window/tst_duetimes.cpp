// SPDX-License-Identifier: Apache-2.0
#include "models/duetimes.h"
#include "models/phasemodel.h"
#include "support/eventbuilder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

constexpr char kTimed[] = R"(# Timed

## 24 Hours Before

- [ ] Tell the team
- [ ] Take a backup

## 1 Hour Before

- [ ] Look

## Execution

- [ ] Migrate

## Immediate (0-1 hour)

- [ ] Watch

## Rollback

1. Undo
)";

/// EventBuilder's window starts then.
const QDateTime kStart(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC);

QString shown(const std::optional<DueTime> &due, const QDateTime &now)
{
    return due ? DueTimes::headline(*due, now) : QString();
}

} // namespace

/// When phases are to be done, with the clock in the test's hand.
class TestDueTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timeIsSaidAsExactlyAsItMatters_data();
    void timeIsSaidAsExactlyAsItMatters();
    void mostUrgentIsTheFirstWithOpenSteps();
    void onlyTimedPhasesOfARunInProgressAreDue();
    void stepWithADueTimeOfItsOwnComesFirst();
    void phaseListSaysOverdueAndUpcoming();
};

void TestDueTimes::timeIsSaidAsExactlyAsItMatters_data()
{
    QTest::addColumn<qint64>("seconds"); // from now until it is due
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("overdue");
    const auto row = [](qint64 seconds, const QString &words, bool overdue = false) {
        QTest::newRow(qPrintable(QString::number(seconds))) << seconds << words << overdue;
    };
    row(10 * 86400, u"due in 10 days"_s);
    row(2 * 86400, u"due in 2 days"_s);
    row(2 * 86400 - 1, u"due in 47 h"_s);
    row(6 * 3600 + 1800, u"due in 6 h"_s);
    row(3 * 3600, u"due in 3 h"_s);
    row(3 * 3600 - 1, u"due in 2 h 59 min"_s);
    row(3599, u"due in 59 min"_s);
    row(60, u"due in 1 min"_s);
    row(59, u"due now"_s);
    row(0, u"due now"_s);
    row(-59, u"due now"_s);
    row(-60, u"overdue by 1 min"_s, true);
    row(-1200, u"overdue by 20 min"_s, true);
    row(-5400, u"overdue by 1 h 30 min"_s, true);
    row(-7 * 86400, u"overdue by 7 days"_s, true);
}

void TestDueTimes::timeIsSaidAsExactlyAsItMatters()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, words);
    QFETCH(bool, overdue);
    const DueTime due{.phase = {}, .title = {}, .due = kStart.addSecs(seconds)};
    QCOMPARE(DueTimes::words(due, kStart), words);
    QCOMPARE(due.isOverdue(kStart), overdue);
}

void TestDueTimes::mostUrgentIsTheFirstWithOpenSteps()
{
    EventBuilder journal;
    journal.create(kTimed);
    const QDateTime now = kStart.addSecs(-27 * 3600);
    QCOMPARE(shown(DueTimes::mostUrgent(journal.state()), now),
             u"24 Hours Before: 2 open, due in 3 h"_s);
    journal.add(StepSigned{.step = stepNamed(journal.state(), u"Tell"_s)});
    QCOMPARE(shown(DueTimes::mostUrgent(journal.state()), kStart.addSecs(-86400 + 1200)),
             u"24 Hours Before: 1 open, overdue by 20 min"_s);
    journal.add(StepSigned{.step = stepNamed(journal.state(), u"backup"_s)});
    QCOMPARE(shown(DueTimes::mostUrgent(journal.state()), kStart.addSecs(-7200)),
             u"1 Hour Before: 1 open, due in 1 h"_s);
}

void TestDueTimes::onlyTimedPhasesOfARunInProgressAreDue()
{
    EventBuilder journal;
    journal.create(kTimed);
    for (const auto &step : {u"Tell"_s, u"backup"_s, u"Look"_s, u"Watch"_s})
        journal.add(StepSigned{.step = stepNamed(journal.state(), step)});
    QVERIFY(!DueTimes::mostUrgent(journal.state())); // execution and rollback have no due time
    journal.add(StepReopened{.step = stepNamed(journal.state(), u"Watch"_s), .reason = u"r"_s});
    QVERIFY(DueTimes::mostUrgent(journal.state()));
    RunState noWindow = journal.state();
    noWindow.created.windowStart = {};
    QVERIFY(!DueTimes::mostUrgent(noWindow));
    journal.add(RunAborted{.reason = u"r"_s});
    QVERIFY(!DueTimes::mostUrgent(journal.state()));
    QVERIFY(!DueTimes::mostUrgent(RunState()));
}

void TestDueTimes::stepWithADueTimeOfItsOwnComesFirst()
{
    EventBuilder journal;
    journal.create(kTimed);
    RunState state = journal.state();
    auto runbook = std::make_shared<Runbook>(*state.runbook);
    Phase &phase = runbook->phases[0];
    phase.steps[1].dueSeconds = -2 * 86400;
    state.runbook = runbook;
    QCOMPARE(DueTimes::of(state, phase)->due, kStart.addDays(-2));
    phase.dueSeconds.reset(); // the other step then has none
    QCOMPARE(DueTimes::of(state, phase)->due, kStart.addDays(-2));
    QCOMPARE(DueTimes::of(state, phase)->open, 2);
}

void TestDueTimes::phaseListSaysOverdueAndUpcoming()
{
    EventBuilder journal;
    journal.create(kTimed);
    PhaseModel model;
    const auto entry = [&](const QString &phase, const QDateTime &now) {
        model.setState(journal.state(), now);
        return model.entry(model.indexOf(phaseNamed(journal.state(), phase)).row());
    };
    const QDateTime early = kStart.addSecs(-27 * 3600);
    const QDateTime late = kStart.addSecs(-20 * 60);
    QCOMPARE(entry(u"24 Hours"_s, early).subline, u"due in 3 h"_s);
    QVERIFY(!entry(u"24 Hours"_s, early).overdue);
    QCOMPARE(entry(u"24 Hours"_s, late).subline, u"overdue by 23 h"_s);
    QVERIFY(entry(u"24 Hours"_s, late).overdue);
    QCOMPARE(entry(u"1 Hour"_s, early).subline, u"gate closed"_s);
    QCOMPARE(entry(u"1 Hour"_s, late).subline, u"overdue by 40 min · gate closed"_s);
    QCOMPARE(entry(u"Execution"_s, late).subline, u"gate closed"_s);
    const QModelIndex index = model.indexOf(phaseNamed(journal.state(), u"1 Hour"_s));
    QVERIFY(index.data(Qt::AccessibleDescriptionRole).toString().contains(u"overdue"_s));
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"due 01:00 UTC"_s));
}

QTEST_GUILESS_MAIN(TestDueTimes)
#include "tst_duetimes.moc"
