// SPDX-License-Identifier: Apache-2.0
#include "base/person.h"
#include "run/controllerbench.h"
#include "runbookwatch.h"
#include "store/sqlitejournal.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

void put(const QString &name, const QByteArray &content)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
}

QByteArray changed(const QByteArray &from, const QByteArray &to)
{
    return QByteArray(kRunbook).replace(from, to);
}

const QByteArray kOther = changed("Look", "Look twice");

/// One life of the program on a real journal.
struct Program
{
    explicit Program(const QString &folder)
        : journal(Paths(folder))
    {
        QObject::connect(&watch, &RunbookWatch::compared, &watch,
                         [this](const std::optional<QByteArray> &source) {
                             ++comparisons;
                             onDisk = source;
                         });
    }
    [[nodiscard]] const RunState &state() const { return controller.state(); }
    void create(const QString &file)
    {
        controller.createRun({.runbookFile = file,
                              .runbookSource = kRunbook,
                              .environment = {.name = u"staging"_s},
                              .windowStart = clock.now(),
                              .windowEnd = clock.now().addSecs(3600),
                              .change = {}});
        QVERIFY(opened.wait());
    }
    void open(const RunId &run)
    {
        controller.openRun(run);
        QVERIFY(opened.wait());
    }
    void settle() const { QTRY_COMPARE(controller.pendingEvents(), 0); }

    SqliteJournal journal;
    FakeRunner runner;
    FixedClock clock;
    RunController controller{
        journal, runner, clock, {.name = u"Ada"_s, .account = u"ada"_s, .host = u"desk"_s}};
    QSignalSpy opened{&controller, &RunController::runOpened};
    RunbookWatch watch{controller};
    int comparisons = 0;
    std::optional<QByteArray> onDisk;
};

} // namespace

class TestRunbookWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"runbooks/r.md"_s);
        QVERIFY(QDir().mkpath(QFileInfo(m_file).path()));
        put(m_file, kRunbook);
        m_program = std::make_unique<Program>(m_folder->filePath(u"data"_s));
    }
    void cleanup() { m_program.reset(); }

    void sameFileIsNoNews();
    void changeIsSeenWhileTheRunIsOpen_data();
    void changeIsSeenWhileTheRunIsOpen();
    void changeIsSeenWhenTheRunIsOpenedAgain();
    void changeBackIsSeen();
    void whatCannotBeReadIsNoChange_data();
    void whatCannotBeReadIsNoChange();
    void bundledAndRelativeFilesAreNotLookedAt_data();
    void bundledAndRelativeFilesAreNotLookedAt();
    void closedRunIsNotWatched();
    void endOfTheProgramMeetsAReadUnderWay();
    void amendedRunGoesByTheFileAgain();
    void amendmentSurvivesTheEndOfTheProgram();
    void repairedRunIsComparedWithTheRepairedFile();

private:
    void restart()
    {
        m_program.reset();
        m_program = std::make_unique<Program>(m_folder->filePath(u"data"_s));
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::unique_ptr<Program> m_program;
};

void TestRunbookWatch::sameFileIsNoNews()
{
    m_program->create(m_file);
    QTRY_COMPARE(m_program->comparisons, 1);
    QVERIFY(!m_program->onDisk);
}

void TestRunbookWatch::changeIsSeenWhileTheRunIsOpen_data()
{
    QTest::addColumn<bool>("replaced");
    QTest::newRow("written in place") << false;
    QTest::newRow("replaced by another file") << true;
}

void TestRunbookWatch::changeIsSeenWhileTheRunIsOpen()
{
    QFETCH(bool, replaced);
    m_program->create(m_file);
    QTRY_COMPARE(m_program->comparisons, 1);
    for (const QByteArray &content : {kOther, changed("Undo", "Undo all")}) {
        if (replaced) {
            put(m_file + u".new"_s, content);
            QCOMPARE(rename(qPrintable(m_file + u".new"_s), qPrintable(m_file)), 0);
        } else {
            put(m_file, content);
        }
        QTRY_COMPARE(m_program->onDisk, std::optional(content));
    }
}

void TestRunbookWatch::changeIsSeenWhenTheRunIsOpenedAgain()
{
    m_program->create(m_file);
    const RunId run = m_program->state().id;
    restart();
    put(m_file, kOther);
    m_program->open(run);
    QTRY_COMPARE(m_program->onDisk, std::optional(kOther));
    QCOMPARE(m_program->state().runbook->source, QByteArray(kRunbook)); // on its snapshot
}

void TestRunbookWatch::changeBackIsSeen()
{
    put(m_file, kOther);
    m_program->create(m_file);
    QTRY_VERIFY(m_program->onDisk);
    put(m_file, kRunbook);
    QTRY_VERIFY(!m_program->onDisk);
}

void TestRunbookWatch::whatCannotBeReadIsNoChange_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("gone") << u"gone"_s;
    QTest::newRow("a folder") << u"folder"_s;
    QTest::newRow("a pipe, which would wait for ever") << u"pipe"_s;
}

void TestRunbookWatch::whatCannotBeReadIsNoChange()
{
    QFETCH(QString, kind);
    QVERIFY(QFile::remove(m_file));
    if (kind == u"folder")
        QVERIFY(QDir().mkpath(m_file));
    if (kind == u"pipe")
        QCOMPARE(mkfifo(qPrintable(m_file), 0600), 0);
    m_program->create(m_file);
    QTRY_COMPARE(m_program->comparisons, 1);
    QVERIFY(!m_program->onDisk);
}

void TestRunbookWatch::bundledAndRelativeFilesAreNotLookedAt_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("bundled") << u":/runbooks/practice.md"_s;
    QTest::newRow("relative") << u"r.md"_s;
}

void TestRunbookWatch::bundledAndRelativeFilesAreNotLookedAt()
{
    QFETCH(QString, file);
    m_program->create(file);
    m_program->create(m_file); // this one is, and its answer comes last
    QTRY_VERIFY(m_program->comparisons > 0);
    QCOMPARE(m_program->comparisons, 1);
}

void TestRunbookWatch::closedRunIsNotWatched()
{
    m_program->create(m_file);
    QTRY_COMPARE(m_program->comparisons, 1);
    m_program->controller.closeRun();
    put(m_file, kOther);
    const QString another = m_folder->filePath(u"another.md"_s);
    put(another, kRunbook);
    m_program->create(another);
    QTRY_COMPARE(m_program->comparisons, 2);
    QVERIFY(!m_program->onDisk);
}

void TestRunbookWatch::endOfTheProgramMeetsAReadUnderWay()
{
    for (int i = 0; i < 20; ++i) {
        m_program->create(m_file); // and reads
        restart();
    }
    m_program->create(m_file);
    QTRY_COMPARE(m_program->comparisons, 1);
}

void TestRunbookWatch::amendedRunGoesByTheFileAgain()
{
    put(m_file, kOther);
    m_program->create(m_file);
    QTRY_VERIFY(m_program->onDisk);
    m_program->controller.amendRunbook(*m_program->onDisk, u"two look"_s);
    m_program->settle();
    QTRY_VERIFY(!m_program->onDisk);
}

/// On the real journal: what was amended is what the next start opens, and the chain holds.
void TestRunbookWatch::amendmentSurvivesTheEndOfTheProgram()
{
    m_program->create(m_file);
    const RunId run = m_program->state().id;
    RunController &controller = m_program->controller;
    controller.approveRunbook();
    const StepId backup = stepNamed(m_program->state(), u"backup"_s);
    controller.signStep({.step = backup, .observed = {}, .note = {}, .signedBy = u"Ada"_s});
    controller.amendRunbook(changed("echo migrating", "echo amended"), u"wrong table"_s);
    m_program->settle();
    QCOMPARE(m_program->state().amendments.size(), 1);
    restart();
    m_program->open(run);
    const RunState &state = m_program->state();
    QCOMPARE(state.amendments.constFirst().amended.reason, u"wrong table"_s);
    QVERIFY(state.runbook->command(commandOf(state, u"Migrate"_s))->text.contains(u"amended"_s));
    QVERIFY(state.isSigned(backup));
    QVERIFY(!state.approval);
    QVERIFY(verifyChain(m_program->controller.events()).intact);
    QTRY_COMPARE(m_program->onDisk, std::optional(QByteArray(kRunbook)));
}

/// The file stays damaged: that alone is no change.
void TestRunbookWatch::repairedRunIsComparedWithTheRepairedFile()
{
    const QByteArray damaged = changed("Look", "Look âœ“");
    const QByteArray repaired = changed("Look", "Look ✓");
    put(m_file, damaged);
    m_program->controller.createRun({.runbookFile = m_file,
                                     .runbookSource = repaired,
                                     .repaired = true,
                                     .environment = {.name = u"staging"_s},
                                     .windowStart = m_program->clock.now(),
                                     .windowEnd = m_program->clock.now().addSecs(3600),
                                     .change = {}});
    QTRY_COMPARE(m_program->comparisons, 1);
    QVERIFY(!m_program->onDisk);
    put(m_file, QByteArray(damaged).replace("Undo", "Undo all"));
    QTRY_COMPARE(m_program->onDisk,
                 std::optional(QByteArray(repaired).replace("Undo", "Undo all")));
}

QTEST_GUILESS_MAIN(TestRunbookWatch)
#include "tst_runbookwatch.moc"
