// SPDX-License-Identifier: Apache-2.0
#include "supervisor.h"

#include "leftstate.h"
#include "processes.h"
#include "secrets.h"

#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace runsheet::exec
{

namespace
{

constexpr size_t kBlock = 65536;
/// How long output may still come after the command's own end while a background process keeps
/// the terminal open.
constexpr int64_t kDrainMicros = 200'000;
/// Then it ends in any case, also when that process prints without a pause.
constexpr int64_t kLongestDrainMicros = 2'000'000;
/// A program may close its terminal and open it again; nothing tells when, so look now and then.
constexpr int kReopenedPollMs = 100;
/// Output held back because it may be the beginning of a secret shows after this, as a prompt must.
constexpr int kPromptMs = 40;
constexpr int64_t kPromptMicros = kPromptMs * 1000;
/// How often it is looked whether what a command left behind still lives.
constexpr int kLeftoversPollMs = 1000;
constexpr int kStatusAttempts = 600;
constexpr int kStatusPauseMs = 1000;

UniqueFd childEvents()
{
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
    return UniqueFd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

bool asksToEnd(int signal)
{
    return signal == SIGINT || signal == SIGTERM || signal == SIGHUP || signal == SIGQUIT;
}

} // namespace

Supervisor::Supervisor(Folder folder, Spec spec, std::vector<redaction::Secret> secrets)
    : m_folder(std::move(folder))
    , m_spec(std::move(spec))
    , m_secrets(std::move(secrets))
    , m_buffer(kBlock)
{
    m_status.execution = m_spec.execution;
    m_status.unmaskable = unmaskableNames(m_secrets);
}

int Supervisor::run()
{
    if (!claimFolder())
        return EXIT_FAILURE;
    if (!startCommand())
        return EXIT_SUCCESS;
    superviseUntilEnd();
    recordEnd();
    serveLeftovers();
    return EXIT_SUCCESS;
}

/// A folder with a status was used before: its command never runs a second time. One that takes no
/// log or status never runs its command at all. One whose spec is gone was given up while this
/// process was slow to come: looked at under the lock, because whoever gives up looks for the lock
/// after taking the spec away.
bool Supervisor::claimFolder()
{
    m_owner = m_folder.lock("owner");
    m_lock = m_folder.lock("lock");
    if (!m_owner.isValid() || !m_lock.isValid() || m_folder.contains("status.json")
        || !m_folder.contains("spec.json"))
        return false;
    m_childEvents = childEvents();
    m_log.emplace(m_folder);
    m_control.emplace(m_folder);
    ::clock_gettime(CLOCK_REALTIME, &m_status.started);
    return m_childEvents.isValid() && m_log->isOpen()
        && m_folder.replace("status.json", startingStatus(m_status), Folder::Durability::Name);
}

bool Supervisor::startCommand()
{
    ::clock_gettime(CLOCK_REALTIME, &m_status.started);
    m_status.startedMicros = nowMicros();
    m_log->setStart(m_status.startedMicros);
    auto outcome = startChild(m_spec, m_lock.get());
    if (const auto *failure = std::get_if<StartFailure>(&outcome)) {
        writeFinalStatus(couldNotStartStatus(m_status, *failure));
        return false;
    }
    m_redactor.emplace(m_secrets);
    m_child = std::move(std::get<Child>(outcome));
    m_status.pid = m_child.pid;
    m_terminal.noteActivity(nowMicros());
    writeRunningStatus();
    return true;
}

/// When it cannot be written the last status says it all again.
void Supervisor::writeRunningStatus() const
{
    static_cast<void>(
        m_folder.replace("status.json", runningStatus(m_status), Folder::Durability::None));
}

void Supervisor::superviseUntilEnd()
{
    while (!isOver())
        waitForSomething(timeoutMs());
}

bool Supervisor::isOver() const
{
    if (!m_ending)
        return false;
    const int64_t since = nowMicros() - m_ending->endedMicros;
    return m_hungUp || (m_drained && since >= kDrainMicros) || since >= kLongestDrainMicros;
}

int Supervisor::timeoutMs() const
{
    const auto until = [](int64_t micros) {
        const int64_t left = micros - nowMicros();
        return static_cast<int>(std::clamp<int64_t>(left / 1000 + 1, 1, kDrainMicros / 1000));
    };
    if (m_redactor->isHolding())
        return until(m_lastOutput + kPromptMicros);
    if (m_ending)
        return until(m_ending->endedMicros + kDrainMicros);
    const int look = until(m_terminal.nextLook());
    return m_hungUp && m_child.output.isValid() ? std::min(look, kReopenedPollMs) : look;
}

void Supervisor::waitForSomething(int timeoutMs)
{
    m_set.clear();
    m_set.push_back({.fd = m_childEvents.get(), .events = POLLIN, .revents = 0});
    const auto events = static_cast<short>(POLLIN | (m_input.empty() ? 0 : POLLOUT));
    m_set.push_back({.fd = m_hungUp ? -1 : m_child.output.get(), .events = events, .revents = 0});
    if (m_control)
        m_control->addTo(m_set);
    ::poll(m_set.data(), m_set.size(), timeoutMs);

    // Children first: output that is read after the end was noticed is all the command wrote.
    if (m_set[0].revents != 0)
        reapChildren();
    readOutput();
    if ((m_set[1].revents & POLLOUT) != 0)
        writeInput();
    if (!m_ending)
        m_terminal.look(m_folder, m_child.output.get(), m_child.pid, nowMicros());
    if (m_control && m_set.size() > 2) {
        for (const ControlRequest &request : m_control->handle(m_set))
            carryOut(request);
    }
}

void Supervisor::readOutput()
{
    size_t filled = 0;
    while (filled < m_buffer.size() && m_child.output.isValid()) {
        const ssize_t got =
            ::read(m_child.output.get(), m_buffer.data() + filled, m_buffer.size() - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            noteReadFailure(got, errno);
            break;
        }
        filled += static_cast<size_t>(got);
        m_hungUp = false;
    }
    if (filled > 0) {
        m_lastOutput = nowMicros();
        m_terminal.noteActivity(m_lastOutput);
        m_log->append(m_redactor->feed({m_buffer.data(), filled}));
    } else {
        showPrompt();
    }
}

void Supervisor::showPrompt()
{
    if (m_redactor->isHolding() && nowMicros() - m_lastOutput >= kPromptMicros)
        m_log->append(m_redactor->pause());
}

/// A pipe ends with 0, a terminal that nobody has open with EIO.
void Supervisor::noteReadFailure(ssize_t result, int error)
{
    if (result < 0 && error == EAGAIN) {
        m_drained = m_drained || m_ending.has_value();
        return;
    }
    m_hungUp = true;
    if (!m_spec.terminal)
        m_child.output.reset();
}

void Supervisor::writeInput()
{
    const ssize_t written = ::write(m_child.output.get(), m_input.data(), m_input.size());
    if (written > 0)
        m_input.erase(0, static_cast<size_t>(written));
}

void Supervisor::reapChildren()
{
    std::array<signalfd_siginfo, 8> events{};
    while (::read(m_childEvents.get(), events.data(), sizeof events) > 0) { }
    Ending ending;
    pid_t pid = 0;
    // As sub-reaper this also collects what the command left behind.
    while ((pid = ::wait4(-1, &ending.waitStatus, WNOHANG, &ending.usage)) > 0) {
        if (pid != m_child.pid)
            continue;
        ending.endedMicros = nowMicros();
        m_log->setEnd(ending.endedMicros);
        m_ending = ending;
    }
}

void Supervisor::carryOut(const ControlRequest &request)
{
    if (request.signal && !m_ending)
        signalCommand(*request.signal);
    m_terminal.noteActivity(nowMicros());
    if (request.input && m_spec.terminal) {
        learnTyped(*request.input);
        m_input += *request.input;
    }
    if (request.resize && m_spec.terminal) {
        winsize size{};
        size.ws_col = request.resize->columns;
        size.ws_row = request.resize->rows;
        ::ioctl(m_child.output.get(), TIOCSWINSZ, &size);
    }
}

/// Until the command is reaped its number cannot belong to anybody else.
void Supervisor::signalCommand(int signal) const
{
    if (signal == SIGINT) // the script's own trap tells Stop from a typed Ctrl+C by it
        static_cast<void>(m_folder.openLog("interrupted"));
    for (const pid_t group : groupsOf(m_child.pid)) {
        ::kill(-group, signal);
        if (asksToEnd(signal))
            ::kill(-group, SIGCONT); // what is suspended would take no notice
    }
}

void Supervisor::learnTyped(const std::string &input)
{
    if (!hidesTyping(m_child.output.get()))
        m_typed.clear();
    else
        m_typed += input;
    const size_t end = m_typed.find_first_of("\r\n\x04");
    if (end == std::string::npos)
        return;
    if (end > 0) {
        m_secrets.push_back(
            {.name = std::string(redaction::kTypedSecret), .value = m_typed.substr(0, end)});
        m_redactor->know(m_secrets);
        nameUnmaskable();
    }
    m_typed.clear();
}

/// Said at once: this process may be killed before the end.
void Supervisor::nameUnmaskable()
{
    std::vector<std::string> names = unmaskableNames(m_secrets);
    if (names == m_status.unmaskable)
        return;
    m_status.unmaskable = std::move(names);
    writeRunningStatus();
}

/// Before anybody reads it, and before the next command gets it. What the shell began with too, or
/// each variable that holds one would seem to be the command's work.
void Supervisor::hideLeftSecrets() const
{
    for (const char *name : {"state.before", "state.after"}) {
        const std::optional<std::string> state =
            m_secrets.empty() ? std::nullopt : m_folder.read(name);
        const std::string kept = state ? withoutSecrets(*state, m_secrets) : std::string();
        if (state && kept != *state && !m_folder.replace(name, kept, Folder::Durability::None))
            m_folder.remove(name); // no state is better than one with a password
    }
}

void Supervisor::recordEnd()
{
    hideLeftSecrets();
    m_lock.reset();
    m_ending->background = m_folder.isLocked("lock");
    // Of what goes on, the beginning of a secret is kept back: its rest comes to the other log.
    m_log->append(m_ending->background ? m_redactor->pause() : m_redactor->finish());
    m_ending->masked = m_redactor->masked();
    m_control.reset();
    m_folder.remove("control.sock");
    m_folder.remove("terminal");
    writeFinalStatus(endedStatus(m_status, *m_ending, *m_log));
    // Last, because a big log takes its time and the outcome should not wait for it.
    m_log->sync();
}

/// The room kept for this moment is given back first. Where it went to somebody else, wait for
/// them: the outcome of a migration is worth more than this process.
void Supervisor::writeFinalStatus(const std::string &content) const
{
    m_folder.remove("reserve");
    for (int attempt = 0; attempt < kStatusAttempts; ++attempt) {
        if (m_folder.replace("status.json", content, Folder::Durability::Content))
            return;
        ::poll(nullptr, 0, kStatusPauseMs);
    }
}

bool Supervisor::isOutputOpen() const
{
    return !m_hungUp && m_child.output.isValid();
}

/// Whether anything but a daemon, which has left the session, is still there.
bool Supervisor::isSessionAlive()
{
    reapChildren();
    return std::ranges::any_of(descendants(),
                               [](pid_t pid) { return processState(pid).session == ::getsid(0); });
}

/// With this process its terminal would go, and the kernel would hang up on all that still have it,
/// also on those that send their output elsewhere. Nothing tells when the last of them has ended.
void Supervisor::serveLeftovers()
{
    m_owner.reset();
    if (!m_ending->background)
        return;
    const UniqueFd file = m_folder.openLog("background.log");
    const auto keep = [&file](std::string_view bytes) {
        static_cast<void>(writeAll(file.get(), bytes.data(), bytes.size()));
    };
    while (isOutputOpen() || isSessionAlive()) {
        pollfd output{
            .fd = isOutputOpen() ? m_child.output.get() : -1, .events = POLLIN, .revents = 0};
        const int patience = isOutputOpen() ? -1 : kLeftoversPollMs;
        if (::poll(&output, 1, m_redactor->isHolding() ? kPromptMs : patience) == 0) {
            keep(m_redactor->pause());
            continue;
        }
        const ssize_t got = ::read(m_child.output.get(), m_buffer.data(), m_buffer.size());
        if (got > 0)
            keep(m_redactor->feed({m_buffer.data(), static_cast<size_t>(got)}));
        else
            noteReadFailure(got, errno);
    }
    keep(m_redactor->finish());
}

} // namespace runsheet::exec
