// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/serververdict.h"

#include <QHash>

namespace runsheet
{

/// What the sessions of commands were seen doing on the server: it tells later what became of them.
/// Kept in the file "server.seen" beside each log, so that the next window knows it too.
class ServerMemory
{
public:
    /// Reads the file when the execution is asked about for the first time.
    [[nodiscard]] const ServerHistory &of(const ExecutionId &execution, const QString &logFile);
    /// `transaction`: 64-bit id; 0: it has written nothing yet.
    void saw(const ExecutionId &execution, const QString &logFile, qint64 transaction);
    /// `database`: other than the environment's; empty: that one.
    void sawIn(const ExecutionId &execution, const QString &logFile, const QString &database);
    /// The first look counts: later ones see the command's own work.
    void sawIndex(const ExecutionId &execution, const QString &logFile, bool isReady);
    void clear() { m_known.clear(); }

private:
    [[nodiscard]] ServerHistory &known(const ExecutionId &execution, const QString &logFile);

    QHash<ExecutionId, ServerHistory> m_known;
};

} // namespace runsheet
