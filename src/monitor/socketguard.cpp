// SPDX-License-Identifier: Apache-2.0
#include "monitor/socketguard.h"

#include <sys/socket.h>

namespace runsheet
{

bool SocketGuard::arm(int socket, std::chrono::milliseconds patience)
{
    const std::scoped_lock lock(m_mutex);
    if (m_cancelled)
        return false;
    m_socket = socket;
    m_shutDown = false;
    m_deadline = Clock::now() + patience;
    return true;
}

bool SocketGuard::disarm()
{
    const std::scoped_lock lock(m_mutex);
    m_socket = -1;
    return !m_shutDown;
}

void SocketGuard::enforce()
{
    const std::scoped_lock lock(m_mutex);
    if (m_socket >= 0 && Clock::now() >= m_deadline)
        shutDown();
}

void SocketGuard::cancel()
{
    const std::scoped_lock lock(m_mutex);
    m_cancelled = true;
    if (m_socket >= 0)
        shutDown();
}

bool SocketGuard::isCancelled()
{
    const std::scoped_lock lock(m_mutex);
    return m_cancelled;
}

void SocketGuard::shutDown()
{
    ::shutdown(m_socket, SHUT_RDWR);
    m_shutDown = true;
}

} // namespace runsheet
