// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

namespace runsheet
{

class SocketGuard;

/// Why a server did not let us in.
struct ConnectFailure
{
    QString sqlState; ///< "28P01"; empty when no server answered
    QString text; ///< the server's or libpq's own words
    bool lacksPassword = false; ///< the server asked for one and libpq found none
    QString server; ///< host and port, or the socket's folder, as libpq resolved them
    QString user;
    QString database;

    bool operator==(const ConnectFailure &) const = default;
};

/// Connects and leaves again, to learn what libpqxx cannot tell: the SQLSTATE of a refusal,
/// whatever language the server speaks. Waits on the socket with a deadline of its own, and ends
/// early when the guard is cancelled. Nothing is returned when the server let us in.
[[nodiscard]] std::optional<ConnectFailure>
knock(const QByteArray &conninfo, std::chrono::milliseconds patience, SocketGuard &guard);

} // namespace runsheet
