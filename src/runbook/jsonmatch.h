// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/expectationmatch.h"

#include <optional>

namespace runsheet
{

/// Compares the JSON in both texts by keys, types and booleans, one line per difference or, when
/// there is none, per member of the expectation. Nothing when one of them holds no JSON.
[[nodiscard]] std::optional<ExpectationMatch> matchJson(const QString &expected,
                                                        const QString &actual);

} // namespace runsheet
