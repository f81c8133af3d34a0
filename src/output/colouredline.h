// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/linedecoder.h"

#include <optional>

namespace runsheet
{

/// Decodes the lines that make up nearly all coloured output: text and complete SGR sequences,
/// nothing that moves the cursor, erases or hides. What decodeLine() gives, many times faster;
/// nothing for every other line.
[[nodiscard]] std::optional<DecodedLine> decodeColouredLine(QByteArrayView bytes,
                                                            const TextStyle &start);

/// decodeColouredLine()->text alone.
[[nodiscard]] std::optional<QString> textOfColouredLine(QByteArrayView bytes);

/// decodeColouredLine()->endStyle alone.
[[nodiscard]] std::optional<TextStyle> styleAfterColouredLine(QByteArrayView bytes,
                                                              TextStyle start);

/// Characters that would hide text, reorder it or break the line in two.
[[nodiscard]] bool isTreacherous(char32_t character);

} // namespace runsheet
