// SPDX-License-Identifier: Apache-2.0
//
// What runsheet-exec and the program that starts it say to each other through files: each is
// written by one and read by the other.
#include "exec/executionfolder.h"
#include "outputlog.h"
#include "spec.h"
#include "status.h"
#include "supervisor.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <poll.h>
#include <sys/wait.h>

#include <array>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

exec::Folder opened(const QString &folder)
{
    return *exec::Folder::open(QFile::encodeName(folder).constData());
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &name, const QByteArray &content)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

exec::Status someStatus()
{
    return {.execution = "e1",
            .pid = 4242,
            .started = {.tv_sec = 1'767'225'600, .tv_nsec = 7'000'000},
            .startedMicros = 1'000'000};
}

int exitedWith(int code)
{
    return code << 8; // as wait() has it
}

} // namespace

class TestSupervisorFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preparedSpecIsUnderstood();
    void brokenSpecsAreRefused_data();
    void brokenSpecsAreRefused();
    void statusesAreUnderstood();
    void endingsAreUnderstood_data();
    void endingsAreUnderstood();
    void failedStartsAreUnderstood();
    void strangeNamesStayReadable();
    void outputIsCounted_data();
    void outputIsCounted();
    void fullDiskIsCountedAndTriedAgain();
    void stampsTellWhenOutputCame();
    void noStampIsAfterTheEnd();
    void logWithoutAFolderIsNotOpen();
    void filesAreReplacedWhole();
    void failedReplaceKeepsTheOldFile();
    void lockIsSeenFromOutside();
    void lockWaitsForALookerOn();
    void onlyFoldersAreOpened();
    void folderGivenUpMeanwhileRunsNothing();
    void failedStartSaysAtWhichStage_data();
    void failedStartSaysAtWhichStage();
    void startedProgramHasItsOutputHere();
};

void TestSupervisorFiles::preparedSpecIsUnderstood()
{
    const QTemporaryDir base;
    const ExecutionFolder folder(base.filePath(u"e"_s));
    CommandRequest request;
    request.execution = {u"e-7"_s};
    request.language = CommandLanguage::Sql;
    request.workingDirectory = u"/srv/Größe \"x\""_s;
    request.terminal = false;
    QVERIFY(folder.prepare(request));
    const auto spec = exec::readSpec(opened(folder.path()));
    QVERIFY(spec);
    QCOMPARE(QString::fromStdString(spec->execution), u"e-7"_s);
    QCOMPARE(QString::fromStdString(spec->cwd), request.workingDirectory);
    QVERIFY(!spec->terminal);
    QCOMPARE(spec->columns, 120);
    QCOMPARE(spec->rows, 40);
    QStringList argv;
    for (const std::string &word : spec->argv)
        argv += QString::fromStdString(word);
    QCOMPARE(argv, commandLine(CommandLanguage::Sql, folder.path() + u"/script"_s));
}

void TestSupervisorFiles::brokenSpecsAreRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray whole =
        R"({"version":1,"execution":"e","argv":["true"],"cwd":"/","tty":true,"columns":80,"rows":24})"_ba;
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << whole.chopped(9);
    QTest::newRow("no object") << "[1]"_ba;
    QTest::newRow("other version") << QByteArray(whole).replace(":1,", ":2,");
    QTest::newRow("no program") << QByteArray(whole).replace("\"true\"", "");
    QTest::newRow("program is a number") << QByteArray(whole).replace("\"true\"", "7");
    QTest::newRow("no folder") << QByteArray(whole).replace("cwd", "dir");
    QTest::newRow("tty is a word") << QByteArray(whole).replace("true,", "\"yes\",");
}

void TestSupervisorFiles::brokenSpecsAreRefused()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    QVERIFY(!exec::readSpec(opened(folder.path())));
    put(folder.filePath(u"spec.json"_s), content);
    QVERIFY(!exec::readSpec(opened(folder.path())));
}

void TestSupervisorFiles::statusesAreUnderstood()
{
    const auto starting =
        parseStatus(QByteArray::fromStdString(exec::startingStatus(someStatus())));
    QVERIFY(starting);
    QCOMPARE(starting->state, ExecutionStatus::State::Starting);
    QVERIFY(starting->unmaskable.isEmpty());
    exec::Status told = someStatus();
    told.unmaskable = {"PIN", "TOKEN"};
    QCOMPARE(parseStatus(QByteArray::fromStdString(exec::runningStatus(told)))->unmaskable,
             (QStringList{u"PIN"_s, u"TOKEN"_s}));
    const QByteArray text = QByteArray::fromStdString(exec::runningStatus(someStatus()));
    const auto running = parseStatus(text);
    QVERIFY(running);
    QCOMPARE(running->state, ExecutionStatus::State::Running);
    QCOMPARE(running->pid, 4242);
    QCOMPARE(running->bootId.toLatin1(), contentOf(u"/proc/sys/kernel/random/boot_id"_s).trimmed());
    QVERIFY2(text.contains("\"2026-01-01T00:00:00.007Z\""), text.constData());
}

void TestSupervisorFiles::endingsAreUnderstood_data()
{
    QTest::addColumn<int>("waitStatus");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<int>("signal");
    QTest::newRow("success") << exitedWith(0) << 0 << 0;
    QTest::newRow("failure") << exitedWith(3) << 3 << 0;
    QTest::newRow("highest") << exitedWith(255) << 255 << 0;
    QTest::newRow("killed") << SIGKILL << -1 << SIGKILL;
    QTest::newRow("core dumped") << (SIGSEGV | 0x80) << -1 << SIGSEGV;
}

void TestSupervisorFiles::endingsAreUnderstood()
{
    QFETCH(int, waitStatus);
    QFETCH(int, exitCode);
    QFETCH(int, signal);
    const QTemporaryDir folder;
    exec::OutputLog log(opened(folder.path()));
    log.append(std::span("one\ntwo", 7));
    const auto status = parseStatus(QByteArray::fromStdString(exec::endedStatus(
        someStatus(),
        {.waitStatus = waitStatus, .usage = {}, .endedMicros = 3'500'000, .background = true},
        log)));
    QVERIFY(status);
    QVERIFY(status->isFinal());
    QCOMPARE(status->exitCode.value_or(-1), exitCode);
    QCOMPARE(status->signal.value_or(0), signal);
    QCOMPARE(status->durationMicros, 2'500'000);
    QCOMPARE(status->outputBytes, 7);
    QCOMPARE(status->outputLines, 2);
    QCOMPARE(status->droppedBytes, 0);
    QVERIFY(status->backgroundRemains);
}

void TestSupervisorFiles::failedStartsAreUnderstood()
{
    using Stage = exec::StartFailure::Stage;
    for (const auto &[stage, word] :
         {std::pair{Stage::Terminal, u"terminal"_s}, std::pair{Stage::Fork, u"fork"_s},
          std::pair{Stage::WorkingDirectory, u"cwd"_s}, std::pair{Stage::Program, u"program"_s}}) {
        const auto status = parseStatus(QByteArray::fromStdString(
            exec::couldNotStartStatus(someStatus(), {.stage = stage, .error = EACCES})));
        QVERIFY(status);
        QCOMPARE(status->state, ExecutionStatus::State::CouldNotStart);
        QCOMPARE(status->stage, word);
        QCOMPARE(status->errorNumber, EACCES);
        QCOMPARE(status->errorText, u"Permission denied"_s);
    }
}

void TestSupervisorFiles::strangeNamesStayReadable()
{
    exec::Status status = someStatus();
    status.execution = "a\xff\"\n";
    QVERIFY(parseStatus(QByteArray::fromStdString(exec::runningStatus(status))));
}

void TestSupervisorFiles::outputIsCounted_data()
{
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::addColumn<int>("lines");
    QTest::newRow("nothing") << QByteArrayList() << 0;
    QTest::newRow("empty piece") << QByteArrayList{""} << 0;
    QTest::newRow("one line") << QByteArrayList{"a\n"} << 1;
    QTest::newRow("no last newline") << QByteArrayList{"a\n", "b"} << 2;
    QTest::newRow("line in pieces") << QByteArrayList{"a", "", "b", "c\n"} << 1;
    QTest::newRow("only newlines") << QByteArrayList{"\n\n", "\n"} << 3;
    QTest::newRow("zero bytes") << QByteArrayList{QByteArray("\0\n\0", 3)} << 2;
}

void TestSupervisorFiles::outputIsCounted()
{
    QFETCH(QByteArrayList, pieces);
    QFETCH(int, lines);
    const QTemporaryDir folder;
    exec::OutputLog log(opened(folder.path()));
    QVERIFY(log.isOpen());
    for (const QByteArray &piece : pieces)
        log.append({piece.constData(), static_cast<size_t>(piece.size())});
    log.sync();
    QCOMPARE(log.lines(), lines);
    QCOMPARE(log.bytes(), pieces.join().size());
    QCOMPARE(contentOf(folder.filePath(u"output.log"_s)), pieces.join());
}

void TestSupervisorFiles::fullDiskIsCountedAndTriedAgain()
{
    const QTemporaryDir folder;
    QVERIFY(QFile::link(u"/dev/full"_s, folder.filePath(u"output.log"_s)));
    exec::OutputLog log(opened(folder.path()));
    QVERIFY(log.isOpen());
    log.append(std::span("one\n", 4));
    log.append(std::span("two\n", 4));
    QCOMPARE(log.dropped(), 8);
    QCOMPARE(log.bytes(), 0);
    QCOMPARE(log.lines(), 0);
}

void TestSupervisorFiles::stampsTellWhenOutputCame()
{
    const QTemporaryDir folder;
    exec::OutputLog log(opened(folder.path()));
    log.setStart(exec::nowMicros() - 5'000'000);
    log.append(std::span("first\n", 6));
    log.append(std::span("at once\n", 8)); // within the same stamp
    QTRY_VERIFY(
        (log.append(std::span("x", 1)), contentOf(folder.filePath(u"timing"_s)).count('\n') == 2));
    const QByteArrayList stamps = contentOf(folder.filePath(u"timing"_s)).split('\n');
    QCOMPARE(stamps.at(0).split(' ').at(0), "0"_ba);
    const qint64 first = stamps.at(0).split(' ').at(1).toLongLong();
    QVERIFY(first >= 5'000'000);
    QVERIFY(stamps.at(1).split(' ').at(0).toLongLong() >= 14);
    QVERIFY(stamps.at(1).split(' ').at(1).toLongLong() >= first + 10'000);
}

/// What the terminal still held is read when the command's end is known already.
void TestSupervisorFiles::noStampIsAfterTheEnd()
{
    const QTemporaryDir folder;
    exec::OutputLog log(opened(folder.path()));
    const int64_t now = exec::nowMicros();
    log.setStart(now - 5'000'000);
    log.setEnd(now - 1'000'000);
    log.append(std::span("last words\n", 11));
    QCOMPARE(contentOf(folder.filePath(u"timing"_s)), "0 4000000\n"_ba);
}

void TestSupervisorFiles::logWithoutAFolderIsNotOpen()
{
    const QTemporaryDir folder;
    QVERIFY(QDir().mkdir(folder.filePath(u"timing"_s)));
    const exec::OutputLog log(opened(folder.path()));
    QVERIFY(!log.isOpen());
}

void TestSupervisorFiles::filesAreReplacedWhole()
{
    using Durability = exec::Folder::Durability;
    const QTemporaryDir base;
    const exec::Folder folder = opened(base.path());
    QVERIFY(!folder.contains("status.json"));
    QVERIFY(!folder.read("status.json"));
    for (const Durability durability : {Durability::None, Durability::Name, Durability::Content}) {
        const std::string content(10'000, static_cast<char>('a' + static_cast<int>(durability)));
        QVERIFY(folder.replace("status.json", content, durability));
        QCOMPARE(folder.read("status.json"), std::optional(content));
    }
    QCOMPARE(QDir(base.path()).entryList(QDir::Files), QStringList{u"status.json"_s});
    const auto kept = QFile::permissions(base.filePath(u"status.json"_s));
    QVERIFY(!(kept & (QFile::ReadGroup | QFile::ReadOther)));
    folder.remove("status.json");
    QVERIFY(!folder.contains("status.json"));
}

void TestSupervisorFiles::failedReplaceKeepsTheOldFile()
{
    const QTemporaryDir base;
    const exec::Folder folder = opened(base.path());
    QVERIFY(folder.replace("status.json", "old", exec::Folder::Durability::None));
    QVERIFY(QFile::link(u"/dev/full"_s, base.filePath(u"status.json.tmp"_s)));
    QVERIFY(!folder.replace("status.json", "new", exec::Folder::Durability::Content));
    QCOMPARE(folder.read("status.json"), std::optional(std::string("old")));
}

void TestSupervisorFiles::lockIsSeenFromOutside()
{
    const QTemporaryDir base;
    const exec::Folder folder = opened(base.path());
    QVERIFY(!folder.isLocked("lock"));
    exec::UniqueFd lock = folder.lock("lock");
    QVERIFY(lock.isValid());
    QVERIFY(folder.isLocked("lock"));
    QVERIFY(ExecutionFolder(base.path()).look().alive);
    QVERIFY(!ExecutionFolder(base.path()).look().watched);
    lock.reset();
    QVERIFY(!folder.isLocked("lock"));
    QVERIFY(!ExecutionFolder(base.path()).look().alive);
}

void TestSupervisorFiles::lockWaitsForALookerOn()
{
    const QTemporaryDir base;
    const exec::Folder folder = opened(base.path());
    const exec::UniqueFd held = folder.lock("owner");
    QVERIFY(held.isValid());
    QVERIFY2(!folder.lock("owner").isValid(), "a lock has one owner");
    QVERIFY(!folder.lock("no/such/place").isValid());
}

void TestSupervisorFiles::onlyFoldersAreOpened()
{
    QVERIFY(!exec::Folder::open("/nonexistent"));
    QVERIFY(!exec::Folder::open("/etc/passwd"));
}

/// The program that asked has given up while this one, spec in hand, was slow to come.
void TestSupervisorFiles::folderGivenUpMeanwhileRunsNothing()
{
    const QTemporaryDir base;
    const ExecutionFolder folder(base.filePath(u"e"_s));
    CommandRequest request;
    request.script = "touch ran\n"_ba;
    request.workingDirectory = base.path();
    request.terminal = false;
    QVERIFY(folder.prepare(request));
    auto spec = exec::readSpec(opened(folder.path()));
    QVERIFY(spec);
    folder.invalidate();
    QCOMPARE(exec::Supervisor(opened(folder.path()), std::move(*spec)).run(), EXIT_FAILURE);
    QVERIFY(!QFile::exists(base.filePath(u"ran"_s)));
    QVERIFY(!QFile::exists(folder.statusFile()));
    QVERIFY(!folder.look().alive);
}

void TestSupervisorFiles::failedStartSaysAtWhichStage_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QByteArray>("folder");
    QTest::addColumn<QByteArray>("stage");
    QTest::addColumn<int>("error");
    QTest::newRow("no folder") << "true"_ba
                               << "/nonexistent"_ba
                               << "cwd"_ba << ENOENT;
    QTest::newRow("folder is a file") << "true"_ba
                                      << "/etc/passwd"_ba
                                      << "cwd"_ba << ENOTDIR;
    QTest::newRow("no program") << "nosuchtool"_ba
                                << "/"_ba
                                << "program"_ba << ENOENT;
    QTest::newRow("not executable") << "/etc/passwd"_ba
                                    << "/"_ba
                                    << "program"_ba << EACCES;
}

void TestSupervisorFiles::failedStartSaysAtWhichStage()
{
    QFETCH(QByteArray, program);
    QFETCH(QByteArray, folder);
    const QTemporaryDir base;
    const exec::UniqueFd lock = opened(base.path()).lock("lock");
    const auto outcome = exec::startChild({.execution = {},
                                           .argv = {program.toStdString()},
                                           .cwd = folder.toStdString(),
                                           .terminal = false},
                                          lock.get());
    const auto *failure = std::get_if<exec::StartFailure>(&outcome);
    QVERIFY(failure);
    QTEST(QByteArray(exec::stageName(failure->stage)), "stage");
    QTEST(failure->error, "error");
    QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1); // nothing is left to collect
}

void TestSupervisorFiles::startedProgramHasItsOutputHere()
{
    const QTemporaryDir base;
    const exec::UniqueFd lock = opened(base.path()).lock("lock");
    auto outcome = exec::startChild({.execution = {},
                                     .argv = {"sh", "-c", "pwd; read x || echo no input >&2"},
                                     .cwd = "/usr",
                                     .terminal = false},
                                    lock.get());
    auto *child = std::get_if<exec::Child>(&outcome);
    QVERIFY(child);
    QByteArray output;
    std::array<char, 64> block{};
    pollfd readable{.fd = child->output.get(), .events = POLLIN, .revents = 0};
    ssize_t got = 0;
    while (::poll(&readable, 1, 20'000) > 0
           && (got = ::read(child->output.get(), block.data(), block.size())) > 0)
        output.append(block.data(), got);
    QCOMPARE(output, "/usr\nno input\n"_ba);
    int status = -1;
    QCOMPARE(::waitpid(child->pid, &status, 0), child->pid);
    QCOMPARE(status, 0);
}

QTEST_GUILESS_MAIN(TestSupervisorFiles)
#include "tst_supervisorfiles.moc"
