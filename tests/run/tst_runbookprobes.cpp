// SPDX-License-Identifier: Apache-2.0
#include "controllerbench.h"
#include "run/runbookprobes.h"

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::Bench;

namespace
{

QByteArray runbookWith(const QByteArray &fence, const QByteArray &query = "select 1")
{
    return "# T\n\n## Execution\n\n- [ ] Count the orders\n\n  ```" + fence + "\n  " + query
        + "\n  ```\n";
}

} // namespace

class TestRunbookProbes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anApprovedQueryIsWatched_data();
    void anApprovedQueryIsWatched();
    void nothingIsSentBeforeTheApproval();
    void theyStandBehindTheEnvironmentsOwn();
};

void TestRunbookProbes::anApprovedQueryIsWatched_data()
{
    QTest::addColumn<QByteArray>("runbook");
    QTest::addColumn<QList<Probe>>("probes");
    const auto probe = [](const QString &name, int every) {
        return QList<Probe>{{.name = name, .sql = u"select 1"_s, .everySeconds = every}};
    };
    QTest::newRow("every second") << runbookWith("sql {probe=true}")
                                  << probe(u"Count the orders"_s, 1);
    QTest::newRow("less often") << runbookWith("sql {probe=2m}")
                                << probe(u"Count the orders"_s, 120);
    QTest::newRow("its name") << runbookWith("sql {probe=5s name=orders label=Orders}")
                              << probe(u"orders"_s, 5);
    QTest::newRow("its label") << runbookWith("sql {probe=true label=\"All orders\"}")
                               << probe(u"All orders"_s, 1);
    QTest::newRow("not marked") << runbookWith("sql") << QList<Probe>{};
    QTest::newRow("marked as none") << runbookWith("sql {probe=false}") << QList<Probe>{};
    QTest::newRow("no query") << runbookWith("bash {probe=true}") << QList<Probe>{};
    QTest::newRow("something is missing")
        << runbookWith("sql {probe=true}", "select <number>") << QList<Probe>{};
}

void TestRunbookProbes::anApprovedQueryIsWatched()
{
    QFETCH(const QByteArray, runbook);
    Bench bench;
    bench.create(runbook);
    QTRY_VERIFY(bench.controller.hasRun());
    bench.controller.approveRunbook();
    bench.settle();
    QTEST(runbookProbes(bench.state()), "probes");
}

void TestRunbookProbes::nothingIsSentBeforeTheApproval()
{
    Bench bench;
    QCOMPARE(runbookProbes(bench.state()), QList<Probe>{}); // no run at all
    bench.create(runbookWith("sql {probe=true}"));
    QTRY_VERIFY(bench.controller.hasRun());
    QCOMPARE(runbookProbes(bench.state()), QList<Probe>{});
}

void TestRunbookProbes::theyStandBehindTheEnvironmentsOwn()
{
    Bench bench;
    bench.create(runbookWith("sql {probe=true}"));
    QTRY_VERIFY(bench.controller.hasRun());
    bench.controller.approveRunbook();
    bench.settle();
    RunState state = bench.state();
    state.environment.probes = {{.name = u"own"_s, .sql = u"select 0"_s}};
    QCOMPARE(watchedEnvironment(state).probes.size(), 2);
    QCOMPARE(watchedEnvironment(state).probes.constFirst(), state.environment.probes.constFirst());
    QCOMPARE(watchedEnvironment(state).name, state.environment.name);
}

QTEST_GUILESS_MAIN(TestRunbookProbes)
#include "tst_runbookprobes.moc"
