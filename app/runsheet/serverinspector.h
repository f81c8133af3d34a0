// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/databasesnapshot.h"
#include "monitor/serverchecker.h"
#include "run/controller.h"
#include "servermemory.h"

#include <QHash>
#include <QObject>

#include <chrono>

namespace runsheet
{

/// Asks the server what became of commands when the controller wants to know, does there what a
/// person asked for, and has the answer recorded. Goes on asking while a command that has ended is
/// still worked on, and records what changed.
class ServerInspector final : public QObject
{
    Q_OBJECT

public:
    /// The controller outlives it.
    explicit ServerInspector(RunController &controller, QObject *parent = nullptr);

    /// Remembers what the sessions of commands were seen writing: it tells later what became of it.
    void remember(const DatabaseSnapshot &snapshot);
    /// The server is there: learns whether it takes what commands would be given.
    void learnServer();

private:
    struct Asked
    {
        RunId run;
        ExecutionId execution;
        bool repeats = false; ///< asked by itself: recorded only when something changed
        bool isFirstLook = false; ///< how things are before the command: remembered, not recorded
        bool wasOpen = false; ///< the command had not ended when it was asked
        QStringList actions; ///< what an earlier question came to, which goes with this answer
    };

    struct Retry
    {
        std::chrono::milliseconds pause{1000}; ///< until it is asked again
        bool isWaiting = false;
    };

    /// Asks about the execution; `asked` says what to do with the answer.
    void inspect(Asked asked, ServerInquiry::Action action);
    void inspectAgain(const ExecutionId &execution);
    [[nodiscard]] ServerInquiry inquiryFor(const Execution &execution);
    void lookBefore(const ExecutionId &execution);
    [[nodiscard]] const Execution *executionOf(const QString &application) const;
    void keep(const Execution &execution, const ServerFindings &findings);
    void onAnswered(quint64 ticket, ServerFindings findings);
    void forget();

    RunController &m_controller;
    ServerChecker m_checker;
    QHash<quint64, Asked> m_asked;
    quint64 m_lastTicket = 0;
    quint64 m_optionsTicket = 0;
    ServerMemory m_memory;
    QHash<ExecutionId, Retry> m_retries; ///< those that are not settled
};

} // namespace runsheet
