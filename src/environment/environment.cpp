// SPDX-License-Identifier: Apache-2.0
#include "environment/environment.h"

#include <QJsonArray>
#include <QStringList>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kConnectTimeoutSeconds = 5;

bool isSocketFolder(const QString &host)
{
    return host.startsWith(u'/') || host.startsWith(u'@');
}

QJsonObject toJson(const Connection &connection)
{
    return {
        {u"service"_s, connection.service}, {u"host"_s, connection.host},
        {u"port"_s, connection.port},       {u"database"_s, connection.database},
        {u"user"_s, connection.user},       {u"sslmode"_s, connection.sslMode},
    };
}

Connection connectionFromJson(const QJsonObject &object)
{
    return {
        .service = object.value("service"_L1).toString(),
        .host = object.value("host"_L1).toString(),
        .port = object.value("port"_L1).toInt(),
        .database = object.value("database"_L1).toString(),
        .user = object.value("user"_L1).toString(),
        .sslMode = object.value("sslmode"_L1).toString(),
    };
}

QJsonArray toJson(const QList<Probe> &probes)
{
    QJsonArray array;
    for (const Probe &probe : probes)
        array.append(QJsonObject{{u"name"_s, probe.name}, {u"sql"_s, probe.sql}});
    return array;
}

QList<Probe> probesFromJson(const QJsonArray &array)
{
    QList<Probe> probes;
    for (const auto &value : array)
        probes.append({.name = value["name"_L1].toString(), .sql = value["sql"_L1].toString()});
    return probes;
}

/// libpq's rule: in single quotes, with a backslash before a quote or a backslash.
QString quoted(QString value)
{
    value.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
    return u'\'' + value + u'\'';
}

QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

/// "user@host:port"; a socket folder has no place there and goes into the query instead.
QString urlAuthority(const Connection &connection)
{
    QString authority;
    if (!connection.user.isEmpty())
        authority += encoded(connection.user) + u'@';
    if (isSocketFolder(connection.host))
        return authority;
    const bool isIp6 = connection.host.contains(u':');
    authority += isIp6 ? u'[' + connection.host + u']' : encoded(connection.host);
    if (connection.port > 0)
        authority += u':' + QString::number(connection.port);
    return authority;
}

QString urlQuery(const Connection &connection)
{
    QStringList parts;
    if (isSocketFolder(connection.host)) {
        parts.append(u"host="_s + encoded(connection.host));
        if (connection.port > 0)
            parts.append(u"port="_s + QString::number(connection.port));
    }
    if (!connection.sslMode.isEmpty())
        parts.append(u"sslmode="_s + encoded(connection.sslMode));
    if (!connection.service.isEmpty())
        parts.append(u"service="_s + encoded(connection.service));
    return parts.isEmpty() ? QString() : u'?' + parts.join(u'&');
}

QString databaseUrl(const Connection &connection)
{
    return u"postgresql://"_s + urlAuthority(connection) + u'/' + encoded(connection.database)
        + urlQuery(connection);
}

QString place(const Connection &connection)
{
    if (isSocketFolder(connection.host))
        return u"local socket"_s;
    if (connection.host.isEmpty())
        return connection.service.isEmpty() ? u"local socket"_s
                                            : u"service "_s + connection.service;
    return connection.port > 0 ? u"%1:%2"_s.arg(connection.host).arg(connection.port)
                               : connection.host;
}

} // namespace

bool Connection::isEmpty() const
{
    return *this == Connection{};
}

QString Connection::displayName() const
{
    if (isEmpty())
        return u"no server"_s;
    return database.isEmpty() ? place(*this) : database + u" @ "_s + place(*this);
}

QJsonObject Environment::toJson() const
{
    QJsonObject variablesObject;
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        variablesObject.insert(it.key(), it.value());
    return {
        {u"name"_s, name},
        {u"production"_s, production},
        {u"colour"_s, colour},
        {u"connection"_s, runsheet::toJson(connection)},
        {u"variables"_s, variablesObject},
        {u"system_identifier"_s, expectedSystemIdentifier},
        {u"probes"_s, runsheet::toJson(probes)},
    };
}

Environment Environment::fromJson(const QJsonObject &object)
{
    Environment environment{
        .name = object.value("name"_L1).toString(),
        .production = object.value("production"_L1).toBool(),
        .colour = object.value("colour"_L1).toString(),
        .connection = connectionFromJson(object.value("connection"_L1).toObject()),
        .variables = {},
        .expectedSystemIdentifier = object.value("system_identifier"_L1).toString(),
        .probes = probesFromJson(object.value("probes"_L1).toArray()),
    };
    const QJsonObject variables = object.value("variables"_L1).toObject();
    for (auto it = variables.begin(); it != variables.end(); ++it)
        environment.variables.insert(it.key(), it.value().toString());
    return environment;
}

QString conninfo(const Connection &connection, const QString &applicationName,
                 const QString &password)
{
    QStringList parts;
    const auto add = [&parts](const QString &key, const QString &value) {
        if (!value.isEmpty())
            parts.append(key + u'=' + quoted(value));
    };
    add(u"service"_s, connection.service);
    add(u"host"_s, connection.host);
    add(u"port"_s, connection.port > 0 ? QString::number(connection.port) : QString());
    add(u"dbname"_s, connection.database);
    add(u"user"_s, connection.user);
    add(u"sslmode"_s, connection.sslMode);
    add(u"password"_s, password);
    add(u"application_name"_s, applicationName);
    parts.append(u"connect_timeout=%1"_s.arg(kConnectTimeoutSeconds));
    return parts.join(u' ');
}

QMap<QString, QString> commandEnvironment(const Environment &environment)
{
    QMap<QString, QString> result;
    const Connection &connection = environment.connection;
    const auto add = [&result](const QString &key, const QString &value) {
        if (!value.isEmpty())
            result.insert(key, value);
    };
    add(u"PGHOST"_s, connection.host);
    add(u"PGPORT"_s, connection.port > 0 ? QString::number(connection.port) : QString());
    add(u"PGDATABASE"_s, connection.database);
    add(u"PGUSER"_s, connection.user);
    add(u"PGSERVICE"_s, connection.service);
    add(u"PGSSLMODE"_s, connection.sslMode);
    if (!connection.isEmpty())
        add(u"DATABASE_URL"_s, databaseUrl(connection));
    result.insert(environment.variables);
    return result;
}

} // namespace runsheet
