// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// A stretch of the time axis in which an execution ran.
struct ChartBand
{
    QString label;
    qint64 startMs = 0; ///< milliseconds since the epoch
    qint64 endMs = 0; ///< 0: still running

    bool operator==(const ChartBand &) const = default;
};

} // namespace runsheet
