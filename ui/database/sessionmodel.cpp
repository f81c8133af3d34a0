// SPDX-License-Identifier: Apache-2.0
#include "database/sessionmodel.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QFont>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Sessions)
};

QString whose(const DatabaseSession &session)
{
    return session.database.isEmpty()
        ? session.application
        : Text::tr("%1 (database %2)").arg(session.application, session.database);
}

QString shown(const QString &state)
{
    return state.isEmpty() ? Text::tr("hidden") : state;
}

} // namespace

QString describeWait(const DatabaseSession &session)
{
    if (session.waitsFor.isEmpty())
        return session.wait;
    QStringList pids;
    for (const qint64 pid : session.waitsFor) {
        if (pid != 0)
            pids.append(QString::number(pid));
    }
    if (pids.isEmpty())
        return Text::tr("waits for a prepared transaction");
    if (pids.size() == 1)
        return Text::tr("waits for pid %1").arg(pids.first());
    const QString last = pids.takeLast();
    return Text::tr("waits for pids %1 and %2").arg(pids.join(u", "_s), last);
}

SessionModel::SessionModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void SessionModel::setSessions(const QList<DatabaseSession> &sessions)
{
    removeGone(sessions);
    for (qsizetype row = 0; row < sessions.size(); ++row)
        place(row, sessions[row]);
}

void SessionModel::removeGone(const QList<DatabaseSession> &sessions)
{
    for (qsizetype row = m_sessions.size() - 1; row >= 0; --row) {
        if (std::ranges::find(sessions, m_sessions[row].pid, &DatabaseSession::pid)
            != sessions.end())
            continue;
        beginRemoveRows({}, static_cast<int>(row), static_cast<int>(row));
        m_sessions.removeAt(row);
        endRemoveRows();
    }
}

/// The rows above are final already, so the session is at this row, further down, or new.
void SessionModel::place(qsizetype row, const DatabaseSession &session)
{
    const int at = static_cast<int>(row);
    const auto found = std::ranges::find(m_sessions, session.pid, &DatabaseSession::pid);
    if (found == m_sessions.end()) {
        beginInsertRows({}, at, at);
        m_sessions.insert(row, session);
        endInsertRows();
        return;
    }
    const qsizetype from = found - m_sessions.begin();
    if (from > row) {
        beginMoveRows({}, static_cast<int>(from), static_cast<int>(from), {}, at);
        m_sessions.move(from, row);
        endMoveRows();
    }
    if (m_sessions[row] != session) {
        m_sessions[row] = session;
        Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
    }
}

int SessionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sessions.size());
}

int SessionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SessionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DatabaseSession &session = m_sessions[index.row()];
    if (role == Qt::DisplayRole)
        return text(session, index.column());
    if (role == Qt::FontRole && session.isOwn()) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role == Qt::TextAlignmentRole && (index.column() == Pid || index.column() == Duration))
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    return {};
}

QString SessionModel::text(const DatabaseSession &session, int column) const
{
    switch (static_cast<Column>(column)) {
    case Pid:
        return QString::number(session.pid);
    case Application:
        return whose(session);
    case User:
        return session.user;
    case State:
        return shown(session.state);
    case Duration:
        return session.durationMs < 0
            ? QString()
            : formatDuration(std::chrono::milliseconds(session.durationMs));
    case Waits:
        return describeWait(session);
    case Query:
        return session.query;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant SessionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (static_cast<Column>(section)) {
    case Pid:
        return tr("Pid");
    case Application:
        return tr("Application");
    case User:
        return tr("User");
    case State:
        return tr("State");
    case Duration:
        return tr("For");
    case Waits:
        return tr("Waits");
    case Query:
        return tr("Query");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace runsheet
