// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exec/executionreport.h"

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace runsheet
{

/// Follows one execution from outside until it is over. GUI thread; everything that touches the
/// disk happens on the pool, whose jobs must be done before this is destroyed.
class ExecutionWatch final : public QObject
{
    Q_OBJECT

public:
    enum class Origin
    {
        Started, ///< by this program, just now
        Recovered, ///< by an earlier one, as the journal says
    };

    ExecutionWatch(ExecutionKey key, const QString &folder, Origin origin, QThreadPool &pool,
                   std::shared_ptr<const std::atomic_bool> cancelled, QObject *parent = nullptr);

    /// The folder must exist by now, or never will.
    void begin();
    /// Ends the watch: there is nothing to see.
    void fail(const QString &reason);

Q_SIGNALS:
    void started(const runsheet::CommandStarted &start);
    void terminalChanged(const runsheet::TerminalState &state);
    /// Exactly once, and last.
    void ended(const runsheet::ExecutionReport &report);

private:
    void look();
    void onSeen(const ExecutionFolder::Sight &sight);
    void noteRunning(const ExecutionStatus &status);
    void tellStarted(const ExecutionStatus &status);
    void noteTerminal(const TerminalState &state);
    void onNeverBegan(const ExecutionFolder::Sight &sight);
    void conclude(const ExecutionFolder::Sight &sight);
    void finish(const ExecutionReport &report);

    ExecutionKey m_key;
    ExecutionFolder m_folder;
    Origin m_origin;
    QThreadPool &m_pool;
    std::shared_ptr<const std::atomic_bool> m_cancelled;
    QFileSystemWatcher m_watcher;
    QTimer m_timer;
    QElapsedTimer m_since;
    TerminalState m_terminal;
    bool m_looking = false;
    bool m_lookAgain = false;
    bool m_started = false;
    bool m_concluded = false;
};

} // namespace runsheet
