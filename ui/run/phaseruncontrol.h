// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/phaserunner.h"

#include <QObject>

class QWidget;

namespace runsheet
{

class ChecklistPane;
class RunDialogs;

/// Carries the phase on that the checklist shows: asks what has to be asked before, shows how it
/// stands, and says where it stopped.
class PhaseRunControl final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it.
    PhaseRunControl(RunController &controller, RunDialogs &dialogs, ChecklistPane &checklist,
                    QWidget &window);

    [[nodiscard]] PhaseRunner &runner() { return m_runner; }
    /// The shown phase: begins, or goes on.
    void run();
    /// The same, but for going on over something that went wrong: that gets its button the focus.
    void runByKey();
    void pause() { m_runner.pause(); }
    void refresh();

private:
    void onStopped(const PhaseStopped &stop);
    void onStateChanged(const RunEvent &event);

    RunController &m_controller;
    RunDialogs &m_dialogs;
    ChecklistPane &m_checklist;
    QWidget &m_window;
    PhaseRunner m_runner;
};

} // namespace runsheet
