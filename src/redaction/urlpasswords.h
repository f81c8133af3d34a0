// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace runsheet::redaction
{

/// Where the password of scheme://user:password@host stands.
struct UrlPassword
{
    size_t begin = 0;
    size_t end = 0;

    bool operator==(const UrlPassword &) const = default;
};

/// All of them. A password may hold an "@"; it ends at the last one before the host ends.
[[nodiscard]] std::vector<UrlPassword> urlPasswords(std::string_view text);

/// The beginning of what at the end of the text may become a URL with a password, or part of one
/// that is longer than it looks; the text's size when there is none.
[[nodiscard]] size_t openUrl(std::string_view text);

} // namespace runsheet::redaction
