// SPDX-License-Identifier: Apache-2.0
#include "support/temporarypostgres.h"

#include "practice/postgrescluster.h"
#include "support/serverguard.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <csignal>
#include <optional>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

const QString kUser = u"tester"_s;

Result<QString> installedBinFolder()
{
    return PostgresCluster::findBinFolder(PostgresCluster::standardBinFolders());
}

/// The server and its direct children, which are all its sessions and helpers.
QList<pid_t> processesOf(qint64 server)
{
    QList<pid_t> processes{static_cast<pid_t>(server)};
    QFile children(u"/proc/%1/task/%1/children"_s.arg(server));
    if (children.open(QIODevice::ReadOnly)) {
        for (const QByteArray &child : children.readAll().split(' ')) {
            if (const int pid = child.trimmed().toInt(); pid > 0)
                processes += pid;
        }
    }
    return processes;
}

} // namespace

class TemporaryPostgres::Private
{
public:
    Result<void> prepare();
    Result<void> signalAll(int signal) const;
    void remove();

    std::optional<QTemporaryDir> folder;
    std::optional<PostgresCluster> cluster;
    QStringList settings;
    std::optional<ServerGuard> guard;
};

Result<void> TemporaryPostgres::Private::prepare()
{
    Result<QString> binFolder = installedBinFolder();
    if (!binFolder)
        return binFolder.error();
    // Not under TMPDIR: a socket's path is at most 107 bytes, and the server's account must get in.
    folder.emplace(u"/tmp/runsheet-pg-XXXXXX"_s);
    folder->setAutoRemove(false);
    chmod(QFile::encodeName(folder->path()).constData(), 0711);
    cluster.emplace(*binFolder, folder->path());
    guard.emplace(folder->path());
    return cluster->create(kUser);
}

Result<void> TemporaryPostgres::Private::signalAll(int signal) const
{
    const qint64 server = cluster ? cluster->serverProcess() : 0;
    if (server == 0)
        return Error{.kind = Error::Kind::Refused,
                     .message = u"The test's server is not running."_s,
                     .detail = {}};
    // The server first, so that it starts nobody new; when waking up, last.
    const QList<pid_t> processes = processesOf(server);
    for (const pid_t process : processes)
        ::kill(process, signal);
    return {};
}

void TemporaryPostgres::Private::remove()
{
    if (!cluster)
        return;
    if (cluster->serverProcess() != 0) {
        static_cast<void>(signalAll(SIGCONT));
        static_cast<void>(cluster->stop());
    }
    folder->remove();
    guard.reset();
}

TemporaryPostgres::TemporaryPostgres()
    : d(std::make_unique<Private>())
{
}

TemporaryPostgres::~TemporaryPostgres()
{
    d->remove();
}

bool TemporaryPostgres::isAvailable()
{
    return installedBinFolder().hasValue();
}

QString TemporaryPostgres::unavailableReason()
{
    const Result<QString> found = installedBinFolder();
    return found ? QString() : found.error().message;
}

Result<void> TemporaryPostgres::start(const QStringList &settings)
{
    if (!d->cluster) {
        if (Result<void> prepared = d->prepare(); !prepared)
            return prepared;
    }
    if (!settings.isEmpty())
        d->settings = settings;
    return d->cluster->start(QStringList{u"fsync=off"_s, u"full_page_writes=off"_s,
                                         u"shared_buffers=32MB"_s, u"max_connections=40"_s}
                             + d->settings);
}

Result<void> TemporaryPostgres::stop()
{
    return d->cluster ? d->cluster->stop() : Result<void>();
}

Result<void> TemporaryPostgres::pause()
{
    return d->signalAll(SIGSTOP);
}

Result<void> TemporaryPostgres::resume()
{
    return d->signalAll(SIGCONT);
}

bool TemporaryPostgres::isRunning() const
{
    return d->cluster && d->cluster->isRunning();
}

Result<Connection> TemporaryPostgres::createDatabase(const QString &name)
{
    const Result<QString> made = execute(u"create database \"%1\""_s.arg(name));
    if (!made)
        return made.error();
    return connection(name);
}

Connection TemporaryPostgres::connection(const QString &database) const
{
    return {.service = {},
            .host = host(),
            .port = port(),
            .database = database,
            .user = kUser,
            .sslMode = {}};
}

Result<QString> TemporaryPostgres::execute(const QString &sql, const QString &database)
{
    if (!d->cluster)
        return Error{.kind = Error::Kind::Refused,
                     .message = u"The test's server was never started."_s,
                     .detail = {}};
    const Result<QByteArray> output = d->cluster->psql(kUser, database, {u"-c"_s, sql});
    if (!output)
        return output.error();
    return QString::fromUtf8(*output).trimmed();
}

QString TemporaryPostgres::host() const
{
    return d->cluster ? d->cluster->socketFolder() : QString();
}

int TemporaryPostgres::port() const
{
    return PostgresCluster::kPort;
}

qint64 TemporaryPostgres::serverProcess() const
{
    return d->cluster ? d->cluster->serverProcess() : 0;
}

QString TemporaryPostgres::binFolder() const
{
    return d->cluster ? d->cluster->binFolder() : QString();
}

} // namespace runsheet
