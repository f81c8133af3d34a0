// SPDX-License-Identifier: Apache-2.0
#include "base/paths.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// With every folder above it that is missing. Another program may make one at the same time.
bool makePrivate(const QString &folder)
{
    const QFileInfo info(folder);
    if (info.exists())
        return info.isDir();
    return makePrivate(info.path())
        && (QDir().mkdir(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)
            || QFileInfo(folder).isDir());
}

} // namespace

Paths Paths::standard()
{
    const QString chosen = qEnvironmentVariable("RUNSHEET_DATA");
    if (!chosen.isEmpty())
        return Paths(QDir::cleanPath(QFileInfo(chosen).absoluteFilePath()));
    return Paths(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
                 + u"/runsheet"_s);
}

QString Paths::journal() const
{
    return m_data + u"/journal.sqlite"_s;
}

QString Paths::logFile() const
{
    return m_data + u"/log/runsheet.log"_s;
}

QString Paths::run(const RunId &run) const
{
    return m_data + u"/runs/"_s + run.value;
}

QString Paths::samples(const RunId &run) const
{
    return this->run(run) + u"/samples.tsv"_s;
}

QString Paths::execution(const RunId &run, const ExecutionId &execution) const
{
    return this->run(run) + u"/executions/"_s + execution.value;
}

Result<void> ensurePrivateFolder(const QString &folder)
{
    const QString clean = QDir::cleanPath(folder);
    if (!makePrivate(clean) || !QFileInfo(clean).isWritable())
        return Error{
            .kind = Error::Kind::Unwritable,
            .message = u"The folder %1 cannot be written. Check its owner, its permissions "
                       "and the free space, or set RUNSHEET_DATA to another folder."_s.arg(folder),
            .detail = {}};
    return {};
}

} // namespace runsheet
