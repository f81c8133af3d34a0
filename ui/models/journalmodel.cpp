// SPDX-License-Identifier: Apache-2.0
#include "models/journalmodel.h"

#include "base/clock.h"
#include "models/wording.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

void JournalModel::setEvents(const QList<RunEvent> &events, const RunState &state)
{
    beginResetModel();
    m_events = events;
    m_state = state;
    endResetModel();
}

void JournalModel::append(const RunEvent &event, const RunState &state)
{
    m_state = state;
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_events.append(event);
    endInsertRows();
}

int JournalModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int JournalModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JournalModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::ToolTipRole && index.column() != Time) // a tooltip would read HTML
        return data(index, Qt::DisplayRole).toString().toHtmlEscaped();
    const RunEvent &event = m_events.at(index.row());
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::TextAlignmentRole && column == Sequence)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole && column == Time)
        return toIsoUtc(event.at);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Sequence:
        return event.seq;
    case Time:
        return event.at.toUTC().toString(u"HH:mm:ss"_s);
    case Type:
        return typeName(event.body);
    case By:
        return event.unattended ? tr("unattended") : event.actor.name;
    case Summary:
        return Wording::event(event, m_state.runbookAt(event.seq));
    case ColumnCount:
        break;
    }
    return {};
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Sequence:
        return tr("No.");
    case Time:
        return tr("Time (UTC)");
    case Type:
        return tr("Type");
    case By:
        return tr("By");
    case Summary:
        return tr("What");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace runsheet
