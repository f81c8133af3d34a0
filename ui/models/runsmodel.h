// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/wording.h"
#include "run/state.h"

#include <QAbstractTableModel>

namespace runsheet
{

/// Runs of the store, newest first.
class RunsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Started,
        Title,
        Environment,
        Outcome,
        Took,
        SignedBy,
        ColumnCount
    };
    enum Role
    {
        ToneRole = Qt::UserRole, ///< int(Tone) of the Outcome column
        ColourRole, ///< the environment's colour word, in the Environment column
    };
    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(const QList<RunSummary> &runs);
    [[nodiscard]] RunId runAt(int row) const { return m_runs.at(row).id; }
    [[nodiscard]] const QList<RunSummary> &runs() const { return m_runs; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<RunSummary> m_runs;
};

} // namespace runsheet
