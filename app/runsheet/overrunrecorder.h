// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"

#include <QObject>
#include <QTimer>

namespace runsheet
{

/// Has it recorded when a command runs longer than its runbook says. Nothing else happens then.
class OverrunRecorder final : public QObject
{
    Q_OBJECT

public:
    /// The controller outlives it.
    explicit OverrunRecorder(RunController &controller, QObject *parent = nullptr);

private:
    /// Records what is over and sets the clock to what is over next.
    void look();

    RunController &m_controller;
    QTimer m_next;
};

} // namespace runsheet
