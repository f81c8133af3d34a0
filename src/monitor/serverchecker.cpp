// SPDX-License-Identifier: Apache-2.0
#include "monitor/serverchecker.h"

#include "monitor/socketguard.h"

#include <utility>

namespace runsheet
{

namespace
{

constexpr std::chrono::milliseconds kEnforceEvery{250};
constexpr int kAtOnce = 4;

} // namespace

ServerChecker::ServerChecker(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(kAtOnce);
    m_enforcer.setInterval(kEnforceEvery);
    connect(&m_enforcer, &QTimer::timeout, this, [this] {
        for (const auto &guard : std::as_const(m_guards))
            guard->enforce();
    });
}

ServerChecker::~ServerChecker()
{
    for (const auto &guard : std::as_const(m_guards))
        guard->cancel();
    m_pool.waitForDone();
}

void ServerChecker::ask(quint64 ticket, const ServerInquiry &inquiry)
{
    start([this, ticket, inquiry](SocketGuard &guard) {
        const ServerFindings findings = inquire(inquiry, guard);
        return [this, ticket, findings] { Q_EMIT answered(ticket, findings); };
    });
}

void ServerChecker::tryOptions(quint64 ticket, const Connection &connection,
                               const QString &password, const QString &options)
{
    start([this, ticket, connection, password, options](SocketGuard &guard) {
        const bool taken = takesOptions(connection, password, options, guard);
        return [this, ticket, taken] { Q_EMIT optionsTried(ticket, taken); };
    });
}

/// Runs on the pool; what it returns, here.
void ServerChecker::start(Work work)
{
    const quint64 job = ++m_lastJob;
    const auto guard = std::make_shared<SocketGuard>();
    m_guards.insert(job, guard);
    m_enforcer.start();
    m_pool.start([this, job, guard, work = std::move(work)] {
        std::function<void()> answer = work(*guard);
        QMetaObject::invokeMethod(
            this,
            [this, job, answer = std::move(answer)] {
                m_guards.remove(job);
                if (m_guards.isEmpty())
                    m_enforcer.stop();
                answer();
            },
            Qt::QueuedConnection);
    });
}

} // namespace runsheet
