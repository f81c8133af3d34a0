// SPDX-License-Identifier: Apache-2.0
#include "processes.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace runsheet::exec
{

namespace
{

constexpr size_t kMostProcesses = 256;

/// Of whichever of its threads.
void addChildren(pid_t pid, std::vector<pid_t> &found)
{
    std::error_code gone; // it may end at any moment
    std::filesystem::directory_iterator thread(procFile(pid, "task"), gone);
    for (; thread != std::filesystem::directory_iterator(); thread.increment(gone)) {
        std::istringstream children(contentOf((thread->path() / "children").string()));
        for (pid_t child = 0; children >> child;)
            found.push_back(child);
    }
}

} // namespace

std::string procFile(pid_t pid, const std::string &name)
{
    return "/proc/" + std::to_string(pid) + '/' + name;
}

std::string contentOf(const std::string &name)
{
    std::ifstream file(name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

ProcessState parseProcessState(const std::string &stat)
{
    ProcessState process;
    const size_t name = stat.rfind(')');
    if (name == std::string::npos)
        return process;
    std::istringstream fields(stat.substr(name + 1));
    pid_t parent = 0;
    fields >> process.state >> parent >> process.group >> process.session;
    return process;
}

ProcessState processState(pid_t pid)
{
    return parseProcessState(contentOf(procFile(pid, "stat")));
}

std::vector<pid_t> descendants()
{
    std::vector<pid_t> found{::getpid()};
    for (size_t i = 0; i < found.size() && found.size() < kMostProcesses; ++i)
        addChildren(found[i], found);
    found.erase(found.begin());
    return found;
}

std::vector<pid_t> groupsOf(pid_t command)
{
    const pid_t session = processState(command).session;
    std::vector<pid_t> groups{command};
    for (const pid_t pid : descendants()) {
        const ProcessState process = processState(pid);
        if (process.session == session && process.group > 1 && process.group != ::getpgrp()
            && std::ranges::find(groups, process.group) == groups.end())
            groups.push_back(process.group);
    }
    return groups;
}

} // namespace runsheet::exec
