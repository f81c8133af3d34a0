// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/diagnostic.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace runsheet
{

/// A runbook's bytes made safe to parse: valid UTF-8, LF line ends, no byte order mark, within the
/// limits. Line numbers stay those of the file.
struct SourceText
{
    QByteArray utf8;
    QString frontMatter; ///< YAML between "---" lines at the very start; blanked out in utf8
    bool hasWideTable = false; ///< more bars on a line than tables may have
    QList<Diagnostic> diagnostics;
};

[[nodiscard]] SourceText decodeSource(const QByteArray &bytes);

} // namespace runsheet
