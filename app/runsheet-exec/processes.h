// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace runsheet::exec
{

// What this process has started, as /proc shows it at the moment.

/// "/proc/<pid>/<name>".
[[nodiscard]] std::string procFile(pid_t pid, const std::string &name);
/// All of a file; empty when it cannot be read.
[[nodiscard]] std::string contentOf(const std::string &name);

/// From the text of /proc/<pid>/stat; the name in it may hold anything.
struct ProcessState
{
    char state = '?';
    pid_t group = -1;
    pid_t session = -1;
};
[[nodiscard]] ProcessState parseProcessState(const std::string &stat);
[[nodiscard]] ProcessState processState(pid_t pid);

/// Everything this process has started and that still runs, the children of others included, which
/// come to it when those end.
[[nodiscard]] std::vector<pid_t> descendants();

/// The process groups of the command: its own and those that programs it runs have opened for
/// themselves (timeout, an interactive shell). Not those of a daemon, which left the session.
[[nodiscard]] std::vector<pid_t> groupsOf(pid_t command);

} // namespace runsheet::exec
