// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/outputfindings.h"
#include "models/symptoms.h"
#include "run/controller.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <memory>

namespace runsheet
{

/// Reads along what running commands print, for what migration tools say and for what the runbook's
/// troubleshooting is about, and keeps how their terminals stand. Reading happens on a pool, so it
/// holds nobody up.
class OutputWatch final : public QObject
{
    Q_OBJECT

public:
    /// The controller outlives it.
    explicit OutputWatch(RunController &controller, QObject *parent = nullptr);
    ~OutputWatch() override;

    [[nodiscard]] OutputFindings findings(const ExecutionId &execution) const;
    [[nodiscard]] const QHash<ExecutionId, OutputFindings> &all() const { return m_findings; }

Q_SIGNALS:
    void changed();

private:
    struct Reader;

    void restart();
    void tick();
    void read(const ExecutionId &execution);
    void take(const ExecutionId &execution, const OutputFindings &findings);
    [[nodiscard]] QList<ExecutionId> wanted() const;

    RunController &m_controller;
    std::atomic_bool m_cancelled = false;
    QThreadPool m_pool;
    QTimer m_timer;
    QList<Symptom> m_symptoms;
    QHash<ExecutionId, std::shared_ptr<Reader>> m_readers;
    QHash<ExecutionId, OutputFindings> m_findings;
};

} // namespace runsheet
