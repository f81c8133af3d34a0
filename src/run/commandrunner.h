// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "run/event.h"
#include "runbook/runbook.h"

#include <QMap>
#include <QObject>
#include <QStringList>

namespace runsheet
{

/// Everything needed to run one command once.
struct CommandRequest
{
    RunId run;
    ExecutionId execution;
    CommandId command;
    CommandLanguage language = CommandLanguage::Shell;
    QByteArray script; ///< the approved bytes
    QString workingDirectory; ///< empty: the home folder
    QMap<QString, QString> environment; ///< added to the program's own; the target's variables
    /// Added like these, but written into no file, and masked in what the command prints.
    QMap<QString, QString> secrets;
    /// Masked too, and not handed to the command.
    QMap<QString, QString> otherSecrets;
    QMap<QString, ShellVariable> variables; ///< as the commands before left them
    QString applicationName; ///< PGAPPNAME, at most 63 bytes
    bool terminal = true;

    bool operator==(const CommandRequest &) const = default;
};

/// The end of an execution: what goes into the journal, and what the shell was left with.
struct ExecutionReport
{
    RunId run;
    CommandEnded end;
    QMap<QString, ShellVariable> changedVariables;
    QStringList removedVariables;

    bool operator==(const ExecutionReport &) const = default;
};

/// What a silent command is doing.
struct TerminalState
{
    bool echo = true; ///< what is typed shows
    bool waiting = false; ///< it reads its terminal, or asks for a password
    bool stopped = false; ///< it will say nothing until it is continued

    bool operator==(const TerminalState &) const = default;
};

/// Runs commands so that they outlive this program. GUI thread, asynchronous.
///
/// start() is answered by `started` and then `ended`, or by `ended` alone with CouldNotStart.
/// recover() is answered for each execution by `started` (it runs: re-attached) and later `ended`,
/// or by `ended` alone (with its true outcome, or Unknown). Destroying the runner detaches:
/// commands go on. Exactly one `ended` per execution and program run, on every path.
class CommandRunner : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start(const CommandRequest &request) = 0;
    virtual void recover(const RunId &run, const QList<ExecutionId> &executions) = 0;
    /// To the command's process group. Ignored when it has ended.
    virtual void sendSignal(const ExecutionId &execution, int signal) = 0;
    /// To the command's terminal.
    virtual void sendInput(const ExecutionId &execution, const QByteArray &bytes) = 0;
    virtual void resizeTerminal(const ExecutionId &execution, int columns, int rows) = 0;
    /// The log file, which exists from `started` on and may be tailed by anyone.
    [[nodiscard]] virtual QString outputFile(const RunId &run,
                                             const ExecutionId &execution) const = 0;

Q_SIGNALS:
    void started(const runsheet::RunId &run, const runsheet::CommandStarted &start);
    void ended(const runsheet::ExecutionReport &report);
    /// Between `started` and `ended`, when it changes; at first it is as TerminalState begins.
    void terminalChanged(const runsheet::ExecutionId &execution,
                         const runsheet::TerminalState &state);
    /// A signal or input did not reach the command: the process that watches it is gone.
    void undelivered(const runsheet::ExecutionId &execution);
};

} // namespace runsheet
