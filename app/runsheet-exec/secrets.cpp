// SPDX-License-Identifier: Apache-2.0
#include "secrets.h"

#include "redaction/environmentsecrets.h"
#include "uniquefd.h"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <set>

namespace runsheet::exec
{

namespace
{

using redaction::Secret;

std::vector<Secret> toSecrets(const nlohmann::json &object)
{
    std::vector<Secret> secrets;
    for (const auto &[name, value] : object.items())
        secrets.push_back({.name = name, .value = value.get<std::string>()});
    return secrets;
}

} // namespace

std::optional<GivenSecrets> parseSecrets(const std::string &text)
{
    try {
        const nlohmann::json object = nlohmann::json::parse(text);
        return GivenSecrets{.environment = toSecrets(object.at("environment")),
                            .known = toSecrets(object.at("known"))};
    } catch (const nlohmann::json::exception &) {
        return std::nullopt;
    }
}

std::optional<GivenSecrets> readSecrets(int pipe)
{
    const UniqueFd owned(pipe);
    std::string text;
    std::array<char, 4096> block{};
    ssize_t got = 0;
    while ((got = ::read(pipe, block.data(), block.size())) > 0 || (got < 0 && errno == EINTR))
        text.append(block.data(), static_cast<size_t>(std::max<ssize_t>(got, 0)));
    return got < 0 ? std::nullopt : parseSecrets(text);
}

void exportSecrets(const GivenSecrets &given)
{
    for (const Secret &secret : given.environment)
        ::setenv(secret.name.c_str(), secret.value.c_str(), 1);
}

std::vector<Secret> secretsToMask(const GivenSecrets &given)
{
    std::vector<Secret> secrets = given.environment;
    secrets.insert(secrets.end(), given.known.begin(), given.known.end());
    for (size_t i = secrets.size(); i > 0; --i) {
        const Secret secret = secrets[i - 1];
        for (std::string &password : redaction::passwordsWithin(secret.value))
            secrets.push_back({.name = secret.name, .value = std::move(password)});
    }
    const std::vector<Secret> inherited = redaction::environmentSecrets(environ);
    secrets.insert(secrets.end(), inherited.begin(), inherited.end());
    std::erase_if(secrets, [](const Secret &secret) { return secret.value.empty(); });
    // The environment holds what was given a second time. The first name counts.
    std::set<std::string> seen;
    std::erase_if(secrets,
                  [&seen](const Secret &secret) { return !seen.insert(secret.value).second; });
    return secrets;
}

std::vector<std::string> unmaskableNames(const std::vector<Secret> &secrets)
{
    std::set<std::string> names;
    for (const Secret &secret : secrets) {
        if (!redaction::isMaskable(secret.value))
            names.insert(secret.name);
    }
    return {names.begin(), names.end()};
}

} // namespace runsheet::exec
