// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "runbook/runbook.h"

#include <QMap>
#include <QString>
#include <QStringList>

namespace runsheet
{

/// A command with values in the place of its placeholders.
struct FilledCommand
{
    QString text;
    QStringList open; ///< placeholders without a value; they stand in the text as before
    /// Secrets are never written into the text. It reads them from these variables instead, which
    /// are handed to the command alone.
    QMap<QString, QString> secrets;
    QStringList warnings; ///< sentences about values that may not mean what was meant

    bool operator==(const FilledCommand &) const = default;
};

/// Puts the answers (by placeholder, as written) where the placeholders stand, so that each is read
/// as that text and nothing else: as one word where it stands bare in shell, escaped for the quotes
/// or the heredoc around it, as text or as a name in SQL. Refused when there is no such form for a
/// value. An empty answer is none.
[[nodiscard]] Result<FilledCommand> fillPlaceholders(const Command &command,
                                                     const QMap<QString, QString> &answers);

/// The name of the variable that a placeholder would be: <backup-id> is BACKUP_ID, your-database is
/// DATABASE.
[[nodiscard]] QString variableNameOf(const QString &placeholder);

/// Not to be written anywhere: the placeholder's name or the value itself says so.
[[nodiscard]] bool isSecretAnswer(const QString &placeholder, const QString &value);

} // namespace runsheet
