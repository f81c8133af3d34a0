// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace runsheet::redaction
{

/// The words that make a variable's name secret, upper case.
inline constexpr std::array<std::string_view, 13> kSecretWords{
    "PASSWORD",   "PASSWD",      "PASSPHRASE",        "PASSCODE", "SECRET",
    "TOKEN",      "CREDENTIAL",  "PRIVATE_KEY",       "API_KEY",  "APIKEY",
    "ACCESS_KEY", "ACCOUNT_KEY", "CONNECTION_STRING",
};

/// Those that make it so at its end alone: DB_PASS, but not PASSES_TOTAL; MYSQL_PWD, but not
/// START_PWD, which is a folder.
inline constexpr std::array<std::string_view, 3> kSecretEndings{"_PASS", "DB_PWD", "SQL_PWD"};

/// The endings of a secret name that stands for a place, upper case.
inline constexpr std::array<std::string_view, 4> kPlaceEndings{"_FILE", "_PATH", "_DIR", "_FOLDER"};

/// Whether the name of a variable says that its value is secret, in any case.
[[nodiscard]] bool isSecretName(std::string_view name);

/// Whether a secret name stands for the place of a secret and not for the secret itself:
/// AWS_WEB_IDENTITY_TOKEN_FILE, PASSWORD_STORE_DIR.
[[nodiscard]] bool namesAPlace(std::string_view name);

} // namespace runsheet::redaction
