// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

namespace runsheet
{

/// The zero width joiner at `at` makes one picture of the emoji before and behind it, as UAX 29
/// says (GB11): a variation selector and skin tones may stand before it.
[[nodiscard]] bool joinsEmoji(QStringView text, qsizetype at);

} // namespace runsheet
