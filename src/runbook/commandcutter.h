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
    bool isCommand = true; ///< false: comments only, nothing to run

    bool operator==(const CommandPiece &) const = default;
};

/// Cuts a block at blank lines when every piece is complete; otherwise it stays whole. SQL also
/// stays whole when it depends on its session (transactions, settings, temporary tables).
[[nodiscard]] QList<CommandPiece> cutCommands(const QString &block, CommandLanguage language,
                                              ShellSyntax &syntax);

/// The last line never ends by itself (tail -f, kubectl logs -f, watch …).
[[nodiscard]] bool isFollower(const QString &text);

} // namespace runsheet
