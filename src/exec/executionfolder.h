// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "exec/executionstatus.h"
#include "exec/shellstate.h"
#include "run/commandrunner.h"

#include <QProcessEnvironment>

#include <atomic>

namespace runsheet
{

/// One execution's folder, shared with runsheet-exec. Any thread; every call touches the disk.
class ExecutionFolder
{
public:
    explicit ExecutionFolder(QString path)
        : m_path(std::move(path))
    {
    }

    /// What can be seen of an execution from outside.
    struct Sight
    {
        bool exists = false;
        bool watched = false; ///< runsheet-exec lives
        bool alive = false; ///< it or anything the command started lives
        std::optional<ExecutionStatus> status;
        TerminalState terminal;
        bool damaged = false; ///< there is a status that does not say what it must

        bool operator==(const Sight &) const = default;
    };

    /// Length and content hash of output.log, for an execution that recorded none itself.
    struct Output
    {
        QString sha256;
        qint64 bytes = 0;
        qint64 lines = 0;

        bool operator==(const Output &) const = default;
    };

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString outputFile() const;
    [[nodiscard]] QString statusFile() const;
    [[nodiscard]] QString scriptFile() const;

    /// Writes everything runsheet-exec needs. An error means that nothing was or will be run: a
    /// command whose log cannot be kept does not start.
    [[nodiscard]] Result<void> prepare(const CommandRequest &request) const;
    /// An execution that never began can begin no more.
    void invalidate() const;

    [[nodiscard]] Sight look() const;
    /// Reads up to `limit` bytes of the log (all of it when negative), stops early when cancelled.
    [[nodiscard]] Output readOutput(qint64 limit, const std::atomic_bool &cancelled) const;
    // From the spec; empty when it cannot be read.
    [[nodiscard]] QString startDirectory() const;
    [[nodiscard]] QString program() const;
    [[nodiscard]] QByteArray script() const; ///< the approved bytes
    /// The log's last bytes.
    [[nodiscard]] QByteArray outputTail(qint64 bytes) const;
    [[nodiscard]] ShellStateChange shellStateChange() const;

private:
    [[nodiscard]] QString file(const QString &name) const;
    [[nodiscard]] QByteArray content(const QString &name) const;

    QString m_path;
};

/// What the command sees: this program's own environment, pagers that do not wait for a key, the
/// target's variables and, for programs other than bash, the exported variables of earlier
/// commands.
[[nodiscard]] QProcessEnvironment commandEnvironment(const CommandRequest &request,
                                                     const QString &folder);

/// The program and its arguments: bash or psql on the approved script.
[[nodiscard]] QStringList commandLine(CommandLanguage language, const QString &scriptFile);

} // namespace runsheet
