// SPDX-License-Identifier: Apache-2.0
#include "models/runsmodel.h"

#include "base/text.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString textOf(const RunSummary &run, RunsModel::Column column)
{
    switch (column) {
    case RunsModel::Started:
        return QLocale::c().toString(run.createdAt.toUTC(), u"d MMM HH:mm"_s);
    case RunsModel::Title:
        return run.runbookTitle;
    case RunsModel::Environment:
        return run.mode == RunMode::Live ? run.environmentName
                                         : RunsModel::tr("%1 · rehearsal").arg(run.environmentName);
    case RunsModel::Outcome:
        return Wording::status(run.status);
    case RunsModel::Took:
        return run.endedAt.isValid()
            ? formatDuration(std::chrono::milliseconds(run.createdAt.msecsTo(run.endedAt)))
            : QString();
    case RunsModel::SignedBy:
        return run.signedBy.join(u", "_s);
    case RunsModel::ColumnCount:
        break;
    }
    return {};
}

} // namespace

void RunsModel::setRuns(const QList<RunSummary> &runs)
{
    beginResetModel();
    m_runs = runs;
    endResetModel();
}

int RunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RunSummary &run = m_runs.at(index.row());
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::DisplayRole)
        return textOf(run, column);
    if (role == Qt::TextAlignmentRole && column == Took)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == ToneRole && column == Outcome)
        return static_cast<int>(Wording::tone(run.status));
    if (role == ColourRole && column == Environment)
        return run.environmentColour;
    if (role == Qt::ToolTipRole && column == Started)
        return tr("Run %1, %2 of %3 signed")
            .arg(run.number)
            .arg(run.closedSteps)
            .arg(run.totalSteps);
    return {};
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Started:
        return tr("STARTED");
    case Title:
        return tr("RUNBOOK");
    case Environment:
        return tr("ENVIRONMENT");
    case Outcome:
        return tr("OUTCOME");
    case Took:
        return tr("TOOK");
    case SignedBy:
        return tr("SIGNED BY");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace runsheet
