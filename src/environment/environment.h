// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

namespace runsheet
{

/// How to reach a PostgreSQL server. Never holds a password: libpq finds it in ~/.pgpass,
/// pg_service.conf or PGPASSWORD.
struct Connection
{
    QString service; ///< pg_service.conf entry; the other fields override it
    QString host; ///< name, address, or folder of the unix socket
    int port = 0; ///< 0: libpq's default
    QString database;
    QString user;
    QString sslMode; ///< empty: libpq's default

    bool operator==(const Connection &) const = default;
    [[nodiscard]] bool isEmpty() const;
    /// "shop @ db1:5432"; a socket folder as "shop @ local socket".
    [[nodiscard]] QString displayName() const;
};

/// A read-only query run on an interval and charted.
struct Probe
{
    QString name;
    QString sql; ///< one statement
    int everySeconds = 1; ///< always 1 for those of an environment

    bool operator==(const Probe &) const = default;
};

/// Named target of a run.
struct Environment
{
    QString name; ///< "production", "practice" …
    bool production = false;
    QString colour; ///< "red", "amber", "teal"; empty: red for production, else teal
    Connection connection;
    QMap<QString, QString> variables; ///< handed to every command
    QString expectedSystemIdentifier; ///< pg_control_system(); empty: not checked
    QList<Probe> probes;

    bool operator==(const Environment &) const = default;
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Environment fromJson(const QJsonObject &object);
};

/// environments.yaml: a map `environments:` from name to its fields. A password anywhere in it is
/// an error that names the line. Returns them in file order.
[[nodiscard]] Result<QList<Environment>> parseEnvironments(const QByteArray &yaml,
                                                           const QString &fileName);

/// libpq conninfo ("host='…' dbname='…' application_name='…' connect_timeout=5"), values quoted.
/// Without a password libpq looks for one itself.
[[nodiscard]] QString conninfo(const Connection &connection, const QString &applicationName,
                               const QString &password = {});

/// What a command needs to reach the same server: PGHOST, PGPORT, PGDATABASE, PGUSER, PGSERVICE,
/// PGSSLMODE, DATABASE_URL, and the environment's own variables (which win).
[[nodiscard]] QMap<QString, QString> commandEnvironment(const Environment &environment);

} // namespace runsheet
