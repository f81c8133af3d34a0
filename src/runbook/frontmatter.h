// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/attributes.h"
#include "runbook/diagnostic.h"

#include <QList>
#include <QString>

namespace runsheet
{

struct FrontMatter
{
    Attributes attributes; ///< what stands below "runsheet:"; hold for the whole runbook
    QList<Diagnostic> diagnostics;
};

/// Reads the YAML between the "---" lines at the top. Only "runsheet:" is looked at: what other
/// programs keep there is theirs, and may be no YAML at all (templates).
[[nodiscard]] FrontMatter readFrontMatter(const QString &yaml);

} // namespace runsheet
