// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"
#include "run/event.h"
#include "run/state.h"
#include "store/sqliteconnection.h"

#include <QList>

#include <optional>

namespace runsheet
{

/// Everything the journal holds of one run, and whether it can be believed.
struct StoredRun
{
    RunId id;
    qint64 number = 0;
    QList<RunEvent> events; ///< up to the first one that cannot be read
    ChainVerdict verdict;
};

/// The journal on SQLite, synchronous. One instance belongs to one thread; several instances, in
/// several programs, may append to the same run. The schema is resources/schema/journal.sql.
///
/// Every call opens the file when it is not open, so a cause that was removed (disk full, file
/// moved aside) is noticed by simply trying again.
class JournalDatabase
{
public:
    explicit JournalDatabase(const Paths &paths);

    Result<void> open();

    /// Numbers, links, hashes and stores the event; the answer is the complete event, durable.
    /// Idempotent by event id. Refuses what only the store can see: a second sign-off by the same
    /// person where two people must sign, even from another program.
    Result<RunEvent> append(const RunEvent &event);

    /// The events of an intact run; a broken chain is Kind::Corrupt and names the first bad event.
    Result<QList<RunEvent>> load(const RunId &run);
    /// The events after that one; the run must be intact. Nothing is read when there are none.
    Result<QList<RunEvent>> loadAfter(const RunId &run, qint64 seq);
    /// As load(), but hands out a damaged run too, with the verdict.
    Result<StoredRun> read(const RunId &run);
    /// A run number, or the beginning of a run id that fits one run only.
    Result<RunId> find(const QString &numberOrPrefix);

    /// Newest first. A run that cannot be read is listed with what is known of it.
    Result<QList<RunSummary>> list();
    /// See RunJournal::approvalFound.
    Result<QString> findApproval(const QString &runbookSha256);

private:
    struct Open ///< the run that was appended to or loaded last
    {
        qint64 number = 0;
        RunState state;
    };

    [[nodiscard]] Result<void> prepareSchema();
    [[nodiscard]] Result<void> createSchema();
    [[nodiscard]] Result<RunEvent> appendInTransaction(RunEvent event);
    [[nodiscard]] Result<Open> openForAppend(const RunEvent &event);
    [[nodiscard]] Result<void> insert(const Open &open, const RunEvent &event);
    [[nodiscard]] Result<std::optional<RunEvent>> stored(const EventId &id);
    [[nodiscard]] Result<RunEvent> settle(const RunEvent &event, const Error &commitError);
    [[nodiscard]] Result<qint64> numberOf(const RunId &run);
    [[nodiscard]] Result<RunSummary> rebuildSummary(const RunId &run);

    Paths m_paths;
    SqliteConnection m_connection;
    std::optional<Open> m_open;
};

} // namespace runsheet
