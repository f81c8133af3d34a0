// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace runsheet::redaction
{

// The ways in which programs write a text down, each as the characters between the quotes, if any.

/// JSON, C and Go: with and without escaped slashes, non-ASCII as it is and as \u.
[[nodiscard]] std::vector<std::string> jsonForms(std::string_view text);
/// Within single quotes, within double quotes, and with a backslash before everything special.
[[nodiscard]] std::vector<std::string> shellForms(std::string_view text);
/// An SQL literal, and libpq's connection strings.
[[nodiscard]] std::vector<std::string> sqlForms(std::string_view text);
[[nodiscard]] std::vector<std::string> xmlForms(std::string_view text);
/// Percent-encoding as RFC 3986, as browsers and as forms have it, in both cases of its digits.
[[nodiscard]] std::vector<std::string> percentForms(std::string_view text);
/// Hexadecimal bytes one after the other, with colons between them and each behind "\x", in both
/// cases of their digits. Blanks between them do not count anyway.
[[nodiscard]] std::vector<std::string> hexForms(std::string_view bytes);
/// What of base64 and base64url is the same whatever stands before and after the bytes, for each
/// of the three places at which they can begin. Plain base64 of the bytes would be found in a third
/// of all cases.
[[nodiscard]] std::vector<std::string> base64Forms(std::string_view bytes);

} // namespace runsheet::redaction
