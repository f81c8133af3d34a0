// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace runsheet
{

/// The known word that was probably meant: at most two letters differ, and fewer in short words.
/// Empty when none is that close.
[[nodiscard]] QString nearestTo(const QString &word, const QStringList &known);

} // namespace runsheet
