// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/monitorstatus.h"

#include <QDateTime>
#include <QFrame>

namespace runsheet
{

class ElidedLabel;
class RunController;

/// The line at the bottom: what is saved, what watching costs, and the keys.
class StatusLine final : public QFrame
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showJournal(const QString &text); ///< on the start page
    /// "Saved …" only when nothing is on its way, and what closing the window does not stop.
    void showRun(const RunController &controller);
    void showMonitor(const MonitorStatus &status);
    void showHints(const QString &text);
    [[nodiscard]] QString savedText() const;

private:
    void showRunning(qsizetype commands);

    ElidedLabel *m_saved;
    ElidedLabel *m_running;
    ElidedLabel *m_monitor;
    ElidedLabel *m_hints;
};

} // namespace runsheet
