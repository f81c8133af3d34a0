// SPDX-License-Identifier: Apache-2.0
#include "store/sqliteconnection.h"

#include "base/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QStorageInfo>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

// Primary result codes, https://www.sqlite.org/rescode.html; the extended ones keep them in the low
// byte.
constexpr int kBusy = 5;
constexpr int kLocked = 6;
constexpr int kReadOnly = 8;
constexpr int kIoError = 10;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kCannotOpen = 14;
constexpr int kAuthorization = 23;
constexpr int kNotADatabase = 26;
constexpr int kMoved = kReadOnly | (4 << 8); // an extended code: SQLITE_READONLY_DBMOVED

constexpr int kBusyTimeoutMs = 5000;

QString freeSpace(const QString &fileName)
{
    const QStorageInfo storage(QFileInfo(fileName).absolutePath());
    return storage.isValid() ? formatBytes(storage.bytesAvailable()) : u"an unknown amount"_s;
}

Error corrupt(const QString &fileName, const QString &detail)
{
    return {.kind = Error::Kind::Corrupt,
            .message =
                u"The journal %1 is damaged. It was left as it is. To go on with an empty journal, "
                "move that file to a safe place and start again; the runs in it can be looked for "
                "in a copy with \"sqlite3 COPY .recover\"."_s.arg(fileName),
            .detail = detail};
}

} // namespace

SqliteConnection::SqliteConnection(QString fileName)
    : m_fileName(std::move(fileName))
    , m_connectionName(u"runsheet-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_thread(QThread::currentThread())
{
}

SqliteConnection::~SqliteConnection()
{
    close();
}

Result<void> SqliteConnection::open()
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    if (isOpen())
        return {};
    const bool isNew = !QFileInfo::exists(m_fileName);
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connectionName);
    m_database.setDatabaseName(m_fileName);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(kBusyTimeoutMs));
    Result<void> result = m_database.open() ? configure() : toError(m_database.lastError());
    if (result)
        result = check();
    if (!result)
        close();
    else if (isNew)
        QFile::setPermissions(m_fileName, QFile::ReadOwner | QFile::WriteOwner);
    return result;
}

void SqliteConnection::close()
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    if (!m_database.isValid())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connectionName);
}

Result<void> SqliteConnection::configure()
{
    // Not WAL: a commit must be durable including the directory entry, and the record must be one
    // file at rest. mmap off: an I/O error must be an error, not a signal.
    static const QStringList kPragmas{
        u"journal_mode=DELETE"_s,   u"synchronous=EXTRA"_s,  u"foreign_keys=ON"_s,
        u"trusted_schema=OFF"_s,    u"cell_size_check=ON"_s, u"mmap_size=0"_s,
        u"recursive_triggers=ON"_s, u"temp_store=MEMORY"_s,
    };
    for (const QString &pragma : kPragmas) {
        if (const auto result = run(u"PRAGMA "_s + pragma); !result)
            return result.error();
    }
    return {};
}

Result<void> SqliteConnection::check()
{
    const auto finding = value(u"PRAGMA quick_check(1)"_s);
    if (!finding)
        return finding.error();
    if (finding->toString() != "ok"_L1)
        return corrupt(m_fileName, finding->toString());
    return {};
}

Result<QSqlQuery> SqliteConnection::run(const QString &sql, const QVariantList &values)
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    bool ok = query.prepare(sql);
    for (const QVariant &value : values)
        query.addBindValue(value);
    ok = ok && query.exec();
    if (!ok)
        return toError(query.lastError());
    return query;
}

Result<QVariant> SqliteConnection::value(const QString &sql, const QVariantList &values)
{
    auto query = run(sql, values);
    if (!query)
        return query.error();
    return query->next() ? query->value(0) : QVariant();
}

Result<void> SqliteConnection::begin()
{
    if (const auto begun = run(u"BEGIN IMMEDIATE"_s); !begun)
        return begun.error();
    return {};
}

Result<void> SqliteConnection::commit()
{
    if (const auto committed = run(u"COMMIT"_s); !committed)
        return committed.error();
    return {};
}

void SqliteConnection::rollback()
{
    // Fails when SQLite rolled back by itself, as it does when the disk is full: both are fine.
    (void)run(u"ROLLBACK"_s);
}

Error SqliteConnection::toError(const QSqlError &error) const
{
    const int extended = error.nativeErrorCode().toInt();
    const QString detail = u"%1 (SQLite %2)"_s.arg(
        error.databaseText().isEmpty() ? error.driverText() : error.databaseText(),
        error.nativeErrorCode());
    const auto make = [&detail](Error::Kind kind, const QString &message) {
        return Error{.kind = kind, .message = message, .detail = detail};
    };
    if (extended == kMoved)
        return make(Error::Kind::Unwritable,
                    u"The journal %1 was moved or replaced while it was in use. Put it back and do "
                    "it again; nothing that was shown as saved is lost."_s.arg(m_fileName));
    switch (extended & 0xff) {
    case kCorrupt:
    case kNotADatabase:
        return corrupt(m_fileName, detail);
    case kFull:
    case kIoError:
        return make(
            Error::Kind::Unwritable,
            u"The journal %1 could not be written: %2 free on its disk. Make room there and "
            "do it again; nothing that was shown as saved is lost."_s.arg(m_fileName,
                                                                          freeSpace(m_fileName)));
    case kReadOnly:
    case kAuthorization:
        return make(
            Error::Kind::Unwritable,
            u"The journal %1 may only be read. Check who owns it and whether its folder can be "
            "written, or set RUNSHEET_DATA to another folder."_s.arg(m_fileName));
    case kBusy:
    case kLocked:
        return make(Error::Kind::Unavailable,
                    u"Another program held the journal %1 for more than %2 s. Do it again; if it "
                    "stays so, look for the program with \"fuser\"."_s.arg(m_fileName)
                        .arg(kBusyTimeoutMs / 1000));
    case kCannotOpen:
        return make(
            QFileInfo::exists(m_fileName) ? Error::Kind::Unreadable : Error::Kind::Unwritable,
            u"The journal %1 could not be opened. Check that its folder exists and that you may "
            "read and write in it."_s.arg(m_fileName));
    default:
        return make(Error::Kind::Internal,
                    u"The journal %1 did not do what it was asked."_s.arg(m_fileName));
    }
}

} // namespace runsheet
