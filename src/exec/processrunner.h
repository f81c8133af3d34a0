// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"
#include "exec/executionwatch.h"
#include "run/commandrunner.h"

#include <QHash>
#include <QThreadPool>

namespace runsheet
{

/// Runs commands through runsheet-exec, one detached process per execution, and follows them by
/// what it keeps in the execution's folder. This object holds nothing that a command needs to go
/// on.
class ProcessRunner final : public CommandRunner
{
    Q_OBJECT

public:
    /// `execProgram` as from findExecProgram(); may be empty, then nothing starts and says why.
    ProcessRunner(Paths paths, QString execProgram, QObject *parent = nullptr);
    ~ProcessRunner() override;

    void start(const CommandRequest &request) override;
    void recover(const RunId &run, const QList<ExecutionId> &executions) override;
    void sendSignal(const ExecutionId &execution, int signal) override;
    void sendInput(const ExecutionId &execution, const QByteArray &bytes) override;
    void resizeTerminal(const ExecutionId &execution, int columns, int rows) override;
    [[nodiscard]] QString outputFile(const RunId &run, const ExecutionId &execution) const override;

private:
    struct Entry
    {
        QString folder;
        ExecutionWatch *watch = nullptr;
    };

    ExecutionWatch *addWatch(const ExecutionKey &key, ExecutionWatch::Origin origin);
    void onLaunched(const ExecutionId &execution, const Result<void> &outcome);
    void onEnded(const ExecutionReport &report);
    void control(const ExecutionId &execution, const QByteArray &line);
    void keepAwake(const ExecutionId &execution);

    Paths m_paths;
    QString m_execProgram;
    QHash<ExecutionId, Entry> m_entries; ///< executions not over yet
    std::shared_ptr<std::atomic_bool> m_cancelled = std::make_shared<std::atomic_bool>(false);
    QThreadPool m_pool;
    QThreadPool m_controlPool; ///< one thread: what is sent arrives in the order it was sent
};

} // namespace runsheet
