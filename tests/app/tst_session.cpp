// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"
#include "metrics/samplefile.h"
#include "runexport.h"
#include "session.h"
#include "support/eventbuilder.h"
#include "unattended.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr char kOneStep[] = R"(# Short

## Execution

### Step 1: Migrate

```bash
echo "migrated $PGHOST"
```
)";

/// A run on a server that does not exist: what the program is without one.
RunRequest request(const QByteArray &source)
{
    return {.runbookFile = u"short.md"_s,
            .runbookSource = source,
            .environment = {.name = u"nowhere"_s,
                            .connection = {.service = {},
                                           .host = u"/nonexistent"_s,
                                           .database = u"shop"_s,
                                           .user = u"shop"_s,
                                           .sslMode = {}},
                            .probes = {{.name = u"one"_s, .sql = u"select 1"_s}}}};
}

/// A session, and all it has told.
struct Opened
{
    explicit Opened(const Paths &paths)
        : session(paths)
    {
    }
    [[nodiscard]] bool create()
    {
        session.controller().createRun(request(kOneStep));
        return opened.wait(20'000);
    }
    [[nodiscard]] RunId run() { return session.controller().state().id; }

    Session session;
    QSignalSpy opened{&session.controller(), &RunController::runOpened};
    QSignalSpy loaded{&session, &Session::samplesLoaded};
    QSignalSpy sampled{&session, &Session::sampled};
    QSignalSpy problems{&session, &Session::problemFound};
};

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void freshFolderIsUsable();
    void unusableDataIsSaidAtOnce();
    void samplesAreKeptAndFoundAgain();
    void lostSamplesAreSaidAndTheRunGoesOn();
    void endedRunIsNotWatched();
    void closedRunIsNotWatched();
    void probesOfTheRunbookAreWatchedOnceApproved();
    void runIsCarriedOutToItsReport();
    void noFileHoldsASecret();
    void reportsNeedAKnownNameAndRun_data();
    void reportsNeedAKnownNameAndRun();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSession::initTestCase()
{
    qputenv("RUNSHEET_EXEC", RUNSHEET_BINARY_DIR "/app/runsheet-exec/runsheet-exec");
}

void TestSession::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestSession::freshFolderIsUsable()
{
    const Paths paths(m_folder->filePath(u"new/data"_s));
    QVERIFY(Session::check(paths));
    QVERIFY(QFile::exists(paths.journal()));
    QVERIFY(!(QFile::permissions(paths.data()) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestSession::unusableDataIsSaidAtOnce()
{
    QFile inTheWay(m_folder->filePath(u"file"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const Result<void> file = Session::check(Paths(inTheWay.fileName()));
    QVERIFY(!file);
    QCOMPARE(file.error().kind, Error::Kind::Unwritable);
    QVERIFY(file.error().message.contains(u"RUNSHEET_DATA"_s));

    const Paths paths(m_folder->path());
    QFile journal(paths.journal());
    QVERIFY(journal.open(QIODevice::WriteOnly));
    journal.write(QByteArray(8192, 'x'));
    journal.close();
    const Result<void> damaged = Session::check(paths);
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().kind, Error::Kind::Corrupt);
    QVERIFY(damaged.error().message.contains(paths.journal()));
    QVERIFY(journal.open(QIODevice::ReadOnly));
    QCOMPARE(journal.readAll(), QByteArray(8192, 'x'));
}

void TestSession::samplesAreKeptAndFoundAgain()
{
    const Paths paths(m_folder->path());
    RunId run;
    {
        Opened first(paths);
        QVERIFY(first.create());
        run = first.run();
        QCOMPARE(first.loaded.size(), 1);
        QVERIFY(first.loaded.at(0).at(0).value<QList<ProbeSample>>().isEmpty());
        QTRY_VERIFY(!first.sampled.isEmpty()); // gaps: there is no server
        QVERIFY(first.problems.isEmpty());
    }
    const Result<QList<ProbeSample>> kept = readSamples(paths.samples(run));
    QVERIFY(kept);
    QVERIFY(!kept->isEmpty());
    QVERIFY(kept->constFirst().isGap());

    Opened second(paths);
    second.session.controller().openRun(run);
    QVERIFY(second.opened.wait(20'000));
    QCOMPARE(second.loaded.at(0).at(0).value<QList<ProbeSample>>(), *kept);
}

void TestSession::lostSamplesAreSaidAndTheRunGoesOn()
{
    const Paths paths(m_folder->path());
    RunId run;
    {
        Opened first(paths);
        QVERIFY(first.create());
        run = first.run();
    }
    QFile::remove(paths.samples(run));
    QVERIFY(QDir().mkpath(paths.samples(run)));
    Opened second(paths);
    second.session.controller().openRun(run);
    QVERIFY(second.opened.wait(20'000));
    QVERIFY(!second.problems.isEmpty());
    const qsizetype said = second.problems.size();
    QTRY_VERIFY(!second.sampled.isEmpty());
    QCOMPARE(second.problems.size(), said);
}

void TestSession::endedRunIsNotWatched()
{
    const Paths paths(m_folder->path());
    Opened opened(paths);
    QVERIFY(opened.create());
    QTRY_VERIFY(!opened.sampled.isEmpty());
    opened.session.controller().abortRun(u"enough"_s);
    QTRY_COMPARE(opened.session.controller().state().status, RunStatus::Aborted);
    const RunId run = opened.run();

    Opened again(paths);
    again.session.controller().openRun(run);
    QVERIFY(again.opened.wait(20'000));
    QCOMPARE(again.loaded.size(), 1);
    QVERIFY(!again.loaded.at(0).at(0).value<QList<ProbeSample>>().isEmpty());
    QVERIFY(!again.sampled.wait(500));
}

void TestSession::closedRunIsNotWatched()
{
    Opened opened{Paths(m_folder->path())};
    QVERIFY(opened.create());
    QTRY_VERIFY(!opened.sampled.isEmpty());
    opened.session.controller().closeRun();
    const qint64 size = QFileInfo(Paths(m_folder->path()).samples(opened.run())).size();
    opened.sampled.wait(500);
    QCOMPARE(QFileInfo(Paths(m_folder->path()).samples(opened.run())).size(), size);
}

void TestSession::probesOfTheRunbookAreWatchedOnceApproved()
{
    Opened opened{Paths(m_folder->path())};
    opened.session.controller().createRun(
        request(QByteArray(kOneStep) + "\n```sql {name=waiting probe=true}\nselect 2\n```\n"));
    QVERIFY(opened.opened.wait(20'000));
    QCOMPARE(opened.session.monitor().probeNames(), QStringList(u"one"_s));
    opened.session.controller().approveRunbook();
    QTRY_COMPARE(opened.session.monitor().probeNames(), QStringList({u"one"_s, u"waiting"_s}));
    const RunId run = opened.run();
    opened.session.controller().openRun(run);
    QVERIFY(opened.opened.wait(20'000));
    QCOMPARE(opened.session.monitor().probeNames(), QStringList({u"one"_s, u"waiting"_s}));
}

/// The real journal, a real command, no person and no server.
void TestSession::runIsCarriedOutToItsReport()
{
    const Paths paths(m_folder->path());
    Session session(paths);
    QString printed;
    QTextStream out(&printed);
    UnattendedRun run(session.controller(), out);
    QSignalSpy finished(&run, &UnattendedRun::finished);
    run.start(request(kOneStep));
    QVERIFY(finished.wait(30'000));
    QVERIFY2(finished.at(0).at(0).toBool(), qPrintable(printed));
    const RunState &state = session.controller().state();
    QCOMPARE(state.status, RunStatus::Completed);
    QCOMPARE(state.executions.size(), 1);
    QFile log(paths.execution(state.id, state.executions.constFirst().id) + u"/output.log"_s);
    QVERIFY(log.open(QIODevice::ReadOnly));
    QCOMPARE(log.readAll(), "migrated /nonexistent\n"_ba);
    for (const QString &name : {u"r.html"_s, u"r.json"_s}) {
        const Result<void> written = exportRun(paths, state.id, m_folder->filePath(name));
        QVERIFY2(written, written ? "" : qPrintable(describe(written.error())));
        QFile report(m_folder->filePath(name));
        QVERIFY(report.open(QIODevice::ReadOnly));
        QVERIFY(report.readAll().contains("no person"));
    }
    QVERIFY(!exportRun(paths, state.id, m_folder->filePath(u"none/r.html"_s)));
}

void TestSession::noFileHoldsASecret()
{
    const QByteArray canary = "canary-of-the-session";
    const Paths paths(m_folder->path());
    const QString logFile = m_folder->filePath(u"application.log"_s);
    log::start(logFile);
    Session session(paths);
    QString printed;
    QTextStream out(&printed);
    UnattendedRun run(session.controller(), out);
    QSignalSpy finished(&run, &UnattendedRun::finished);
    connect(&session.controller(), &RunController::runOpened, &session,
            [&] { session.controller().usePassword(QString::fromLatin1(canary)); });
    run.start(request("# Shop\n\n## Execution\n\n- [ ] Migrate\n\n```bash\n"
                      "name=PGPASS; name+=WORD; echo \"${!name}\"; printf %s \"${!name}\" | "
                      "base64; COPY=${!name}\n```\n"));
    QVERIFY(finished.wait(30'000));
    QVERIFY2(finished.at(0).at(0).toBool(), qPrintable(printed));
    RunController &controller = session.controller();
    for (const QString &name : {u"r.html"_s, u"r.json"_s}) {
        const Result<void> written =
            exportRun(paths, controller.state().id, m_folder->filePath(name), controller.secrets());
        QVERIFY2(written, written ? "" : qPrintable(describe(written.error())));
    }
    log::info(u"done"_s);
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int seen = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(!content.contains(canary), qPrintable(file.fileName()));
        QVERIFY2(!content.contains(canary.toBase64()), qPrintable(file.fileName()));
        seen += content.contains("[REDACTED:PGPASSWORD]") ? 1 : 0;
    }
    QVERIFY(seen >= 3); // the log and both reports
    // A secret that came into the record by another way keeps the report from being written.
    const QString refused = m_folder->filePath(u"refused.html"_s);
    const Result<void> written =
        exportRun(paths, controller.state().id, refused, {{u"TITLE"_s, u"REDACTED:PGPASSWORD"_s}});
    QVERIFY(!written);
    QVERIFY(written.error().message.contains(u"TITLE"_s));
    QVERIFY(!QFile::exists(refused));
}

void TestSession::reportsNeedAKnownNameAndRun_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");
    QTest::newRow("other suffix") << u"r.docx"_s << u".html, .pdf or .json"_s;
    QTest::newRow("no suffix") << u"report"_s << u".html, .pdf or .json"_s;
    QTest::newRow("no such run") << u"r.html"_s << u"run"_s;
}

void TestSession::reportsNeedAKnownNameAndRun()
{
    QFETCH(QString, name);
    QFETCH(QString, reason);
    const QString file = m_folder->filePath(name);
    const Result<void> written = exportRun(Paths(m_folder->path()), RunId::create(), file);
    QVERIFY(!written);
    QVERIFY2(written.error().message.contains(reason), qPrintable(written.error().message));
    QVERIFY(!QFile::exists(file));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
