// SPDX-License-Identifier: Apache-2.0
#include "redaction/environmentsecrets.h"

#include "redaction/secretnames.h"

namespace runsheet::redaction
{

std::vector<Secret> environmentSecrets(const char *const *environment)
{
    std::vector<Secret> secrets;
    for (; *environment != nullptr; ++environment) {
        const std::string_view variable(*environment);
        const size_t equals = variable.find('=');
        if (equals == std::string_view::npos || equals + 1 == variable.size())
            continue;
        const std::string name(variable.substr(0, equals));
        const std::string_view value = variable.substr(equals + 1);
        if (isSecretName(name) && !namesAPlace(name))
            secrets.push_back({.name = name, .value = std::string(value)});
        for (std::string &password : passwordsWithin(value))
            secrets.push_back({.name = name, .value = std::move(password)});
    }
    return secrets;
}

} // namespace runsheet::redaction
