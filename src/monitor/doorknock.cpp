// SPDX-License-Identifier: Apache-2.0
#include "monitor/doorknock.h"

#include "monitor/socketguard.h"

#include <QRegularExpression>

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Clock = std::chrono::steady_clock;
using OwnedConnection = std::unique_ptr<PGconn, decltype(&PQfinish)>;

constexpr std::chrono::milliseconds kSlice{100}; // how late a cancellation is noticed

/// The verbose form is "… failed: FATAL:  28P01: …", with two spaces after the severity, which is
/// translated; the code is not.
QString sqlStateIn(const QString &text)
{
    static const QRegularExpression kCode(u":  (?=[A-Z]*[0-9])([0-9A-Z]{5}): "_s);
    return kCode.match(text).captured(1);
}

QString serverOf(const PGconn *connection)
{
    QString host = QString::fromUtf8(PQhost(connection));
    if (host.startsWith(u'/') || host.isEmpty())
        return host;
    return host + u':' + QString::fromUtf8(PQport(connection));
}

ConnectFailure failureOf(const PGconn *connection)
{
    const QString text = QString::fromLocal8Bit(PQerrorMessage(connection)).trimmed();
    return {
        .sqlState = sqlStateIn(text),
        .text = text,
        .lacksPassword = PQconnectionNeedsPassword(connection) != 0,
        .server = serverOf(connection),
        .user = QString::fromUtf8(PQuser(connection)),
        .database = QString::fromUtf8(PQdb(connection)),
    };
}

ConnectFailure noAnswer(const PGconn *connection, std::chrono::milliseconds patience)
{
    ConnectFailure failure = failureOf(connection);
    failure.text = u"no answer within %1 ms"_s.arg(patience.count());
    return failure;
}

/// Waits until libpq may go on, at most a slice; false on a broken socket.
bool waitForSocket(const PGconn *connection, PostgresPollingStatusType wanted,
                   std::chrono::milliseconds left)
{
    const short events = wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    pollfd descriptor{.fd = PQsocket(connection), .events = events, .revents = 0};
    const auto wait = std::clamp(left, std::chrono::milliseconds{0}, kSlice);
    ::poll(&descriptor, 1, static_cast<int>(wait.count()));
    return descriptor.revents != 0;
}

} // namespace

std::optional<ConnectFailure> knock(const QByteArray &conninfo, std::chrono::milliseconds patience,
                                    SocketGuard &guard)
{
    const auto deadline = Clock::now() + patience;
    const OwnedConnection owner(PQconnectStart(conninfo.constData()), &PQfinish);
    PGconn *connection = owner.get();
    if (!connection)
        return ConnectFailure{};
    PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);

    PostgresPollingStatusType wanted =
        PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (wanted != PGRES_POLLING_OK) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (wanted == PGRES_POLLING_FAILED || guard.isCancelled())
            return failureOf(connection);
        if (left.count() <= 0)
            return noAnswer(connection, patience);
        if (waitForSocket(connection, wanted, left))
            wanted = PQconnectPoll(connection);
    }
    return std::nullopt;
}

} // namespace runsheet
