// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/journaldatabase.h"

namespace runsheet
{

/// One row of the table "event".
struct EventRow
{
    qint64 seq = 0;
    QString id;
    QString type;
    QByteArray body; ///< canonical JSON, as it was hashed
    QString hash;
};

/// The event in the row, or what is wrong with the row. The body must be in canonical form and
/// agree with the other columns, so that nothing in the row is outside the hash.
[[nodiscard]] Result<RunEvent> eventFromRow(const EventRow &row, const RunId &run);

/// All rows of a run in order, checked. Also compares with the table "head", which tells when
/// events are missing at the end: a chain alone cannot.
[[nodiscard]] Result<StoredRun> readStoredRun(SqliteConnection &connection, const RunId &run,
                                              qint64 number);

} // namespace runsheet
