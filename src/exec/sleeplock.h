// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QDBusUnixFileDescriptor>

namespace runsheet
{

/// Asks the session manager (org.freedesktop.login1) that the computer neither goes to sleep nor
/// shuts down for as long as the descriptor, or a copy of it in any process, is open. An error
/// where nobody manages sleep or the user may not ask. Blocks for two seconds at most. Any thread.
[[nodiscard]] Result<QDBusUnixFileDescriptor> holdOffSleep();

} // namespace runsheet
