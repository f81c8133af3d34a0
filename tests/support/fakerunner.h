// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/commandrunner.h"

#include <QList>
#include <QPair>

namespace runsheet::test
{

/// A runner that starts nothing: the test says what happens. It remembers what it was asked.
class FakeRunner final : public CommandRunner
{
    Q_OBJECT

public:
    using CommandRunner::CommandRunner;

    void start(const CommandRequest &request) override { m_requests += request; }
    void recover(const RunId &run, const QList<ExecutionId> &executions) override
    {
        m_recovering = run;
        m_recovered += executions;
    }
    void sendSignal(const ExecutionId &execution, int signal) override
    {
        m_signals += {execution, signal};
    }
    void sendInput(const ExecutionId &, const QByteArray &bytes) override { m_input += bytes; }
    void resizeTerminal(const ExecutionId &, int columns, int rows) override
    {
        m_terminal = {columns, rows};
    }
    [[nodiscard]] QString outputFile(const RunId &, const ExecutionId &execution) const override
    {
        return m_outputFolder.isEmpty() ? QString() : m_outputFolder + u'/' + execution.value;
    }

    /// Reports the newest request as started.
    void reportStarted(qint64 pid = 4711);
    /// Reports it, or the named one, as ended.
    void reportEnded(CommandEnded end, const QMap<QString, ShellVariable> &variables = {});

    [[nodiscard]] const QList<CommandRequest> &requests() const { return m_requests; }
    [[nodiscard]] const QList<ExecutionId> &recovered() const { return m_recovered; }
    [[nodiscard]] const QList<QPair<ExecutionId, int>> &sentSignals() const { return m_signals; }
    [[nodiscard]] QByteArray input() const { return m_input; }
    [[nodiscard]] QPair<int, int> terminal() const { return m_terminal; }
    void setOutputFolder(const QString &folder) { m_outputFolder = folder; }

private:
    [[nodiscard]] RunId run() const
    {
        return m_requests.isEmpty() ? m_recovering : m_requests.constLast().run;
    }

    QList<CommandRequest> m_requests;
    RunId m_recovering;
    QList<ExecutionId> m_recovered;
    QList<QPair<ExecutionId, int>> m_signals;
    QByteArray m_input;
    QPair<int, int> m_terminal;
    QString m_outputFolder;
};

} // namespace runsheet::test
