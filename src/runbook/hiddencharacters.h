// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/diagnostic.h"

#include <QList>
#include <QString>

namespace runsheet
{

/// Characters in a command that nobody sees and a shell obeys: those that turn the direction of
/// writing (bidi) and those of no width are errors, unless they join emoji; spaces that are none to
/// a shell are warnings. Each character is named once per line. `start` is where the text begins in
/// the file.
[[nodiscard]] QList<Diagnostic> findHiddenCharacters(const QString &text, SourceLocation start);

} // namespace runsheet
