// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QMap>

namespace runsheet
{

/// The last look before a report leaves the program: refuses one that holds a secret, in whatever
/// form. Looked for are `secrets` (by name) and what this process's environment holds under secret
/// names.
[[nodiscard]] Result<void> checkForSecrets(const QByteArray &report,
                                           const QMap<QString, QString> &secrets);

} // namespace runsheet
