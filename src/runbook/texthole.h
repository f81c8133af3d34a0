// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// A stretch of a command's text that stands for a value.
struct TextHole
{
    qsizetype start = 0;
    qsizetype length = 0;
    QString name; ///< as written there

    bool operator==(const TextHole &) const = default;
};

} // namespace runsheet
