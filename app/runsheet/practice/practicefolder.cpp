// SPDX-License-Identifier: Apache-2.0
#include "practice/practicefolder.h"

#include "base/sha256.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

const QString kResources = u":/practice"_s;

Error unwritable(const QString &what)
{
    return {.kind = Error::Kind::Unwritable,
            .message =
                u"%1 could not be written. Check the free space, or set RUNSHEET_PRACTICE to "
                "another short path."_s.arg(what),
            .detail = QString::fromLocal8Bit(std::strerror(errno))};
}

Error refused(const QString &path, const QString &why)
{
    return {.kind = Error::Kind::Refused,
            .message = u"Practice does not use the folder %1, because %2. Remove it, or set "
                       "RUNSHEET_PRACTICE to another short path."_s.arg(path, why),
            .detail = {}};
}

/// Why the folder must not be used; empty when it may.
QString objection(const QString &path)
{
    struct stat status
    {
    };
    if (lstat(QFile::encodeName(path).constData(), &status) != 0)
        return u"it cannot be examined"_s;
    if (S_ISLNK(status.st_mode))
        return u"it is a symbolic link"_s;
    if (!S_ISDIR(status.st_mode))
        return u"it is a file"_s;
    if (status.st_uid != geteuid())
        return u"it belongs to somebody else"_s;
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return u"others may write in it"_s;
    return {};
}

Result<void> write(const QString &path, const QByteArray &bytes, QFile::Permissions permissions)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()
        || !file.setPermissions(permissions) || !file.commit())
        return unwritable(u"The file %1"_s.arg(path));
    return {};
}

/// Everything the loaded shop is made from; other files may change without loading it again.
QByteArray shopFingerprint()
{
    QByteArray all;
    for (const QString &name : {u"schema.sql"_s, u"data.sql"_s, u"constraints.sql"_s}) {
        QFile file(kResources + u'/' + name);
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return sha256Hex(all).toLatin1();
}

} // namespace

PracticeFolder::PracticeFolder(QString path)
    : m_path(std::move(path))
{
}

QString PracticeFolder::shop() const
{
    return m_path + u"/shop"_s;
}

QString PracticeFolder::backups() const
{
    return m_path + u"/backups"_s;
}

QString PracticeFolder::markerFile() const
{
    return m_path + u"/runsheet-practice"_s;
}

QString PracticeFolder::loadedFile() const
{
    return m_path + u"/loaded"_s;
}

bool PracticeFolder::exists() const
{
    return QFileInfo::exists(m_path) || QFileInfo(m_path).isSymLink();
}

Result<void> PracticeFolder::check() const
{
    if (const QString why = objection(m_path); !why.isEmpty())
        return refused(m_path, why);
    if (!QFileInfo::exists(markerFile())
        && !QDir(m_path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System
                                 | QDir::NoDotAndDotDot))
        return refused(m_path, u"it holds files that are not from practice"_s);
    return {};
}

Result<void> PracticeFolder::claim() const
{
    const QByteArray name = QFile::encodeName(m_path);
    // Not mkpath: the folder must be ours from its first moment, and the server's account must be
    // able to go through it.
    if (mkdir(name.constData(), 0711) != 0 && errno != EEXIST)
        return unwritable(u"The folder %1"_s.arg(m_path));
    if (Result<void> checked = check(); !checked)
        return checked;
    if (chmod(name.constData(), 0711) != 0 || !QDir().mkpath(backups()))
        return unwritable(u"The folder %1"_s.arg(m_path));
    QFile::setPermissions(backups(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return write(markerFile(),
                 "Made by Runsheet for practice. runsheet practice --stop removes it.\n",
                 QFile::ReadOwner | QFile::WriteOwner);
}

Result<void> PracticeFolder::extractShop() const
{
    QDirIterator files(kResources, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile source(files.next());
        const QString target = shop() + source.fileName().mid(kResources.size());
        if (!source.open(QIODevice::ReadOnly) || !QDir().mkpath(QFileInfo(target).path()))
            return unwritable(u"The file %1"_s.arg(target));
        const QByteArray bytes = source.readAll();
        QFile::Permissions permissions =
            QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
        if (bytes.startsWith("#!"))
            permissions |= QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
        if (Result<void> written = write(target, bytes, permissions); !written)
            return written;
    }
    return {};
}

Result<void> PracticeFolder::remove() const
{
    if (Result<void> checked = check(); !checked)
        return checked;
    if (!QDir(m_path).removeRecursively())
        return unwritable(u"The folder %1"_s.arg(m_path));
    return {};
}

QString PracticeFolder::loadedWith() const
{
    QFile file(loadedFile());
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> lines = file.readAll().split('\n');
    return lines.size() >= 2 && lines[0] == shopFingerprint() ? QFile::decodeName(lines[1])
                                                              : QString();
}

Result<void> PracticeFolder::setLoadedWith(const QString &binFolder) const
{
    return write(loadedFile(), shopFingerprint() + '\n' + QFile::encodeName(binFolder) + '\n',
                 QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace runsheet
