// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QString>

namespace runsheet
{

/// What an asciicast tells about itself.
struct CastInfo
{
    QString title;
    QDateTime started; ///< may be unknown
    int columns = 80;
    int rows = 24;
};

// Both write a file beside the target and put it in its place when it is whole, so that nothing
// half is ever there. They take as long as reading the log does: not for the thread of a window.

/// The log as a person reads and copies it: no colours, progress lines in their last state. Lines
/// of any length are kept whole.
[[nodiscard]] Result<void> saveLogAsText(const QString &log, const QString &target);

/// The log as an asciicast, version 2 (docs.asciinema.org/manual/asciicast/v2), which asciinema
/// plays in the time it took. Bytes that nobody noted a time for come with those before them.
[[nodiscard]] Result<void> saveLogAsCast(const QString &log, const QString &timing,
                                         const QString &target, const CastInfo &info);

} // namespace runsheet
