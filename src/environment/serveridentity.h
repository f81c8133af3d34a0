// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>

namespace runsheet
{

/// What the server says it is, read over a live connection.
struct ServerIdentity
{
    QString database;
    QString user;
    QString host; ///< as connected; a folder for a unix socket
    int port = 0;
    QString version; ///< "15.18"
    int versionNumber = 0; ///< 150018
    QString systemIdentifier;
    bool inRecovery = false; ///< true: a standby

    bool operator==(const ServerIdentity &) const = default;
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static ServerIdentity fromJson(const QJsonObject &object);
};

} // namespace runsheet
