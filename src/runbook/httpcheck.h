// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QList>

namespace runsheet
{

/// Requests that a text describes: "GET /api/health returns 200", or an ```http block with its
/// request line. Only GET and HEAD, which change nothing on a server that keeps to the rules.
[[nodiscard]] QList<HttpCheck> httpChecksIn(const TextBlock &block);

} // namespace runsheet
