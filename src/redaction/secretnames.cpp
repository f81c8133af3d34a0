// SPDX-License-Identifier: Apache-2.0
#include "redaction/secretnames.h"

#include <algorithm>
#include <string>

namespace runsheet::redaction
{

namespace
{

std::string upper(std::string_view name)
{
    std::string text(name);
    for (char &c : text)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

} // namespace

bool isSecretName(std::string_view name)
{
    const std::string text = upper(name);
    const auto holds = [&text](std::string_view word) {
        return text.find(word) != std::string::npos;
    };
    const auto endsWith = [&text](std::string_view word) { return text.ends_with(word); };
    return std::ranges::any_of(kSecretWords, holds)
        || std::ranges::any_of(kSecretEndings, endsWith);
}

bool namesAPlace(std::string_view name)
{
    const std::string text = upper(name);
    return std::ranges::any_of(kPlaceEndings,
                               [&text](std::string_view ending) { return text.ends_with(ending); });
}

} // namespace runsheet::redaction
