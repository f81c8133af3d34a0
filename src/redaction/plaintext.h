// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace runsheet::redaction
{

/// What a text is looked at without. Blanks and line breaks go in any case: a terminal turns \n
/// into \r\n, set -x turns it into a space, base64 and xxd cut long lines.
enum class Omit
{
    Space,
    SpaceAndEscapes, ///< also colours and cursor movements
};

/// The characters that count, into `plain` (what it held is gone).
void reduce(std::string_view text, Omit omit, std::string &plain);
[[nodiscard]] std::string reduced(std::string_view text, Omit omit);
/// Where in the text each of them stands.
[[nodiscard]] std::vector<uint32_t> placesOfReduced(std::string_view text, Omit omit);

/// Where the escape sequence begins that more text may belong to; the text's size when there is
/// none.
[[nodiscard]] size_t openEscape(std::string_view text);

} // namespace runsheet::redaction
