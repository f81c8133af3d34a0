// SPDX-License-Identifier: Apache-2.0
// Variables that a person sets by hand.
#include "base/json.h"
#include "base/shellnames.h"
#include "controllerbench.h"

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::Bench;

namespace
{

QByteArray everythingStored(const Bench &bench)
{
    QByteArray all;
    for (const RunEvent &event : bench.journal.events(bench.state().id))
        all += canonicalJson(toJson(event));
    return all;
}

CommandRequest runMigrate(Bench &bench)
{
    bench.controller.runCommand(bench.migrate());
    const auto before = bench.runner.requests().size();
    [&] { QTRY_COMPARE(bench.runner.requests().size(), before + 1); }();
    return bench.runner.requests().constLast();
}

} // namespace

class TestHandVariables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAnEventAndReachesTheNextCommand()
    {
        Bench bench;
        bench.prepare();
        bench.controller.setVariable(u"BATCH"_s, u"5 000 \"rows\" $x"_s);
        bench.settle();
        const RunEvent last = bench.journal.events(bench.state().id).last();
        const auto *event = std::get_if<VariablesCaptured>(&last.body);
        QVERIFY(event != nullptr);
        QVERIFY(event->execution.isEmpty()); // by hand
        QCOMPARE(event->variables.value(u"BATCH"_s).value, u"5 000 \"rows\" $x"_s);
        const ShellVariable handed = runMigrate(bench).variables.value(u"BATCH"_s);
        QCOMPARE(handed.declaration, u"declare -x BATCH=\"5 000 \\\"rows\\\" \\$x\""_s);
        QVERIFY(handed.exported);
    }

    void secretsAreHandedOnAndWrittenNowhere_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("by name") << u"API_TOKEN"_s << u"hunter2-hunter2"_s;
        QTest::newRow("by content")
            << u"DATABASE_URL"_s << u"postgres://app:hunter2-hunter2@db/shop"_s;
    }
    void secretsAreHandedOnAndWrittenNowhere()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        Bench bench;
        bench.prepare();
        bench.controller.setVariable(name, value);
        bench.settle();
        QCOMPARE(bench.state().variables.value(name).value, u"••••••••"_s);
        QVERIFY(bench.state().variables.value(name).declaration.isEmpty());
        QVERIFY(!everythingStored(bench).contains("hunter2"));
        QVERIFY(bench.controller.knownVariables().contains(name));
        const CommandRequest request = runMigrate(bench);
        QCOMPARE(request.secrets.value(name), value);
        QVERIFY(!everythingStored(bench).contains("hunter2"));
    }

    void aSecretIsForgottenWithItsRun()
    {
        Bench bench;
        bench.prepare();
        bench.controller.setVariable(u"API_TOKEN"_s, u"hunter2-hunter2"_s);
        bench.settle();
        const RunId run = bench.state().id;
        bench.controller.openRun(run);
        QTRY_VERIFY(bench.controller.hasRun());
        QVERIFY(bench.state().variables.contains(u"API_TOKEN"_s)); // that there was one is known
        QVERIFY(!bench.controller.knownVariables().contains(u"API_TOKEN"_s));
        QVERIFY(!runMigrate(bench).secrets.contains(u"API_TOKEN"_s));
    }

    void anOrdinaryValueReplacesASecretOne()
    {
        Bench bench;
        bench.prepare();
        bench.controller.setVariable(u"DATABASE_URL"_s, u"postgres://app:hunter2@db/shop"_s);
        bench.controller.setVariable(u"DATABASE_URL"_s, u"postgres://db/shop"_s);
        bench.settle();
        const CommandRequest request = runMigrate(bench);
        QVERIFY(!request.secrets.contains(u"DATABASE_URL"_s));
        QCOMPARE(request.variables.value(u"DATABASE_URL"_s).value, u"postgres://db/shop"_s);
    }

    void aPasswordTypedLaterWins()
    {
        Bench bench;
        bench.prepare();
        bench.controller.setVariable(u"PGPASSWORD"_s, u"expired-one"_s);
        bench.settle();
        QCOMPARE(bench.controller.serverPassword(), u"expired-one"_s);
        bench.controller.usePassword(u"the-right-one"_s);
        QCOMPARE(bench.controller.serverPassword(), u"the-right-one"_s);
        QVERIFY(bench.controller.knownVariables().contains(u"PGPASSWORD"_s));
        QCOMPARE(runMigrate(bench).secrets.value(u"PGPASSWORD"_s), u"the-right-one"_s);
    }

    void aRefusalLeavesTheSecretThere()
    {
        Bench bench;
        bench.prepare();
        bench.controller.setVariable(u"API_TOKEN"_s, u"hunter2-hunter2"_s);
        bench.settle();
        bench.controller.abortRun(u"enough"_s);
        bench.settle();
        bench.controller.removeVariable(u"API_TOKEN"_s);
        bench.controller.setVariable(u"API_TOKEN"_s, u"plain"_s);
        QVERIFY(!bench.lastError().isEmpty());
        QCOMPARE(bench.controller.secrets().value(u"API_TOKEN"_s), u"hunter2-hunter2"_s);
    }

    void whatIsRemovedIsGone()
    {
        Bench bench;
        bench.prepare();
        bench.controller.setVariable(u"BATCH"_s, u"1"_s);
        bench.controller.setVariable(u"API_TOKEN"_s, u"hunter2-hunter2"_s);
        bench.controller.removeVariable(u"BATCH"_s);
        bench.controller.removeVariable(u"API_TOKEN"_s);
        bench.settle();
        QVERIFY(bench.state().variables.isEmpty());
        QVERIFY(!runMigrate(bench).secrets.contains(u"API_TOKEN"_s));
    }

    void namesOfTheShellAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto &name : {u""_s, u"1A"_s, u"A-B"_s, u"A B"_s, u"A\n"_s, u"Ä"_s, u"PWD"_s,
                                 u"IFS"_s, u"BASH_ENV"_s, u"PGAPPNAME"_s, u"__runsheet_pid"_s})
            QTest::newRow(qPrintable(u"‹%1›"_s.arg(name))) << name;
    }
    void namesOfTheShellAreRefused()
    {
        QFETCH(QString, name);
        Bench bench;
        bench.prepare();
        bench.controller.setVariable(name, u"x"_s);
        bench.settle();
        QCOMPARE(bench.failed.size(), 1);
        QVERIFY(bench.state().variables.isEmpty());
    }

    void anEndedRunTakesNone()
    {
        Bench bench;
        bench.prepare();
        bench.controller.abortRun(u"r"_s);
        bench.settle();
        bench.controller.setVariable(u"A"_s, u"1"_s);
        QVERIFY(bench.lastError().contains(u"has ended"_s));
    }
};

QTEST_GUILESS_MAIN(TestHandVariables)
#include "tst_handvariables.moc"
