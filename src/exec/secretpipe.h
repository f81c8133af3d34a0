// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/commandrunner.h"

namespace runsheet
{

/// What runsheet-exec reads from its pipe of secrets.
[[nodiscard]] QByteArray secretsForPipe(const CommandRequest &request);

} // namespace runsheet
