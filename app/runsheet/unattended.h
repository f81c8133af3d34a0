// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"

#include <QObject>
#include <QTextStream>

namespace runsheet
{

/// Carries a run out from its first open step to its completion without a person, through the same
/// controller as the window, and prints each step as it is done. Every event it causes says that no
/// person made it.
class UnattendedRun final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it. The controller must not have a run yet.
    UnattendedRun(RunController &controller, QTextStream &out, QObject *parent = nullptr);

    void start(const RunRequest &request);
    /// Whether an output has been searched; until then the next command waits for look().
    void setExaminer(std::function<bool(const ExecutionId &)> isExamined);
    void look();

Q_SIGNALS:
    /// Exactly once. Success: every step was signed and the run completed.
    void finished(bool success);

private:
    void onOpened();
    void onStateChanged(const RunEvent &event);
    void advance();
    void work(const Step &step);
    void sign(const Step &step);
    void onCommandEnded(const CommandEnded &end);
    void onCompared(const OutputCompared &compared);
    void onRecognised(const OutputRecognised &recognised);
    void giveUp(const QString &reason);
    void end(bool success);

    RunController &m_controller;
    QTextStream &m_out;
    std::function<bool(const ExecutionId &)> m_isExamined;
    PhaseId m_printedPhase;
    bool m_busy = false; ///< only what is being found out holds it up
    bool m_givenUp = false;
    bool m_ended = false;
};

} // namespace runsheet
