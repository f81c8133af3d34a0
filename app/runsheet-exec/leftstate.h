// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "redaction/secretforms.h"

#include <string>
#include <vector>

namespace runsheet::exec
{

/// What a command left of its shell ("state.after", declarations as bash writes them), without the
/// variables that hold one of the secrets in any of its forms: those are only named, as the shell
/// does it with those that are secret by their name. One that is too short to be looked for inside
/// of others counts where it is the whole value and has four characters at least.
[[nodiscard]] std::string withoutSecrets(const std::string &state,
                                         const std::vector<redaction::Secret> &secrets);

} // namespace runsheet::exec
