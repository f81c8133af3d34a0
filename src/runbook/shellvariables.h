// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace runsheet
{

/// Names that shell text reads as $NAME or ${NAME} and neither sets itself nor gives a default
/// (${NAME:-x}), each once, in order. Not what the shell sets (HOME, PWD, RANDOM …), not what
/// stands in single quotes, comments or quoted here-documents.
[[nodiscard]] QStringList variablesReadBy(const QString &shell);

} // namespace runsheet
