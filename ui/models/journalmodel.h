// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/event.h"
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

    void setEvents(const QList<RunEvent> &events, std::shared_ptr<const Runbook> runbook);
    void append(const RunEvent &event);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<RunEvent> m_events;
    std::shared_ptr<const Runbook> m_runbook;
};

} // namespace runsheet
