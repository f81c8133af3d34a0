// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "run/event.h"
#include "support/eventbuilder.h"

#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

/// One of every type, each field set to something that is not its default.
QList<EventBody> everyBody()
{
    return {
        RunCreated{.runbookTitle = u"T"_s,
                   .runbookFile = u"/x/é.md"_s,
                   .runbookSha256 = u"ab"_s,
                   .runbookSource = u"# T\n\n- [ ] „x“\n"_s,
                   .phaseRules = u"rules: []"_s,
                   .repaired = true,
                   .environment = {{u"name"_s, u"p"_s}},
                   .mode = RunMode::Live,
                   .windowStart = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 678), Qt::UTC),
                   .windowEnd = QDateTime(QDate(2026, 1, 2), QTime(5, 4, 5, 1), Qt::UTC),
                   .change = u"CHG"_s,
                   .versions = {{u"qt"_s, u"6"_s}}},
        RunbookApproved{.runbookSha256 = u"ab"_s, .commands = 7, .basis = u"run 3"_s},
        GateDecided{.phase = {u"p"_s}, .go = true, .reason = u"r"_s},
        StepSigned{.step = {u"p/s"_s},
                   .outcome = SignOffOutcome::DoneWithDeviation,
                   .observed = u"212"_s,
                   .note = u"late"_s},
        StepReopened{.step = {u"p/s"_s}, .reason = u"r"_s},
        CommandIntended{.execution = {u"e"_s},
                        .command = {u"p/s#1"_s},
                        .attempt = 2,
                        .text = u"echo \"a\"\n"_s,
                        .sha256 = u"cd"_s,
                        .workingDirectory = u"/tmp"_s,
                        .answers = {{u"<account>"_s, u"it's"_s}, {u"ID"_s, u"7"_s}},
                        .secretAnswers = {u"TOKEN"_s},
                        .sessionOptions = u"-c a=b"_s},
        CommandStarted{.execution = {u"e"_s}, .pid = 4711, .unmasked = {u"PIN"_s}},
        CommandSignalled{.execution = {u"e"_s}, .signal = 2},
        CommandEnded{.execution = {u"e"_s},
                     .outcome = ExecutionOutcome::Signalled,
                     .exitCode = -1,
                     .signal = 15,
                     .reason = u"r"_s,
                     .durationMicros = 9'007'199'254'740'991,
                     .outputBytes = 10,
                     .outputLines = 2,
                     .droppedBytes = 1,
                     .outputSha256 = u"ef"_s,
                     .workingDirectory = u"/"_s,
                     .background = true,
                     .unmasked = {u"typed"_s}},
        CommandResolved{.execution = {u"e"_s},
                        .outcome = ExecutionOutcome::Cancelled,
                        .evidence = u"pg_stat_activity"_s},
        VariablesCaptured{.execution = {u"e"_s},
                          .variables = {{u"A"_s,
                                         {.value = u"1"_s,
                                          .declaration = u"declare -- A=\"1\""_s,
                                          .exported = true}}},
                          .removed = {u"B"_s}},
        TargetChecked{.identity = {{u"port"_s, 5432}}, .matches = false, .finding = u"f"_s},
        NoteAdded{.text = u"n"_s, .step = {u"p/s"_s}},
        RollbackDeclared{.scenario = {u"r"_s}, .reason = u"broken"_s},
        OutputCompared{.execution = {u"e"_s},
                       .matches = false,
                       .differences = 2,
                       .finding = u"output differs in 2 lines"_s},
        WaitStarted{.step = {u"p/s"_s}, .seconds = 900},
        HttpChecked{.step = {u"p/s"_s},
                    .check = 1,
                    .url = u"http://b/x"_s,
                    .status = 200,
                    .durationMicros = 12,
                    .matches = true,
                    .finding = u"as expected"_s},
        PhaseStarted{.phase = {u"p"_s}},
        PhaseStopped{.phase = {u"p"_s},
                     .halt = PhaseHalt::Failed,
                     .step = {u"p/s"_s},
                     .command = {u"p/s#1"_s},
                     .execution = {u"e"_s},
                     .text = u"t"_s},
        OutputRecognised{.execution = {u"e"_s},
                         .tool = u"Alembic"_s,
                         .migration = u"a3"_s,
                         .done = 2,
                         .total = 3,
                         .failure = u"f"_s,
                         .contradiction = u"c"_s},
        RunCompleted{.note = u"ok"_s, .rolledBack = true},
        RunAborted{.reason = u"r"_s},
        RunbookAmended{.runbookSha256 = u"ab"_s, .runbookSource = u"# T"_s, .reason = u"r"_s},
        CommandOverran{.execution = {u"e"_s}, .seconds = 900},
        BackendSignalled{
            .execution = {u"e"_s}, .rung = StopRung::TerminateBackend, .pids = {17, 18}},
        ServerChecked{.execution = {u"e"_s},
                      .verdict = ServerVerdict::Running,
                      .finding = u"f"_s,
                      .evidence = {u"a"_s, u"b"_s},
                      .advice = u"DROP"_s,
                      .backends = {{.pid = 17,
                                    .user = u"shop"_s,
                                    .database = u"other"_s,
                                    .state = u"active"_s,
                                    .wait = u"Lock: relation"_s,
                                    .query = u"alter"_s,
                                    .ageMs = 5,
                                    .transaction = 4'294'967'999}},
                      .transactions = {750, 751}},
    };
}

} // namespace

class TestEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTypeSurvivesStorage()
    {
        QCOMPARE(everyBody().size(), std::variant_size_v<EventBody>);
        test::EventBuilder journal;
        for (const EventBody &body : everyBody()) {
            const RunEvent &event = journal.add(body);
            const QByteArray stored = canonicalJson(toJson(event));
            Result<RunEvent> read = eventFromJson(*parseJsonObject(stored));
            QVERIFY2(read.hasValue(), qPrintable(typeName(body)));
            read->hash = event.hash;
            QCOMPARE(*read, event);
            QCOMPARE(eventHash(*read), event.hash);
        }
    }

    void endOfAnOlderVersionKeepsItsHash()
    {
        test::EventBuilder journal;
        const RunEvent &event = journal.add(CommandEnded{.execution = {u"e"_s}});
        QVERIFY(!toJson(event).value("body"_L1).toObject().contains("background"_L1));
        const Result<RunEvent> read = eventFromJson(toJson(event));
        QVERIFY(read.hasValue());
        QCOMPARE(eventHash(*read), event.hash);
    }

    void intentOfAnOlderVersionKeepsItsHash()
    {
        test::EventBuilder journal;
        const RunEvent &event = journal.add(CommandIntended{.execution = {u"e"_s}});
        const QJsonObject body = toJson(event).value("body"_L1).toObject();
        QVERIFY(!body.contains("answers"_L1));
        QVERIFY(!body.contains("secret_answers"_L1));
        QVERIFY(!body.contains("session_options"_L1));
        const Result<RunEvent> read = eventFromJson(toJson(event));
        QVERIFY(read.hasValue());
        QCOMPARE(eventHash(*read), event.hash);
    }

    void olderEventsKeepTheirMeaning()
    {
        const CommandStarted before{.execution = {u"e"_s}, .pid = 7};
        test::EventBuilder journal;
        const QJsonObject stored = toJson(journal.add(before));
        QVERIFY(!stored.value("body"_L1).toObject().contains("unmasked"_L1));
        const Result<RunEvent> read = eventFromJson(stored);
        QVERIFY(read.hasValue());
        QCOMPARE(read->body, EventBody(before));
    }

    void missingFieldIsNamed()
    {
        test::EventBuilder journal;
        QJsonObject stored = toJson(journal.add(StepReopened{.step = {u"s"_s}, .reason = u"r"_s}));
        QJsonObject body = stored.value("body"_L1).toObject();
        body.remove("reason"_L1);
        stored.insert("body"_L1, body);
        const Result<RunEvent> read = eventFromJson(stored);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Corrupt);
        QVERIFY(read.error().message.contains(u"reason"_s));
    }

    void unknownTypeVersionAndWordAreRefused_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::addRow("type") << u"type"_s << QJsonValue(u"step.guessed"_s);
        QTest::addRow("version") << u"v"_s << QJsonValue(2);
        QTest::addRow("outcome") << u"body"_s
                                 << QJsonValue(QJsonObject{{u"step"_s, u"s"_s},
                                                           {u"outcome"_s, u"maybe"_s},
                                                           {u"observed"_s, QString()},
                                                           {u"note"_s, QString()}});
    }
    void unknownTypeVersionAndWordAreRefused()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        test::EventBuilder journal;
        QJsonObject stored = toJson(journal.add(StepSigned{.step = {u"s"_s}}));
        QVERIFY(eventFromJson(stored).hasValue());
        stored.insert(key, value);
        QVERIFY(!eventFromJson(stored));
    }

    void intactChainIsProven()
    {
        test::EventBuilder journal;
        for (const EventBody &body : everyBody())
            journal.add(body);
        const ChainVerdict verdict = verifyChain(journal.events());
        QVERIFY(verdict.intact);
        QCOMPARE(verdict.events, everyBody().size());
        QCOMPARE(verdict.head, journal.events().constLast().hash);
    }

    void tamperingIsFoundWhereItHappened_data()
    {
        using Change = std::function<void(QList<RunEvent> &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<qint64>("firstBad");
        QTest::addRow("edited body") << Change([](QList<RunEvent> &events) {
            std::get<StepSigned>(events[3].body).observed = u"213"_s;
        }) << qint64(4);
        QTest::addRow("edited time")
            << Change([](QList<RunEvent> &events) { events[2].at = events[2].at.addSecs(1); })
            << qint64(3);
        QTest::addRow("edited name")
            << Change([](QList<RunEvent> &events) { events[4].actor.name = u"Eve"_s; })
            << qint64(5);
        QTest::addRow("removed") << Change([](QList<RunEvent> &events) { events.removeAt(1); })
                                 << qint64(2);
        QTest::addRow("swapped") << Change([](QList<RunEvent> &events) {
            events.swapItemsAt(2, 3);
        }) << qint64(3);
        QTest::addRow("edited and rehashed, not relinked") << Change([](QList<RunEvent> &events) {
            std::get<StepSigned>(events[3].body).observed = u"213"_s;
            events[3].hash = eventHash(events[3]);
        }) << qint64(5);
        QTest::addRow("first one removed")
            << Change([](QList<RunEvent> &events) { events.removeFirst(); }) << qint64(1);
    }
    void tamperingIsFoundWhereItHappened()
    {
        QFETCH(std::function<void(QList<RunEvent> &)>, change);
        QFETCH(qint64, firstBad);
        test::EventBuilder journal;
        for (const EventBody &body : everyBody())
            journal.add(body);
        QList<RunEvent> events = journal.events();
        change(events);
        const ChainVerdict verdict = verifyChain(events);
        QVERIFY(!verdict.intact);
        QCOMPARE(verdict.firstBadSeq, firstBad);
        QVERIFY(!verdict.finding.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestEvent)
#include "tst_event.moc"
