// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "exec/execprogram.h"
#include "exec/executionfolder.h"
#include "exec/executionreport.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

const std::atomic_bool kGoOn = false;

CommandRequest request(CommandLanguage language = CommandLanguage::Shell)
{
    CommandRequest request;
    request.execution = {u"e1"_s};
    request.language = language;
    request.script = "echo \"a\" # Größe\n"_ba;
    request.workingDirectory = u"/srv"_s;
    request.applicationName = u"runsheet:1:step:2"_s;
    return request;
}

void put(const QString &name, const QByteArray &content)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray bootId()
{
    QFile file(u"/proc/sys/kernel/random/boot_id"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

/// A folder with what a finished or broken-off execution leaves there.
struct Leftovers
{
    Leftovers()
    {
        if (!folder.prepare(request()))
            qFatal("cannot prepare a folder");
    }
    void log(const QByteArray &content) const { put(folder.outputFile(), content); }
    [[nodiscard]] ExecutionReport report(const ExecutionStatus &status) const
    {
        return finalReport({{u"r"_s}, {u"e1"_s}}, folder, status, kGoOn);
    }

    QTemporaryDir base;
    ExecutionFolder folder{base.filePath(u"e"_s)};
};

ExecutionStatus ended(int exitCode)
{
    ExecutionStatus status{.state = ExecutionStatus::State::Ended};
    status.exitCode = exitCode;
    return status;
}

ExecutionStatus notStarted(const QString &stage, int number, const QString &text)
{
    ExecutionStatus status{.state = ExecutionStatus::State::CouldNotStart};
    status.stage = stage;
    status.errorNumber = number;
    status.errorText = text;
    return status;
}

} // namespace

class TestExecutionFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void keepsWhatWasApproved();
    void withoutADirectoryStartsAtHome();
    void isPreparedOnce();
    void unusableFoldersRunNothing_data();
    void unusableFoldersRunNothing();
    void commandLinesAreFixed();
    void shellGetsItsVariablesFromThePrelude();
    void psqlGetsExportedVariables();
    void looksFromOutside_data();
    void looksFromOutside();
    void readsOutputUpToALimit();
    void cancelledReadingStops();
    void tailIsTheEnd();
    void givenUpFolderHasNoSpec();
    void endsAreToldInWords_data();
    void endsAreToldInWords();
    void failedStartsAreToldInWords_data();
    void failedStartsAreToldInWords();
    void unknownEndsAreToldInWords_data();
    void unknownEndsAreToldInWords();
    void unknownEndStillDescribesTheLog();
    void reportHashesTheRecordedBytesOnly();
    void execProgramIsFound();
};

void TestExecutionFolder::cleanup()
{
    qunsetenv("RUNSHEET_EXEC");
}

void TestExecutionFolder::keepsWhatWasApproved()
{
    const Leftovers left;
    QFile script(left.folder.path() + u"/script"_s);
    QVERIFY(script.open(QIODevice::ReadOnly));
    QCOMPARE(script.readAll(), request().script);
    QCOMPARE(left.folder.startDirectory(), u"/srv"_s);
    QCOMPARE(left.folder.program(), u"bash"_s);
    for (const QString &name : {u"script"_s, u"prelude"_s, u"spec.json"_s}) {
        const auto permissions = QFile::permissions(left.folder.path() + u'/' + name);
        QVERIFY2(!(permissions & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther)),
                 qPrintable(name));
    }
}

void TestExecutionFolder::withoutADirectoryStartsAtHome()
{
    const QTemporaryDir base;
    const ExecutionFolder folder(base.filePath(u"e"_s));
    CommandRequest homeless = request();
    homeless.workingDirectory.clear();
    QVERIFY(folder.prepare(homeless));
    QCOMPARE(folder.startDirectory(), QDir::homePath());
}

void TestExecutionFolder::isPreparedOnce()
{
    const Leftovers left;
    const Result<void> again = left.folder.prepare(request());
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::Refused);
}

void TestExecutionFolder::unusableFoldersRunNothing_data()
{
    QTest::addColumn<QString>("inTheWay"); // of a folder made where a file should be
    QTest::newRow("log") << u"output.log"_s;
    QTest::newRow("reserve") << u"reserve"_s;
    QTest::newRow("spec") << u"spec.json"_s;
    QTest::newRow("prelude") << u"prelude"_s;
}

void TestExecutionFolder::unusableFoldersRunNothing()
{
    QFETCH(QString, inTheWay);
    const QTemporaryDir base;
    QVERIFY(QDir().mkdir(base.filePath(inTheWay)));
    const Result<void> prepared = ExecutionFolder(base.path()).prepare(request());
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().kind, Error::Kind::Unwritable);
    QVERIFY(prepared.error().message.contains(base.filePath(inTheWay)));
    QVERIFY(prepared.error().message.contains(u"was not started"_s));
}

void TestExecutionFolder::commandLinesAreFixed()
{
    QCOMPARE(commandLine(CommandLanguage::Shell, u"/x/script"_s),
             QStringList({u"bash"_s, u"-euo"_s, u"pipefail"_s, u"/x/script"_s}));
    QCOMPARE(
        commandLine(CommandLanguage::Sql, u"/x/script"_s),
        QStringList({u"psql"_s, u"-X"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-f"_s, u"/x/script"_s}));
}

void TestExecutionFolder::shellGetsItsVariablesFromThePrelude()
{
    CommandRequest shell = request();
    shell.environment = {{u"PGHOST"_s, u"db"_s}, {u"PAGER"_s, u"less"_s}};
    shell.variables = {
        {u"MODE"_s,
         {.value = u"live"_s, .declaration = u"declare -x MODE=\"live\""_s, .exported = true}}};
    const QProcessEnvironment environment = commandEnvironment(shell, u"/x"_s);
    QCOMPARE(environment.value(u"BASH_ENV"_s), u"/x/prelude"_s);
    QCOMPARE(environment.value(u"PGHOST"_s), u"db"_s);
    QCOMPARE(environment.value(u"PGAPPNAME"_s), u"runsheet:1:step:2"_s);
    QCOMPARE(environment.value(u"PSQL_PAGER"_s), u"cat"_s);
    QVERIFY2(environment.value(u"PAGER"_s) == u"less"_s, "the target's own word counts");
    QVERIFY(!environment.contains(u"MODE"_s));
}

void TestExecutionFolder::psqlGetsExportedVariables()
{
    CommandRequest sql = request(CommandLanguage::Sql);
    sql.variables = {
        {u"SEEN"_s, {.value = u"1"_s, .declaration = u"declare -x SEEN=\"1\""_s, .exported = true}},
        {u"LOCAL"_s, {.value = u"1"_s, .declaration = u"declare -- LOCAL=\"1\""_s}},
        {u"API_TOKEN"_s, {.value = u"••••••••"_s, .declaration = {}, .exported = true}},
        {u"PGAPPNAME"_s,
         {.value = u"x"_s, .declaration = u"declare -x PGAPPNAME=\"x\""_s, .exported = true}}};
    const QProcessEnvironment environment = commandEnvironment(sql, u"/x"_s);
    QCOMPARE(environment.value(u"SEEN"_s), u"1"_s);
    QVERIFY(!environment.contains(u"LOCAL"_s));
    QVERIFY2(!environment.contains(u"API_TOKEN"_s), "a mask is no value");
    QCOMPARE(environment.value(u"PGAPPNAME"_s), u"runsheet:1:step:2"_s);
    QVERIFY(!environment.contains(u"BASH_ENV"_s));
}

void TestExecutionFolder::looksFromOutside_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<bool>("understood");
    QTest::addColumn<bool>("damaged");
    QTest::newRow("running") << R"({"version":1,"state":"running","pid":1})"_ba << true << false;
    QTest::newRow("emptied by a power cut") << ""_ba << false << true;
    QTest::newRow("cut off") << R"({"version":1,"sta)"_ba << false << true;
    QTest::newRow("other version") << R"({"version":9,"state":"running"})"_ba << false << true;
}

void TestExecutionFolder::looksFromOutside()
{
    QFETCH(QByteArray, status);
    const Leftovers left;
    QCOMPARE(left.folder.look(), (ExecutionFolder::Sight{.exists = true}));
    put(left.folder.statusFile(), status);
    const ExecutionFolder::Sight sight = left.folder.look();
    QTEST(sight.status.has_value(), "understood");
    QTEST(sight.damaged, "damaged");
    QVERIFY(!sight.alive && !sight.watched);
    QCOMPARE(ExecutionFolder(u"/nonexistent/e"_s).look(), ExecutionFolder::Sight());
}

void TestExecutionFolder::readsOutputUpToALimit()
{
    const Leftovers left;
    left.log("one\ntwo\nthree"_ba);
    const auto hash = [](const QByteArray &bytes) {
        return QString::fromLatin1(
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    };
    QCOMPARE(left.folder.readOutput(-1, kGoOn),
             (ExecutionFolder::Output{hash("one\ntwo\nthree"_ba), 13, 2}));
    QCOMPARE(left.folder.readOutput(5, kGoOn), (ExecutionFolder::Output{hash("one\nt"_ba), 5, 1}));
    QCOMPARE(left.folder.readOutput(0, kGoOn), (ExecutionFolder::Output{hash({}), 0, 0}));
    QCOMPARE(left.folder.readOutput(99, kGoOn).bytes, 13);
}

void TestExecutionFolder::cancelledReadingStops()
{
    const Leftovers left;
    left.log("one\n"_ba);
    QCOMPARE(left.folder.readOutput(-1, true).bytes, 0);
}

void TestExecutionFolder::tailIsTheEnd()
{
    const Leftovers left;
    QCOMPARE(left.folder.outputTail(4), QByteArray());
    left.log("one\ntwo\n"_ba);
    QCOMPARE(left.folder.outputTail(4), "two\n"_ba);
    QCOMPARE(left.folder.outputTail(4096), "one\ntwo\n"_ba);
    QCOMPARE(ExecutionFolder(u"/nonexistent/e"_s).outputTail(4), QByteArray());
}

void TestExecutionFolder::givenUpFolderHasNoSpec()
{
    const Leftovers left;
    left.folder.invalidate();
    QVERIFY(!QFile::exists(left.folder.path() + u"/spec.json"_s));
    QCOMPARE(left.folder.startDirectory(), QString());
    QVERIFY(!left.folder.prepare(request()));
}

void TestExecutionFolder::endsAreToldInWords_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("background");
    QTest::addColumn<QByteArray>("log");
    QTest::addColumn<QString>("reason");
    const QString remains = u"A process that it started in the background remains."_s;
    QTest::newRow("success") << 0 << false << "x\n"_ba << QString();
    QTest::newRow("background") << 0 << true << "x\n"_ba << remains;
    QTest::newRow("failure") << 3 << false << "x\n"_ba << QString();
    QTest::newRow("not found") << 127 << false << "a\nbash: x: command not found\n\n"_ba
                               << u"command not found: 127 (bash: x: command not found)"_s;
    QTest::newRow("not executable")
        << 126 << true << "bash: x: Permission denied"_ba
        << u"command not executable: 126 (bash: x: Permission denied) "_s + remains;
    QTest::newRow("not found, silent") << 127 << false << ""_ba << u"command not found: 127"_s;
    QTest::newRow("not executable, silent")
        << 126 << false << "\n"_ba << u"command not executable: 126"_s;
}

void TestExecutionFolder::endsAreToldInWords()
{
    QFETCH(int, code);
    QFETCH(bool, background);
    QFETCH(QByteArray, log);
    const Leftovers left;
    left.log(log);
    ExecutionStatus status = ended(code);
    status.backgroundRemains = background;
    const ExecutionReport report = left.report(status);
    QTEST(report.end.reason, "reason");
    QCOMPARE(report.end.exitCode, code);
    QCOMPARE(report.end.background, background);
    QCOMPARE(report.end.outcome,
             code == 0 ? ExecutionOutcome::Succeeded : ExecutionOutcome::Failed);
    QVERIFY2(report.end.workingDirectory == u"/srv"_s, "where it began, for want of a later word");
}

void TestExecutionFolder::failedStartsAreToldInWords_data()
{
    QTest::addColumn<QString>("stage");
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no directory") << u"cwd"_s << ENOENT << u"The working directory /srv cannot"_s;
    QTest::newRow("no program") << u"program"_s << ENOENT << u"bash was not found on the PATH"_s;
    QTest::newRow("no permission") << u"program"_s << EACCES << u"bash could not be executed"_s;
    QTest::newRow("no terminal") << u"terminal"_s << ENOSPC << u"refused to start a process"_s;
    QTest::newRow("no process") << u"fork"_s << EAGAIN << u"refused to start a process"_s;
}

void TestExecutionFolder::failedStartsAreToldInWords()
{
    QFETCH(QString, stage);
    QFETCH(int, number);
    QFETCH(QString, expected);
    const Leftovers left;
    const ExecutionReport report = left.report(notStarted(stage, number, u"errno text"_s));
    QCOMPARE(report.end.outcome, ExecutionOutcome::CouldNotStart);
    QVERIFY2(report.end.reason.startsWith(expected) || report.end.reason.contains(expected),
             qPrintable(report.end.reason));
    if (number != ENOENT || stage == u"cwd"_s)
        QVERIFY(report.end.reason.contains(u"errno text"_s));
}

void TestExecutionFolder::unknownEndsAreToldInWords_data()
{
    QTest::addColumn<ExecutionFolder::Sight>("sight");
    QTest::addColumn<QString>("expected");
    ExecutionStatus running{.state = ExecutionStatus::State::Running};
    running.bootId = QString::fromLatin1(bootId());
    QTest::newRow("killed") << ExecutionFolder::Sight{.exists = true, .status = running}
                            << u"ended from outside"_s;
    running.bootId = u"another"_s;
    QTest::newRow("restarted") << ExecutionFolder::Sight{.exists = true, .status = running}
                               << u"The computer was restarted"_s;
    QTest::newRow("damaged") << ExecutionFolder::Sight{.exists = true, .damaged = true}
                             << u"cannot be read"_s;
}

void TestExecutionFolder::unknownEndsAreToldInWords()
{
    QFETCH(ExecutionFolder::Sight, sight);
    QFETCH(QString, expected);
    const Leftovers left;
    const ExecutionReport report = unknownReport({{u"r"_s}, {u"e1"_s}}, left.folder, sight, kGoOn);
    QCOMPARE(report.end.outcome, ExecutionOutcome::Unknown);
    QVERIFY2(report.end.reason.contains(expected), qPrintable(report.end.reason));
    QVERIFY(report.end.reason.contains(u"look at its log and at the target"_s));
}

void TestExecutionFolder::unknownEndStillDescribesTheLog()
{
    const Leftovers left;
    left.log("one\ntwo\n"_ba);
    const ExecutionReport report =
        unknownReport({{u"r"_s}, {u"e1"_s}}, left.folder, {.exists = true, .damaged = true}, kGoOn);
    QCOMPARE(report.run, RunId{u"r"_s});
    QCOMPARE(report.end.outputBytes, 8);
    QCOMPARE(report.end.outputLines, 2);
    QCOMPARE(report.end.outputSha256, left.folder.readOutput(-1, kGoOn).sha256);
}

/// What a process left behind writes later belongs to nobody's end.
void TestExecutionFolder::reportHashesTheRecordedBytesOnly()
{
    const Leftovers left;
    left.log("one\ntwo\n"_ba);
    ExecutionStatus status = ended(0);
    status.outputBytes = 4;
    QCOMPARE(left.report(status).end.outputSha256, left.folder.readOutput(4, kGoOn).sha256);
    QCOMPARE(left.report(status).end.outputBytes, 4);
}

void TestExecutionFolder::execProgramIsFound()
{
    const QTemporaryDir folder;
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", QFile::encodeName(folder.path()));
    QCOMPARE(findExecProgram(), QString());
    const QString program = folder.filePath(u"runsheet-exec"_s);
    put(program, "#!/bin/sh\n"_ba);
    QCOMPARE(findExecProgram(), QString()); // nobody may execute it
    QVERIFY(QFile::setPermissions(program, QFile::ReadOwner | QFile::ExeOwner));
    QCOMPARE(findExecProgram(), program);
    qputenv("RUNSHEET_EXEC", "/chosen/by/hand");
    QCOMPARE(findExecProgram(), u"/chosen/by/hand"_s);
    qunsetenv("RUNSHEET_EXEC");
    // Beside the program itself comes before the PATH.
    const QString beside = QCoreApplication::applicationDirPath() + u"/runsheet-exec"_s;
    QVERIFY(!QFile::exists(beside));
    QVERIFY(QFile::link(program, beside));
    const QString found = findExecProgram();
    QFile::remove(beside);
    QCOMPARE(found, QFileInfo(program).canonicalFilePath());
    qputenv("PATH", path);
}

QTEST_GUILESS_MAIN(TestExecutionFolder)
#include "tst_executionfolder.moc"
