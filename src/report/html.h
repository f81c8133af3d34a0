// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// Escapes & < > " and ', which QString::toHtmlEscaped() leaves, for text and quoted attributes.
[[nodiscard]] QString escapeHtml(const QString &text);

} // namespace runsheet
