// SPDX-License-Identifier: Apache-2.0
#include "status.h"

#include <nlohmann/json.hpp>

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace runsheet::exec
{

namespace
{

using Json = nlohmann::ordered_json;

std::string isoUtc(const timespec &time)
{
    tm parts{};
    ::gmtime_r(&time.tv_sec, &parts);
    std::array<char, 32> seconds{};
    std::strftime(seconds.data(), seconds.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%s.%03ldZ", seconds.data(), time.tv_nsec / 1'000'000);
    return text.data();
}

std::string isoNow()
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return isoUtc(now);
}

/// A pid means nothing after a restart of the computer; this says whether there was one.
std::string bootId()
{
    std::string id;
    std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
    return id;
}

Json common(const Status &status, const char *state)
{
    Json object = {{"version", 1},      {"execution", status.execution},     {"state", state},
                   {"pid", status.pid}, {"started", isoUtc(status.started)}, {"boot_id", bootId()}};
    if (!status.unmaskable.empty())
        object["unmaskable"] = status.unmaskable;
    return object;
}

std::string toText(const Json &object)
{
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

int64_t micros(const timeval &time)
{
    return int64_t{time.tv_sec} * 1'000'000 + time.tv_usec;
}

} // namespace

std::string startingStatus(const Status &status)
{
    return toText(common(status, "starting"));
}

std::string runningStatus(const Status &status)
{
    return toText(common(status, "running"));
}

std::string endedStatus(const Status &status, const Ending &ending, const OutputLog &log)
{
    Json object = common(status, "ended");
    object["ended"] = isoNow();
    object["duration_micros"] = ending.endedMicros - status.startedMicros;
    if (WIFSIGNALED(ending.waitStatus))
        object["signal"] = WTERMSIG(ending.waitStatus);
    else
        object["exit_code"] = WEXITSTATUS(ending.waitStatus);
    object["output_bytes"] = log.bytes();
    object["output_lines"] = log.lines();
    object["dropped_bytes"] = log.dropped();
    object["background"] = ending.background;
    object["masked"] = ending.masked;
    object["rusage"] = {{"user_micros", micros(ending.usage.ru_utime)},
                        {"system_micros", micros(ending.usage.ru_stime)},
                        {"max_rss_kb", ending.usage.ru_maxrss}};
    return toText(object);
}

std::string couldNotStartStatus(const Status &status, const StartFailure &failure)
{
    Json object = common(status, "could-not-start");
    object["stage"] = stageName(failure.stage);
    object["errno"] = failure.error;
    object["message"] = std::strerror(failure.error);
    return toText(object);
}

} // namespace runsheet::exec
