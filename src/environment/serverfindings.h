// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/serverbackend.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

namespace runsheet
{

// What a server shows of one command, as it was found: run/serververdict.h says what it means.

/// What became of a transaction that was seen in one of the command's sessions.
struct TransactionFate
{
    enum class Fate
    {
        InProgress,
        Committed,
        Aborted,
        Unknown ///< too long ago for the server to tell
    };
    qint64 transaction = 0;
    Fate fate = Fate::Unknown;

    bool operator==(const TransactionFate &) const = default;
};

/// Left behind by CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY that did not come to its end.
struct InvalidIndex
{
    QString name; ///< quoted and with its schema, as SQL needs it
    QString plainName; ///< as it is called
    QString table; ///< as it is called
    QString database; ///< another one than the environment's; empty: that one

    bool operator==(const InvalidIndex &) const = default;
};

/// Left behind by DETACH PARTITION CONCURRENTLY that did not come to its end.
struct HalfDetached
{
    QString table; ///< quoted and with its schema, as SQL needs it
    QString partition; ///< the same
    QString plainName; ///< of the partition, as it is called
    QString database; ///< another one than the environment's; empty: that one

    bool operator==(const HalfDetached &) const = default;
};

/// An index that the command was to create, as the catalogue has it.
struct CreatedIndex
{
    QString name; ///< with its schema when it is there
    bool isThere = false;
    bool isValid = false;
    qint64 transaction = 0; ///< that wrote its catalogue entry, 64-bit id; 0: not there
    QString database; ///< another one than the environment's; empty: that one

    bool operator==(const CreatedIndex &) const = default;
};

struct PreparedTransaction
{
    QString gid;
    qint64 transaction = 0; ///< 64-bit id
    qint64 ageMs = -1;
    QString database; ///< another one than the environment's; empty: that one

    bool operator==(const PreparedTransaction &) const = default;
};

/// The answer to the runbook's own question whether the work is done.
struct CheckAnswer
{
    bool done = false;
    QString value; ///< first column of the first row
    QString problem; ///< why it could not be asked; then nothing is decided

    bool operator==(const CheckAnswer &) const = default;
};

/// Entries that a migration tool wrote into its history table since the command began.
struct HistoryEntries
{
    QString table;
    QStringList entries; ///< newest first, at most a few
    QString database; ///< another one than the environment's; empty: that one

    bool operator==(const HistoryEntries &) const = default;
};

/// One that the command worked in, besides the environment's own.
struct UnseenDatabase
{
    QString name;
    QString problem; ///< why it could not be looked into, in the server's words

    bool operator==(const UnseenDatabase &) const = default;
};

struct ServerFindings
{
    QString problem; ///< why the server could not be asked, in a sentence; empty: it was
    QString detail; ///< the server's or libpq's own words
    QList<ServerBackend> backends;
    bool recovered = false; ///< from a crash, after the command began: ids may mean others now
    QList<TransactionFate> transactions; ///< of those asked about, in their order
    QStringList databases; ///< that its sessions were seen in; the environment's own is ""
    QList<UnseenDatabase> unseen; ///< of those
    QList<InvalidIndex> invalidIndexes; ///< of these databases, but for those being built
    QList<HalfDetached> halfDetached; ///< of these databases
    std::optional<CreatedIndex> createdIndex; ///< when the command creates one and says its name
    QList<PreparedTransaction> prepared; ///< since the command began, or of its transactions
    std::optional<CheckAnswer> check;
    QList<HistoryEntries> history;
    QString
        clientWords; ///< of the command's log: in which the server says that it ended the statement
    QStringList actions; ///< what asking sessions to stop came to

    bool operator==(const ServerFindings &) const = default;
};

} // namespace runsheet

Q_DECLARE_METATYPE(runsheet::ServerFindings)
