// SPDX-License-Identifier: Apache-2.0
#include "practice/postgrescluster.h"

#include "practice/program.h"

#include <QCollator>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

Error systemError(const QString &message)
{
    return {.kind = Error::Kind::Unwritable,
            .message = message,
            .detail = QString::fromLocal8Bit(std::strerror(errno))};
}

/// What went wrong in a called program, told in the words of what we wanted from it.
Result<void> told(const Result<QByteArray> &outcome, const QString &message)
{
    if (outcome)
        return {};
    return Error{
        .kind = outcome.error().kind, .message = message, .detail = describe(outcome.error())};
}

bool holdsServer(const QString &folder)
{
    for (const QString &name : {u"initdb"_s, u"pg_ctl"_s, u"postgres"_s, u"psql"_s, u"pgbench"_s}) {
        if (!QFileInfo(folder + u'/' + name).isExecutable())
            return false;
    }
    return true;
}

} // namespace

PostgresCluster::PostgresCluster(QString binFolder, QString folder)
    : m_binFolder(std::move(binFolder))
    , m_folder(std::move(folder))
{
}

QStringList PostgresCluster::standardBinFolders()
{
    QDir versions(u"/usr/lib/postgresql"_s);
    QStringList names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCollator numeric(QLocale::c());
    numeric.setNumericMode(true);
    std::sort(names.begin(), names.end(), [&numeric](const QString &left, const QString &right) {
        return numeric.compare(left, right) > 0;
    });
    QStringList folders;
    for (const QString &name : names)
        folders += versions.filePath(name) + u"/bin"_s;
    const QString onPath = QStandardPaths::findExecutable(u"pg_ctl"_s);
    if (!onPath.isEmpty())
        folders += QFileInfo(onPath).canonicalPath();
    return folders;
}

Result<QString> PostgresCluster::findBinFolder(const QStringList &candidates)
{
    for (const QString &folder : candidates) {
        if (holdsServer(folder))
            return folder;
    }
    return Error{.kind = Error::Kind::Unavailable,
                 .message = u"Practice needs a PostgreSQL server on this computer and found none. "
                            "Install the package postgresql (apt-get install postgresql) and "
                            "start practice again."_s,
                 .detail = {}};
}

QString PostgresCluster::dataFolder() const
{
    return m_folder + u"/data"_s;
}

QString PostgresCluster::socketFolder() const
{
    return m_folder + u"/socket"_s;
}

QString PostgresCluster::logFile() const
{
    return dataFolder() + u"/server.log"_s;
}

QString PostgresCluster::program(const QString &name) const
{
    return m_binFolder + u'/' + name;
}

Result<void> PostgresCluster::makeServerFolder(const QString &path, unsigned mode) const
{
    const QByteArray name = QFile::encodeName(path);
    if (mkdir(name.constData(), mode) != 0 && errno != EEXIST)
        return systemError(u"The folder %1 could not be made."_s.arg(path));
    if (!needsServerAccount())
        return {};
    const passwd *account = getpwnam("postgres");
    if (!account)
        return Error{.kind = Error::Kind::Unavailable,
                     .message = u"PostgreSQL does not run as root and there is no account named "
                                "postgres. Install the package postgresql, which makes it."_s,
                     .detail = {}};
    if (lchown(name.constData(), account->pw_uid, account->pw_gid) != 0)
        return systemError(
            u"The folder %1 could not be given to the account postgres."_s.arg(path));
    return {};
}

Result<void> PostgresCluster::checkPath() const
{
    const QString socket = u"%1/.s.PGSQL.%2"_s.arg(socketFolder()).arg(kPort);
    // The path also becomes part of a list and of a shell word in the server's options.
    static const QRegularExpression plain(u"^/[A-Za-z0-9/._-]+$"_s);
    QString objection;
    if (!plain.match(socket).hasMatch())
        objection = u"holds other characters than letters, digits, dots, dashes and underscores"_s;
    else if (static_cast<size_t>(socket.size()) >= sizeof(sockaddr_un::sun_path))
        objection = u"is too long for a unix socket"_s;
    if (objection.isEmpty())
        return {};
    return Error{.kind = Error::Kind::Invalid,
                 .message = u"The path %1 %2. Choose another folder, for example under /tmp."_s.arg(
                     socket, objection),
                 .detail = {}};
}

Result<void> PostgresCluster::create(const QString &superuser) const
{
    if (Result<void> checked = checkPath(); !checked)
        return checked;
    // Only the server's account and root reach the socket: whoever does is let in as superuser, and
    // a superuser may run programs as the server.
    for (const auto &[path, mode] :
         {std::pair{dataFolder(), 0700U}, std::pair{socketFolder(), 0700U}}) {
        if (Result<void> made = makeServerFolder(path, mode); !made)
            return made;
    }
    return told(
        runProgram({.program = program(u"initdb"_s),
                    .arguments = {u"-D"_s, dataFolder(), u"-U"_s, superuser, u"-A"_s, u"trust"_s,
                                  u"-E"_s, u"UTF8"_s, u"--locale=C.UTF-8"_s, u"--no-sync"_s},
                    .account = ProgramCall::Account::Server,
                    .environment = {},
                    .timeout = std::chrono::minutes(2)}), // half a second, on an idle disk
        u"The database folder %1 could not be prepared. The account that runs the server "
        "must be able to enter every folder on the way to it."_s.arg(dataFolder()));
}

Result<void> PostgresCluster::start(const QStringList &settings) const
{
    QString options = u"-c listen_addresses='' -c port=%1 -c unix_socket_directories='%2' "
                      "-c unix_socket_permissions=0700"_s.arg(kPort)
                          .arg(socketFolder());
    for (const QString &setting : settings)
        options += u" -c "_s + setting;
    return told(runProgram({.program = program(u"pg_ctl"_s),
                            .arguments = {u"-D"_s, dataFolder(), u"-l"_s, logFile(), u"-w"_s,
                                          u"-s"_s, u"-o"_s, options, u"start"_s},
                            .account = ProgramCall::Account::Server,
                            .environment = {}}),
                u"The database server did not start. Its own words are in %1."_s.arg(logFile()));
}

Result<void> PostgresCluster::stop() const
{
    if (serverProcess() == 0)
        return {};
    return told(runProgram({.program = program(u"pg_ctl"_s),
                            .arguments = {u"-D"_s, dataFolder(), u"-m"_s, u"immediate"_s, u"-s"_s,
                                          u"stop"_s},
                            .account = ProgramCall::Account::Server,
                            .environment = {}}),
                u"The database server in %1 did not stop."_s.arg(m_folder));
}

bool PostgresCluster::isRunning() const
{
    return serverProcess() != 0
        && runProgram(
               {.program = program(u"pg_isready"_s),
                .arguments = {u"-q"_s, u"-h"_s, socketFolder(), u"-p"_s, QString::number(kPort)},
                .environment = {}})
               .hasValue();
}

qint64 PostgresCluster::serverProcess() const
{
    QFile pidFile(dataFolder() + u"/postmaster.pid"_s);
    if (!pidFile.open(QIODevice::ReadOnly))
        return 0;
    const qint64 pid = pidFile.readLine().trimmed().toLongLong();
    // After a power cut the file may name a process that is somebody else's by now.
    const QByteArray data = QFile::encodeName(dataFolder());
    const QString folder = QFile::symLinkTarget(u"/proc/%1/cwd"_s.arg(pid));
    return folder == QFile::decodeName(data) ? pid : 0;
}

Result<QByteArray> PostgresCluster::psql(const QString &user, const QString &database,
                                         const QStringList &arguments) const
{
    return runProgram({.program = program(u"psql"_s),
                       .arguments = QStringList{u"-XqAt"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-h"_s,
                                                socketFolder(), u"-p"_s, QString::number(kPort),
                                                u"-U"_s, user, u"-d"_s, database}
                           + arguments,
                       .environment = {}});
}

} // namespace runsheet
