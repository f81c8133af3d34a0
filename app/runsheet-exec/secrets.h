// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "redaction/secretforms.h"

#include <optional>
#include <string>
#include <vector>

namespace runsheet::exec
{

/// What comes over the pipe of secrets, which no file, argument or environment of this process
/// shows: {"environment": {name: value}, "known": {name: value}}.
struct GivenSecrets
{
    std::vector<redaction::Secret> environment; ///< for the command's environment
    std::vector<redaction::Secret> known; ///< to be masked alone
};

/// Nothing when the text does not say what it must.
[[nodiscard]] std::optional<GivenSecrets> parseSecrets(const std::string &text);

/// Up to the end of the pipe, which is closed.
[[nodiscard]] std::optional<GivenSecrets> readSecrets(int pipe);

/// Into the environment that the command inherits.
void exportSecrets(const GivenSecrets &given);

/// Everything to be masked: what was given, what this process's environment holds under a secret
/// name, and passwords within the other values of it (postgres://app:s3cret@db).
[[nodiscard]] std::vector<redaction::Secret> secretsToMask(const GivenSecrets &given);

/// Names of those too short for it, each once.
[[nodiscard]] std::vector<std::string>
unmaskableNames(const std::vector<redaction::Secret> &secrets);

} // namespace runsheet::exec
