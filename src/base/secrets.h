// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringView>

namespace runsheet
{

/// What stands in the place of a secret wherever it is shown or written.
inline constexpr QStringView kMaskedValue = u"••••••••";

/// PGPASSWORD, API_TOKEN, DB_SECRET …: their values are masked and stored nowhere.
[[nodiscard]] bool isSecretName(const QString &name);

/// A URL with a password (postgres://app:s3cret@db/shop), or "password=…" as libpq takes it. Such a
/// value is treated like one with a secret name.
[[nodiscard]] bool holdsPassword(const QString &value);

} // namespace runsheet
