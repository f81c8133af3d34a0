// SPDX-License-Identifier: Apache-2.0
#include "base/shellnames.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr std::array kOwnNames{
    "_"_L1,
    "COLUMNS"_L1,
    "DIRSTACK"_L1,
    "EPOCHREALTIME"_L1,
    "EPOCHSECONDS"_L1,
    "EUID"_L1,
    "FUNCNAME"_L1,
    "GROUPS"_L1,
    "HISTCMD"_L1,
    "HOSTNAME"_L1,
    "HOSTTYPE"_L1,
    "IFS"_L1,
    "LINENO"_L1,
    "LINES"_L1,
    "MACHTYPE"_L1,
    "MAPFILE"_L1,
    "OLDPWD"_L1,
    "OPTARG"_L1,
    "OPTERR"_L1,
    "OPTIND"_L1,
    "OSTYPE"_L1,
    "PGAPPNAME"_L1,
    "PIPESTATUS"_L1,
    "POSIXLY_CORRECT"_L1,
    "PPID"_L1,
    "PS4"_L1,
    "PWD"_L1,
    "RANDOM"_L1,
    "REPLY"_L1,
    "SECONDS"_L1,
    "SHELLOPTS"_L1,
    "SHLVL"_L1,
    "SRANDOM"_L1,
    "UID"_L1,
};

} // namespace

bool isShellOwnName(const QString &name)
{
    return name.startsWith("BASH"_L1) || name.startsWith("COMP_"_L1)
        || name.startsWith("__runsheet_"_L1)
        || std::ranges::any_of(kOwnNames, [&name](QLatin1StringView own) { return name == own; });
}

bool isVariableName(const QString &name)
{
    static const QRegularExpression kName(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    return kName.match(name).hasMatch();
}

QString exportedDeclaration(const QString &name, const QString &value)
{
    static const QRegularExpression kSpecial(u"([\\\\\"$`])"_s);
    return u"declare -x %1=\"%2\""_s.arg(name, QString(value).replace(kSpecial, u"\\\\1"_s));
}

} // namespace runsheet
