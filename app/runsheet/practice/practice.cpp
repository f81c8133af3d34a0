// SPDX-License-Identifier: Apache-2.0
#include "practice/practice.h"

#include "practice/postgrescluster.h"
#include "practice/practicefolder.h"
#include "practice/program.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kLockWaitMs = 60'000; // far above the slowest first start
const QString kUser = u"shop"_s;
const QString kDatabase = u"shop"_s;

/// fsync is off because the data is invented and gone tomorrow.
QStringList serverSettings(const PostgresCluster &cluster)
{
    QStringList settings{u"fsync=off"_s,          u"full_page_writes=off"_s,
                         u"max_connections=60"_s, u"shared_buffers=64MB"_s,
                         u"log_lock_waits=on"_s,  u"track_io_timing=on"_s};
    const QString libraries = QFileInfo(cluster.binFolder()).path() + u"/lib"_s;
    for (const QString &folder : {libraries, libraries + u"/postgresql"_s}) {
        if (QFileInfo::exists(folder + u"/pg_stat_statements.so"_s)) {
            settings += u"shared_preload_libraries=pg_stat_statements"_s;
            break;
        }
    }
    return settings;
}

Result<void> loadShop(const PostgresCluster &cluster, const PracticeFolder &folder)
{
    const Result<QByteArray> made =
        cluster.psql(kUser, u"postgres"_s, {u"-c"_s, u"create database shop"_s});
    if (!made)
        return made.error();
    const Result<QByteArray> loaded = cluster.psql(
        kUser, kDatabase,
        {u"--single-transaction"_s, u"-f"_s, folder.shop() + u"/schema.sql"_s, u"-f"_s,
         folder.shop() + u"/data.sql"_s, u"-f"_s, folder.shop() + u"/constraints.sql"_s});
    if (!loaded)
        return loaded.error();
    return folder.setLoadedWith(cluster.binFolder());
}

Result<void> controlTraffic(const PostgresCluster &cluster, const PracticeFolder &folder,
                            const QString &verb)
{
    const QString script = folder.shop() + u"/traffic/traffic"_s;
    if (!QFileInfo::exists(script))
        return {};
    const Result<QByteArray> done = runProgram(
        {.program = script,
         .arguments = {verb},
         .environment = {{u"PGHOST"_s, cluster.socketFolder()},
                         {u"PGPORT"_s, QString::number(PostgresCluster::kPort)},
                         {u"PGUSER"_s, kUser},
                         {u"PGDATABASE"_s, kDatabase},
                         {u"PATH"_s, cluster.binFolder() + u':' + qEnvironmentVariable("PATH")}}});
    return done ? Result<void>() : Result<void>(done.error());
}

Result<void> clearAway(const PostgresCluster &cluster, const PracticeFolder &folder)
{
    if (Result<void> stopped = controlTraffic(cluster, folder, u"stop"_s); !stopped)
        return stopped;
    if (Result<void> stopped = cluster.stop(); !stopped)
        return stopped;
    return folder.remove();
}

Result<void> makeAnew(const PostgresCluster &cluster, const PracticeFolder &folder)
{
    if (Result<void> cleared = clearAway(cluster, folder); !cleared)
        return cleared;
    if (Result<void> claimed = folder.claim(); !claimed)
        return claimed;
    if (Result<void> extracted = folder.extractShop(); !extracted)
        return extracted;
    if (Result<void> created = cluster.create(kUser); !created)
        return created;
    if (Result<void> started = cluster.start(serverSettings(cluster)); !started)
        return started;
    return loadShop(cluster, folder);
}

/// True when the shop that is there answers; false when it must be made anew.
bool takeUp(const PostgresCluster &cluster, const PracticeFolder &folder)
{
    if (!QFileInfo(cluster.binFolder() + u"/pg_ctl"_s).isExecutable())
        return false;
    const bool serves = cluster.isRunning() || cluster.start(serverSettings(cluster));
    // An exercise that broke off between two renames leaves a server without the shop.
    return serves && cluster.psql(kUser, kDatabase, {u"-c"_s, u"select 1"_s})
        && folder.extractShop();
}

QList<Probe> probes()
{
    const QString user = u"(select 1 + (random() * 19999)::integer)"_s;
    const QString product = u"(select 1 + (random() * 1999)::integer)"_s;
    const QString order = u"(select 1 + (random() * 69999)::integer)"_s;
    return {
        {.name = u"product"_s,
         .sql = u"select name, price_cents, stock from products where id = "_s + product},
        {.name = u"orders of a user"_s,
         .sql = u"select id, status, total_cents from orders where user_id = %1 "
                "order by placed_at desc limit 10"_s.arg(user)},
        {.name = u"order with items"_s,
         .sql =
             u"select o.id, sum(i.quantity * i.price_cents) from orders o "
             "join order_items i on i.order_id = o.id where o.id = %1 group by o.id"_s.arg(order)},
        {.name = u"sales of the last hours"_s,
         .sql = u"select count(*), sum(total_cents) from orders "
                "where placed_at > now() - interval '3 hours'"_s},
    };
}

Environment environmentOf(const PostgresCluster &cluster, const PracticeFolder &folder)
{
    Environment environment;
    environment.name = u"practice"_s;
    environment.colour = u"teal"_s;
    environment.connection = {.service = {},
                              .host = cluster.socketFolder(),
                              .port = PostgresCluster::kPort,
                              .database = kDatabase,
                              .user = kUser,
                              .sslMode = {}};
    environment.variables = {
        {u"PRACTICE_HOME"_s, folder.path()},
        {u"SHOP_DIR"_s, folder.shop()},
        {u"BACKUP_DIR"_s, folder.backups()},
        {u"PATH"_s, cluster.binFolder() + u':' + qEnvironmentVariable("PATH")},
    };
    if (const Result<QByteArray> identifier = cluster.psql(
            kUser, kDatabase, {u"-c"_s, u"select system_identifier from pg_control_system()"_s}))
        environment.expectedSystemIdentifier = QString::fromLatin1(*identifier).trimmed();
    environment.probes = probes();
    return environment;
}

Result<void> waitFor(QLockFile &lock)
{
    if (lock.tryLock(kLockWaitMs))
        return {};
    if (lock.error() != QLockFile::LockFailedError)
        return Error{.kind = Error::Kind::Unwritable,
                     .message = u"The file %1 could not be made. Set RUNSHEET_PRACTICE to a short "
                                "path in a folder that you may write in."_s.arg(lock.fileName()),
                     .detail = {}};
    return Error{.kind = Error::Kind::Refused,
                 .message = u"Another program is starting or stopping practice and did not finish. "
                            "If none is, remove the file %1 and try again."_s.arg(lock.fileName()),
                 .detail = {}};
}

} // namespace

PracticeOptions PracticeOptions::standard()
{
    const QString folder =
        qEnvironmentVariable("RUNSHEET_PRACTICE", u"/tmp/runsheet-practice-%1"_s.arg(geteuid()));
    return {.folder = QDir::cleanPath(QFileInfo(folder).absoluteFilePath()),
            .binFolders = PostgresCluster::standardBinFolders()};
}

Result<Practice> startPractice(const PracticeOptions &options)
{
    const Result<QString> binFolder = PostgresCluster::findBinFolder(options.binFolders);
    if (!binFolder)
        return binFolder.error();
    const PracticeFolder folder(options.folder);
    QLockFile lock(folder.lockFile());
    if (const Result<void> locked = waitFor(lock); !locked)
        return locked.error();
    if (const Result<void> claimed = folder.claim(); !claimed)
        return claimed.error();

    PostgresCluster cluster(folder.loadedWith(), folder.path());
    const bool reused = takeUp(cluster, folder);
    if (!reused) {
        cluster = PostgresCluster(*binFolder, folder.path());
        if (const Result<void> made = makeAnew(cluster, folder); !made)
            return made.error();
    }
    if (const Result<void> busy = controlTraffic(cluster, folder, u"start"_s); !busy)
        return busy.error();
    return Practice{.folder = folder.path(),
                    .environment = environmentOf(cluster, folder),
                    .runbookFile = u":/runbooks/practice.md"_s,
                    .reused = reused};
}

Result<bool> stopPractice(const PracticeOptions &options)
{
    const PracticeFolder folder(options.folder);
    if (!folder.exists())
        return false;
    QLockFile lock(folder.lockFile());
    if (const Result<void> locked = waitFor(lock); !locked)
        return locked.error();
    if (const Result<void> checked = folder.check(); !checked)
        return checked.error();
    QString binFolder = folder.loadedWith();
    if (binFolder.isEmpty()) {
        if (const Result<QString> found = PostgresCluster::findBinFolder(options.binFolders))
            binFolder = *found;
    }
    if (const Result<void> cleared = clearAway(PostgresCluster(binFolder, folder.path()), folder);
        !cleared)
        return cleared.error();
    return true;
}

} // namespace runsheet
