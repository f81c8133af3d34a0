// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QList>
#include <QStringList>

namespace runsheet
{

/// Programs that the commands call and that are not on this computer's PATH, each once
/// (executable-missing). What the shell has itself, functions, and files of the folder that the
/// commands start in are not looked for.
[[nodiscard]] QList<Diagnostic> lintPrograms(const Runbook &runbook);

/// What a command calls, in order, each once.
[[nodiscard]] QStringList programsIn(const QString &shell);

/// What shellcheck says of the shell commands; nothing where it is not installed. Runs it once, for
/// at most half a minute, on copies in a temporary folder. Codes: "SC2086" …
[[nodiscard]] QList<Diagnostic> lintWithShellcheck(const Runbook &runbook);

} // namespace runsheet
