// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// Some line waits for a person to type: an editor, a bare psql, a shell elsewhere.
[[nodiscard]] bool isInteractive(const QString &text);

} // namespace runsheet
