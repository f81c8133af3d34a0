// SPDX-License-Identifier: Apache-2.0
#include "exec/detachedprocess.h"
#include "exec/execprogram.h"
#include "exec/executionfolder.h"
#include "support/benchreport.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr int kLines = 1'000'000;
constexpr int kRounds = 3;
constexpr int kSpawns = 20;
constexpr size_t kBlock = 65536;

enum class Channel
{
    Terminal,
    Pipe
};

/// A million lines of about 110 bytes, as a verbose migration prints them.
void writeLines(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(name));
    const QByteArray rest(96, 'x');
    for (int i = 0; i < kLines; ++i)
        file.write(QByteArray::number(1'000'000'000 + i) + ' ' + rest + '\n');
}

/// The floor: what has the other end of the terminal or pipe, and nothing else, can do.
void drainInto(int from, const QString &name)
{
    const int to =
        ::open(QFile::encodeName(name).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    std::vector<char> block(kBlock);
    ssize_t got = 0;
    while ((got = ::read(from, block.data(), block.size())) > 0) {
        if (::write(to, block.data(), static_cast<size_t>(got)) != got)
            break;
    }
    ::close(to);
}

[[noreturn]] void becomeShell(const QByteArray &script)
{
    ::execlp("bash", "bash", "-c", script.constData(), nullptr);
    ::_exit(127);
}

void bareTerminal(const QByteArray &script, const QString &output)
{
    int master = -1;
    const pid_t pid = ::forkpty(&master, nullptr, nullptr, nullptr);
    if (pid == 0) {
        termios settings{};
        ::tcgetattr(STDOUT_FILENO, &settings);
        settings.c_oflag &= static_cast<tcflag_t>(~OPOST);
        ::tcsetattr(STDOUT_FILENO, TCSANOW, &settings);
        becomeShell(script);
    }
    drainInto(master, output);
    ::close(master);
    ::waitpid(pid, nullptr, 0);
}

void barePipe(const QByteArray &script, const QString &output)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        qFatal("no pipe");
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        becomeShell(script);
    }
    ::close(ends[1]);
    drainInto(ends[0], output);
    ::close(ends[0]);
    ::waitpid(pid, nullptr, 0);
}

CommandRequest requestFor(const QByteArray &script, Channel channel)
{
    CommandRequest request;
    request.run = RunId::create();
    request.execution = ExecutionId::create();
    request.script = script;
    request.workingDirectory = u"/"_s;
    request.terminal = channel == Channel::Terminal;
    return request;
}

QByteArrayList environmentOf(const CommandRequest &request, const ExecutionFolder &folder)
{
    QByteArrayList variables;
    for (const QString &variable : commandEnvironment(request, folder.path()).toStringList())
        variables += variable.toLocal8Bit();
    return variables;
}

QProcess *launch(const CommandRequest &request, const ExecutionFolder &folder, QObject *owner)
{
    if (!folder.prepare(request))
        qFatal("cannot prepare %s", qPrintable(folder.path()));
    auto *process = new QProcess(owner);
    process->setProcessEnvironment(commandEnvironment(request, folder.path()));
    process->start(findExecProgram(), {folder.path()});
    return process;
}

/// Milliseconds until the end is recorded.
double throughExec(const QByteArray &script, const QString &path, Channel channel)
{
    QObject owner;
    const ExecutionFolder folder(path);
    QProcess *process = nullptr;
    std::optional<ExecutionStatus> status;
    const double taken = bench::milliseconds([&] {
        process = launch(requestFor(script, channel), folder, &owner);
        while (!status || !status->isFinal()) {
            ::poll(nullptr, 0, 1);
            status = folder.look().status;
        }
    });
    if (status->exitCode != 0 || status->outputLines != kLines)
        qFatal("the log is not complete");
    process->waitForFinished(-1);
    return taken;
}

/// Until the marker's folder entry appears: the command itself has begun.
double untilMarker(const QString &marker, const std::function<void()> &begin)
{
    return bench::milliseconds([&] {
        begin();
        while (!QFile::exists(marker))
            ::poll(nullptr, 0, 0);
    });
}

void benchFlood(const QTemporaryDir &folder, Channel channel)
{
    const QString lines = folder.filePath(u"lines"_s);
    const QByteArray script = "cat "_ba + QFile::encodeName(lines);
    std::vector<double> ours;
    std::vector<double> floor;
    const QString name = channel == Channel::Terminal ? u"terminal"_s : u"pipe"_s;
    for (int round = 0; round < kRounds; ++round) {
        const QString output = folder.filePath(u"bare"_s);
        floor.push_back(bench::milliseconds([&] {
            channel == Channel::Terminal ? bareTerminal(script, output) : barePipe(script, output);
        }));
        const QString path = folder.filePath(name + QString::number(round));
        ours.push_back(throughExec(script, path, channel));
        QFile::remove(output);
        QFile::remove(path + u"/output.log"_s);
    }
    const double value = bench::median(ours);
    const double reference = bench::median(floor);
    const double aim = channel == Channel::Terminal ? 1.2 : 1.5;
    bench::report({.name = u"a million lines, "_s + name,
                   .value = value,
                   .unit = u"ms"_s,
                   .reference = u"bare drain"_s,
                   .referenceValue = reference,
                   .aim = u"≤ %1×"_s.arg(aim),
                   .met = value <= aim * reference});
}

/// What else keeps a command's output in a file through a terminal.
void benchScript(const QTemporaryDir &folder)
{
    if (QStandardPaths::findExecutable(u"script"_s).isEmpty())
        return;
    const QString lines = folder.filePath(u"lines"_s);
    const QString command = u"cat "_s + lines;
    std::vector<double> ours;
    std::vector<double> peer;
    for (int round = 0; round < kRounds; ++round) {
        const QString output = folder.filePath(u"typescript"_s);
        QProcess script;
        script.setStandardOutputFile(QProcess::nullDevice());
        peer.push_back(bench::milliseconds([&] {
            script.start(u"script"_s, {u"-qec"_s, command, output});
            script.waitForFinished(-1);
        }));
        const QString path = folder.filePath(u"beside%1"_s.arg(round));
        ours.push_back(throughExec(command.toUtf8(), path, Channel::Terminal));
        QFile::remove(output);
        QFile::remove(path + u"/output.log"_s);
    }
    bench::report({.name = u"a million lines, beside script"_s,
                   .value = bench::median(ours),
                   .unit = u"ms"_s,
                   .reference = u"script"_s,
                   .referenceValue = bench::median(peer),
                   .aim = {},
                   .met = true});
}

void benchSpawn(const QTemporaryDir &folder)
{
    std::vector<double> ours;
    std::vector<double> floor;
    for (int i = 0; i < kSpawns; ++i) {
        QObject owner;
        QProcess bare;
        const QString marker = folder.filePath(u"marker%1"_s.arg(i));
        const QByteArray script = ": >"_ba + QFile::encodeName(marker);
        floor.push_back(untilMarker(marker, [&] {
            bare.start(u"bash"_s, {u"-c"_s, QString::fromUtf8(script)});
        }));
        bare.waitForFinished(-1);
        QFile::remove(marker);
        const ExecutionFolder target(folder.filePath(u"spawn%1"_s.arg(i)));
        ours.push_back(untilMarker(marker, [&] {
            const CommandRequest request = requestFor(script, Channel::Terminal);
            if (!target.prepare(request)
                || !startDetached({.program = findExecProgram(),
                                   .arguments = {u"--detach"_s, target.path()},
                                   .environment = environmentOf(request, target),
                                   .input = {}}))
                qFatal("cannot start in %s", qPrintable(target.path()));
        }));
        while (target.look().alive)
            ::poll(nullptr, 0, 1);
    }
    const double value = bench::median(ours);
    const double reference = bench::median(floor);
    bench::report({.name = u"spawn to first effect of the command"_s,
                   .value = value,
                   .unit = u"ms"_s,
                   .reference = u"bash -c"_s,
                   .referenceValue = reference,
                   .aim = u"≤ 5 ms more"_s,
                   .met = value <= reference + 5});
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    if (findExecProgram().isEmpty())
        qputenv("RUNSHEET_EXEC", RUNSHEET_EXEC_PROGRAM);
    writeLines(folder.filePath(u"lines"_s));
    benchFlood(folder, Channel::Terminal);
    benchFlood(folder, Channel::Pipe);
    benchScript(folder);
    benchSpawn(folder);
    return 0;
}
