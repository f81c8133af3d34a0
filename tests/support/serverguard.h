// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace runsheet
{

/// Sees to it that a test leaves no PostgreSQL server behind, also when it crashes or is killed: a
/// detached shell waits until this process lets go of a lock, on whatever way it ends, and then
/// ends the server whose data is in FOLDER/data and removes FOLDER. Finds nothing to do when the
/// test has cleared away by itself.
class ServerGuard final
{
public:
    explicit ServerGuard(const QString &folder);
    ~ServerGuard();
    Q_DISABLE_COPY_MOVE(ServerGuard)

private:
    QByteArray m_lockFile;
    int m_lock = -1;
};

} // namespace runsheet
