// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"
#include "runbook/runbook.h"

#include <QAbstractTableModel>

#include <memory>

namespace runsheet
{

/// A run's events, oldest first. Only durable events get here.
class JournalModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Sequence,
        Time,
        Type,
        By,
        Summary,
        ColumnCount
    };
    using QAbstractTableModel::QAbstractTableModel;

    /// `state` is the run's once all the events have happened; it names what they are about.
    void setEvents(const QList<RunEvent> &events, const RunState &state);
    void append(const RunEvent &event, const RunState &state);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<RunEvent> m_events;
    RunState m_state;
};

} // namespace runsheet
