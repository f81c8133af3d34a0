// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spec.h"
#include "uniquefd.h"

#include <sys/types.h>

#include <string>
#include <variant>

namespace runsheet::exec
{

/// The command, running in a process group of its own, whose number is its pid.
struct Child
{
    pid_t pid = -1;
    UniqueFd output; ///< non-blocking: the terminal's master side, or the read end of a pipe
};

/// Why no command runs.
struct StartFailure
{
    enum class Stage
    {
        Terminal,
        Fork,
        WorkingDirectory,
        Program
    };
    Stage stage = Stage::Program;
    int error = 0; ///< errno
};

[[nodiscard]] const char *stageName(StartFailure::Stage stage);

/// Starts the command with descriptors 0 to 2 and a copy of the lock, default signal handling and
/// this process's environment. The caller leads the session; a terminal becomes its controlling
/// one.
[[nodiscard]] std::variant<Child, StartFailure> startChild(const Spec &spec, int lock);

} // namespace runsheet::exec
