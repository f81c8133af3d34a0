// SPDX-License-Identifier: Apache-2.0
// The journal against kill -9, full disks, file-size limits, missing rights and other programs.
#include "store/journaldatabase.h"
#include "store/samplerun.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::SampleRun;

namespace
{

constexpr int kTimeoutMs = 30'000;
const QString kChild = QStringLiteral(RUNSHEET_STORECHILD);

QStringList linesOf(const QByteArray &output)
{
    // A line without its end was not finished printing.
    const QString text = QString::fromUtf8(output.left(output.lastIndexOf('\n') + 1));
    return text.split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

class DurabilityTest : public QObject
{
    Q_OBJECT

private:
    static QStringList idsOf(const QList<RunEvent> &events)
    {
        QStringList ids;
        for (const RunEvent &event : events)
            ids += event.id.value;
        return ids;
    }

private Q_SLOTS:
    void killedProgramLosesNothingItPrinted();
    void racingProgramsMakeOneChain();
    void fullDiskIsSaidAndLosesNothing();
    void fileSizeLimitIsSaidAndLosesNothing();
    void readOnlyJournalCanBeLookedAt();
};

void DurabilityTest::killedProgramLosesNothingItPrinted()
{
    QTemporaryDir folder;
    const Paths paths(folder.path());
    SampleRun run;
    {
        JournalDatabase database(paths);
        QVERIFY(database.append(run.make(run.created())));
    }
    QStringList acknowledged;
    for (int round = 0; round < 20; ++round) {
        QProcess child;
        child.start(kChild, {u"append"_s, paths.data(), run.id.value, u"100000"_s, u"Rosa"_s});
        QVERIFY(child.waitForStarted(kTimeoutMs));
        const int lines = QRandomGenerator::global()->bounded(1, 15);
        QByteArray output;
        while (output.count('\n') < lines) {
            QVERIFY(child.waitForReadyRead(kTimeoutMs));
            output += child.readAllStandardOutput();
        }
        ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
        QVERIFY(child.waitForFinished(kTimeoutMs));
        acknowledged += linesOf(output + child.readAllStandardOutput());

        JournalDatabase database(paths);
        const auto events = database.load(run.id);
        QVERIFY2(events, qPrintable(events ? QString() : describe(events.error())));
        const QStringList stored = idsOf(*events);
        for (const QString &id : acknowledged)
            QVERIFY2(stored.contains(id), qPrintable(id));
        // At most one event per kill may be durable without having been shown as saved.
        QVERIFY(stored.size() - 1 - acknowledged.size() <= round + 1);
    }
}

void DurabilityTest::racingProgramsMakeOneChain()
{
    QTemporaryDir folder;
    const Paths paths(folder.path());
    SampleRun run;
    JournalDatabase database(paths);
    QVERIFY(database.append(run.make(run.created())));
    constexpr int kPrograms = 3;
    constexpr int kNotes = 25;
    QProcess children[kPrograms];
    for (QProcess &child : children)
        child.start(kChild,
                    {u"append"_s, paths.data(), run.id.value, QString::number(kNotes), u"Rosa"_s});
    for (QProcess &child : children) {
        QVERIFY(child.waitForFinished(kTimeoutMs));
        QVERIFY2(child.exitCode() == 0, child.readAllStandardError().constData());
    }
    const auto events = database.load(run.id);
    QVERIFY2(events, qPrintable(events ? QString() : describe(events.error())));
    QCOMPARE(events->size(), 1 + kPrograms * kNotes);
}

void DurabilityTest::fullDiskIsSaidAndLosesNothing()
{
    QTemporaryDir folder;
    if (geteuid() != 0
        || ::mount("tmpfs", QFile::encodeName(folder.path()).constData(), "tmpfs", 0, "size=1m")
            != 0)
        QSKIP("needs the right to mount a small file system");
    const auto unmount =
        qScopeGuard([&folder] { ::umount(QFile::encodeName(folder.path()).constData()); });
    const Paths paths(folder.filePath(u"data"_s));
    SampleRun run;
    JournalDatabase database(paths);
    qsizetype saved = 0;
    Result<RunEvent> stored = database.append(run.make(run.created()));
    QVERIFY(stored);
    for (; stored && saved < 1000; ++saved)
        stored = database.append(run.make(NoteAdded{.text = QString(20'000, u'x'), .step = {}}));
    QVERIFY(!stored);
    QCOMPARE(stored.error().kind, Error::Kind::Unwritable);
    QVERIFY2(stored.error().message.contains(paths.journal()), qPrintable(stored.error().message));
    QVERIFY2(stored.error().message.contains(u"free"_s), qPrintable(stored.error().message));
    QCOMPARE(database.load(run.id)->size(), saved);

    // Small things fit again as soon as there is room.
    QVERIFY(::mount("tmpfs", QFile::encodeName(folder.path()).constData(), "tmpfs", MS_REMOUNT,
                    "size=4m")
            == 0);
    QVERIFY(database.append(run.make(NoteAdded{.text = u"after"_s, .step = {}})));
    QCOMPARE(database.load(run.id)->size(), saved + 1);
}

void DurabilityTest::fileSizeLimitIsSaidAndLosesNothing()
{
    QTemporaryDir folder;
    const Paths paths(folder.path());
    SampleRun run;
    JournalDatabase database(paths);
    QVERIFY(database.append(run.make(run.created())));
    QProcess child;
    child.setChildProcessModifier([] {
        const rlimit limit{.rlim_cur = 100'000, .rlim_max = 100'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    });
    child.start(kChild, {u"append"_s, paths.data(), run.id.value, u"1000"_s, u"Rosa"_s});
    QVERIFY(child.waitForFinished(kTimeoutMs));
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QCOMPARE(child.exitCode(), 1);
    QVERIFY(child.readAllStandardError().contains("could not be written"));
    const QStringList acknowledged = linesOf(child.readAllStandardOutput());
    QVERIFY(!acknowledged.isEmpty());
    QCOMPARE(idsOf(*database.load(run.id)).mid(1), acknowledged);
}

void DurabilityTest::readOnlyJournalCanBeLookedAt()
{
    QTemporaryDir folder;
    const Paths paths(folder.filePath(u"data"_s));
    SampleRun run;
    {
        JournalDatabase database(paths);
        QVERIFY(database.append(run.make(run.created())));
    }
    const auto all = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
    const auto enter = QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
    QVERIFY(QFile::setPermissions(folder.path(), all | enter | QFile::WriteOwner));
    QVERIFY(QFile::setPermissions(paths.journal(), all));
    QVERIFY(QFile::setPermissions(paths.data(), all | enter));
    QProcess child;
    child.start(kChild, {u"read"_s, paths.data()});
    QVERIFY(child.waitForFinished(kTimeoutMs));
    const QByteArray complaint = child.readAllStandardError();
    QVERIFY(QFile::setPermissions(paths.data(), all | enter | QFile::WriteOwner));
    QCOMPARE(child.readAllStandardOutput().trimmed(), QByteArray("1"));
    QCOMPARE(child.exitCode(), 1);
    QVERIFY2(complaint.contains("may only be read"), complaint.constData());
}

QTEST_GUILESS_MAIN(DurabilityTest)
#include "tst_durability.moc"
