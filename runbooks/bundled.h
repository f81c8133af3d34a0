// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace runsheet
{

/// Resource paths (":/runbooks/….md") of the runbooks that come with the program, in the order to
/// show them: the practice run first.
[[nodiscard]] QStringList bundledRunbooks();

} // namespace runsheet
