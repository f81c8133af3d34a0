// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// A session that carries the command's name.
struct ServerBackend
{
    qint64 pid = 0;
    QString user;
    QString database; ///< another one than the environment's; empty: that one
    QString state; ///< "active", "idle in transaction" …; empty: hidden from our role
    QString wait; ///< "Lock: relation"; empty: not waiting
    QString query; ///< first line; of an idle session the last one
    qint64 ageMs = -1; ///< of the query, or of its state when idle; −1: hidden
    qint64 transaction = 0; ///< 64-bit id; 0: it has written nothing yet

    /// It runs a statement or holds a transaction open; or its state is hidden from our role.
    [[nodiscard]] bool isBusy() const { return state != u"idle"; }
    /// It holds a transaction open and waits for its client: there is no statement to cancel.
    [[nodiscard]] bool isIdleInTransaction() const
    {
        return state.startsWith(u"idle in transaction");
    }
    bool operator==(const ServerBackend &) const = default;
};

} // namespace runsheet
