// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QList>
#include <QString>

namespace runsheet
{

/// What was typed at a prompt, and what was printed below it.
struct TranscriptPart
{
    QString text; ///< comments above it and the lines typed, without their prompts
    int line = 0; ///< of its first line, counted from 0 at the block's first line
    QString output; ///< may be empty
    int outputLine = 0;

    bool operator==(const TranscriptPart &) const = default;
};

/// Reads a block copied from a terminal: "$ ls", "root@db1:~# ls", "[me@db1 ~]$ ls", "shop=# SELECT
/// 1;". Lines typed below each other with nothing printed between them are one part. Empty when the
/// block has no prompt; "# " alone is one only where `isSession` says that the block is a session,
/// since it begins a comment elsewhere.
[[nodiscard]] QList<TranscriptPart> readTranscript(const QString &block, CommandLanguage language,
                                                   bool isSession);

} // namespace runsheet
