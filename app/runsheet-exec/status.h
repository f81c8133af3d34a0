// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "child.h"
#include "outputlog.h"

#include <sys/resource.h>

#include <ctime>
#include <string>

namespace runsheet::exec
{

/// What is known of the command, as status.json tells it.
struct Status
{
    std::string execution;
    pid_t pid = -1;
    timespec started{}; ///< wall clock
    int64_t startedMicros = 0; ///< monotonic
    std::vector<std::string> unmaskable; ///< names of secrets that are too short to be masked
};

/// How the command ended.
struct Ending
{
    int waitStatus = 0; ///< as from wait4()
    rusage usage{}; ///< of the command and the children it waited for
    int64_t endedMicros = 0; ///< monotonic
    bool background = false; ///< a process it left behind still has the lock
    int64_t masked = 0; ///< places in the output where a secret was
};

// The three contents of status.json, in the order they come.
[[nodiscard]] std::string startingStatus(const Status &status);
[[nodiscard]] std::string runningStatus(const Status &status);
[[nodiscard]] std::string endedStatus(const Status &status, const Ending &ending,
                                      const OutputLog &log);
[[nodiscard]] std::string couldNotStartStatus(const Status &status, const StartFailure &failure);

} // namespace runsheet::exec
