// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace runsheet::redaction
{

/// A value that must not be written down, and what stands in its place.
struct Secret
{
    std::string name;
    std::string value;

    bool operator==(const Secret &) const = default;
};

/// Shorter ones cannot be masked: they would be found in the middle of other words, and their
/// base64 in nearly everything. Counted without blanks and line breaks.
inline constexpr size_t kShortestSecret = 8;

/// The name of every secret that a person types where it does not show.
inline constexpr std::string_view kTypedSecret = "typed";

[[nodiscard]] bool isMaskable(std::string_view value);

/// What to look for, reduced (Omit::Space): the value and each of its lines, as they are and in
/// every usual encoding. None is shorter than kShortestSecret.
[[nodiscard]] std::vector<std::string> secretForms(std::string_view value);

/// The passwords within a value: of a URL, of a connection string ("password=…").
[[nodiscard]] std::vector<std::string> passwordsWithin(std::string_view value);

} // namespace runsheet::redaction
