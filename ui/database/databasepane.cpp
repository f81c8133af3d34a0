// SPDX-License-Identifier: Apache-2.0
#include "database/databasepane.h"

#include "database/sessionmodel.h"
#include "theme.h"
#include "widgets/serverstrip.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kSpace = 8;

QLabel *plainLabel(QWidget *parent, const char *name)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1StringView(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString placeOf(const ServerIdentity &identity)
{
    if (identity.host.isEmpty() || identity.host.startsWith(u'/'))
        return DatabasePane::tr("local socket");
    return u"%1:%2"_s.arg(identity.host).arg(identity.port);
}

} // namespace

DatabasePane::DatabasePane(QWidget *parent)
    : QWidget(parent)
    , m_model(new SessionModel(this))
    , m_strip(new ServerStrip(ServerStrip::Detail::Shown, this))
{
    setObjectName("databasePane"_L1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_identity = plainLabel(this, "databaseIdentity");
    m_identity->setFont(scaledFont(1, QFont::DemiBold));
    m_details = plainLabel(this, "databaseDetails");
    m_details->setProperty("dim", true);
    m_connections = plainLabel(this, "databaseConnections");
    m_hint = plainLabel(this, "databaseHint");
    m_empty = plainLabel(this, "databaseEmpty");
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("dim", true);
    createTable();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kSpace, kSpace, kSpace, kSpace);
    layout->setSpacing(kSpace / 2);
    layout->addWidget(m_strip);
    connect(m_strip, &ServerStrip::retryRequested, this, &DatabasePane::retryRequested);
    connect(m_strip, &ServerStrip::passwordRequested, this, &DatabasePane::passwordRequested);
    for (QWidget *part : {m_identity, m_details, m_connections, m_hint})
        layout->addWidget(part);
    layout->addSpacing(kSpace);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty, 1);
    m_hint->hide();
    setStatus({});
}

void DatabasePane::createTable()
{
    m_table = new QTableView(this);
    m_table->setObjectName("sessions"_L1);
    m_table->setAccessibleName(tr("Sessions"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + kSpace);
    QHeaderView *header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    const int letter = m_table->fontMetrics().averageCharWidth();
    const auto width = [header, letter](SessionModel::Column column, int letters) {
        header->resizeSection(column, letter * letters);
    };
    width(SessionModel::Pid, 12);
    width(SessionModel::Application, 26);
    width(SessionModel::User, 10);
    width(SessionModel::State, 12);
    width(SessionModel::Duration, 12);
    width(SessionModel::Waits, 22);
}

void DatabasePane::setSnapshot(const DatabaseSnapshot &snapshot)
{
    m_model->setSessions(snapshot.sessions);
    showConnections(snapshot);
    showHidden(snapshot);
    setBlocked(static_cast<int>(
        std::ranges::count_if(snapshot.sessions, [](const DatabaseSession &session) {
            return !session.waitsFor.isEmpty();
        })));
}

void DatabasePane::setBlocked(int count)
{
    if (count == m_blocked)
        return;
    m_blocked = count;
    Q_EMIT blockedSessionsChanged(count);
}

void DatabasePane::setStatus(const MonitorStatus &status)
{
    using State = MonitorStatus::State;
    const bool isBad = status.state == State::Lost || status.state == State::Refused;
    m_strip->setStatus(status);
    m_empty->setText(
        status.state == State::Off
            ? tr("The sessions of the database appear here when the environment names a server.")
            : tr("Connecting to the server …"));
    if (!status.identity.isEmpty())
        showIdentity(ServerIdentity::fromJson(status.identity));
    if (!isBad)
        showParts(!status.identity.isEmpty());
    m_empty->setVisible(m_table->isHidden() && !isBad);
    // What was seen last stays readable while the server is away, but it is not the present.
    m_table->setEnabled(!isBad);
    m_connections->setEnabled(!isBad);
    if (status.state != State::Connected)
        setBlocked(0);
}

void DatabasePane::showParts(bool connected)
{
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_identity, m_details, m_connections, m_table})
        part->setVisible(connected);
    if (!connected) {
        m_hint->hide();
        m_model->setSessions({});
    }
}

void DatabasePane::showIdentity(const ServerIdentity &identity)
{
    m_user = identity.user;
    m_identity->setText(tr("%1 @ %2 · PostgreSQL %3 · %4")
                            .arg(identity.database, placeOf(identity), identity.version,
                                 identity.inRecovery ? tr("standby") : tr("primary")));
    const QString system = identity.systemIdentifier.isEmpty()
        ? tr("system identifier hidden")
        : tr("system %1").arg(identity.systemIdentifier);
    m_details->setText(system + u" · "_s + tr("role %1").arg(identity.user));
}

void DatabasePane::showConnections(const DatabaseSnapshot &snapshot)
{
    QStringList parts;
    for (const ConnectionCount &connection : snapshot.connections) {
        parts.append(u"%1 %2"_s.arg(connection.count)
                         .arg(connection.state.isEmpty() ? tr("hidden") : connection.state));
    }
    m_connections->setText(tr("%1 of %2 connections: %3")
                               .arg(snapshot.totalConnections())
                               .arg(snapshot.maxConnections)
                               .arg(parts.join(u", "_s)));
}

void DatabasePane::showHidden(const DatabaseSnapshot &snapshot)
{
    m_hint->setVisible(snapshot.hiddenSessions > 0);
    const QString who = snapshot.hiddenSessions == 1
        ? tr("one session does")
        : tr("%1 sessions do").arg(snapshot.hiddenSessions);
    QString role = m_user;
    role.replace(u'"', u"\"\""_s);
    m_hint->setText(tr("The server hides what %1 from this role. Let an administrator run: "
                       "GRANT pg_monitor TO \"%2\";")
                        .arg(who, role));
}

} // namespace runsheet
