// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace runsheet
{

/// A PostgreSQL server of our own in a folder of its own, reached through a unix socket only.
/// A handle without state: it may be made again for the same folder at any time. Every call blocks
/// for a bounded time; not for the GUI thread.
class PostgresCluster
{
public:
    static constexpr int kPort = 5432; ///< only a part of the socket's name here

    PostgresCluster(QString binFolder, QString folder);

    /// Folders where distributions put initdb and pg_ctl, newest version first.
    [[nodiscard]] static QStringList standardBinFolders();
    /// The first folder that holds a whole server; the Error names the package to install.
    [[nodiscard]] static Result<QString> findBinFolder(const QStringList &candidates);

    [[nodiscard]] QString binFolder() const { return m_binFolder; }
    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] QString dataFolder() const;
    [[nodiscard]] QString socketFolder() const;
    [[nodiscard]] QString logFile() const;

    /// initdb. The folder must exist and be entered by the server's account (0711).
    Result<void> create(const QString &superuser) const;
    /// Waits until the server answers. Settings are "name=value".
    Result<void> start(const QStringList &settings) const;
    /// Ends every session at once; the data stays. Not running is a success.
    Result<void> stop() const;
    /// True when it answers on its socket.
    [[nodiscard]] bool isRunning() const;
    /// Process id of the postmaster; 0 when there is none.
    [[nodiscard]] qint64 serverProcess() const;

    /// Runs psql with ON_ERROR_STOP, without the person's psqlrc, and gives its unaligned output.
    Result<QByteArray> psql(const QString &user, const QString &database,
                            const QStringList &arguments) const;

private:
    [[nodiscard]] QString program(const QString &name) const;
    [[nodiscard]] Result<void> checkPath() const;
    Result<void> makeServerFolder(const QString &path, unsigned mode) const;

    QString m_binFolder;
    QString m_folder;
};

} // namespace runsheet
