// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QThread>
#include <QVariantList>

namespace runsheet
{

/// One connection to one SQLite file, set up so that a committed transaction survives a power cut.
/// Used from the thread that made it, and only there. The file is never opened by other means:
/// closing any descriptor of it would drop SQLite's locks.
class SqliteConnection
{
public:
    /// The path is only remembered; open() does the work.
    explicit SqliteConnection(QString fileName);
    ~SqliteConnection();
    Q_DISABLE_COPY_MOVE(SqliteConnection)

    /// Opens the file, making it when it is missing, and checks it. A file that fails the check is
    /// Kind::Corrupt and stays as it is.
    Result<void> open();
    void close();
    [[nodiscard]] bool isOpen() const { return m_database.isOpen(); }

    /// Runs one statement and hands back the query, positioned before the first row.
    Result<QSqlQuery> run(const QString &sql, const QVariantList &values = {});
    /// The first column of the first row; an invalid variant when there is no row.
    Result<QVariant> value(const QString &sql, const QVariantList &values = {});

    /// BEGIN IMMEDIATE, so that what is read inside is what is written to. QSqlDatabase's own
    /// transaction() defers the lock and then fails at once when somebody else wrote in between.
    Result<void> begin();
    Result<void> commit();
    void rollback();

    [[nodiscard]] QString fileName() const { return m_fileName; }

private:
    [[nodiscard]] Result<void> configure();
    [[nodiscard]] Result<void> check();
    [[nodiscard]] Error toError(const QSqlError &error) const;

    QString m_fileName;
    QString m_connectionName;
    QSqlDatabase m_database;
    QThread *m_thread = nullptr; ///< the one that may use it
};

} // namespace runsheet
