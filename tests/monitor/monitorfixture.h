// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "monitor/monitorservice.h"
#include "support/temporarypostgres.h"

#include <QProcess>
#include <QTest>

#include <algorithm>
#include <memory>

namespace runsheet::testing
{

using namespace Qt::StringLiterals;
using State = MonitorStatus::State;

inline constexpr int kPatienceMs = 15'000; // on a machine that does ten other things

inline Environment environmentFor(const Connection &connection, const QList<Probe> &probes = {})
{
    return {.name = u"test"_s, .connection = connection, .probes = probes};
}

/// Everything the service said, in order.
class Listener : public QObject
{
    Q_OBJECT

public:
    explicit Listener(MonitorService &service)
    {
        connect(&service, &MonitorService::sampled, this,
                [this](const QList<ProbeSample> &batch) { samples += batch; });
        connect(&service, &MonitorService::statusChanged, this,
                [this](const MonitorStatus &next) { status = next; });
        connect(&service, &MonitorService::identityRead, this,
                [this](const ServerIdentity &next) { identities.append(next); });
        connect(&service, &MonitorService::snapshotTaken, this,
                [this](const DatabaseSnapshot &next) { snapshot = next; });
    }

    [[nodiscard]] qsizetype answers() const
    {
        return std::ranges::count_if(samples,
                                     [](const ProbeSample &sample) { return !sample.isGap(); });
    }
    [[nodiscard]] qsizetype gaps() const { return samples.size() - answers(); }

    QList<ProbeSample> samples;
    MonitorStatus status;
    QList<ServerIdentity> identities;
    DatabaseSnapshot snapshot;
};

/// A server that runs at the beginning of every test.
class MonitorFixture : public QObject
{
    Q_OBJECT

protected:
    std::unique_ptr<TemporaryPostgres> m_server;

private Q_SLOTS:
    void initTestCase()
    {
        if (!TemporaryPostgres::isAvailable())
            QSKIP(qPrintable(TemporaryPostgres::unavailableReason()));
        m_server = std::make_unique<TemporaryPostgres>();
    }

    void init()
    {
        if (m_server->isRunning())
            return;
        const auto started = m_server->start();
        QVERIFY2(started, qPrintable(started ? QString() : describe(started.error())));
    }

    void cleanupTestCase() { m_server.reset(); }
};

} // namespace runsheet::testing
