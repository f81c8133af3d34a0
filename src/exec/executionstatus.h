// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "run/commandrunner.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace runsheet
{

/// status.json as runsheet-exec writes it.
struct ExecutionStatus
{
    enum class State
    {
        Starting, ///< the command may run or not; the next status says
        Running,
        Ended,
        CouldNotStart,
    };

    State state = State::Starting;
    qint64 pid = 0;
    QString bootId; ///< of the computer's start the pid belongs to
    std::optional<int> exitCode; ///< with Ended: this or the signal
    std::optional<int> signal;
    qint64 durationMicros = 0;
    qint64 outputBytes = 0;
    qint64 outputLines = 0;
    qint64 droppedBytes = 0;
    bool backgroundRemains = false;
    QStringList unmaskable; ///< names of secrets too short to be masked in the output
    QString stage; ///< with CouldNotStart: "program", "cwd", "terminal" or "fork"
    int errorNumber = 0;
    QString errorText;

    bool operator==(const ExecutionStatus &) const = default;
    [[nodiscard]] bool isFinal() const
    {
        return state == State::Ended || state == State::CouldNotStart;
    }
};

[[nodiscard]] Result<ExecutionStatus> parseStatus(const QByteArray &json);

/// The file "terminal"; the state at the beginning when there is none.
[[nodiscard]] TerminalState parseTerminalState(const QByteArray &json);

} // namespace runsheet
