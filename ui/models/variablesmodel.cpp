// SPDX-License-Identifier: Apache-2.0
#include "models/variablesmodel.h"

#include "base/secrets.h"

namespace runsheet
{

namespace
{

QString originOf(const RunState &state, const QString &name)
{
    const Execution *execution = state.execution(state.variableOrigins.value(name));
    if (execution == nullptr)
        return VariablesModel::tr("set by hand");
    return state.runbook == nullptr ? execution->command.value : state.titleOf(*execution);
}

/// A secret that nobody keeps is asked for when a command needs it.
ShellVariable shown(const QString &name, const ShellVariable &variable, const QStringList &known)
{
    ShellVariable copy = variable;
    if (variable.value == kMaskedValue && !known.contains(name))
        copy.value = VariablesModel::tr("%1 not kept").arg(variable.value);
    return copy;
}

} // namespace

void VariablesModel::setState(const RunState &state, const QStringList &known)
{
    QList<Row> rows;
    for (auto it = state.variables.begin(); it != state.variables.end(); ++it)
        rows.append({it.key(), shown(it.key(), it.value(), known), originOf(state, it.key())});
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int VariablesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int VariablesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VariablesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (role == Qt::ToolTipRole) // which would read HTML
        return data(index, Qt::DisplayRole).toString().toHtmlEscaped();
    const Row &row = m_rows.at(index.row());
    switch (static_cast<Column>(index.column())) {
    case Name:
        return row.name;
    case Value:
        return row.variable.value;
    case Exported:
        return row.variable.exported ? tr("yes") : tr("no");
    case Origin:
        return row.origin;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant VariablesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Name:
        return tr("Name");
    case Value:
        return tr("Value");
    case Exported:
        return tr("Exported");
    case Origin:
        return tr("Set by");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace runsheet
