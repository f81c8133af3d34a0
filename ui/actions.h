// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QMap>
#include <QObject>

class QMenuBar;
class QWidget;

namespace runsheet
{

enum class ActionId
{
    OpenRunbook,
    ShowStart,
    ExportReport,
    Quit,
    NextStep,
    PreviousStep,
    SignOff,
    RunCommand,
    RunPhase,
    PausePhase,
    StopCommand,
    CheckServer,
    SettleOutcome,
    AddNote,
    RollBack,
    CompleteRun,
    AbortRun,
    ShowFindings,
    FindInLog,
    FindInReference,
    NextPane,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    FindAction,
    ShowKeys,
};

/// Everything that can be done, in one table: text, keys, menu, and what it needs to be possible.
class Actions final : public QObject
{
    Q_OBJECT

public:
    /// Adds the actions to `window`, whose keys they become.
    explicit Actions(QWidget &window);

    [[nodiscard]] QAction *action(ActionId id) const { return m_actions.value(id); }
    [[nodiscard]] QList<QAction *> all() const { return m_actions.values(); }
    void fill(QMenuBar &bar);

    /// What is there to act on.
    struct Situation
    {
        bool runShown = false;
        bool runInProgress = false;
    };
    void enableFor(const Situation &situation);

private:
    QMap<ActionId, QAction *> m_actions;
};

} // namespace runsheet
