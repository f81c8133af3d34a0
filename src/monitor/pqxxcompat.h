// SPDX-License-Identifier: Apache-2.0
#pragma once

// Everything that differs between libpqxx 6.4 and 7.10. The rest of the monitor keeps to what both
// document: connection(string), nontransaction, exec(string), rows and fields, sql_error::sqlstate.

#include <pqxx/pqxx>

#include <string>

namespace runsheet::pqxxcompat
{

/// Runs exactly one statement: without parameters, but through the extended protocol, in which the
/// server accepts no second one behind a semicolon.
inline pqxx::result execOne(pqxx::nontransaction &transaction, const std::string &sql)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored                                                                     \
    "-Wdeprecated-declarations" // 7 prefers another spelling that 6 lacks
    return transaction.exec_params(sql);
#pragma GCC diagnostic pop
}

/// Where we are connected to, as libpq sees it.
inline std::string hostOf(pqxx::connection &connection)
{
    const char *host = connection.hostname();
    return host ? host : "";
}

} // namespace runsheet::pqxxcompat
