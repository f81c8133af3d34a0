// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/environment.h"
#include "environment/serveridentity.h"
#include "metrics/databasesnapshot.h"
#include "metrics/monitorstatus.h"
#include "metrics/probesample.h"

#include <QObject>

#include <memory>

namespace runsheet
{

/// Watches one PostgreSQL server on a thread and a connection of its own: probe queries once a
/// second, the sessions every other second.
///
/// Lives on the GUI thread and never blocks it. The connection is read-only, in autocommit, and
/// bounded by the server's timeouts and by a deadline of ours, because a server that was stopped
/// still acknowledges packets. A lost server is tried again after 1, 2, 4 … 30 s; one that refuses
/// us is not, until retry().
class MonitorService final : public QObject
{
    Q_OBJECT

public:
    explicit MonitorService(QObject *parent = nullptr);
    ~MonitorService() override;

    /// Watches this environment's server instead of the last one; Off when it names none. Without
    /// probes of its own it is sampled with the round trip of a query that reads nothing.
    /// A password that was typed stays in memory until stop().
    void start(const Environment &environment, const QString &password = {});
    void stop();
    /// Tries now, whatever the back-off or a refusal says.
    void retry();

    [[nodiscard]] const MonitorStatus &status() const;
    /// Names of the probes being run, in order.
    [[nodiscard]] QStringList probeNames() const;

Q_SIGNALS:
    /// Once per tick, a sample per probe; once a second with gaps while the server is lost.
    void sampled(const QList<runsheet::ProbeSample> &samples);
    void statusChanged(const runsheet::MonitorStatus &status);
    /// Once per connection, also after each reconnect.
    void identityRead(const runsheet::ServerIdentity &identity);
    void snapshotTaken(const runsheet::DatabaseSnapshot &snapshot);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace runsheet
