// SPDX-License-Identifier: Apache-2.0
#include "store/storedevents.h"

#include "base/json.h"

#include <QSqlError>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

Error rowError(const EventRow &row, const QString &what)
{
    return {.kind = Error::Kind::Corrupt,
            .message = u"event %1 %2"_s.arg(row.seq).arg(what),
            .detail = {}};
}

void breakAt(StoredRun &run, qint64 seq, const QString &finding)
{
    if (!run.verdict.intact)
        return;
    run.verdict.intact = false;
    run.verdict.firstBadSeq = seq;
    run.verdict.finding = finding;
}

Result<void> compareWithHead(SqliteConnection &connection, StoredRun &run)
{
    auto head = connection.run(u"SELECT seq, hash FROM head WHERE run = ?"_s, {run.number});
    if (!head)
        return head.error();
    const bool known = head->next();
    const qint64 seq = known ? head->value(0).toLongLong() : 0;
    if (run.events.isEmpty() && !known)
        breakAt(run, 1, u"it has no events"_s);
    else if (seq > run.events.size())
        breakAt(run, run.events.size() + 1,
                u"%1 events were written, the last %2 of them are gone"_s.arg(seq).arg(
                    seq - run.events.size()));
    else if (seq < run.events.size())
        breakAt(run, seq + 1, u"event %1 was not added by this program"_s.arg(seq + 1));
    else if (head->value(1).toString() != run.verdict.head)
        breakAt(run, seq, u"event %1 is not the one that was written last"_s.arg(seq));
    return {};
}

} // namespace

Result<RunEvent> eventFromRow(const EventRow &row, const RunId &run)
{
    const Result<QJsonObject> object = parseJsonObject(row.body);
    if (!object)
        return rowError(row, u"cannot be read: "_s + object.error().message);
    Result<RunEvent> event = eventFromJson(*object);
    if (!event)
        return rowError(row, u"cannot be read: "_s + event.error().message);
    if (canonicalJson(toJson(*event)) != row.body)
        return rowError(row, u"is not in the form in which it was hashed"_s);
    if (event->seq != row.seq || event->id.value != row.id || event->run != run
        || typeName(event->body) != row.type)
        return rowError(row, u"stands in a row that belongs to another event"_s);
    event->hash = row.hash;
    return event;
}

Result<StoredRun> readStoredRun(SqliteConnection &connection, const RunId &run, qint64 number)
{
    StoredRun stored{.id = run, .number = number, .events = {}, .verdict = {}};
    auto rows = connection.run(
        u"SELECT seq, id, type, body, hash FROM event WHERE run = ? ORDER BY seq"_s, {number});
    if (!rows)
        return rows.error();
    std::optional<Error> unreadable;
    while (rows->next() && !unreadable) {
        const EventRow row{.seq = rows->value(0).toLongLong(),
                           .id = rows->value(1).toString(),
                           .type = rows->value(2).toString(),
                           .body = rows->value(3).toString().toUtf8(),
                           .hash = rows->value(4).toString()};
        const Result<RunEvent> event = eventFromRow(row, run);
        if (event)
            stored.events += *event;
        else
            unreadable = event.error();
    }
    if (rows->lastError().isValid())
        return Error{.kind = Error::Kind::Corrupt,
                     .message = u"The events of run %1 could not be read."_s.arg(number),
                     .detail = rows->lastError().databaseText()};
    stored.verdict = verifyChain(stored.events);
    if (unreadable)
        breakAt(stored, stored.events.size() + 1, unreadable->message);
    if (const auto compared = compareWithHead(connection, stored); !compared)
        return compared.error();
    return stored;
}

} // namespace runsheet
