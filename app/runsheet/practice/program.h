// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>

namespace runsheet
{

/// One call of a short-lived program.
struct ProgramCall
{
    enum class Account
    {
        Own,
        Server, ///< `postgres` when this process is root, because PostgreSQL refuses to run as root
    };

    QString program;
    QStringList arguments;
    Account account = Account::Own;
    QMap<QString, QString> environment; ///< added; PG… variables of this process are not passed on
    std::chrono::milliseconds timeout{30'000};
};

/// Waits for the program and gives its standard output. The Error holds what it wrote to standard
/// error. Blocks; not for the GUI thread.
[[nodiscard]] Result<QByteArray> runProgram(const ProgramCall &call);

/// True when the server must run under an account of its own.
[[nodiscard]] bool needsServerAccount();

} // namespace runsheet
