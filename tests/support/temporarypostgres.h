// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "environment/environment.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace runsheet
{

/// A throw-away PostgreSQL server for one test: unix socket only, superuser `tester` without a
/// password, gone with its folder when the object is destroyed and also when the test crashes or is
/// killed. Starting takes about half a second. Not for use in parallel from several threads.
class TemporaryPostgres final
{
public:
    TemporaryPostgres();
    ~TemporaryPostgres();
    Q_DISABLE_COPY_MOVE(TemporaryPostgres)

    /// For QSKIP: whether a server is installed, and what to tell when it is not.
    [[nodiscard]] static bool isAvailable();
    [[nodiscard]] static QString unavailableReason();

    /// The first call makes the cluster; after stop() the same data is served again. Settings are
    /// "name=value".
    Result<void> start(const QStringList &settings = {});
    /// Ends every session and the server at once; the data stays for the next start().
    Result<void> stop();
    /// Freezes the server and all its sessions: nothing answers, nothing is disconnected.
    Result<void> pause();
    Result<void> resume();
    [[nodiscard]] bool isRunning() const;

    /// Makes a database and gives the connection to it.
    Result<Connection> createDatabase(const QString &name);
    /// To the database `postgres` unless named otherwise.
    [[nodiscard]] Connection connection(const QString &database = QStringLiteral("postgres")) const;
    /// Runs statements through psql; gives the unaligned output.
    Result<QString> execute(const QString &sql,
                            const QString &database = QStringLiteral("postgres"));
    [[nodiscard]] QString host() const; ///< the socket's folder
    [[nodiscard]] int port() const;
    [[nodiscard]] qint64 serverProcess() const;
    [[nodiscard]] QString binFolder() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace runsheet
