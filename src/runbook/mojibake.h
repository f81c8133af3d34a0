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

/// The text as it was meant, to show or save when a person asks for it; the rest is as it was.
[[nodiscard]] QByteArray repairMojibake(const QByteArray &utf8);

} // namespace runsheet
