// SPDX-License-Identifier: Apache-2.0
#include "outputlog.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>

namespace runsheet::exec
{

namespace
{

/// Finer than anybody reads a log, coarse enough to cost nothing under a flood.
constexpr int64_t kStampMicros = 10'000;

} // namespace

int64_t nowMicros()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
}

OutputLog::OutputLog(const Folder &folder)
    : m_log(folder.openLog("output.log"))
    , m_timing(folder.openLog("timing"))
{
}

void OutputLog::append(std::span<const char> bytes)
{
    if (bytes.empty())
        return;
    stamp();
    size_t kept = 0;
    while (kept < bytes.size()) {
        const ssize_t written = ::write(m_log.get(), bytes.data() + kept, bytes.size() - kept);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        kept += static_cast<size_t>(written);
    }
    const std::span<const char> stored = bytes.first(kept);
    m_bytes += static_cast<int64_t>(kept);
    m_dropped += static_cast<int64_t>(bytes.size() - kept);
    m_newlines += std::ranges::count(stored, '\n');
    if (!stored.empty())
        m_openLine = stored.back() != '\n';
}

void OutputLog::stamp()
{
    const int64_t now = std::min(nowMicros(), m_end);
    if (now - m_lastStamp < kStampMicros)
        return;
    m_lastStamp = now;
    std::array<char, 64> line{};
    const int length =
        std::snprintf(line.data(), line.size(), "%lld %lld\n", static_cast<long long>(m_bytes),
                      static_cast<long long>(now - m_start));
    // A lost stamp costs a time beside a line, never the line.
    static_cast<void>(writeAll(m_timing.get(), line.data(), static_cast<size_t>(length)));
}

void OutputLog::sync() const
{
    ::fdatasync(m_log.get());
    ::fdatasync(m_timing.get());
}

} // namespace runsheet::exec
