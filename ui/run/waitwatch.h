// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

#include <QObject>

namespace runsheet
{

/// Says once for each waiting time of a run that it is over.
class WaitWatch final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Looks at what is over now. A time that ended while nobody looked is told too, but not when
    /// its step is signed by then.
    void tick(const RunState &state, const QDateTime &now);

Q_SIGNALS:
    void waitEnded(const runsheet::StepId &step, const runsheet::Wait &wait);

private:
    RunId m_run;
    QHash<StepId, Wait> m_told;
};

/// A notice of the desktop (org.freedesktop.Notifications) when the window is not in front, and
/// the task bar's own in any case. Without such a service nothing happens.
void showDesktopNotice(QWidget &window, const QString &title, const QString &text);

} // namespace runsheet
