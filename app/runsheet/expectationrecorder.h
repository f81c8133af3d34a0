// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>

namespace runsheet
{

/// Compares what each command printed with what the runbook expects, once it has succeeded, and has
/// the verdict recorded. Reading and comparing happen on a pool, because an output may be long.
class ExpectationRecorder final : public QObject
{
    Q_OBJECT

public:
    /// The controller outlives it.
    explicit ExpectationRecorder(RunController &controller, QObject *parent = nullptr);
    ~ExpectationRecorder() override;

private:
    void onStateChanged(const RunEvent &event);
    /// What ended while nobody was there to compare.
    void catchUp();
    void compare(const Execution &execution);

    RunController &m_controller;
    QThreadPool m_pool;
    QSet<ExecutionId> m_started;
};

} // namespace runsheet
