// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/databasesnapshot.h"

#include <QAbstractTableModel>

namespace runsheet
{

/// The sessions of the latest snapshot. Rows keep their identity by pid from one to the next, so
/// that a selection stays on its session.
class SessionModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Pid,
        Application,
        User,
        State,
        Duration,
        Waits,
        Query,
        ColumnCount
    };

    explicit SessionModel(QObject *parent = nullptr);

    void setSessions(const QList<DatabaseSession> &sessions);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    void removeGone(const QList<DatabaseSession> &sessions);
    void place(qsizetype row, const DatabaseSession &session);
    [[nodiscard]] QString text(const DatabaseSession &session, int column) const;

    QList<DatabaseSession> m_sessions;
};

/// "waits for pid 4121", "waits for pids 4121 and 5", "waits for a prepared transaction"; what else
/// it waits for when nobody blocks it.
[[nodiscard]] QString describeWait(const DatabaseSession &session);

} // namespace runsheet
