// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"
#include "runbook/shellsyntax.h"

#include <QList>
#include <QString>

namespace runsheet
{

/// A part of a fenced block that stands alone.
struct CommandPiece
{
    QString label; ///< from the comment lines at its start, joined; may be empty
    QString text; ///< as written, comments included
    int line = 0; ///< of its first line, counted from 0 at the block's first line
    bool isCommand = true; ///< false: nothing to run, only comments or words for a person
    CommandLanguage language = CommandLanguage::Shell; ///< as it reads, whatever its block says
    QString choice; ///< "Option A" when it is one of several alternatives
    QString output; ///< what the block shows below the command
    int outputLine = 0;

    bool operator==(const CommandPiece &) const = default;
};

/// A block copied from a terminal is cut where something is printed. Other blocks are cut at blank
/// lines and in front of "Option A", when every piece is complete; otherwise it stays whole. SQL
/// also stays whole when it depends on its session (transactions, settings, temporary tables).
[[nodiscard]] QList<CommandPiece> cutCommands(const QString &block, CommandLanguage language,
                                              ShellSyntax &syntax, bool isSession = false);

/// "Option A: by hand" → "Option A"; empty for anything else.
[[nodiscard]] QString choiceNamedIn(const QString &label);

/// The last line never ends by itself (tail -f, kubectl logs -f, watch …).
[[nodiscard]] bool isFollower(const QString &text);

} // namespace runsheet
