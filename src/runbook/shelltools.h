// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// The words of one line of shell that say what is run: without "sudo", "time" and the variables
/// set in front, and without the folder of the program.
struct CommandLine
{
    QString program; ///< "psql"; empty when the line runs nothing
    QString arguments; ///< the rest of the line, as written

    bool operator==(const CommandLine &) const = default;
};
[[nodiscard]] CommandLine commandLineOf(const QString &line);

/// The shell text with an x for every quoted part: quoted words are no commands, no options and no
/// redirections.
[[nodiscard]] QString withoutQuotedText(QString shell);

/// A program that a runbook calls and that is no word of English: kubectl, psql, npm …
[[nodiscard]] bool isWellKnownTool(const QString &program);
/// A program whose name is a word of English too: make, find, watch …
[[nodiscard]] bool isWordAndTool(const QString &program);

} // namespace runsheet
