// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace runsheet
{

/// One run of one probe query, timed on the client.
struct ProbeSample
{
    qint64 timeMs = 0; ///< milliseconds since the epoch, when the query was sent
    QString probe;
    qint64 micros = -1; ///< duration in microseconds; −1: no answer, the server was not reachable

    bool operator==(const ProbeSample &) const = default;
    [[nodiscard]] bool isGap() const { return micros < 0; }
};

} // namespace runsheet

Q_DECLARE_METATYPE(runsheet::ProbeSample)
