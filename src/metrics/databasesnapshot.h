// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace runsheet
{

/// One client session of the watched database, or one of Runsheet's commands in any.
struct DatabaseSession
{
    qint64 pid = 0;
    QString application;
    QString user;
    QString state; ///< "active", "idle in transaction" …; empty: hidden from our role
    qint64 durationMs = -1; ///< running that long, or idle in its state that long; −1: hidden
    QString wait; ///< "Lock: relation"; empty: not waiting
    QString query; ///< first line; of an idle session the last query
    QList<qint64> waitsFor; ///< pids that block it; 0 stands for a prepared transaction
    qint64 transaction = 0; ///< 64-bit id; 0: it has written nothing
    QString database; ///< another one than the watched; empty: that one

    bool operator==(const DatabaseSession &) const = default;
    /// Started by a command of Runsheet: its PGAPPNAME says so.
    [[nodiscard]] bool isOwn() const;
};

struct ConnectionCount
{
    QString state; ///< empty: hidden from our role
    qint64 count = 0;

    bool operator==(const ConnectionCount &) const = default;
};

/// The server's sessions at one moment. Sessions that are idle are only counted.
struct DatabaseSnapshot
{
    qint64 timeMs = 0; ///< milliseconds since the epoch
    QList<ConnectionCount> connections; ///< of all databases, most first
    qint64 maxConnections = 0;
    QList<DatabaseSession> sessions; ///< own first, then longest first; at most 200
    qint64 hiddenSessions = 0; ///< whose query our role may not see: it lacks pg_monitor

    bool operator==(const DatabaseSnapshot &) const = default;
    [[nodiscard]] qint64 totalConnections() const;
};

} // namespace runsheet

Q_DECLARE_METATYPE(runsheet::DatabaseSnapshot)
