// SPDX-License-Identifier: Apache-2.0
#include "exec/executionfolder.h"

#include "base/json.h"
#include "base/paths.h"
#include "base/sha256.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Room for the last status, so that a disk filled by the command itself cannot lose its outcome.
constexpr off_t kReserveBytes = 16'384;
constexpr qint64 kHashBlock = 1 << 20;
constexpr int kColumns = 120;
constexpr int kRows = 40;

Error cannotWrite(const QString &file, const QString &cause)
{
    return {.kind = Error::Kind::Unwritable,
            .message =
                u"The command was not started, because its log and status could not be kept: "
                "%1 cannot be written. Check the permissions and the free space."_s.arg(file),
            .detail = cause};
}

Result<void> writeFile(const QString &name, const QByteArray &content,
                       QFile::Permissions permissions)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, permissions | QFile::WriteOwner)
        || file.write(content) != content.size() || !file.flush()
        || !file.setPermissions(permissions))
        return cannotWrite(name, file.errorString());
    return {};
}

Result<void> reserveSpace(const QString &name)
{
    const int fd = ::open(QFile::encodeName(name).constData(), O_WRONLY | O_CREAT | O_CLOEXEC,
                          S_IRUSR | S_IWUSR);
    if (fd < 0)
        return cannotWrite(name, QString::fromLocal8Bit(std::strerror(errno)));
    const int problem = ::posix_fallocate(fd, 0, kReserveBytes);
    ::close(fd);
    if (problem != 0)
        return cannotWrite(name, QString::fromLocal8Bit(std::strerror(problem)));
    return {};
}

/// Identity by flock, not by pid: a number can come to belong to another process, a lock cannot.
bool isLocked(const QString &name)
{
    const int fd = ::open(QFile::encodeName(name).constData(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool locked = ::flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(fd);
    return locked;
}

QJsonObject specFor(const CommandRequest &request, const QString &directory,
                    const QString &scriptFile)
{
    QStringList names = request.environment.keys();
    names.sort();
    return {{u"version"_s, 1},
            {u"execution"_s, request.execution.value},
            {u"argv"_s, QJsonArray::fromStringList(commandLine(request.language, scriptFile))},
            {u"cwd"_s, directory},
            {u"tty"_s, request.terminal},
            {u"columns"_s, kColumns},
            {u"rows"_s, kRows},
            {u"env"_s, QJsonArray::fromStringList(names)}};
}

} // namespace

QString ExecutionFolder::file(const QString &name) const
{
    return m_path + u'/' + name;
}

QString ExecutionFolder::outputFile() const
{
    return file(u"output.log"_s);
}

QString ExecutionFolder::statusFile() const
{
    return file(u"status.json"_s);
}

QString ExecutionFolder::scriptFile() const
{
    return file(u"script"_s);
}

QByteArray ExecutionFolder::script() const
{
    return content(u"script"_s);
}

QByteArray ExecutionFolder::content(const QString &name) const
{
    QFile source(file(name));
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

Result<void> ExecutionFolder::prepare(const CommandRequest &request) const
{
    const QString script = file(u"script"_s);
    if (QFileInfo::exists(script))
        return Error{.kind = Error::Kind::Refused,
                     .message = u"This execution was started before. Nothing is run twice."_s,
                     .detail = m_path};
    if (Result<void> made = ensurePrivateFolder(m_path); !made)
        return made;
    const QString directory =
        request.workingDirectory.isEmpty() ? QDir::homePath() : request.workingDirectory;
    const QByteArray spec = canonicalJson(specFor(request, directory, script));
    constexpr QFile::Permissions kReadable = QFile::ReadOwner;
    constexpr QFile::Permissions kWritable = QFile::ReadOwner | QFile::WriteOwner;
    const QStringList names = commandEnvironment(request, m_path).keys() + request.secrets.keys();
    const QByteArray prelude = shellPrelude(m_path, request.variables, names);
    if (Result<void> done = writeFile(outputFile(), {}, kWritable); !done)
        return done;
    if (Result<void> done = reserveSpace(file(u"reserve"_s)); !done)
        return done;
    if (Result<void> done = writeFile(script, request.script, kReadable); !done)
        return done;
    if (Result<void> done = writeFile(file(u"prelude"_s), prelude, kReadable); !done)
        return done;
    return writeFile(file(u"spec.json"_s), spec, kReadable);
}

void ExecutionFolder::invalidate() const
{
    QFile::rename(file(u"spec.json"_s), file(u"spec.json.void"_s));
}

ExecutionFolder::Sight ExecutionFolder::look() const
{
    Sight sight{.exists = QFileInfo::exists(m_path)};
    // Locks first: the last status is written before they are let go, so free locks and no last
    // status mean that there will be none.
    sight.watched = isLocked(file(u"owner"_s));
    sight.alive = isLocked(file(u"lock"_s)) || sight.watched;
    const QByteArray json = content(u"status.json"_s);
    if (json.isEmpty()) {
        // A power cut may have kept the name of the first status and not its content.
        sight.damaged = QFileInfo::exists(statusFile());
        return sight;
    }
    sight.terminal = parseTerminalState(content(u"terminal"_s));
    if (const Result<ExecutionStatus> status = parseStatus(json))
        sight.status = *status;
    else
        sight.damaged = true;
    return sight;
}

ExecutionFolder::Output ExecutionFolder::readOutput(qint64 limit,
                                                    const std::atomic_bool &cancelled) const
{
    Output output;
    Sha256 hash;
    QFile log(outputFile());
    QByteArray block;
    if (log.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        while (!cancelled && (limit < 0 || output.bytes < limit)) {
            block = log.read(limit < 0 ? kHashBlock : std::min(kHashBlock, limit - output.bytes));
            if (block.isEmpty())
                break;
            hash.add(block);
            output.bytes += block.size();
            output.lines += block.count('\n');
        }
    }
    output.sha256 = hash.hex();
    return output;
}

QString ExecutionFolder::startDirectory() const
{
    const Result<QJsonObject> spec = parseJsonObject(content(u"spec.json"_s));
    return spec ? spec->value("cwd"_L1).toString() : QString();
}

QString ExecutionFolder::program() const
{
    const Result<QJsonObject> spec = parseJsonObject(content(u"spec.json"_s));
    return spec ? spec->value("argv"_L1).toArray().at(0).toString() : QString();
}

QByteArray ExecutionFolder::outputTail(qint64 bytes) const
{
    QFile log(outputFile());
    if (!log.open(QIODevice::ReadOnly))
        return {};
    log.seek(std::max<qint64>(0, log.size() - bytes));
    return log.read(bytes);
}

ShellStateChange ExecutionFolder::shellStateChange() const
{
    return runsheet::shellStateChange(content(u"state.before"_s), content(u"state.after"_s));
}

QStringList commandLine(CommandLanguage language, const QString &scriptFile)
{
    switch (language) {
    case CommandLanguage::Shell:
        return {u"bash"_s, u"-euo"_s, u"pipefail"_s, scriptFile};
    case CommandLanguage::Sql:
        return {u"psql"_s, u"-X"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-f"_s, scriptFile};
    }
    return {};
}

QProcessEnvironment commandEnvironment(const CommandRequest &request, const QString &folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &pager : {u"PAGER"_s, u"PSQL_PAGER"_s, u"GIT_PAGER"_s})
        environment.insert(pager, u"cat"_s);
    environment.insert(u"TERM"_s, u"xterm-256color"_s);
    environment.insert(u"PGAPPNAME"_s, request.applicationName);
    for (auto it = request.environment.begin(); it != request.environment.end(); ++it)
        environment.insert(it.key(), it.value());
    if (request.language == CommandLanguage::Shell) {
        environment.insert(u"BASH_ENV"_s, folder + u"/prelude"_s);
        return environment;
    }
    for (auto it = request.variables.begin(); it != request.variables.end(); ++it) {
        if (it->exported && !it->declaration.isEmpty() && !isShellOwnName(it.key()))
            environment.insert(it.key(), it->value);
    }
    return environment;
}

} // namespace runsheet
