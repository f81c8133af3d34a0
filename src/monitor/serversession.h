// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/environment.h"
#include "environment/serveridentity.h"
#include "metrics/databasesnapshot.h"
#include "metrics/probesample.h"

#include <memory>
#include <stdexcept>

namespace runsheet
{

class SocketGuard;

/// The connection is gone and the session must be thrown away. Never leaves src/monitor.
class ServerLost : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

struct ProbeAnswer
{
    qint64 micros = -1; ///< −1: the query failed or gave way to a lock
    QString problem; ///< the server's words when it failed
};

/// One connection to the watched server, from connecting to its loss; never reconnected. libpqxx 6
/// restores a dropped connection by itself and forgets the session's settings, so after ServerLost
/// the object must go. Belongs to the thread that made it. Every call may throw ServerLost.
class ServerSession
{
public:
    /// `conninfo` as of monitorConninfo().
    ServerSession(const QByteArray &conninfo, SocketGuard &guard);
    ~ServerSession();
    ServerSession(const ServerSession &) = delete;
    ServerSession &operator=(const ServerSession &) = delete;

    [[nodiscard]] ServerIdentity readIdentity();
    [[nodiscard]] ProbeAnswer run(const Probe &probe);
    [[nodiscard]] DatabaseSnapshot takeSnapshot();

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// libpq's words for the monitor's connection: its application name, keepalives, and the password
/// if one was typed.
[[nodiscard]] QByteArray monitorConninfo(const Connection &connection,
                                         const QString &password = {});

} // namespace runsheet
