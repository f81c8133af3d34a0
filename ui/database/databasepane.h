// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/serveridentity.h"
#include "metrics/databasesnapshot.h"
#include "metrics/monitorstatus.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace runsheet
{

class ServerStrip;
class SessionModel;

/// What the server says it is, how full it is, and who is busy in it.
class DatabasePane final : public QWidget
{
    Q_OBJECT

public:
    explicit DatabasePane(QWidget *parent = nullptr);

    void setSnapshot(const runsheet::DatabaseSnapshot &snapshot);
    void setStatus(const runsheet::MonitorStatus &status);

    /// Sessions that wait for another, for the number on the tab.
    [[nodiscard]] int blockedSessions() const { return m_blocked; }

Q_SIGNALS:
    /// Try the server now.
    void retryRequested();
    /// Ask for the password of the server.
    void passwordRequested();
    void blockedSessionsChanged(int count);

private:
    void createTable();
    void showIdentity(const ServerIdentity &identity);
    void showConnections(const DatabaseSnapshot &snapshot);
    void showHidden(const DatabaseSnapshot &snapshot);
    void showParts(bool connected);
    void setBlocked(int count);

    SessionModel *m_model;
    QTableView *m_table = nullptr;
    QLabel *m_identity = nullptr;
    QLabel *m_details = nullptr;
    QLabel *m_connections = nullptr;
    QLabel *m_hint = nullptr;
    QLabel *m_empty = nullptr;
    ServerStrip *m_strip;
    QString m_user;
    int m_blocked = 0;
};

} // namespace runsheet
