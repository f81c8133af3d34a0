// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

#include <QAbstractTableModel>

namespace runsheet
{

/// The shell variables a run's commands have left, by name.
class VariablesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        Value,
        Exported,
        Origin,
        ColumnCount
    };
    using QAbstractTableModel::QAbstractTableModel;

    /// `known`: names whose values the next command gets although the journal does not hold them.
    void setState(const RunState &state, const QStringList &known);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Row
    {
        QString name;
        ShellVariable variable;
        QString origin;
        bool operator==(const Row &) const = default;
    };

    QList<Row> m_rows;
};

} // namespace runsheet
