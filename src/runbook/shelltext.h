// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// What a piece of a shell block turns out to be when it is read.
enum class ShellReading
{
    Shell,
    Sql, ///< statements that belong into psql
    Prose ///< words for a person: "1. Stop the migration", "CPU: 8+ cores"
};

/// The first line that is no comment decides; in doubt it is shell, as the block says.
[[nodiscard]] ShellReading readingOf(const QString &piece);

/// For blocks that do not say what they are: every line begins like a command. In doubt it is
/// none, for the output of a command must never be run.
[[nodiscard]] bool readsAsShell(const QString &block);

} // namespace runsheet
