// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "monitor/pqxxcompat.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <string>

namespace runsheet
{

class SocketGuard;

/// One short connection for questions; each is bounded by the guard. Belongs to the thread that
/// made it. Every call may throw pqxx::sql_error, after which it goes on, or another exception,
/// after which it has to go.
class Inquirer
{
public:
    /// `conninfo` as of monitorConninfo().
    Inquirer(const QByteArray &conninfo, SocketGuard &guard);

    pqxx::result ask(const std::string &sql);
    /// Exactly one statement, for text that a runbook brings.
    pqxx::result askOne(const std::string &sql);
    /// With %1 replaced by the quoted value.
    pqxx::result askFor(const char *sql, const QString &value);
    pqxx::result askFor(const char *sql, qint64 value);
    [[nodiscard]] bool isCancelled();

private:
    pqxx::result guarded(const std::function<pqxx::result(pqxx::connection &)> &call);

    SocketGuard &m_guard;
    pqxx::connection m_database;
    bool m_lost = false;
};

} // namespace runsheet
