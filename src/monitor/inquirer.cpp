// SPDX-License-Identifier: Apache-2.0
#include "monitor/inquirer.h"

#include "monitor/queries.h"
#include "monitor/serversession.h"
#include "monitor/socketguard.h"

#include <chrono>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

// A second more than the server's statement_timeout.
constexpr std::chrono::milliseconds kPatience{3000};

} // namespace

Inquirer::Inquirer(const QByteArray &conninfo, SocketGuard &guard)
    : m_guard(guard)
    , m_database(conninfo.toStdString())
{
    ask(queries::kSettings);
}

pqxx::result Inquirer::ask(const std::string &sql)
{
    return guarded([&sql](pqxx::connection &database) {
        pqxx::nontransaction transaction(database);
        return transaction.exec(sql);
    });
}

pqxx::result Inquirer::askOne(const std::string &sql)
{
    return guarded([&sql](pqxx::connection &database) {
        pqxx::nontransaction transaction(database);
        return pqxxcompat::execOne(transaction, sql);
    });
}

pqxx::result Inquirer::askFor(const char *sql, const QString &value)
{
    const std::string quoted = m_database.quote(value.toStdString());
    return ask(
        QString::fromUtf8(sql).replace("%1"_L1, QString::fromStdString(quoted)).toStdString());
}

pqxx::result Inquirer::askFor(const char *sql, qint64 value)
{
    return ask(QString::fromUtf8(sql).replace("%1"_L1, QString::number(value)).toStdString());
}

bool Inquirer::isCancelled()
{
    return m_guard.isCancelled();
}

pqxx::result Inquirer::guarded(const std::function<pqxx::result(pqxx::connection &)> &call)
{
    // libpqxx 6 would connect again by itself, without our settings.
    if (m_lost || !m_database.is_open() || !m_guard.arm(m_database.sock(), kPatience))
        throw ServerLost("stopped");
    try {
        pqxx::result result = call(m_database);
        m_lost = !m_guard.disarm();
        return result;
    } catch (const pqxx::sql_error &) {
        m_lost = !m_guard.disarm();
        throw;
    } catch (const std::exception &) {
        m_guard.disarm();
        m_lost = true;
        throw;
    }
}

} // namespace runsheet
