// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/serververdict.h"

#include <optional>

namespace runsheet
{

/// Everything that a verdict is made from; it lives as long as what it refers to.
struct ServerCase
{
    const Execution &execution;
    const ServerFindings &findings;
    QList<qint64> transactions; ///< all that were seen so far
    bool wasSeen = false;
    bool isOne = false; ///< one transaction is all the command does
    QString index; ///< the one that it creates, when that is all; empty: nothing of the kind
    std::optional<bool> indexWasReady; ///< whether that was valid when it was first looked at
    /// The only database that it can have worked in; "" is the environment's own.
    std::optional<QString> workedIn;

    /// Of the newest transaction that was seen; nothing after a crash, when ids mean others.
    [[nodiscard]] std::optional<TransactionFate> lastFate() const;
    /// The server said so of its last statement that is known, in the log or by its number.
    [[nodiscard]] bool brokeOff() const;
    /// The one that the command creates, looked for where it worked; nothing when that is not
    /// known.
    [[nodiscard]] const CreatedIndex *createdIndex() const;
    [[nodiscard]] bool isBusy() const; ///< a session of it works or holds a transaction
    [[nodiscard]] bool isOurs(const InvalidIndex &index) const;
    [[nodiscard]] bool isOurs(const PreparedTransaction &prepared) const;
    [[nodiscard]] bool isOurs(const HalfDetached &partition) const;
};

/// "pid 4242 (shop), active for 3 min 12 s, waits for Lock: relation: ALTER TABLE …"
[[nodiscard]] QString describe(const ServerBackend &backend);
[[nodiscard]] QString describe(TransactionFate::Fate fate);
/// " in the database “other”"; nothing for the environment's own.
[[nodiscard]] QString placeOf(const QString &database);
/// What the server showed, line by line.
[[nodiscard]] QStringList evidenceOf(const ServerCase &given);

} // namespace runsheet
