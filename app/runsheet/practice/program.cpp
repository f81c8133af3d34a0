// SPDX-License-Identifier: Apache-2.0
#include "practice/program.h"

#include <QFileInfo>
#include <QProcess>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QProcessEnvironment environmentOf(const ProgramCall &call)
{
    QProcessEnvironment environment;
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    for (const QString &name : own.keys()) {
        // PGDATA, PGHOST, PGOPTIONS … of the person's shell would point at another server.
        if (!name.startsWith("PG"_L1))
            environment.insert(name, own.value(name));
    }
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    for (auto it = call.environment.cbegin(); it != call.environment.cend(); ++it)
        environment.insert(it.key(), it.value());
    return environment;
}

/// Where it is also when the PATH is that of a person, without the folders for administration.
QString runuser()
{
    const QString usual = u"/usr/sbin/runuser"_s;
    return QFileInfo(usual).isExecutable() ? usual : u"runuser"_s;
}

Error failure(const ProgramCall &call, const QString &what, const QByteArray &output)
{
    return {.kind = Error::Kind::Unavailable,
            .message = u"The program %1 %2."_s.arg(QFileInfo(call.program).fileName(), what),
            .detail = QString::fromUtf8(output).trimmed()};
}

Result<QByteArray> outcomeOf(const ProgramCall &call, QProcess &process)
{
    if (!process.waitForFinished(static_cast<int>(call.timeout.count()))) {
        if (process.error() == QProcess::FailedToStart)
            return failure(call, u"could not be started"_s, process.errorString().toUtf8());
        process.kill();
        process.waitForFinished();
        return failure(call, u"did not end in time"_s, process.readAllStandardError());
    }
    if (process.exitStatus() == QProcess::CrashExit)
        return failure(call, u"crashed"_s, process.readAllStandardError());
    if (process.exitCode() != 0)
        return failure(call, u"failed with exit code %1"_s.arg(process.exitCode()),
                       process.readAllStandardError());
    return process.readAllStandardOutput();
}

} // namespace

bool needsServerAccount()
{
    return geteuid() == 0;
}

Result<QByteArray> runProgram(const ProgramCall &call)
{
    QProcess process;
    process.setProcessEnvironment(environmentOf(call));
    // The server's account may not be allowed to enter the folder we were started in.
    process.setWorkingDirectory(u"/"_s);
    process.setStandardInputFile(QProcess::nullDevice());
    if (call.account == ProgramCall::Account::Server && needsServerAccount())
        process.start(runuser(),
                      QStringList{u"-u"_s, u"postgres"_s, u"--"_s, call.program} + call.arguments);
    else
        process.start(call.program, call.arguments);
    return outcomeOf(call, process);
}

} // namespace runsheet
