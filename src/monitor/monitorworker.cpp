// SPDX-License-Identifier: Apache-2.0
#include "monitor/monitorworker.h"

#include "monitor/connectmessages.h"
#include "monitor/serversession.h"
#include "monitor/socketguard.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <algorithm>
#include <exception>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kTick{1000};
constexpr int kTicksPerSnapshot = 2;
constexpr seconds kFirstBackOff{1};
constexpr seconds kLongestBackOff{30};
constexpr milliseconds kConnectPatience{3000};

QString words(const std::exception &exception)
{
    return QString::fromUtf8(exception.what()).trimmed();
}

} // namespace

MonitorWorker::MonitorWorker()
    : m_timer(this)
{
    m_timer.setInterval(kTick);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &MonitorWorker::tick);
}

MonitorWorker::~MonitorWorker() = default;

void MonitorWorker::watch(const Environment &environment, const QString &password,
                          quint64 generation, const std::shared_ptr<SocketGuard> &guard)
{
    leave();
    if (guard->isCancelled())
        return;
    m_environment = environment;
    m_conninfo = monitorConninfo(environment.connection, password);
    m_generation = generation;
    m_guard = guard;
    retry();
}

void MonitorWorker::leave()
{
    m_timer.stop();
    m_session.reset();
    m_guard.reset();
    m_conninfo.clear();
    m_status = {};
}

void MonitorWorker::retry()
{
    if (!m_guard || m_session)
        return;
    m_backOff = seconds{0};
    m_nextAttempt = QDeadlineTimer(0);
    MonitorStatus status;
    status.state = MonitorStatus::State::Connecting;
    publish(status);
    m_timer.start();
    tick();
}

void MonitorWorker::tick()
{
    if (m_guard->isCancelled()) {
        leave();
        return;
    }
    if (!m_session && m_nextAttempt.hasExpired())
        connectToServer();
    if (m_session)
        measure();
}

void MonitorWorker::connectToServer()
{
    if (const auto failure = knock(m_conninfo, kConnectPatience, *m_guard)) {
        lose(statusOf(*failure));
        return;
    }
    try {
        openSession();
    } catch (const std::exception &exception) {
        lose(lostStatus(serverName(), words(exception)));
    }
}

void MonitorWorker::openSession()
{
    m_session = std::make_unique<ServerSession>(m_conninfo, *m_guard);
    const ServerIdentity identity = m_session->readIdentity();
    m_backOff = seconds{0};
    m_ticks = 0;
    MonitorStatus status;
    status.state = MonitorStatus::State::Connected;
    status.identity = identity.toJson();
    publish(status);
    Q_EMIT identityRead(m_generation, identity);
}

void MonitorWorker::measure()
{
    QElapsedTimer timer;
    timer.start();
    MonitorStatus status = m_status;
    try {
        const QList<ProbeSample> samples = runProbes(status.detail);
        if (m_ticks++ % kTicksPerSnapshot == 0)
            Q_EMIT snapshotTaken(m_generation, m_session->takeSnapshot());
        status.costMicros = timer.nsecsElapsed() / 1000;
        Q_EMIT sampled(m_generation, samples);
        publish(status);
    } catch (const std::exception &exception) {
        lose(lostStatus(serverName(), words(exception)));
    }
}

/// Notes in `problem` what kept a probe from its answer.
QList<ProbeSample> MonitorWorker::runProbes(QString &problem)
{
    QList<ProbeSample> samples;
    problem.clear();
    for (const Probe &probe : m_environment.probes) {
        if (m_ticks % probe.everySeconds != 0)
            continue;
        const qint64 sent = QDateTime::currentMSecsSinceEpoch();
        const ProbeAnswer answer = m_session->run(probe);
        samples.append({.timeMs = sent, .probe = probe.name, .micros = answer.micros});
        if (!answer.problem.isEmpty() && problem.isEmpty())
            problem = probe.name + u": "_s + answer.problem;
    }
    return samples;
}

void MonitorWorker::lose(const MonitorStatus &status)
{
    m_session.reset();
    m_backOff = std::clamp(m_backOff * 2, kFirstBackOff, kLongestBackOff);
    m_nextAttempt = status.state == MonitorStatus::State::Refused
        ? QDeadlineTimer(QDeadlineTimer::Forever)
        : QDeadlineTimer(m_backOff);
    publish(status);
}

void MonitorWorker::publish(const MonitorStatus &status)
{
    if (m_status == status)
        return;
    m_status = status;
    Q_EMIT statusChanged(m_generation, status);
}

QString MonitorWorker::serverName() const
{
    const Connection &connection = m_environment.connection;
    if (connection.host.isEmpty())
        return connection.service;
    return connection.port > 0 ? u"%1:%2"_s.arg(connection.host).arg(connection.port)
                               : connection.host;
}

} // namespace runsheet
