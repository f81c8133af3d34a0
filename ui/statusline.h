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
    void showRun(const RunController &controller); ///< "Saved …" only when nothing is on its way
    void showMonitor(const MonitorStatus &status);
    void showHints(const QString &text);
    [[nodiscard]] QString savedText() const;

private:
    ElidedLabel *m_saved;
    ElidedLabel *m_monitor;
    ElidedLabel *m_hints;
};

} // namespace runsheet
