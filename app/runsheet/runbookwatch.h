// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"

#include <QFileSystemWatcher>
#include <QFutureWatcher>
#include <QObject>
#include <QTimer>

#include <optional>

namespace runsheet
{

/// Compares the runbook's file with what the open run goes by: when the run is opened, and when the
/// file or its folder changes. Reads on a worker thread; bundled runbooks never change.
class RunbookWatch final : public QObject
{
    Q_OBJECT

public:
    explicit RunbookWatch(RunController &controller, QObject *parent = nullptr);

Q_SIGNALS:
    /// What the file holds, read as the run reads it, when it differs from the run's runbook;
    /// nothing when it does not, or cannot be read.
    void compared(const std::optional<QByteArray> &source);

private:
    void watch();
    void forget();
    void lookSoon();
    void look();
    void onRead();
    void compare(const QByteArray &content);

    RunController &m_controller;
    QFileSystemWatcher m_watcher;
    QTimer m_soon; ///< editors write in several steps
    /// A watcher rather than a continuation, which would not outlive this object.
    QFutureWatcher<std::optional<QByteArray>> m_reading;
    QString m_file; ///< empty: nothing to compare
};

} // namespace runsheet
