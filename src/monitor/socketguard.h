// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <mutex>

namespace runsheet
{

/// Ends a database call that does not come back: shuts its socket down from another thread, so that
/// the blocked read fails.
///
/// libpqxx has no deadline of its own, and neither keepalives nor the server's timeouts help when
/// the server's processes are stopped. The thread that calls the database arms the guard before and
/// disarms it after; another thread calls enforce() now and then. A socket is only ever touched
/// while it is armed, so its number cannot have been given to another file.
class SocketGuard
{
public:
    using Clock = std::chrono::steady_clock;

    /// Answers false when cancel() was called: then nothing may be sent.
    [[nodiscard]] bool arm(int socket, std::chrono::milliseconds patience);
    /// Answers false when the socket was shut down meanwhile: the connection is lost.
    bool disarm();

    /// Any thread: shuts the armed socket down when its time is over.
    void enforce();
    /// Any thread, for good: shuts the armed socket down now, and no other can be armed.
    void cancel();
    [[nodiscard]] bool isCancelled();

private:
    void shutDown(); // with the lock held

    std::mutex m_mutex;
    int m_socket = -1;
    bool m_shutDown = false;
    bool m_cancelled = false;
    Clock::time_point m_deadline;
};

} // namespace runsheet
