// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "folder.h"

#include <cstdint>
#include <span>

namespace runsheet::exec
{

/// Monotonic microseconds.
[[nodiscard]] int64_t nowMicros();

/// output.log and its timing file. A log that cannot be written never stops the command: what does
/// not fit is counted and the next bytes are tried again.
class OutputLog
{
public:
    explicit OutputLog(const Folder &folder);

    [[nodiscard]] bool isOpen() const { return m_log.isValid() && m_timing.isValid(); }
    /// Times in the timing file count from here.
    void setStart(int64_t micros) { m_start = micros; }
    /// Output read later was written before: no time in the timing file is after this one.
    void setEnd(int64_t micros) { m_end = micros; }
    void append(std::span<const char> bytes);
    void sync() const;

    [[nodiscard]] int64_t bytes() const { return m_bytes; }
    /// Newlines, and a last line without one.
    [[nodiscard]] int64_t lines() const { return m_newlines + (m_openLine ? 1 : 0); }
    [[nodiscard]] int64_t dropped() const { return m_dropped; }

private:
    void stamp();

    UniqueFd m_log;
    UniqueFd m_timing;
    int64_t m_start = 0;
    int64_t m_end = INT64_MAX;
    int64_t m_lastStamp = INT64_MIN / 2;
    int64_t m_bytes = 0;
    int64_t m_newlines = 0;
    int64_t m_dropped = 0;
    bool m_openLine = false;
};

} // namespace runsheet::exec
