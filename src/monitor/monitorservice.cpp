// SPDX-License-Identifier: Apache-2.0
#include "monitor/monitorservice.h"

#include "base/log.h"
#include "monitor/monitorworker.h"
#include "monitor/socketguard.h"

#include <QDateTime>
#include <QThread>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using std::chrono::milliseconds;

constexpr milliseconds kEnforceEvery{250};
constexpr milliseconds kGapEvery{1000};
// Longer than the connecting that nothing can cut short; everything else ends at once.
constexpr milliseconds kEndPatience{4000};

Environment withProbes(Environment environment)
{
    if (environment.probes.isEmpty())
        environment.probes = {{.name = u"round trip"_s, .sql = u"SELECT 1"_s}};
    return environment;
}

} // namespace

class MonitorService::Private
{
public:
    explicit Private(MonitorService *service);
    ~Private();

    void start(const Environment &target, const QString &password);
    void stop();
    void retry();

private:
    void connectWorker();
    void endWatch();
    void setStatus(const MonitorStatus &next);
    void sampleGap();

    MonitorService *m_service;
    QThread *m_thread = new QThread; // outlives this object when it does not end in time
    MonitorWorker *m_worker = new MonitorWorker;
    QTimer m_enforcer;
    QTimer m_gaps;
    std::shared_ptr<SocketGuard> m_guard; // of the watch that is on, else null
    quint64 m_generation = 0;

public:
    Environment environment;
    MonitorStatus status;
};

MonitorService::Private::Private(MonitorService *service)
    : m_service(service)
{
    m_thread->setObjectName("monitor"_L1);
    m_worker->moveToThread(m_thread);
    QObject::connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connectWorker();

    m_enforcer.setInterval(kEnforceEvery);
    QObject::connect(&m_enforcer, &QTimer::timeout, m_service, [this] { m_guard->enforce(); });
    m_gaps.setInterval(kGapEvery);
    QObject::connect(&m_gaps, &QTimer::timeout, m_service, [this] { sampleGap(); });
    m_thread->start();
}

MonitorService::Private::~Private()
{
    endWatch();
    m_thread->quit();
    if (m_thread->wait(QDeadlineTimer(kEndPatience))) {
        delete m_thread;
        return;
    }
    log::warning(u"The monitor's thread is still connecting; it is left to end by itself."_s);
    QObject::connect(m_thread, &QThread::finished, m_thread, &QObject::deleteLater);
}

void MonitorService::Private::connectWorker()
{
    const auto current = [this](quint64 generation) {
        return m_guard && generation == m_generation;
    };
    QObject::connect(m_worker, &MonitorWorker::sampled, m_service,
                     [this, current](quint64 generation, const QList<ProbeSample> &samples) {
                         if (current(generation))
                             Q_EMIT m_service->sampled(samples);
                     });
    QObject::connect(m_worker, &MonitorWorker::statusChanged, m_service,
                     [this, current](quint64 generation, const MonitorStatus &next) {
                         if (current(generation))
                             setStatus(next);
                     });
    QObject::connect(m_worker, &MonitorWorker::identityRead, m_service,
                     [this, current](quint64 generation, const ServerIdentity &identity) {
                         if (current(generation))
                             Q_EMIT m_service->identityRead(identity);
                     });
    QObject::connect(m_worker, &MonitorWorker::snapshotTaken, m_service,
                     [this, current](quint64 generation, const DatabaseSnapshot &snapshot) {
                         if (current(generation))
                             Q_EMIT m_service->snapshotTaken(snapshot);
                     });
}

void MonitorService::Private::start(const Environment &target, const QString &password)
{
    endWatch();
    environment = withProbes(target);
    if (target.connection.isEmpty()) {
        environment.probes.clear();
        setStatus({});
        return;
    }
    m_guard = std::make_shared<SocketGuard>();
    ++m_generation;
    m_enforcer.start();
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, target = environment, password, generation = m_generation,
         guard = m_guard] { worker->watch(target, password, generation, guard); });
}

void MonitorService::Private::stop()
{
    endWatch();
    setStatus({});
}

void MonitorService::Private::endWatch()
{
    m_enforcer.stop();
    m_gaps.stop();
    if (!m_guard)
        return;
    m_guard->cancel();
    m_guard.reset();
    QMetaObject::invokeMethod(m_worker, &MonitorWorker::leave);
}

void MonitorService::Private::retry()
{
    if (m_guard)
        QMetaObject::invokeMethod(m_worker, &MonitorWorker::retry);
}

void MonitorService::Private::setStatus(const MonitorStatus &next)
{
    const bool becameLost =
        next.state == MonitorStatus::State::Lost && status.state != MonitorStatus::State::Lost;
    if (next.state != MonitorStatus::State::Lost)
        m_gaps.stop();
    if (status != next) {
        status = next;
        Q_EMIT m_service->statusChanged(status);
    }
    // Here and not in the worker, which is busy connecting for seconds at a time.
    if (becameLost && status.state == MonitorStatus::State::Lost) {
        m_gaps.start();
        sampleGap();
    }
}

void MonitorService::Private::sampleGap()
{
    QList<ProbeSample> samples;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const Probe &probe : environment.probes)
        samples.append({.timeMs = now, .probe = probe.name, .micros = -1});
    Q_EMIT m_service->sampled(samples);
}

MonitorService::MonitorService(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

MonitorService::~MonitorService() = default;

void MonitorService::start(const Environment &environment, const QString &password)
{
    d->start(environment, password);
}

void MonitorService::stop()
{
    d->stop();
}

void MonitorService::retry()
{
    d->retry();
}

const MonitorStatus &MonitorService::status() const
{
    return d->status;
}

QStringList MonitorService::probeNames() const
{
    QStringList names;
    for (const Probe &probe : d->environment.probes)
        names.append(probe.name);
    return names;
}

} // namespace runsheet
