// SPDX-License-Identifier: Apache-2.0
#include "base/person.h"

#include <QDir>
#include <QFile>
#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString gitUserName(const QString &file)
{
    QFile config(file);
    if (!config.open(QIODevice::ReadOnly))
        return {};
    bool inUser = false;
    for (const QByteArray &raw : config.readAll().split('\n')) {
        const QString line = QString::fromUtf8(raw).trimmed();
        if (line.startsWith(u'['))
            inUser = line.compare(u"[user]"_s, Qt::CaseInsensitive) == 0;
        else if (inUser
                 && line.section(u'=', 0, 0).trimmed().compare(u"name"_s, Qt::CaseInsensitive) == 0)
            return line.section(u'=', 1).trimmed().remove(u'"');
    }
    return {};
}

QString foldedName(const QString &name)
{
    return name.normalized(QString::NormalizationForm_KC).simplified().toCaseFolded();
}

} // namespace

bool isSameName(const QString &one, const QString &other)
{
    return foldedName(one) == foldedName(other);
}

Person currentPerson()
{
    Person person{.name = {}, .account = {}, .host = QSysInfo::machineHostName()};
    QString fullName;
    if (const passwd *entry = getpwuid(geteuid())) {
        person.account = QString::fromLocal8Bit(entry->pw_name);
        fullName = QString::fromLocal8Bit(entry->pw_gecos).section(u',', 0, 0);
    }
    QString xdg = qEnvironmentVariable("XDG_CONFIG_HOME");
    if (xdg.isEmpty())
        xdg = QDir::homePath() + u"/.config"_s;
    for (const QString &candidate :
         {gitUserName(QDir::homePath() + u"/.gitconfig"_s), gitUserName(xdg + u"/git/config"_s),
          fullName, person.account}) {
        if (candidate.isEmpty())
            continue;
        person.name = candidate;
        break;
    }
    return person;
}

} // namespace runsheet
