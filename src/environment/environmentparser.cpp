// SPDX-License-Identifier: Apache-2.0
// Reading environments.yaml. Every rule that is broken is reported with its line, and nothing is
// guessed: a misspelt key in the file that names production must not pass unseen.
#include "environment/environment.h"

#include "base/secrets.h"

#include <QRegularExpression>
#include <QSet>
#include <QStringList>

#include <yaml-cpp/yaml.h>

#include <optional>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kMaxBytes = 1 << 20;
constexpr int kMaxDepth = 8; // the format needs five; a self-referring alias has no end
constexpr int kMaxNodes = 100'000; // aliases can multiply a small file without end
constexpr int kMaxPort = 65535;

/// Carries the first finding out of the recursive reading; never leaves this file.
struct Finding
{
    int line = 0;
    QString message;
};

QString textOf(const YAML::Node &node)
{
    return QString::fromStdString(node.Scalar());
}

[[noreturn]] void fail(const YAML::Node &node, const QString &message)
{
    throw Finding{.line = node.Mark().line + 1, .message = message};
}

/// Walks the whole file, also what the format does not know, because a password under a misspelt
/// key is still a password in a file.
class PasswordSearch
{
public:
    void visit(const YAML::Node &node, int depth = 0)
    {
        if (depth > kMaxDepth || ++m_visited > kMaxNodes)
            fail(node, u"The file is nested too deeply or repeats itself through aliases."_s);
        if (node.IsScalar() && holdsPassword(textOf(node)))
            refuse(node);
        if (node.IsSequence()) {
            for (const YAML::Node &item : node)
                visit(item, depth + 1);
        }
        if (node.IsMap())
            visitMap(node, depth);
    }

private:
    void visitMap(const YAML::Node &node, int depth)
    {
        for (const auto &entry : node) {
            // What holds further fields holds no password itself: an environment may be called
            // "token-service".
            if (entry.first.IsScalar() && isSecretName(textOf(entry.first))
                && !entry.second.IsMap())
                refuse(entry.first);
            visit(entry.first, depth + 1);
            visit(entry.second, depth + 1);
        }
    }

    [[noreturn]] static void refuse(const YAML::Node &node)
    {
        fail(node,
             u"A password does not belong in this file: it would be copied into the record "
             "of every run. Remove it here and put it into ~/.pgpass or pg_service.conf."_s);
    }

    int m_visited = 0;
};

QString scalar(const YAML::Node &node, const QString &what)
{
    if (node.IsNull())
        return {};
    if (!node.IsScalar())
        fail(node, u"“%1” must be a single value."_s.arg(what));
    return textOf(node);
}

QString required(const YAML::Node &node, const QString &what)
{
    QString text = scalar(node, what).trimmed();
    if (text.isEmpty())
        fail(node, u"“%1” must not be empty."_s.arg(what));
    return text;
}

bool boolean(const YAML::Node &node, const QString &what)
{
    const QString text = scalar(node, what);
    if (text != "true"_L1 && text != "false"_L1)
        fail(node, u"“%1” must be true or false."_s.arg(what));
    return text == "true"_L1;
}

int port(const YAML::Node &node)
{
    bool ok = false;
    const int number = scalar(node, u"port"_s).toInt(&ok);
    if (!ok || number < 1 || number > kMaxPort)
        fail(node, u"“port” must be a number from 1 to %1."_s.arg(kMaxPort));
    return number;
}

QString colour(const YAML::Node &node)
{
    static const QStringList kColours{u"red"_s, u"amber"_s, u"teal"_s};
    QString text = scalar(node, u"colour"_s);
    if (!kColours.contains(text))
        fail(node, u"“colour” must be one of %1."_s.arg(kColours.join(u", "_s)));
    return text;
}

/// Calls set(key, value) for each entry; set answers false for a key it does not know.
template <typename Setter>
void readMap(const YAML::Node &node, const QString &what, const QStringList &knownKeys, Setter set)
{
    if (!node.IsMap())
        fail(node, u"%1 must be a map of keys and values."_s.arg(what));
    QSet<QString> seen;
    for (const auto &entry : node) {
        const QString key = required(entry.first, u"key"_s);
        if (seen.contains(key))
            fail(entry.first, u"“%1” stands twice in %2."_s.arg(key, what));
        seen.insert(key);
        if (!knownKeys.isEmpty() && !knownKeys.contains(key))
            fail(entry.first,
                 u"“%1” is not known in %2. Known are: %3."_s.arg(key, what,
                                                                  knownKeys.join(u", "_s)));
        set(key, entry.first, entry.second);
    }
}

Connection readConnection(const YAML::Node &node, const QString &what)
{
    Connection connection;
    const QMap<QString, QString *> texts{
        {u"service"_s, &connection.service},   {u"host"_s, &connection.host},
        {u"database"_s, &connection.database}, {u"user"_s, &connection.user},
        {u"sslmode"_s, &connection.sslMode},
    };
    const QStringList known{u"service"_s,  u"host"_s, u"port"_s,
                            u"database"_s, u"user"_s, u"sslmode"_s};
    readMap(node, what, known,
            [&](const QString &key, const YAML::Node &, const YAML::Node &value) {
                if (QString *text = texts.value(key))
                    *text = scalar(value, key);
                else
                    connection.port = port(value);
            });
    return connection;
}

QMap<QString, QString> readVariables(const YAML::Node &node, const QString &what)
{
    static const QRegularExpression kName(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    QMap<QString, QString> variables;
    readMap(node, what, {},
            [&](const QString &name, const YAML::Node &key, const YAML::Node &value) {
                if (!name.contains(kName))
                    fail(key,
                         u"“%1” is not a variable name: letters, digits and underscores, not "
                         "starting with a digit."_s.arg(name));
                variables.insert(name, scalar(value, name));
            });
    return variables;
}

Probe readProbe(const YAML::Node &node, const QString &what)
{
    Probe probe;
    readMap(node, what, {u"name"_s, u"sql"_s},
            [&](const QString &key, const YAML::Node &, const YAML::Node &value) {
                (key == "name"_L1 ? probe.name : probe.sql) = required(value, key);
            });
    if (probe.name.isEmpty() || probe.sql.isEmpty())
        fail(node, u"%1 needs a name and its sql."_s.arg(what));
    return probe;
}

QList<Probe> readProbes(const YAML::Node &node, const QString &environment)
{
    if (!node.IsSequence())
        fail(node, u"“probes” must be a list, each with name and sql."_s);
    QList<Probe> probes;
    QSet<QString> names;
    for (const YAML::Node &item : node) {
        const Probe probe = readProbe(item, u"a probe of “%1”"_s.arg(environment));
        if (names.contains(probe.name))
            fail(item, u"Two probes of “%1” are named “%2”."_s.arg(environment, probe.name));
        names.insert(probe.name);
        probes.append(probe);
    }
    return probes;
}

void readField(Environment &environment, const QString &key, const YAML::Node &value)
{
    const QString owner = u" of “%1”"_s.arg(environment.name);
    if (key == "production"_L1)
        environment.production = boolean(value, key);
    else if (key == "colour"_L1)
        environment.colour = colour(value);
    else if (key == "connection"_L1)
        environment.connection = readConnection(value, u"the connection"_s + owner);
    else if (key == "variables"_L1)
        environment.variables = readVariables(value, u"the variables"_s + owner);
    else if (key == "system_identifier"_L1)
        environment.expectedSystemIdentifier = required(value, key);
    else
        environment.probes = readProbes(value, environment.name);
}

Environment readEnvironment(const QString &name, const YAML::Node &node)
{
    static const QStringList kKeys{u"production"_s,        u"colour"_s,
                                   u"connection"_s,        u"variables"_s,
                                   u"system_identifier"_s, u"probes"_s};
    Environment environment;
    environment.name = name;
    readMap(node, u"the environment “%1”"_s.arg(name), kKeys,
            [&](const QString &key, const YAML::Node &, const YAML::Node &value) {
                readField(environment, key, value);
            });
    return environment;
}

QList<Environment> readFile(const YAML::Node &root)
{
    PasswordSearch().visit(root);
    QList<Environment> environments;
    readMap(root, u"the file"_s, {u"environments"_s},
            [&](const QString &, const YAML::Node &, const YAML::Node &list) {
                readMap(list, u"“environments”"_s, {},
                        [&](const QString &name, const YAML::Node &, const YAML::Node &value) {
                            environments.append(readEnvironment(name, value));
                        });
            });
    return environments;
}

/// A second document behind "---" would otherwise pass unread, whatever it says.
YAML::Node onlyDocument(const QByteArray &yaml)
{
    const std::vector<YAML::Node> documents = YAML::LoadAll(yaml.toStdString());
    if (documents.size() > 1)
        fail(documents[1],
             u"The file has a second YAML document, which nothing reads. Join them."_s);
    return documents.empty() ? YAML::Node() : documents.front();
}

Error invalid(const QString &fileName, const Finding &finding)
{
    const QString where =
        finding.line > 0 ? u"%1, line %2: "_s.arg(fileName).arg(finding.line) : fileName + u": "_s;
    return {.kind = Error::Kind::Invalid, .message = where + finding.message, .detail = {}};
}

} // namespace

Result<QList<Environment>> parseEnvironments(const QByteArray &yaml, const QString &fileName)
{
    if (yaml.size() > kMaxBytes)
        return invalid(fileName, {.line = 0, .message = u"The file is larger than 1 MiB."_s});
    try {
        const QList<Environment> environments = readFile(onlyDocument(yaml));
        if (environments.isEmpty())
            return invalid(fileName, {.line = 0, .message = u"The file names no environment."_s});
        return environments;
    } catch (const Finding &finding) {
        return invalid(fileName, finding);
    } catch (const YAML::Exception &exception) {
        Error error = invalid(
            fileName, {.line = exception.mark.line + 1, .message = u"This is not valid YAML."_s});
        error.detail = QString::fromStdString(exception.msg);
        return error;
    }
}

} // namespace runsheet
