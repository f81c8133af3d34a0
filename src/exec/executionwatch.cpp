// SPDX-License-Identifier: Apache-2.0
#include "exec/executionwatch.h"

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

/// Where file notifications are not to be had, and for locks, which have none.
constexpr auto kPoll = 250ms;
/// From the start of runsheet-exec to its first status; usually a few milliseconds.
constexpr qint64 kGraceMs = 5000;

} // namespace

ExecutionWatch::ExecutionWatch(ExecutionKey key, const QString &folder, Origin origin,
                               QThreadPool &pool, std::shared_ptr<const std::atomic_bool> cancelled,
                               QObject *parent)
    : QObject(parent)
    , m_key(std::move(key))
    , m_folder(folder)
    , m_origin(origin)
    , m_pool(pool)
    , m_cancelled(std::move(cancelled))
{
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &ExecutionWatch::look);
    connect(&m_timer, &QTimer::timeout, this, &ExecutionWatch::look);
    m_timer.setInterval(kPoll);
}

void ExecutionWatch::begin()
{
    m_watcher.addPath(m_folder.path());
    m_since.start();
    m_timer.start();
    look();
}

void ExecutionWatch::fail(const QString &reason)
{
    finish(couldNotStartReport(m_key, reason));
}

void ExecutionWatch::look()
{
    if (m_concluded)
        return;
    m_lookAgain = m_looking;
    if (m_looking)
        return;
    m_looking = true;
    m_pool.start([this] {
        const ExecutionFolder::Sight sight = m_folder.look();
        QMetaObject::invokeMethod(
            this, [this, sight] { onSeen(sight); }, Qt::QueuedConnection);
    });
}

void ExecutionWatch::onSeen(const ExecutionFolder::Sight &sight)
{
    m_looking = false;
    if (m_concluded)
        return;
    const bool isFinal = sight.status && sight.status->isFinal();
    const bool brokeOff = (sight.status || sight.damaged) && !sight.alive;
    if (isFinal || brokeOff)
        conclude(sight);
    else if (sight.status)
        noteRunning(*sight.status);
    else if (!sight.alive)
        onNeverBegan(sight);
    if (!m_concluded && m_started)
        noteTerminal(sight.terminal);
    if (m_lookAgain)
        look();
}

void ExecutionWatch::noteTerminal(const TerminalState &state)
{
    if (state == m_terminal)
        return;
    m_terminal = state;
    Q_EMIT terminalChanged(state);
}

void ExecutionWatch::noteRunning(const ExecutionStatus &status)
{
    if (m_started || status.state != ExecutionStatus::State::Running)
        return;
    m_started = true;
    tellStarted(status);
}

void ExecutionWatch::tellStarted(const ExecutionStatus &status)
{
    Q_EMIT started(
        {.execution = m_key.execution, .pid = status.pid, .unmasked = status.unmaskable});
}

/// No status and no lock. A start takes a moment, also one by another window on the same run, which
/// may be about to make the folder; after that the folder is closed for good, so that a process
/// that comes late finds nothing to run. One that came just before is followed.
void ExecutionWatch::onNeverBegan(const ExecutionFolder::Sight &sight)
{
    const bool mayComeYet = sight.exists || m_origin == Origin::Recovered;
    if (mayComeYet && m_since.elapsed() < kGraceMs)
        return;
    if (sight.exists) {
        m_folder.invalidate();
        const ExecutionFolder::Sight last = m_folder.look();
        if (last.alive || last.status || last.damaged)
            return;
    }
    fail(m_origin == Origin::Started
             ? u"runsheet-exec ended before it started the command. Nothing ran. Check the free "
               "space of the data folder and that runsheet-exec can be executed."_s
             : u"Runsheet was ended before it started this command. Nothing ran."_s);
}

void ExecutionWatch::conclude(const ExecutionFolder::Sight &sight)
{
    m_concluded = true;
    m_timer.stop();
    const bool isFinal = sight.status && sight.status->isFinal();
    const bool ran = isFinal && sight.status->state == ExecutionStatus::State::Ended;
    // A command quicker than the first look has started all the same.
    if (ran && !m_started && m_origin == Origin::Started)
        tellStarted(*sight.status);
    m_pool.start([this, sight, isFinal] {
        const ExecutionReport report = isFinal
            ? finalReport(m_key, m_folder, *sight.status, *m_cancelled)
            : unknownReport(m_key, m_folder, sight, *m_cancelled);
        QMetaObject::invokeMethod(
            this, [this, report] { finish(report); }, Qt::QueuedConnection);
    });
}

void ExecutionWatch::finish(const ExecutionReport &report)
{
    m_concluded = true;
    m_timer.stop();
    Q_EMIT ended(report);
}

} // namespace runsheet
