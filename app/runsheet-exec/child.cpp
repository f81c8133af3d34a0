// SPDX-License-Identifier: Apache-2.0
#include "child.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <optional>

namespace runsheet::exec
{

namespace
{

using Stage = StartFailure::Stage;

/// Out of the way of scripts that say "exec 3>file", which would give the lock away.
constexpr int kLockFd = 200;

struct Streams
{
    UniqueFd ours;
    UniqueFd theirs; ///< the command's standard output and error, and with a terminal its input
};

/// Output comes as it was written: without this the terminal turns every \n into \r\n.
bool makeTransparent(int slave)
{
    termios settings{};
    if (::tcgetattr(slave, &settings) != 0)
        return false;
    settings.c_oflag &= static_cast<tcflag_t>(~OPOST);
    settings.c_iflag |= IUTF8;
    return ::tcsetattr(slave, TCSANOW, &settings) == 0;
}

std::optional<Streams> openTerminal(const Spec &spec)
{
    Streams streams{.ours = UniqueFd(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)), .theirs = {}};
    const int master = streams.ours.get();
    std::array<char, 64> name{};
    if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0
        || ::ptsname_r(master, name.data(), name.size()) != 0)
        return std::nullopt;
    streams.theirs.reset(::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC));
    const int slave = streams.theirs.get();
    winsize size{};
    size.ws_col = spec.columns;
    size.ws_row = spec.rows;
    if (slave < 0 || !makeTransparent(slave) || ::ioctl(slave, TIOCSWINSZ, &size) != 0
        || ::ioctl(slave, TIOCSCTTY, 0) != 0)
        return std::nullopt;
    return streams;
}

std::optional<Streams> openPipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return std::nullopt;
    Streams streams{.ours = UniqueFd(ends[0]), .theirs = UniqueFd(ends[1])};
    constexpr int kPipeSize = 1 << 20; // fewer switches between writer and reader; may be refused
    ::fcntl(streams.ours.get(), F_SETPIPE_SZ, kPipeSize);
    return streams;
}

std::optional<Streams> openStreams(const Spec &spec)
{
    std::optional<Streams> streams = spec.terminal ? openTerminal(spec) : openPipe();
    if (streams && ::fcntl(streams->ours.get(), F_SETFL, O_NONBLOCK) != 0)
        return std::nullopt;
    return streams;
}

// From here on in the new process, up to exec.

[[noreturn]] void giveUp(int report, Stage stage)
{
    const StartFailure failure{.stage = stage, .error = errno};
    const ssize_t ignored = ::write(report, &failure, sizeof failure);
    static_cast<void>(ignored);
    ::_exit(127);
}

void resetSignals()
{
    for (int number = 1; number < NSIG; ++number)
        ::signal(number, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

void arrangeDescriptors(const Spec &spec, const Streams &streams, int lock)
{
    const int input =
        spec.terminal ? streams.theirs.get() : ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::dup2(input, STDIN_FILENO);
    ::dup2(streams.theirs.get(), STDOUT_FILENO);
    ::dup2(streams.theirs.get(), STDERR_FILENO);
    if (::dup2(lock, kLockFd) < 0) // a limit below 200 open files
        ::fcntl(lock, F_SETFD, 0);
}

[[noreturn]] void becomeCommand(const Spec &spec, const Streams &streams, int lock, int report)
{
    ::setpgid(0, 0);
    // Also done by nobody else, so that a program that reads at once is already in the foreground.
    if (spec.terminal)
        ::tcsetpgrp(streams.theirs.get(), ::getpid());
    arrangeDescriptors(spec, streams, lock);
    if (::chdir(spec.cwd.c_str()) != 0)
        giveUp(report, Stage::WorkingDirectory);
    std::vector<char *> arguments;
    for (const std::string &argument : spec.argv)
        arguments.push_back(const_cast<char *>(argument.c_str())); // NOLINT: execvp changes nothing
    arguments.push_back(nullptr);
    resetSignals();
    ::execvp(arguments.front(), arguments.data());
    giveUp(report, Stage::Program);
}

/// The report pipe closes without a word when exec succeeds.
std::optional<StartFailure> readReport(int report)
{
    StartFailure failure;
    ssize_t got = 0;
    do {
        got = ::read(report, &failure, sizeof failure);
    } while (got < 0 && errno == EINTR);
    return got == static_cast<ssize_t>(sizeof failure) ? std::optional(failure) : std::nullopt;
}

} // namespace

const char *stageName(StartFailure::Stage stage)
{
    switch (stage) {
    case Stage::Terminal:
        return "terminal";
    case Stage::Fork:
        return "fork";
    case Stage::WorkingDirectory:
        return "cwd";
    case Stage::Program:
        return "program";
    }
    return "";
}

std::variant<Child, StartFailure> startChild(const Spec &spec, int lock)
{
    std::optional<Streams> streams = openStreams(spec);
    std::array<int, 2> report{};
    if (!streams || ::pipe2(report.data(), O_CLOEXEC) != 0)
        return StartFailure{.stage = Stage::Terminal, .error = errno};
    const UniqueFd reportReader(report[0]);
    UniqueFd reportWriter(report[1]);
    const pid_t pid = ::fork();
    if (pid < 0)
        return StartFailure{.stage = Stage::Fork, .error = errno};
    if (pid == 0)
        becomeCommand(spec, *streams, lock, reportWriter.get());
    reportWriter.reset();
    if (const std::optional<StartFailure> failure = readReport(reportReader.get())) {
        ::waitpid(pid, nullptr, 0);
        return *failure;
    }
    return Child{.pid = pid, .output = std::move(streams->ours)};
}

} // namespace runsheet::exec
