// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/environment.h"
#include "environment/serverfindings.h"

#include <QMetaType>

namespace runsheet
{

class SocketGuard;

/// What to find out about one command, and what to do about its sessions first.
struct ServerInquiry
{
    enum class Action
    {
        None,
        Cancel, ///< pg_cancel_backend
        Terminate, ///< pg_terminate_backend
    };

    Connection connection;
    QString password; ///< typed; libpq looks for one itself when empty
    QString applicationName; ///< of the command's sessions
    Action action = Action::None;
    QList<qint64> transactions; ///< seen in its sessions so far
    QStringList databases; ///< that its sessions were seen in so far; the connection's own is ""
    qint64 sinceMs = 0; ///< how long ago the command began
    QString checkQuery; ///< the runbook's; empty: none
    QString commandText; ///< history tables of the tools that it names are looked into
    QString
        createsIndex; ///< its name, when that is all the command does; empty: nothing of the kind
    bool wantsHistory = false; ///< the command has ended

    bool operator==(const ServerInquiry &) const = default;
};

/// Answers it over a connection of its own, and one for each other database that the command was
/// seen in, all of which it leaves at once. Blocks for some seconds at most; ends early when the
/// guard is cancelled, and must have somebody call its enforce(). Reads activity views and
/// catalogues only, but for the check query and history tables, all read-only and giving way to any
/// lock.
[[nodiscard]] ServerFindings inquire(const ServerInquiry &inquiry, SocketGuard &guard);

/// Whether the server takes a connection with these options (PGOPTIONS), which a pooler or an older
/// version refuses.
[[nodiscard]] bool takesOptions(const Connection &connection, const QString &password,
                                const QString &options, SocketGuard &guard);

} // namespace runsheet

Q_DECLARE_METATYPE(runsheet::ServerInquiry)
