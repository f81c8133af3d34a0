// SPDX-License-Identifier: Apache-2.0
#include "store/journalfixture.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// What becomes of a journal that was changed, damaged, moved or written by another version.
class JournalDamageTest : public JournalFixture
{
    Q_OBJECT

private Q_SLOTS:
    void triggersRefuseChanges();
    void tamperingIsNamed_data();
    void tamperingIsNamed();
    void damagedRunIsListedAndReadButNotAppendedTo();
    void corruptFileIsReportedAndLeftAlone_data();
    void corruptFileIsReportedAndLeftAlone();
    void goesOnAfterTheCorruptFileWasMovedAside();
    void newerFormatIsLeftAlone();
    void databaseOfAnotherProgramIsLeftAlone();
    void movedAwayFileIsSaidAndGoesOnWhenItIsBack();
};

void JournalDamageTest::triggersRefuseChanges()
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

void JournalDamageTest::tamperingIsNamed_data()
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

void JournalDamageTest::tamperingIsNamed()
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

void JournalDamageTest::damagedRunIsListedAndReadButNotAppendedTo()
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

void JournalDamageTest::corruptFileIsReportedAndLeftAlone_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("length");
    QTest::newRow("header") << 0 << 100;
    QTest::newRow("first page") << 100 << 3000;
    QTest::newRow("everything") << 0 << 1'000'000;
}

void JournalDamageTest::corruptFileIsReportedAndLeftAlone()
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

void JournalDamageTest::goesOnAfterTheCorruptFileWasMovedAside()
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

void JournalDamageTest::newerFormatIsLeftAlone()
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

void JournalDamageTest::databaseOfAnotherProgramIsLeftAlone()
{
    const Paths paths = freshPaths();
    QVERIFY(ensurePrivateFolder(paths.data()));
    QVERIFY(tamper(paths.journal(), {u"CREATE TABLE bookmark (x)"_s}));
    JournalDatabase database(paths);
    const auto opened = database.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Corrupt);
}

void JournalDamageTest::movedAwayFileIsSaidAndGoesOnWhenItIsBack()
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

QTEST_GUILESS_MAIN(JournalDamageTest)
#include "tst_journaldamage.moc"
