// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// The runsheet-exec to use: $RUNSHEET_EXEC, else the one installed or built with this program,
/// else the one on the PATH. Empty when there is none.
[[nodiscard]] QString findExecProgram();

} // namespace runsheet
