// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QStringList>

namespace runsheet
{

/// The beginning of a log as a person would read and copy it.
struct PlainLines
{
    QStringList lines; ///< without colours, progress lines in their last state
    bool wasCut = false; ///< the file goes on

    bool operator==(const PlainLines &) const = default;
};

/// Reads no more than the two limits, whichever comes first. Any thread.
[[nodiscard]] Result<PlainLines> readPlainLines(const QString &file, qint64 maxBytes,
                                                qsizetype maxLines);

} // namespace runsheet
