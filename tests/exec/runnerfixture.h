// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exec/executionfolder.h"
#include "exec/processrunner.h"

#include <QHash>
#include <QTemporaryDir>

#include <memory>

namespace runsheet::test
{

/// A data folder, a real ProcessRunner on it and everything it has said.
class RunnerFixture final : public QObject
{
    Q_OBJECT

public:
    explicit RunnerFixture(const QString &dataFolder = {});

    [[nodiscard]] ProcessRunner &runner() { return *m_runner; }
    [[nodiscard]] Paths paths() const { return m_paths; }
    [[nodiscard]] QString dataFolder() const { return m_paths.data(); }

    /// The next command of the run: with what the ones before left behind.
    [[nodiscard]] CommandRequest request(const QByteArray &script) const;
    void start(const CommandRequest &request) { m_runner->start(request); }
    /// Starts it and waits for its end.
    ExecutionReport run(const CommandRequest &request);
    ExecutionReport run(const QByteArray &script) { return run(request(script)); }

    [[nodiscard]] bool waitForStart(const ExecutionId &execution);
    [[nodiscard]] bool waitForEnd(const ExecutionId &execution, int milliseconds = 30'000);
    [[nodiscard]] bool waitForOutput(const ExecutionId &execution, const QByteArray &text);

    [[nodiscard]] bool hasStarted(const ExecutionId &id) const { return m_pids.contains(id); }
    [[nodiscard]] bool hasEnded(const ExecutionId &id) const { return m_reports.contains(id); }
    [[nodiscard]] qsizetype endCount(const ExecutionId &id) const { return m_reports.count(id); }
    [[nodiscard]] ExecutionReport report(const ExecutionId &id) const { return m_reports[id]; }
    [[nodiscard]] qint64 pid(const ExecutionId &id) const { return m_pids.value(id); }
    [[nodiscard]] ExecutionFolder folder(const ExecutionId &id) const;
    [[nodiscard]] QByteArray output(const ExecutionId &id) const;
    /// The runsheet-exec of a running execution: the command's parent.
    [[nodiscard]] qint64 execPid(const ExecutionId &id) const;

    /// A runner that knows nothing, on the same data: the program was started again.
    void restartRunner();

    RunId runId = RunId::create();

private:
    void listen();

    QTemporaryDir m_temporary;
    Paths m_paths;
    std::unique_ptr<ProcessRunner> m_runner;
    QMultiHash<ExecutionId, ExecutionReport> m_reports;
    QHash<ExecutionId, qint64> m_pids;
    QMap<QString, ShellVariable> m_variables;
    QString m_directory;
};

/// Whether a process with this number exists and is no zombie.
[[nodiscard]] bool isAlive(qint64 pid);

} // namespace runsheet::test
