// SPDX-License-Identifier: Apache-2.0
#include "store/journalfixture.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

/// What is appended, refused, found and listed.
class JournalDatabaseTest : public JournalFixture
{
    Q_OBJECT

private Q_SLOTS:
    void appendedEventsComeBackChained();
    void repeatedAppendStoresOnce();
    void sameIdWithOtherContentIsRefused();
    void eventsOfAnUnknownRunAreRefused();
    void runsAreNumberedFromOne();
    void twoInstancesShareOneChain();
    void whatAnotherInstanceAddedIsFound();
    void endThatIsThereIsRefused();
    void secondSignOffBySamePersonIsRefused();
    void secondSignOffFromAnotherInstanceIsRefused();
    void runIsFoundByNumberAndByBeginningOfItsId();
    void approvalIsFoundForItsContentOnly();
    void onlyAPersonsOwnApprovalCounts();
    void listIsNewestFirstAndMatchesTheReplay();
    void listRebuildsAnOldSummary();
    void journalIsPrivate();
};

void JournalDatabaseTest::appendedEventsComeBackChained()
{
    const Paths paths = freshPaths();
    SampleRun run;
    QList<RunEvent> answers;
    {
        JournalDatabase database(paths);
        for (const EventBody &body :
             {EventBody(run.created()),
              EventBody(NoteAdded{.text = u"“quoted” 'text'\n"_s, .step = {}}),
              EventBody(RunAborted{.reason = u"no backup"_s})}) {
            const auto stored = database.append(run.make(body));
            QVERIFY2(stored, qPrintable(stored ? QString() : describe(stored.error())));
            answers += *stored;
        }
    }
    JournalDatabase again(paths);
    const auto events = again.load(run.id);
    QVERIFY(events);
    QCOMPARE(*events, answers);
    QVERIFY(verifyChain(*events).intact);
    QCOMPARE(events->constLast().seq, 3);
}

void JournalDatabaseTest::repeatedAppendStoresOnce()
{
    JournalDatabase database(freshPaths());
    SampleRun run;
    fill(database, run, 0);
    const RunEvent note = run.make(NoteAdded{.text = u"once"_s, .step = {}});
    const auto first = database.append(note);
    const auto second = database.append(note);
    QVERIFY(first && second);
    QCOMPARE(*first, *second);
    QCOMPARE(database.load(run.id)->size(), 2);
}

void JournalDatabaseTest::sameIdWithOtherContentIsRefused()
{
    JournalDatabase database(freshPaths());
    SampleRun run;
    fill(database, run, 0);
    RunEvent note = run.make(NoteAdded{.text = u"once"_s, .step = {}});
    QVERIFY(database.append(note));
    note.body = NoteAdded{.text = u"other"_s, .step = {}};
    QVERIFY(!database.append(note));
    QCOMPARE(database.load(run.id)->size(), 2);
}

void JournalDatabaseTest::eventsOfAnUnknownRunAreRefused()
{
    JournalDatabase database(freshPaths());
    SampleRun run;
    const auto orphan = database.append(run.make(NoteAdded{.text = u"hello"_s, .step = {}}));
    QVERIFY(!orphan);
    QCOMPARE(orphan.error().kind, Error::Kind::Invalid);
    QCOMPARE(database.load(run.id).error().kind, Error::Kind::NotFound);
    QVERIFY(database.list()->isEmpty());
}

void JournalDatabaseTest::runsAreNumberedFromOne()
{
    JournalDatabase database(freshPaths());
    for (qint64 number = 1; number <= 3; ++number) {
        SampleRun run;
        fill(database, run, 0);
        QCOMPARE(database.read(run.id)->number, number);
    }
}

void JournalDatabaseTest::twoInstancesShareOneChain()
{
    const Paths paths = freshPaths();
    JournalDatabase first(paths);
    JournalDatabase second(paths);
    SampleRun run;
    fill(first, run, 0);
    for (int i = 0; i < 10; ++i) {
        JournalDatabase &writer = i % 2 == 0 ? second : first;
        const auto stored =
            writer.append(run.make(NoteAdded{.text = QString::number(i), .step = {}}));
        QVERIFY(stored);
        QCOMPARE(stored->seq, i + 2);
    }
    QCOMPARE(first.load(run.id)->size(), 11);
}

void JournalDatabaseTest::whatAnotherInstanceAddedIsFound()
{
    const Paths paths = freshPaths();
    JournalDatabase first(paths);
    JournalDatabase second(paths);
    SampleRun run;
    fill(first, run, 0);
    QCOMPARE(second.loadAfter(run.id, 1)->size(), 0);
    for (const auto &text : {u"a"_s, u"b"_s})
        QVERIFY(first.append(run.make(NoteAdded{.text = text, .step = {}})));
    const auto more = second.loadAfter(run.id, 1);
    QVERIFY(more);
    QCOMPARE(*more, first.load(run.id)->mid(1));
    QCOMPARE(second.loadAfter(run.id, 3)->size(), 0);
    QCOMPARE(second.loadAfter(RunId::create(), 0)->size(), 0);
}

void JournalDatabaseTest::endThatIsThereIsRefused()
{
    const Paths paths = freshPaths();
    JournalDatabase first(paths);
    JournalDatabase second(paths);
    SampleRun run;
    fill(first, run, 0);
    const CommandEnded end{.execution = {u"e"_s}, .outcome = ExecutionOutcome::Failed};
    QVERIFY(first.append(run.make(
        CommandIntended{.execution = {u"e"_s}, .command = {u"p/s#1"_s}, .text = u"true"_s})));
    QVERIFY(first.append(run.make(end)));
    const auto again = second.append(run.make(end));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::Refused);
    QCOMPARE(second.load(run.id)->size(), 3);
}

void JournalDatabaseTest::secondSignOffBySamePersonIsRefused()
{
    JournalDatabase database(freshPaths());
    SampleRun run;
    fill(database, run, 0);
    const StepSigned sign{
        .step = run.step(u"Approve the change"_s), .observed = u"ok"_s, .note = {}};
    QVERIFY(!sign.step.isEmpty());
    QVERIFY(database.append(run.make(sign, u"Rosa"_s)));
    const auto again = database.append(run.make(sign, u" rosa "_s));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::Refused);
    QVERIFY(database.append(run.make(sign, u"Deniz"_s)));
    QCOMPARE(database.load(run.id)->size(), 3);
}

void JournalDatabaseTest::secondSignOffFromAnotherInstanceIsRefused()
{
    const Paths paths = freshPaths();
    JournalDatabase first(paths);
    JournalDatabase second(paths);
    SampleRun run;
    fill(first, run, 0);
    QVERIFY(second.load(run.id));
    const StepSigned sign{.step = run.step(u"Approve the change"_s), .observed = {}, .note = {}};
    QVERIFY(first.append(run.make(sign, u"Rosa"_s)));
    QVERIFY(!second.append(run.make(sign, u"Rosa"_s)));
}

void JournalDatabaseTest::runIsFoundByNumberAndByBeginningOfItsId()
{
    JournalDatabase database(freshPaths());
    SampleRun first;
    SampleRun second;
    first.id = RunId{u"abcd1111-0000-0000-0000-000000000000"_s};
    second.id = RunId{u"abcd2222-0000-0000-0000-000000000000"_s};
    fill(database, first, 0);
    fill(database, second, 0);
    QCOMPARE(*database.find(u"2"_s), second.id);
    QCOMPARE(*database.find(u"abcd1"_s), first.id);
    QCOMPARE(*database.find(first.id.value.toUpper()), first.id);
    QCOMPARE(database.find(u"abcd"_s).error().kind, Error::Kind::Invalid);
    QCOMPARE(database.find(u"abc"_s).error().kind, Error::Kind::NotFound);
    QCOMPARE(database.find(u"3"_s).error().kind, Error::Kind::NotFound);
    QCOMPARE(database.find(u"ffff%"_s).error().kind, Error::Kind::NotFound);
}

void JournalDatabaseTest::approvalIsFoundForItsContentOnly()
{
    const Paths paths = freshPaths();
    SampleRun run;
    {
        JournalDatabase database(paths);
        fill(database, run, 0);
        QVERIFY(database.append(run.make(
            RunbookApproved{.runbookSha256 = QString(64, u'b'), .commands = 3, .basis = {}},
            u"Rosa"_s)));
        QCOMPARE(*database.findApproval(QString(64, u'b')),
                 u"run 1, 2026-11-20T01:41:00.000Z, Rosa"_s);
        QCOMPARE(*database.findApproval(QString(64, u'c')), QString());
    }
    // An approval that somebody wrote into the file approves nothing.
    QVERIFY(tamper(paths.journal(),
                   {u"DROP TRIGGER event_never_changes"_s,
                    u"UPDATE event SET body = replace(body, '%1', '%2')"_s.arg(
                        QString(64, u'b'), QString(64, u'c'))}));
    JournalDatabase database(paths);
    QCOMPARE(*database.findApproval(QString(64, u'c')), QString());
}

void JournalDatabaseTest::onlyAPersonsOwnApprovalCounts()
{
    JournalDatabase database(freshPaths());
    const QString content(64, u'b');
    const auto approveIn = [&](SampleRun &run, const QString &person, const QString &basis,
                               bool unattended) {
        fill(database, run, 0);
        RunEvent event = run.make(
            RunbookApproved{.runbookSha256 = content, .commands = 3, .basis = basis}, person);
        event.unattended = unattended;
        QVERIFY(database.append(event));
    };
    SampleRun first;
    approveIn(first, u"Rosa"_s, {}, true); // no person looked
    QCOMPARE(*database.findApproval(content), QString());
    SampleRun second;
    approveIn(second, u"Rosa"_s, {}, false);
    const QString basis = *database.findApproval(content);
    QVERIFY(basis.startsWith(u"run 2, "_s) && basis.endsWith(u", Rosa"_s));
    SampleRun third;
    approveIn(third, u"Deniz"_s, basis, false); // Deniz relied on Rosa and looked at nothing
    QCOMPARE(*database.findApproval(content), basis);
}

void JournalDatabaseTest::listIsNewestFirstAndMatchesTheReplay()
{
    JournalDatabase database(freshPaths());
    SampleRun first;
    SampleRun second;
    fill(database, first, 0);
    fill(database, second, 0);
    QVERIFY(database.append(
        first.make(StepSigned{.step = first.step(u"Tell support"_s), .observed = {}, .note = {}},
                   u"Deniz"_s)));
    QVERIFY(database.append(first.make(RunAborted{.reason = u"no"_s})));
    const auto runs = database.list();
    QVERIFY(runs);
    QCOMPARE(runs->size(), 2);
    QCOMPARE(runs->at(0), summarize(replay(*database.load(second.id)), 2));
    QCOMPARE(runs->at(1), summarize(replay(*database.load(first.id)), 1));
    QCOMPARE(runs->at(1).signedBy, QStringList{u"Deniz"_s});
    QCOMPARE(runs->at(1).status, RunStatus::Aborted);
}

void JournalDatabaseTest::listRebuildsAnOldSummary()
{
    const Paths paths = freshPaths();
    SampleRun run;
    {
        JournalDatabase database(paths);
        fill(database, run, 1);
    }
    QVERIFY(tamper(paths.journal(), {u"UPDATE head SET summary = '{\"v\":0}'"_s}));
    JournalDatabase database(paths);
    QCOMPARE(database.list()->constFirst().runbookTitle, u"Add notifications"_s);
}

void JournalDatabaseTest::journalIsPrivate()
{
    const Paths paths = freshPaths();
    JournalDatabase database(paths);
    QVERIFY(database.open());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFile::permissions(paths.journal()) & others, QFile::Permissions());
    QCOMPARE(QFile::permissions(paths.data()) & others, QFile::Permissions());
}

QTEST_GUILESS_MAIN(JournalDatabaseTest)
#include "tst_journaldatabase.moc"
