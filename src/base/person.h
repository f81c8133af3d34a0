// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// Who is at the keyboard, as far as this computer can say. A claim, not a proof.
struct Person
{
    QString name; ///< git's user.name, else the account's full name, else the account
    QString account; ///< operating-system user
    QString host;

    bool operator==(const Person &) const = default;
};

/// The same name for counting people: upper and lower case, spaces and the way an accent is encoded
/// do not make two people of one.
[[nodiscard]] bool isSameName(const QString &one, const QString &other);

/// Reads git's configuration files (never runs git) and the password database.
[[nodiscard]] Person currentPerson();

} // namespace runsheet
