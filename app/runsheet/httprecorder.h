// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "monitor/httpchecker.h"
#include "run/controller.h"

#include <QHash>
#include <QObject>

namespace runsheet
{

/// Makes the requests that steps describe, and has what came of them recorded.
class HttpRecorder final : public QObject
{
    Q_OBJECT

public:
    /// The controller outlives it.
    explicit HttpRecorder(RunController &controller, QObject *parent = nullptr);

    /// `check` counts Step::httpChecks. Answered by an event of the run, or by failed().
    void check(const StepId &step, int check);

Q_SIGNALS:
    void failed(const runsheet::Error &error);

private:
    struct Asked
    {
        RunId run;
        StepId step;
        int check = 0;
        HttpCheck wanted;
    };
    void onAnswered(quint64 ticket, const HttpAnswer &answer);

    RunController &m_controller;
    HttpChecker m_checker;
    QHash<quint64, Asked> m_asked;
    quint64 m_lastTicket = 0;
};

} // namespace runsheet
