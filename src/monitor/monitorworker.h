// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/environment.h"
#include "environment/serveridentity.h"
#include "metrics/databasesnapshot.h"
#include "metrics/monitorstatus.h"
#include "metrics/probesample.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace runsheet
{

class ServerSession;
class SocketGuard;

/// The half of the monitor that may block: lives on its own thread and owns the session there.
/// Signals carry the generation given to watch(), so that what is still on its way when the watched
/// server changes can be told from what is new.
class MonitorWorker final : public QObject
{
    Q_OBJECT

public:
    MonitorWorker();
    ~MonitorWorker() override;

    /// The environment must have probes. The guard is cancelled by the caller to end the watch.
    void watch(const Environment &environment, const QString &password, quint64 generation,
               const std::shared_ptr<SocketGuard> &guard);
    void leave();
    void retry();

Q_SIGNALS:
    void sampled(quint64 generation, const QList<runsheet::ProbeSample> &samples);
    void statusChanged(quint64 generation, const runsheet::MonitorStatus &status);
    void identityRead(quint64 generation, const runsheet::ServerIdentity &identity);
    void snapshotTaken(quint64 generation, const runsheet::DatabaseSnapshot &snapshot);

private:
    void tick();
    bool isConnected();
    void connectToServer();
    void openSession();
    void measure();
    QList<ProbeSample> runProbes(QString &problem);
    void lose(const MonitorStatus &status);
    void publish(const MonitorStatus &status);
    [[nodiscard]] QString serverName() const;

    QTimer m_timer;
    Environment m_environment;
    QByteArray m_conninfo; ///< with the password, if one was typed
    quint64 m_generation = 0;
    std::shared_ptr<SocketGuard> m_guard;
    std::unique_ptr<ServerSession> m_session;
    MonitorStatus m_status;
    QDeadlineTimer m_nextAttempt;
    std::chrono::seconds m_backOff{0};
    int m_ticks = 0;
};

} // namespace runsheet
