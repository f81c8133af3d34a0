// SPDX-License-Identifier: Apache-2.0
#include "environment/environmentfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>
#include <QStandardPaths>
#include <QStringList>

#include <yaml-cpp/yaml.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kIndent = 2;

void write(YAML::Emitter &out, const char *key, const QString &value)
{
    if (!value.isEmpty())
        out << YAML::Key << key << YAML::Value << YAML::DoubleQuoted << value.toStdString();
}

void write(YAML::Emitter &out, const Connection &connection)
{
    if (connection.isEmpty())
        return;
    out << YAML::Key << "connection" << YAML::Value << YAML::BeginMap;
    write(out, "service", connection.service);
    write(out, "host", connection.host);
    if (connection.port > 0)
        out << YAML::Key << "port" << YAML::Value << connection.port;
    write(out, "database", connection.database);
    write(out, "user", connection.user);
    write(out, "sslmode", connection.sslMode);
    out << YAML::EndMap;
}

void write(YAML::Emitter &out, const QMap<QString, QString> &variables)
{
    if (variables.isEmpty())
        return;
    out << YAML::Key << "variables" << YAML::Value << YAML::BeginMap;
    for (auto it = variables.begin(); it != variables.end(); ++it)
        write(out, it.key().toUtf8().constData(), it.value());
    out << YAML::EndMap;
}

void write(YAML::Emitter &out, const QList<Probe> &probes)
{
    if (probes.isEmpty())
        return;
    out << YAML::Key << "probes" << YAML::Value << YAML::BeginSeq;
    for (const Probe &probe : probes) {
        out << YAML::BeginMap;
        write(out, "name", probe.name);
        write(out, "sql", probe.sql);
        out << YAML::EndMap;
    }
    out << YAML::EndSeq;
}

/// "name:" and what is below it, without indentation.
QByteArray entryOf(const Environment &environment)
{
    YAML::Emitter out;
    out.SetIndent(kIndent);
    out << YAML::BeginMap << YAML::Key << YAML::DoubleQuoted << environment.name.toStdString()
        << YAML::Value << YAML::BeginMap;
    out << YAML::Key << "production" << YAML::Value << environment.production;
    write(out, "colour", environment.colour);
    write(out, environment.connection);
    write(out, environment.variables);
    write(out, "system_identifier", environment.expectedSystemIdentifier);
    write(out, environment.probes);
    out << YAML::EndMap << YAML::EndMap;
    return QByteArray(out.c_str()) + '\n';
}

QByteArray indented(const QByteArray &text, qsizetype spaces)
{
    QByteArray result;
    for (const QByteArray &line : text.trimmed().split('\n'))
        result += QByteArray(spaces, ' ') + line + '\n';
    return result;
}

/// How far the first entry below the position stands in; the usual when there is none.
qsizetype indentationAfter(const QByteArray &yaml, qsizetype position)
{
    for (const QByteArray &line : yaml.mid(position).split('\n')) {
        const QByteArray content = line.trimmed();
        if (!content.isEmpty() && !content.startsWith('#'))
            return std::max<qsizetype>(line.indexOf(content), 1);
    }
    return kIndent;
}

bool isNamed(const QList<Environment> &environments, const QString &name)
{
    return std::ranges::find(environments, name, &Environment::name) != environments.end();
}

Error problem(const QString &message)
{
    return {.kind = Error::Kind::Invalid, .message = message, .detail = {}};
}

/// The file with the entry in its place; what comes out is not yet proven.
QByteArray inserted(const QByteArray &yaml, const QByteArray &entry)
{
    static const QRegularExpression kHeading(u"^environments:[ \\t]*(#.*)?\\r?$"_s,
                                             QRegularExpression::MultilineOption);
    if (yaml.trimmed().isEmpty())
        return "environments:\n" + indented(entry, kIndent);
    const QString text = QString::fromLatin1(yaml); // a character for each byte
    const QRegularExpressionMatch heading = kHeading.match(text);
    if (!heading.hasMatch())
        return yaml;
    const qsizetype end = heading.capturedEnd();
    const qsizetype below = std::min(end + 1, yaml.size());
    QByteArray head = yaml.first(below);
    if (!head.endsWith('\n'))
        head += '\n';
    return head + indented(entry, indentationAfter(yaml, below)) + yaml.sliced(below);
}

Error cannotWrite(const QString &fileName, const QString &reason)
{
    return {.kind = Error::Kind::Unwritable,
            .message = u"%1 cannot be written. Check its owner, its permissions and the space that "
                       "is free there."_s.arg(fileName),
            .detail = reason};
}

Result<void> readInto(QList<Environment> &environments, const QString &fileName)
{
    QFile file(fileName);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = Error::Kind::Unreadable,
                     .message = u"%1 cannot be read. Check its permissions."_s.arg(fileName),
                     .detail = file.errorString()};
    const Result<QList<Environment>> read = parseEnvironments(file.readAll(), fileName);
    if (!read)
        return read.error();
    for (const Environment &environment : *read) {
        if (!isNamed(environments, environment.name))
            environments += environment;
    }
    return {};
}

} // namespace

QString ownEnvironmentFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/runsheet/environments.yaml"_s;
}

Result<QList<Environment>> environmentsFor(const QString &runbookFile)
{
    QStringList files{ownEnvironmentFile()};
    if (!runbookFile.isEmpty())
        files.prepend(QFileInfo(runbookFile).dir().filePath(u"environments.yaml"_s));
    QList<Environment> environments;
    for (const QString &fileName : files) {
        if (const Result<void> read = readInto(environments, fileName); !read)
            return read.error();
    }
    return environments;
}

Result<QByteArray> withEnvironment(const QByteArray &yaml, const QString &fileName,
                                   const Environment &environment)
{
    QList<Environment> expected;
    if (!yaml.trimmed().isEmpty()) {
        const Result<QList<Environment>> before = parseEnvironments(yaml, fileName);
        if (!before)
            return before.error();
        expected = *before;
    }
    if (isNamed(expected, environment.name))
        return problem(u"%1 has an environment named “%2” already. Choose another name."_s.arg(
            fileName, environment.name));
    expected.prepend(environment);
    const QByteArray entry = entryOf(environment);
    const QByteArray result = inserted(yaml, entry);
    const Result<QList<Environment>> after = parseEnvironments(result, fileName);
    if (after && *after == expected)
        return result;
    if (!after && after.error().message.contains(u"password"_s))
        return after.error();
    Error error = problem(u"Nothing can be added to %1 by itself. Write this below "
                          "“environments:”:"_s.arg(fileName));
    error.detail = QString::fromUtf8(entry);
    return error;
}

Result<void> addEnvironment(const QString &fileName, const Environment &environment)
{
    QByteArray before;
    QFile file(fileName);
    if (file.exists()) {
        if (!file.open(QIODevice::ReadOnly))
            return cannotWrite(fileName, file.errorString());
        before = file.readAll();
    }
    const Result<QByteArray> text = withEnvironment(before, fileName, environment);
    if (!text)
        return text.error();
    QSaveFile target(fileName);
    if (!QDir().mkpath(QFileInfo(fileName).path()) || !target.open(QIODevice::WriteOnly)
        || target.write(*text) != text->size() || !target.commit())
        return cannotWrite(fileName, target.errorString());
    return {};
}

} // namespace runsheet
