// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QMetaType>
#include <QString>

namespace runsheet
{

/// What the monitor knows of its connection, for the band, the status bar and the chart.
struct MonitorStatus
{
    enum class State
    {
        Off, ///< the environment names no server
        Connecting,
        Connected,
        Lost, ///< was or should be there; it is tried again by itself
        Refused, ///< wrong password or unknown database: not tried again until asked
    };

    State state = State::Off;
    QString message; ///< for people; empty when connected
    QString detail; ///< the server's own words
    QJsonObject identity; ///< ServerIdentity::toJson() once connected, else empty
    bool wantsPassword = false; ///< refused for want of one, or because it is wrong
    qint64 costMicros = 0; ///< duration of the last whole tick: what watching costs the server

    bool operator==(const MonitorStatus &) const = default;
};

} // namespace runsheet

Q_DECLARE_METATYPE(runsheet::MonitorStatus)
