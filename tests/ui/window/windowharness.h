// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "mainwindow.h"
#include "support/fakejournal.h"
#include "support/fakerunner.h"

#include <QTemporaryDir>

#include <memory>

class QDialog;
class QPushButton;

namespace runsheet::test
{

/// A phase before, one of execution with a command, and a rollback scenario.
inline constexpr char kTwoPhases[] = R"(# Small

## 1 Hour Before

- [ ] First check
- [ ] Second check

## Execution

### Step 1: Migrate

```bash
echo migrating
```

## Rollback

### Scenario 1: It fails

1. Undo it
)";

class SetClock final : public Clock
{
public:
    QDateTime time = fromIsoUtc(QStringLiteral("2026-11-20T02:00:00.000Z"));
    [[nodiscard]] QDateTime now() const override { return time; }
};

/// The real window on a real controller, with a journal and a runner in memory.
class WindowHarness
{
public:
    WindowHarness();

    void createRun(const QByteArray &source, const Environment &environment = practice());
    [[nodiscard]] static Environment practice();
    [[nodiscard]] static Environment production();
    /// A second window and controller on the same journal and settings, as after a crash.
    void restart();
    /// The window is closed and the program started again.
    void restartEmpty();
    void reopen(const RunId &run);
    [[nodiscard]] QString settingsFile() const
    {
        return m_folder.filePath(QStringLiteral("window.ini"));
    }

    [[nodiscard]] MainWindow &window() { return *m_window; }
    [[nodiscard]] RunController &controller() { return *m_controller; }
    /// The monitor has found the server.
    void connectServer();
    /// The visible widget with that accessible name; null when there is none.
    template <typename Widget = QWidget>
    [[nodiscard]] Widget *named(const QString &name) const
    {
        for (Widget *widget : m_window->findChildren<Widget *>()) {
            if (widget->accessibleName() == name && widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    /// Whether a visible label shows a text with this in it.
    [[nodiscard]] bool shows(const QString &text) const;

    /// The dialog on top; null when there is none.
    [[nodiscard]] static QDialog *dialog();
    [[nodiscard]] QPushButton *button(const QString &name) const;
    /// Clicks the visible button of that accessible name, as a person would.
    void press(const QString &name) const;
    /// Triggers a menu action by its text.
    void trigger(const QString &action) const;
    /// Types into the reason of the dialog on top.
    void giveReason(const QString &text) const;
    /// Whether the dialog's own button can be pressed.
    [[nodiscard]] static bool canConfirm();
    void confirm() const;
    /// Shows a phase by the title in the rail.
    void choosePhase(const QString &title) const;

    /// For kTwoPhases: signs what stands before the execution.
    void signChecks();
    /// For kTwoPhases: signs, approves, and starts the command in the execution phase.
    void startCommand();
    /// Reports how the running command ended.
    void endCommand(ExecutionOutcome outcome, int exitCode = 0);

    SetClock clock;
    FakeJournal journal;
    FakeRunner runner;

private:
    void open();

    QTemporaryDir m_folder;
    std::unique_ptr<RunController> m_controller;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace runsheet::test
