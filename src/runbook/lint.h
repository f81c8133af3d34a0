// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QList>

namespace runsheet
{

/// Advice on a runbook, beside the diagnostics it was parsed with. Codes: no-rollback, long-phase,
/// destructive-command, psql-without-stop, pipe-hides-failure, password-in-runbook. Pure, and in
/// the order of the lines.
[[nodiscard]] QList<Diagnostic> lint(const Runbook &runbook);

/// The parts of it.
[[nodiscard]] QList<Diagnostic> lintStructure(const Runbook &runbook);
[[nodiscard]] QList<Diagnostic> lintCommand(const Command &command);
[[nodiscard]] QList<Diagnostic> lintSecrets(const QByteArray &source);

void sortByPlace(QList<Diagnostic> &diagnostics);

} // namespace runsheet
