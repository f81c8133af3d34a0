// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "mainwindow.h"
#include "support/fakejournal.h"
#include "support/fakerunner.h"

#include <QTemporaryDir>

#include <memory>

namespace runsheet::test
{

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

    [[nodiscard]] MainWindow &window() { return *m_window; }
    [[nodiscard]] RunController &controller() { return *m_controller; }
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
