// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace runsheet
{

/// What stands after the opening fence: a language, and attributes in Runme's spelling, either
/// {name=backup cwd="a b" tty=false} or JSON {"name":"backup"}.
struct FenceInfo
{
    std::optional<CommandLanguage> language; ///< set for bash, sh, shell, sql and psql only
    QMap<QString, QString> attributes;
    QStringList unknownKeys; ///< attributes that mean nothing here; kept in attributes too

    bool operator==(const FenceInfo &) const = default;
};

[[nodiscard]] FenceInfo parseFenceInfo(const QString &info);

} // namespace runsheet
