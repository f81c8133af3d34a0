// SPDX-License-Identifier: Apache-2.0
#include "store/samplerun.h"
#include "store/sqlitejournal.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::SampleRun;

class SqliteJournalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersComeInOrderOfTheCalls();
    void answersComeOnTheCallersThread();
    void everyCallIsAnsweredOnceAlsoWhenTheJournalIsCorrupt();
    void destroyingItFinishesWhatWasHandedIn();
    void loadedEventsAreWhatWasAppended();
};

void SqliteJournalTest::answersComeInOrderOfTheCalls()
{
    QTemporaryDir folder;
    SqliteJournal journal{Paths(folder.path())};
    QStringList asked;
    QStringList answered;
    connect(&journal, &RunJournal::appended, this,
            [&answered](const RunEvent &event) { answered += event.id.value; });
    connect(&journal, &RunJournal::appendFailed, this,
            [&answered](const RunEvent &event) { answered += event.id.value; });
    SampleRun run;
    SampleRun unknown;
    for (int i = 0; i < 20; ++i) {
        SampleRun &target = i % 5 == 3 ? unknown : run;
        const RunEvent event =
            i == 0 ? run.make(run.created()) : target.make(NoteAdded{.text = u"n"_s, .step = {}});
        asked += event.id.value;
        journal.append(event);
    }
    QTRY_COMPARE(answered.size(), asked.size());
    QCOMPARE(answered, asked);
}

void SqliteJournalTest::answersComeOnTheCallersThread()
{
    QTemporaryDir folder;
    SqliteJournal journal{Paths(folder.path())};
    QThread *seen = nullptr;
    connect(
        &journal, &RunJournal::listed, &journal, [&seen] { seen = QThread::currentThread(); },
        Qt::DirectConnection);
    journal.list();
    QVERIFY(seen == nullptr);
    QTRY_COMPARE(seen, QThread::currentThread());
}

void SqliteJournalTest::everyCallIsAnsweredOnceAlsoWhenTheJournalIsCorrupt()
{
    QTemporaryDir folder;
    const Paths paths(folder.path());
    QFile file(paths.journal());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();

    SqliteJournal journal(paths);
    QSignalSpy appendFailed(&journal, &RunJournal::appendFailed);
    QSignalSpy loadFailed(&journal, &RunJournal::loadFailed);
    QSignalSpy listFailed(&journal, &RunJournal::listFailed);
    QSignalSpy approval(&journal, &RunJournal::approvalFound);
    QSignalSpy appended(&journal, &RunJournal::appended);
    SampleRun run;
    const RunEvent event = run.make(run.created());
    journal.append(event);
    journal.load(run.id);
    journal.list();
    journal.findApproval(u"abc"_s);
    QTRY_COMPARE(approval.size(), 1);
    QCOMPARE(appendFailed.size(), 1);
    QCOMPARE(appendFailed.at(0).at(0).value<RunEvent>(), event);
    QCOMPARE(appendFailed.at(0).at(1).value<Error>().kind, Error::Kind::Corrupt);
    QCOMPARE(loadFailed.size(), 1);
    QCOMPARE(listFailed.size(), 1);
    QCOMPARE(approval.at(0).at(1).toString(), QString());
    QCOMPARE(appended.size(), 0);
}

void SqliteJournalTest::destroyingItFinishesWhatWasHandedIn()
{
    QTemporaryDir folder;
    SampleRun run;
    {
        SqliteJournal journal{Paths(folder.path())};
        journal.append(run.make(run.created()));
        for (int i = 0; i < 30; ++i)
            journal.append(run.make(NoteAdded{.text = QString::number(i), .step = {}}));
    }
    SqliteJournal journal{Paths(folder.path())};
    QSignalSpy loaded(&journal, &RunJournal::loaded);
    journal.load(run.id);
    QVERIFY(loaded.wait());
    QCOMPARE(loaded.at(0).at(1).value<QList<RunEvent>>().size(), 31);
}

void SqliteJournalTest::loadedEventsAreWhatWasAppended()
{
    QTemporaryDir folder;
    SqliteJournal journal{Paths(folder.path())};
    QSignalSpy appended(&journal, &RunJournal::appended);
    QSignalSpy loaded(&journal, &RunJournal::loaded);
    SampleRun run;
    journal.append(run.make(run.created()));
    journal.append(run.make(NoteAdded{.text = u"two"_s, .step = {}}));
    journal.load(run.id);
    QVERIFY(loaded.wait());
    QCOMPARE(appended.size(), 2);
    QCOMPARE(loaded.at(0).at(0).value<RunId>(), run.id);
    QCOMPARE(
        loaded.at(0).at(1).value<QList<RunEvent>>(),
        (QList{appended.at(0).at(0).value<RunEvent>(), appended.at(1).at(0).value<RunEvent>()}));
}

QTEST_GUILESS_MAIN(SqliteJournalTest)
#include "tst_sqlitejournal.moc"
