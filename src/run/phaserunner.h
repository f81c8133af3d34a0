// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"
#include "run/phaseplan.h"

#include <QObject>

namespace runsheet
{

/// Runs the commands of a phase one after the other: starts the next when the one before has
/// succeeded, stops where a person is needed, and says why. Every start and stop is an event, so a
/// run that is opened again knows where it stood; nothing goes on by itself then. GUI thread.
class PhaseRunner final : public QObject
{
    Q_OBJECT

public:
    /// The controller outlives it.
    explicit PhaseRunner(RunController &controller, QObject *parent = nullptr);

    /// The phase that is carried on now; empty when none is.
    [[nodiscard]] const PhaseId &phase() const { return m_phase; }
    /// What comes next there, carried on or not.
    [[nodiscard]] PhaseMove next(const PhaseId &phase) const;

    /// Why it is not carried on, when that was not because the window was closed.
    [[nodiscard]] std::optional<PhaseStopped> lastStop(const PhaseId &phase) const;
    /// Some time in this run.
    [[nodiscard]] bool wasStarted(const PhaseId &phase) const;

    /// Begins with what comes next, or goes on from where it stopped. Another phase that is being
    /// carried on is paused.
    void start(const PhaseId &phase);
    /// The same, where a person has filled in or confirmed the command that comes next.
    void start(const PhaseId &phase, const CommandId &command,
               const QMap<QString, QString> &answers);
    /// No next command; the one that runs goes on.
    void pause();
    /// Who looks at the output of ended commands; without one none is waited for. Call look() when
    /// an answer has changed.
    void setExaminer(std::function<bool(const ExecutionId &)> isExamined);
    void look();

Q_SIGNALS:
    /// Carried on, or not any more.
    void changed();
    /// It has stopped by itself, or was paused; the event is on its way.
    void stopped(const runsheet::PhaseStopped &stop);

private:
    struct Prepared
    {
        CommandId command;
        QMap<QString, QString> answers;
    };

    void begin(const PhaseId &phase, Prepared prepared);
    void onStateChanged(const RunEvent &event);
    void onFailed(const Error &error);
    void advance();
    void run(const CommandId &command, const QMap<QString, QString> &answers);
    void stop(const PhaseStopped &stop);
    void forget();
    [[nodiscard]] PhaseContext context() const;

    RunController &m_controller;
    std::function<bool(const ExecutionId &)> m_isExamined;
    PhaseId m_phase;
    Prepared m_prepared; ///< for the first command, until it is asked for
    CommandId m_asked; ///< handed to the controller, and not yet intended
    std::optional<PhaseStopped> m_stopping; ///< on its way to the store
    bool m_recorded = false; ///< that it started is durable
};

} // namespace runsheet
