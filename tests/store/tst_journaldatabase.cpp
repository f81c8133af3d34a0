// SPDX-License-Identifier: Apache-2.0
#include "store/journaldatabase.h"
#include "store/samplerun.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::SampleRun;

namespace
{

/// Somebody with a SQLite shell and no respect for triggers.
bool tamper(const QString &file, const QStringList &statements)
{
    bool ok = true;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tamper"_s);
        database.setDatabaseName(file);
        ok = database.open();
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            ok = query.exec(statement) && ok;
            if (query.lastError().isValid())
                qWarning() << query.lastError().text();
        }
        database.close();
    }
    QSqlDatabase::removeDatabase(u"tamper"_s);
    return ok;
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class JournalDatabaseTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_count = 0;

    Paths freshPaths() { return Paths(m_folder.filePath(QString::number(++m_count))); }

    static void fill(JournalDatabase &database, SampleRun &run, int notes)
    {
        QVERIFY(database.append(run.make(run.created())));
        for (int i = 0; i < notes; ++i)
            QVERIFY(database.append(run.make(NoteAdded{.text = u"note %1"_s.arg(i), .step = {}})));
    }

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
    void triggersRefuseChanges();
    void tamperingIsNamed_data();
    void tamperingIsNamed();
    void damagedRunIsListedAndReadButNotAppendedTo();
    void corruptFileIsReportedAndLeftAlone_data();
    void corruptFileIsReportedAndLeftAlone();
    void goesOnAfterTheCorruptFileWasMovedAside();
    void newerFormatIsLeftAlone();
    void databaseOfAnotherProgramIsLeftAlone();
    void runIsFoundByNumberAndByBeginningOfItsId();
    void approvalIsFoundForItsContentOnly();
    void onlyAPersonsOwnApprovalCounts();
    void movedAwayFileIsSaidAndGoesOnWhenItIsBack();
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

void JournalDatabaseTest::triggersRefuseChanges()
{
    const Paths paths = freshPaths();
    SampleRun run;
    {
        JournalDatabase database(paths);
        fill(database, run, 2);
    }
    for (const QString &statement :
         {u"UPDATE event SET body = '{}'"_s, u"DELETE FROM event"_s, u"DELETE FROM run"_s,
          u"UPDATE run SET id = 'x'"_s,
          u"INSERT INTO event VALUES (1, 9, 'x', 'note.added', '{}', '%1')"_s.arg(
              QString(64, u'0'))}) {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"never|gaps"_s));
        QVERIFY2(!tamper(paths.journal(), {statement}), qPrintable(statement));
    }
    JournalDatabase database(paths);
    QCOMPARE(database.load(run.id)->size(), 3);
}

void JournalDatabaseTest::tamperingIsNamed_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<qint64>("badSeq");
    const QString open = u"DROP TRIGGER event_never_changes"_s;
    const QString drop = u"DROP TRIGGER event_never_goes"_s;
    QTest::newRow("edited text")
        << QStringList{open,
                       u"UPDATE event SET body = replace(body, 'note 1', 'note X') WHERE seq = 3"_s}
        << 3LL;
    QTest::newRow("added field")
        << QStringList{open,
                       u"UPDATE event SET body = replace(body, '{\"actor\"', '{\"a\":1,\"actor\"') WHERE seq = 2"_s}
        << 2LL;
    QTest::newRow("white space")
        << QStringList{open, u"UPDATE event SET body = body || ' ' WHERE seq = 4"_s} << 4LL;
    QTest::newRow("no JSON") << QStringList{open, u"UPDATE event SET body = 'gone' WHERE seq = 1"_s}
                             << 1LL;
    QTest::newRow("edited hash")
        << QStringList{open, u"UPDATE event SET hash = '%1' WHERE seq = 3"_s.arg(QString(64, u'a'))}
        << 3LL;
    QTest::newRow("edited type column")
        << QStringList{open, u"UPDATE event SET type = 'step.signed' WHERE seq = 3"_s} << 3LL;
    QTest::newRow("removed in the middle")
        << QStringList{drop, u"DELETE FROM event WHERE seq = 3"_s} << 3LL;
    QTest::newRow("removed in the middle and renumbered")
        << QStringList{drop, open, u"DELETE FROM event WHERE seq = 3"_s,
                       u"UPDATE event SET seq = seq - 1 WHERE seq > 3"_s}
        << 3LL;
    QTest::newRow("removed first")
        << QStringList{drop, u"DELETE FROM event WHERE seq = 1"_s} << 1LL;
    QTest::newRow("cut at the end")
        << QStringList{drop, u"DELETE FROM event WHERE seq >= 4"_s} << 4LL;
    QTest::newRow("all removed") << QStringList{drop, u"DELETE FROM event"_s} << 1LL;
    QTest::newRow("two exchanged")
        << QStringList{open, u"UPDATE event SET seq = 99 WHERE seq = 2"_s,
                       u"UPDATE event SET seq = 2 WHERE seq = 3"_s,
                       u"UPDATE event SET seq = 3 WHERE seq = 99"_s}
        << 2LL;
}

void JournalDatabaseTest::tamperingIsNamed()
{
    QFETCH(const QStringList, statements);
    QFETCH(const qint64, badSeq);
    const Paths paths = freshPaths();
    SampleRun run;
    {
        JournalDatabase database(paths);
        fill(database, run, 4);
        QVERIFY(database.read(run.id)->verdict.intact);
    }
    QVERIFY(tamper(paths.journal(), statements));
    JournalDatabase database(paths);
    const auto stored = database.read(run.id);
    QVERIFY(stored);
    QVERIFY(!stored->verdict.intact);
    QCOMPARE(stored->verdict.firstBadSeq, badSeq);
    QVERIFY(!stored->verdict.finding.isEmpty());
    QCOMPARE(database.load(run.id).error().kind, Error::Kind::Corrupt);
}

void JournalDatabaseTest::damagedRunIsListedAndReadButNotAppendedTo()
{
    const Paths paths = freshPaths();
    SampleRun run;
    SampleRun other;
    {
        JournalDatabase database(paths);
        fill(database, run, 3);
        fill(database, other, 1);
    }
    QVERIFY(tamper(paths.journal(),
                   {u"DROP TRIGGER event_never_changes"_s,
                    u"UPDATE event SET body = replace(body, 'note 1', 'note X') WHERE run = 1"_s}));
    JournalDatabase database(paths);
    QCOMPARE(database.list()->size(), 2);
    QCOMPARE(database.read(run.id)->events.size(), 4);
    const auto refused = database.append(run.make(NoteAdded{.text = u"more"_s, .step = {}}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Corrupt);
    QVERIFY(database.append(other.make(NoteAdded{.text = u"more"_s, .step = {}})));
}

void JournalDatabaseTest::corruptFileIsReportedAndLeftAlone_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("length");
    QTest::newRow("header") << 0 << 100;
    QTest::newRow("first page") << 100 << 3000;
    QTest::newRow("everything") << 0 << 1'000'000;
}

void JournalDatabaseTest::corruptFileIsReportedAndLeftAlone()
{
    QFETCH(const int, from);
    QFETCH(const int, length);
    const Paths paths = freshPaths();
    {
        JournalDatabase database(paths);
        SampleRun run;
        fill(database, run, 20);
    }
    QByteArray bytes = contentOf(paths.journal());
    for (qsizetype i = from; i < qMin<qsizetype>(bytes.size(), from + length); ++i)
        bytes[i] = static_cast<char>(i * 7 + 1);
    QFile file(paths.journal());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();

    JournalDatabase database(paths);
    const auto opened = database.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Corrupt);
    QVERIFY(opened.error().message.contains(paths.journal()));
    QCOMPARE(contentOf(paths.journal()), bytes);
}

void JournalDatabaseTest::goesOnAfterTheCorruptFileWasMovedAside()
{
    const Paths paths = freshPaths();
    QVERIFY(ensurePrivateFolder(paths.data()));
    QFile file(paths.journal());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    JournalDatabase database(paths);
    QVERIFY(!database.list());
    QVERIFY(file.rename(paths.journal() + u".kept"_s));
    SampleRun run;
    fill(database, run, 1);
    QCOMPARE(database.list()->size(), 1);
}

void JournalDatabaseTest::newerFormatIsLeftAlone()
{
    const Paths paths = freshPaths();
    {
        JournalDatabase database(paths);
        QVERIFY(database.open());
    }
    QVERIFY(tamper(paths.journal(), {u"PRAGMA user_version = 7"_s}));
    const QByteArray before = contentOf(paths.journal());
    JournalDatabase database(paths);
    const auto opened = database.open();
    QVERIFY(!opened);
    QVERIFY(opened.error().message.contains(u"newer"_s));
    QCOMPARE(contentOf(paths.journal()), before);
}

void JournalDatabaseTest::databaseOfAnotherProgramIsLeftAlone()
{
    const Paths paths = freshPaths();
    QVERIFY(ensurePrivateFolder(paths.data()));
    QVERIFY(tamper(paths.journal(), {u"CREATE TABLE bookmark (x)"_s}));
    JournalDatabase database(paths);
    const auto opened = database.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Corrupt);
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

void JournalDatabaseTest::movedAwayFileIsSaidAndGoesOnWhenItIsBack()
{
    const Paths paths = freshPaths();
    JournalDatabase database(paths);
    SampleRun run;
    fill(database, run, 1);
    const QString aside = paths.journal() + u".aside"_s;
    QVERIFY(QFile::rename(paths.journal(), aside));
    const auto refused = database.append(run.make(NoteAdded{.text = u"lost?"_s, .step = {}}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Unwritable);
    QVERIFY2(refused.error().message.contains(u"moved"_s), qPrintable(refused.error().message));
    QVERIFY(QFile::rename(aside, paths.journal()));
    QVERIFY(database.append(run.make(NoteAdded{.text = u"saved"_s, .step = {}})));
    QCOMPARE(database.load(run.id)->size(), 3);
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
