// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// Bash's own variables and those that belong to one execution alone: they neither pass on nor can
/// be set by hand.
[[nodiscard]] bool isShellOwnName(const QString &name);

/// A name that bash takes for a variable: letters, digits and _, no digit first.
[[nodiscard]] bool isVariableName(const QString &name);

/// The line that sets the variable to exactly this text, as bash's own `declare -p` writes it:
/// declare -x NAME="text".
[[nodiscard]] QString exportedDeclaration(const QString &name, const QString &value);

} // namespace runsheet
