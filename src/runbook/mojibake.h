// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/diagnostic.h"

#include <QByteArray>
#include <QList>

namespace runsheet
{

/// Finds text that was UTF-8, read as Windows-1252 and saved again ("âœ“" for "✓"): one warning per
/// line, naming what is there and what was meant.
[[nodiscard]] QList<Diagnostic> findMojibake(const QByteArray &utf8);

} // namespace runsheet
