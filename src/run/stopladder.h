// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "run/event.h"

#include <array>
#include <optional>

namespace runsheet
{

struct Command;
struct Environment;
struct Execution;

/// From the gentlest to the hardest.
inline constexpr std::array kStopLadder{
    StopRung::Interrupt,        StopRung::CancelBackend, StopRung::Terminate,
    StopRung::TerminateBackend, StopRung::Kill,
};

/// Asked of the server, not of the process.
[[nodiscard]] constexpr bool isServerRung(StopRung rung)
{
    return rung == StopRung::CancelBackend || rung == StopRung::TerminateBackend;
}

/// What the process is sent; 0 for a rung of the server.
[[nodiscard]] int signalOf(StopRung rung);
[[nodiscard]] std::optional<StopRung> rungOf(int signal);
/// "SIGTERM", or "signal 35" for what has no name of its own.
[[nodiscard]] QString signalName(int signal);

/// PGAPPNAME, by which a command's sessions are found on the server:
/// runsheet:<run>:<step>:<execution>, at most 63 bytes. No two executions share it, whatever their
/// steps are called: who stops one must not hit another.
[[nodiscard]] QString applicationName(const RunId &run, const Execution &execution);

/// With it a server of version 14 or later notices within two seconds that a command which was
/// killed is gone, and rolls back what it was doing.
inline constexpr QStringView kClientCheckOption = u"-c client_connection_check_interval=2s";

/// What is added to PGOPTIONS for this command, where the server takes it: only for one that may be
/// stopped, unless its runbook says otherwise (clientcheck=), and not where the command or the
/// environment sets options or a server of its own, because a server that does not know the
/// setting would refuse the connection.
[[nodiscard]] QString sessionOptionsFor(const Command &command, const QString &text,
                                        const QString &ownOptions);

/// PGOPTIONS that the environment sets, else this program's own, which commands inherit.
[[nodiscard]] QString ownSessionOptions(const Environment &environment);

} // namespace runsheet
