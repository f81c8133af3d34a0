// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "redaction/secretforms.h"

namespace runsheet::redaction
{

/// What an environment ("NAME=value", ended by a null pointer) holds under secret names, and the
/// passwords within its other values (postgres://app:s3cret@db). None is empty.
[[nodiscard]] std::vector<Secret> environmentSecrets(const char *const *environment);

} // namespace runsheet::redaction
