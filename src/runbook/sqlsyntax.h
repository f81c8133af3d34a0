// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// Statements all closed: outside quotes, dollar quotes and comments, and ended by a semicolon or a
/// psql meta-command.
[[nodiscard]] bool isCompleteSql(const QString &text);

/// Some statement leaves something in its session that a later one may need: an open transaction, a
/// setting, a temporary table, a prepared statement or a psql variable.
[[nodiscard]] bool dependsOnSession(const QString &text);

} // namespace runsheet
