// SPDX-License-Identifier: Apache-2.0
#include "spec.h"

#include <nlohmann/json.hpp>

namespace runsheet::exec
{

std::optional<Spec> readSpec(const Folder &folder)
{
    const std::optional<std::string> text = folder.read("spec.json");
    if (!text)
        return std::nullopt;
    try {
        const nlohmann::json object = nlohmann::json::parse(*text);
        if (object.at("version").get<int>() != 1)
            return std::nullopt;
        Spec spec{
            .execution = object.at("execution").get<std::string>(),
            .argv = object.at("argv").get<std::vector<std::string>>(),
            .cwd = object.at("cwd").get<std::string>(),
            .terminal = object.at("tty").get<bool>(),
            .columns = object.at("columns").get<unsigned short>(),
            .rows = object.at("rows").get<unsigned short>(),
        };
        return spec.argv.empty() ? std::nullopt : std::optional(std::move(spec));
    } catch (const nlohmann::json::exception &) {
        return std::nullopt;
    }
}

} // namespace runsheet::exec
