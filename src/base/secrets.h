// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>
#include <QString>

#include <array>

namespace runsheet
{

/// The words that make a variable's name secret, upper case.
inline constexpr std::array kSecretWords{
    QLatin1StringView("PASSWORD"),    QLatin1StringView("PASSWD"),
    QLatin1StringView("PASSPHRASE"),  QLatin1StringView("SECRET"),
    QLatin1StringView("TOKEN"),       QLatin1StringView("CREDENTIAL"),
    QLatin1StringView("PRIVATE_KEY"), QLatin1StringView("API_KEY"),
    QLatin1StringView("APIKEY"),      QLatin1StringView("ACCESS_KEY"),
    QLatin1StringView("ACCOUNT_KEY"),
};

/// What stands in the place of a secret wherever it is shown or written.
inline constexpr QStringView kMaskedValue = u"••••••••";

/// PGPASSWORD, API_TOKEN, DB_SECRET …: their values are masked and stored nowhere.
[[nodiscard]] bool isSecretName(const QString &name);

/// A URL with a password (postgres://app:s3cret@db/shop), or "password=…" as libpq takes it. Such a
/// value is treated like one with a secret name.
[[nodiscard]] bool holdsPassword(const QString &value);

} // namespace runsheet
