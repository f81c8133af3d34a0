// SPDX-License-Identifier: Apache-2.0
#include "monitor/serversession.h"

#include "base/text.h"
#include "monitor/pqxxcompat.h"
#include "monitor/queries.h"
#include "monitor/socketguard.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <chrono>
#include <functional>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

// A second more than the server's statement_timeout, which ends what the server can end.
constexpr std::chrono::milliseconds kPatience{3000};

// Only for a run that outlives the tests' patience with a half-open link; the guard is faster.
constexpr auto kKeepalives = " connect_timeout=3 keepalives_idle=10 keepalives_interval=5"
                             " keepalives_count=3";

QString text(const pqxx::field &field)
{
    return field.is_null() ? QString() : QString::fromUtf8(field.c_str());
}

qint64 number(const pqxx::field &field, qint64 whenNull)
{
    return field.is_null() ? whenNull : field.as<qint64>();
}

QList<qint64> pids(const QString &list)
{
    QList<qint64> result;
    for (const QString &part : list.split(u',', Qt::SkipEmptyParts)) {
        const qint64 pid = part.toLongLong();
        if (!result.contains(pid)) // parallel workers name their blocker again
            result.append(pid);
    }
    return result;
}

DatabaseSession sessionFrom(const pqxx::row &row)
{
    DatabaseSession session{
        .pid = number(row[0], 0),
        .application = text(row[1]),
        .user = text(row[2]),
        .state = text(row[3]),
        .durationMs = number(row[4], -1),
        .wait = text(row[5]),
        .query = firstLine(text(row[6])),
        .waitsFor = pids(text(row[7])),
        .transaction = number(row[9], 0),
        .database = text(row[10]),
    };
    session.waitsFor.removeAll(session.pid);
    return session;
}

/// Classes of errors after which the server closes the connection.
bool endsSession(const pqxx::sql_error &error)
{
    const std::string &state = error.sqlstate();
    return state.rfind("08", 0) == 0 || state.rfind("57P", 0) == 0;
}

} // namespace

class ServerSession::Private
{
public:
    Private(const QByteArray &conninfo, SocketGuard &socketGuard)
        : guard(socketGuard)
        , database(open(conninfo))
    {
    }

    static std::unique_ptr<pqxx::connection> open(const QByteArray &conninfo)
    {
        try {
            return std::make_unique<pqxx::connection>(conninfo.toStdString());
        } catch (const std::exception &exception) {
            throw ServerLost(exception.what());
        }
    }

    /// Calls the database under the guard. sql_error passes through when the connection survives.
    template <typename Call>
    auto guarded(Call call)
    {
        if (!guard.arm(database->sock(), kPatience))
            throw ServerLost("stopped");
        try {
            auto result = call(*database);
            if (!guard.disarm())
                throw ServerLost("no answer in time");
            return result;
        } catch (const pqxx::sql_error &error) {
            const bool intact = guard.disarm() && database->is_open() && !endsSession(error);
            if (intact)
                throw;
            throw ServerLost(error.what());
        } catch (const ServerLost &) {
            throw;
        } catch (const std::exception &exception) {
            const bool inTime = guard.disarm();
            throw ServerLost(inTime ? exception.what() : "no answer in time");
        }
    }

    pqxx::result ask(const char *sql)
    {
        return guarded([sql](pqxx::connection &connection) {
            pqxx::nontransaction transaction(connection);
            return transaction.exec(sql);
        });
    }

    SocketGuard &guard;
    std::unique_ptr<pqxx::connection> database;
};

QByteArray monitorConninfo(const Connection &connection, const QString &password)
{
    const QString words = conninfo(connection, u"runsheet-monitor"_s, password);
    return words.toUtf8() + kKeepalives;
}

ServerSession::ServerSession(const QByteArray &conninfo, SocketGuard &guard)
    : d(std::make_unique<Private>(conninfo, guard))
{
    d->ask(queries::kSettings);
}

ServerSession::~ServerSession() = default;

ServerIdentity ServerSession::readIdentity()
{
    const pqxx::result rows = d->ask(queries::kIdentity);
    const pqxx::row row = rows[0];
    ServerIdentity identity{
        .database = text(row[0]),
        .user = text(row[1]),
        .host = QString::fromStdString(pqxxcompat::hostOf(*d->database)),
        .port = QString::fromUtf8(d->database->port()).toInt(),
        .version = text(row[2]),
        .versionNumber = static_cast<int>(number(row[3], 0)),
        .systemIdentifier = {},
        .inRecovery = row[4].as<bool>(),
    };
    try {
        identity.systemIdentifier = text(d->ask(queries::kSystemIdentifier)[0][0]);
    } catch (
        const pqxx::sql_error &) { // NOLINT(bugprone-empty-catch): left unknown without the right
    }
    return identity;
}

ProbeAnswer ServerSession::run(const Probe &probe)
{
    QElapsedTimer timer;
    timer.start();
    const auto elapsed = [&timer] { return timer.nsecsElapsed() / 1000; };
    try {
        d->guarded([sql = probe.sql.toStdString()](pqxx::connection &connection) {
            pqxx::nontransaction transaction(connection);
            return pqxxcompat::execOne(transaction, sql);
        });
        return {.micros = elapsed(), .problem = {}};
    } catch (const pqxx::sql_error &error) {
        // Cut off by statement_timeout: it took at least that long, which must show in the chart.
        const bool timedOut = error.sqlstate() == "57014";
        return {.micros = timedOut ? elapsed() : -1,
                .problem = firstLine(QString::fromUtf8(error.what()))};
    }
}

DatabaseSnapshot ServerSession::takeSnapshot()
{
    DatabaseSnapshot snapshot;
    snapshot.timeMs = QDateTime::currentMSecsSinceEpoch();
    for (const pqxx::row &row : d->ask(queries::kConnections)) {
        snapshot.connections.append({.state = text(row[0]), .count = number(row[1], 0)});
        snapshot.maxConnections = number(row[2], 0);
    }
    for (const pqxx::row &row : d->ask(queries::kSessions)) {
        snapshot.sessions.append(sessionFrom(row));
        snapshot.hiddenSessions += row[8].as<bool>() ? 1 : 0;
    }
    return snapshot;
}

} // namespace runsheet
