// SPDX-License-Identifier: Apache-2.0
#include "terminalstate.h"

#include "processes.h"

#include <nlohmann/json.hpp>

#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

namespace runsheet::exec
{

namespace
{

/// How long a command must have been silent, and how often it is looked at while it is.
constexpr int64_t kSilenceMicros = 150'000;
constexpr int64_t kAgainMicros = 500'000;

/// The system call that a process is in, and its first argument.
struct Call
{
    long number = -1;
    unsigned long argument = 0;
};

std::optional<Call> callOf(pid_t pid)
{
    std::istringstream text(contentOf(procFile(pid, "syscall")));
    Call call;
    text >> call.number >> std::hex >> call.argument;
    return text.fail() ? std::nullopt : std::optional(call);
}

bool isTerminal(pid_t pid, unsigned long descriptor, const std::string &terminal)
{
    std::array<char, 64> target{};
    const std::string link = procFile(pid, "fd/" + std::to_string(descriptor));
    const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
    const std::string_view name(target.data(), static_cast<size_t>(std::max<ssize_t>(length, 0)));
    return name == terminal || name == "/dev/tty";
}

bool waitsForAnything(long call)
{
    constexpr std::array kCalls{
#ifdef SYS_poll
        long{SYS_poll}, long{SYS_select},
#endif
        long{SYS_ppoll}, long{SYS_pselect6}};
    return std::ranges::find(kCalls, call) != kCalls.end();
}

bool waitsForInput(pid_t pid, const std::string &terminal, bool lineEditor)
{
    const std::optional<Call> call = callOf(pid);
    if (!call)
        return false;
    if (call->number == SYS_read)
        return isTerminal(pid, call->argument, terminal);
    return lineEditor && waitsForAnything(call->number) && isTerminal(pid, STDIN_FILENO, terminal);
}

std::string terminalName(int master)
{
    std::array<char, 64> name{};
    return ::ptsname_r(master, name.data(), name.size()) == 0 ? name.data() : std::string();
}

} // namespace

bool hidesTyping(int terminal)
{
    termios settings{};
    return ::tcgetattr(terminal, &settings) == 0 && (settings.c_lflag & ICANON) != 0
        && (settings.c_lflag & ECHO) == 0;
}

TerminalState terminalState(int terminal, pid_t command)
{
    TerminalState state{.stopped = processState(command).state == 'T'};
    termios settings{};
    if (::tcgetattr(terminal, &settings) != 0)
        return state;
    const bool takesLines = (settings.c_lflag & ICANON) != 0;
    // A line editor shows what is typed itself.
    state.echo = (settings.c_lflag & ECHO) != 0 || !takesLines;
    const std::string name = terminalName(terminal);
    const pid_t foreground = ::tcgetpgrp(terminal);
    state.waiting = !state.echo;
    for (const pid_t pid : descendants()) {
        if (processState(pid).group == foreground)
            state.waiting = state.waiting || waitsForInput(pid, name, !takesLines);
    }
    return state;
}

void TerminalWatch::noteActivity(int64_t nowMicros)
{
    m_nextLook = nowMicros + kSilenceMicros;
}

void TerminalWatch::look(const Folder &folder, int terminal, pid_t command, int64_t nowMicros)
{
    if (nowMicros < m_nextLook)
        return;
    m_nextLook = nowMicros + kAgainMicros;
    const TerminalState state = terminalState(terminal, command);
    if (state == m_written)
        return;
    m_written = state;
    const nlohmann::ordered_json object = {
        {"echo", state.echo}, {"waiting", state.waiting}, {"stopped", state.stopped}};
    // Nobody depends on it: on a full disk the window shows the state before.
    static_cast<void>(folder.replace("terminal", object.dump(), Folder::Durability::None));
}

} // namespace runsheet::exec
