// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <atomic>

namespace runsheet
{

/// Reads what each command printed, once it has ended, for what migration tools say, and has it
/// recorded: the last migration, how many, a failure, and where text and exit code do not go
/// together. Reading happens on a pool, because an output may be long.
class ToolRecorder final : public QObject
{
    Q_OBJECT

public:
    /// The controller outlives it.
    explicit ToolRecorder(RunController &controller, QObject *parent = nullptr);
    ~ToolRecorder() override;

    /// False from the end of a command until its output has been read.
    [[nodiscard]] bool isExamined(const ExecutionId &execution) const;

Q_SIGNALS:
    void examined(const runsheet::ExecutionId &execution);

private:
    void onStateChanged(const RunEvent &event);
    /// What ended last, while nobody was there to look.
    void catchUp();
    void examine(const Execution &execution);

    RunController &m_controller;
    std::atomic_bool m_cancelled = false;
    QThreadPool m_pool;
    QSet<ExecutionId> m_open; ///< being read
};

} // namespace runsheet
