// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/attributes.h"
#include "runbook/runbook.h"

#include <QString>

#include <optional>

namespace runsheet
{

/// What stands after the opening fence: a language, and attributes in Runme's spelling, either
/// {name=backup cwd="a b" tty=false} or JSON {"name":"backup"}.
struct FenceInfo
{
    std::optional<CommandLanguage> language; ///< set for shell and SQL under all their names
    /// "console", "cmd", no name at all: such blocks hold commands or what commands print, so only
    /// those that read as shell are taken for commands.
    bool mustReadAsShell = false;
    bool isSession = false; ///< "console" and its like: "# " may be root's prompt
    QString comment; ///< "# Drain, but wait 1 minute" behind the language, without its sign
    Attributes attributes;
    QList<AttributeProblem> problems; ///< with attributes that are not among those above

    bool operator==(const FenceInfo &) const = default;
};

[[nodiscard]] FenceInfo parseFenceInfo(const QString &info);

/// What a block with this info and this text is run as; nothing when it is text.
[[nodiscard]] std::optional<CommandLanguage> runnableLanguage(const FenceInfo &fence,
                                                              const QString &text);

} // namespace runsheet
