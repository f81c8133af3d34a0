// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"
#include "runbook/texthole.h"

#include <QString>
#include <QStringList>

namespace runsheet
{

/// Parts of a command a person has to fill in first, as written and each once, in order: <account>,
/// {{NAME}}, XXXXX, YYYY-MM-DD, your-database, [BACKUP_ID], ____, --name CLUSTER_NAME. Comment
/// lines are not looked at: they do not run. What has a meaning of its own is none: redirections,
/// comparisons, here-documents, type arguments, tags, formats of other programs.
[[nodiscard]] QStringList findPlaceholders(const QString &text, CommandLanguage language);
/// The same, each time it stands there.
[[nodiscard]] QList<TextHole> placeholderPlaces(const QString &text, CommandLanguage language);

} // namespace runsheet
