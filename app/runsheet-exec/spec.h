// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "folder.h"

#include <string>
#include <vector>

namespace runsheet::exec
{

/// spec.json: what to run. The environment is not in it; it is this process's own.
struct Spec
{
    std::string execution;
    std::vector<std::string> argv; ///< the program is looked for on the PATH
    std::string cwd;
    bool terminal = true;
    unsigned short columns = 120;
    unsigned short rows = 40;
};

/// Nothing when the file is missing or does not say what it must.
[[nodiscard]] std::optional<Spec> readSpec(const Folder &folder);

} // namespace runsheet::exec
