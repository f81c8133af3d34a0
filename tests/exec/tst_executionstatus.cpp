// SPDX-License-Identifier: Apache-2.0
#include "exec/executionstatus.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestExecutionStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryState();
    void keepsExitAndSignalApart();
    void refusesWhatDoesNotSayHowItEnded_data();
    void refusesWhatDoesNotSayHowItEnded();
};

void TestExecutionStatus::readsEveryState()
{
    const auto starting = parseStatus(R"({"version":1,"state":"starting","pid":-1})"_ba);
    QVERIFY(starting);
    QCOMPARE(starting->state, ExecutionStatus::State::Starting);
    QVERIFY(!starting->isFinal());
    const auto running =
        parseStatus(R"({"version":1,"state":"running","pid":42,"boot_id":"b"})"_ba);
    QVERIFY(running);
    QCOMPARE(running->pid, 42);
    QCOMPARE(running->bootId, u"b"_s);
    const auto refused = parseStatus(
        R"({"version":1,"state":"could-not-start","stage":"program","errno":2,"message":"No"})"_ba);
    QVERIFY(refused);
    QVERIFY(refused->isFinal());
    QCOMPARE(refused->stage, u"program"_s);
    QCOMPARE(refused->errorNumber, 2);
}

void TestExecutionStatus::keepsExitAndSignalApart()
{
    const auto exit = parseStatus(
        R"({"version":1,"state":"ended","exit_code":143,"output_bytes":9,"dropped_bytes":2})"_ba);
    QVERIFY(exit);
    QCOMPARE(exit->exitCode, std::optional(143));
    QVERIFY(!exit->signal);
    QCOMPARE(exit->outputBytes, 9);
    QCOMPARE(exit->droppedBytes, 2);
    const auto signal = parseStatus(R"({"version":1,"state":"ended","signal":15})"_ba);
    QVERIFY(signal);
    QCOMPARE(signal->signal, std::optional(15));
    QVERIFY(!signal->exitCode);
}

void TestExecutionStatus::refusesWhatDoesNotSayHowItEnded_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut short") << R"({"version":1,"state":"ended","exit_co)"_ba;
    QTest::newRow("no code") << R"({"version":1,"state":"ended"})"_ba;
    QTest::newRow("both") << R"({"version":1,"state":"ended","exit_code":0,"signal":9})"_ba;
    QTest::newRow("unknown state") << R"({"version":1,"state":"done","exit_code":0})"_ba;
    QTest::newRow("later version") << R"({"version":2,"state":"ended","exit_code":0})"_ba;
}

void TestExecutionStatus::refusesWhatDoesNotSayHowItEnded()
{
    QFETCH(QByteArray, text);
    const auto status = parseStatus(text);
    QVERIFY(!status);
    QCOMPARE(status.error().kind, Error::Kind::Corrupt);
}

QTEST_GUILESS_MAIN(TestExecutionStatus)
#include "tst_executionstatus.moc"
