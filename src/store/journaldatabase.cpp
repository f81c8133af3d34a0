// SPDX-License-Identifier: Apache-2.0
#include "store/journaldatabase.h"

#include "base/clock.h"
#include "base/json.h"
#include "run/stillfits.h"
#include "store/storedevents.h"
#include "store/summaryjson.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kApplicationId = 1381190194; // "RSJ2", in the file's header
constexpr int kSchemaVersion = 1;

/// What the rules cannot see: another program may have signed since this one last looked.
Result<void> checkSecondSigner(const RunState &state, const RunEvent &event)
{
    const auto *sign = std::get_if<StepSigned>(&event.body);
    const Step *step = sign != nullptr && state.runbook ? state.runbook->step(sign->step) : nullptr;
    if (step == nullptr || step->signOffs < 2)
        return {};
    for (const SignOff &earlier : state.signOffs.value(sign->step)) {
        if (isSameName(earlier.by.name, event.actor.name))
            return Error{.kind = Error::Kind::Refused,
                         .message = u"%1 has signed “%2” already. It needs %3 different people: "
                                    "let somebody else sign."_s.arg(event.actor.name, step->title)
                                        .arg(step->signOffs),
                         .detail = {}};
    }
    return {};
}

Error brokenRun(qint64 number, const ChainVerdict &verdict)
{
    return {.kind = Error::Kind::Corrupt,
            .message =
                u"The record of run %1 does not hold: %2. It can be exported, and it says so; "
                "nothing can be added to it."_s.arg(number)
                    .arg(verdict.finding),
            .detail = {}};
}

} // namespace

JournalDatabase::JournalDatabase(const Paths &paths)
    : m_paths(paths)
    , m_connection(paths.journal())
{
}

Result<void> JournalDatabase::open()
{
    if (m_connection.isOpen())
        return {};
    // A folder that may only be read still lets people look at the runs in it.
    if (const auto folder = ensurePrivateFolder(m_paths.data());
        !folder && !QFileInfo::exists(m_connection.fileName()))
        return folder.error();
    if (const auto opened = m_connection.open(); !opened)
        return opened.error();
    Result<void> prepared = prepareSchema();
    if (!prepared)
        m_connection.close();
    return prepared;
}

Result<void> JournalDatabase::prepareSchema()
{
    const auto tables = m_connection.value(u"SELECT count(*) FROM sqlite_master"_s);
    const auto application = m_connection.value(u"PRAGMA application_id"_s);
    const auto version = m_connection.value(u"PRAGMA user_version"_s);
    for (const auto *answer : {&tables, &application, &version}) {
        if (!*answer)
            return answer->error();
    }
    if (tables->toInt() == 0)
        return createSchema();
    if (application->toInt() != kApplicationId)
        return Error{
            .kind = Error::Kind::Corrupt,
            .message =
                u"The file %1 is a database of another program, not a journal. Move it "
                "away, or set RUNSHEET_DATA to another folder."_s.arg(m_connection.fileName()),
            .detail = {}};
    if (version->toInt() > kSchemaVersion)
        return Error{.kind = Error::Kind::Invalid,
                     .message =
                         u"The journal %1 was written by a newer Runsheet (format %2; this one "
                         "knows up to %3). Use that version; the file was not changed."_s
                             .arg(m_connection.fileName())
                             .arg(version->toInt())
                             .arg(kSchemaVersion),
                     .detail = {}};
    return {};
}

Result<void> JournalDatabase::createSchema()
{
    QFile file(u":/runsheet/schema/journal.sql"_s);
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = Error::Kind::Internal,
                     .message = u"The journal's schema is missing from the program."_s,
                     .detail = {}};
    if (const auto begun = m_connection.begin(); !begun)
        return begun.error();
    // Another instance may have made it while this one waited for the lock.
    const auto tables = m_connection.value(u"SELECT count(*) FROM sqlite_master"_s);
    if (tables && tables->toInt() > 0) {
        m_connection.rollback();
        return prepareSchema();
    }
    for (const QString &statement : QString::fromUtf8(file.readAll()).split(u"\n\n"_s)) {
        if (statement.trimmed().isEmpty() || statement.startsWith("--"_L1))
            continue;
        if (const auto done = m_connection.run(statement); !done) {
            m_connection.rollback();
            return done.error();
        }
    }
    Result<void> committed = m_connection.commit();
    if (!committed)
        m_connection.rollback();
    return committed;
}

Result<RunEvent> JournalDatabase::append(const RunEvent &event)
{
    if (const auto opened = open(); !opened)
        return opened.error();
    if (const auto begun = m_connection.begin(); !begun)
        return begun.error();
    Result<RunEvent> result = appendInTransaction(event);
    if (!result) {
        m_connection.rollback();
        m_open.reset();
        if (result.error().kind == Error::Kind::Unwritable)
            m_connection.close(); // the next try looks at the file afresh
        return result;
    }
    if (const auto committed = m_connection.commit(); !committed)
        return settle(event, committed.error());
    return result;
}

Result<RunEvent> JournalDatabase::appendInTransaction(RunEvent event)
{
    const auto earlier = stored(event.id);
    if (!earlier)
        return earlier.error();
    if (*earlier) {
        if ((*earlier)->run == event.run && (*earlier)->body == event.body)
            return **earlier;
        return Error{.kind = Error::Kind::Internal,
                     .message =
                         u"Another event with the id %1 is stored already."_s.arg(event.id.value),
                     .detail = {}};
    }
    Result<Open> open = openForAppend(event);
    if (!open)
        return open.error();
    if (const auto allowed = checkSecondSigner(open->state, event); !allowed)
        return allowed.error();
    if (const auto fits = stillFits(open->state, event.body); !fits)
        return fits.error();
    event.seq = open->state.lastSeq + 1;
    event.previous = event.seq == 1 ? firstPreviousHash() : open->state.head;
    event.hash = eventHash(event);
    open->state = apply(std::move(open->state), event);
    if (const auto inserted = insert(*open, event); !inserted)
        return inserted.error();
    m_open = *std::move(open);
    return event;
}

/// The run's state as the file has it, read inside the transaction; a new run is numbered here.
Result<JournalDatabase::Open> JournalDatabase::openForAppend(const RunEvent &event)
{
    auto head = m_connection.run(u"SELECT run.number, head.hash FROM run LEFT JOIN head "
                                 "ON head.run = run.number WHERE run.id = ?"_s,
                                 {event.run.value});
    if (!head)
        return head.error();
    const bool exists = head->next();
    const bool creates = std::holds_alternative<RunCreated>(event.body);
    if (exists == creates)
        return Error{.kind = Error::Kind::Invalid,
                     .message = exists
                         ? u"This run exists already."_s
                         : u"There is no run %1 in this journal."_s.arg(event.run.value),
                     .detail = {}};
    if (creates) {
        const auto added = m_connection.run(u"INSERT INTO run (id, created_at) VALUES (?, ?)"_s,
                                            {event.run.value, toIsoUtc(event.at)});
        if (!added)
            return added.error();
        return Open{.number = added->lastInsertId().toLongLong(), .state = {}};
    }
    const qint64 number = head->value(0).toLongLong();
    if (m_open && m_open->number == number && m_open->state.head == head->value(1).toString())
        return *m_open;
    const auto run = readStoredRun(m_connection, event.run, number);
    if (!run)
        return run.error();
    if (!run->verdict.intact)
        return brokenRun(number, run->verdict);
    return Open{.number = number, .state = replay(run->events)};
}

Result<void> JournalDatabase::insert(const Open &open, const RunEvent &event)
{
    const auto added =
        m_connection.run(u"INSERT INTO event (run, seq, id, type, body, hash) "
                         "VALUES (?, ?, ?, ?, ?, ?)"_s,
                         {open.number, event.seq, event.id.value, typeName(event.body),
                          QString::fromUtf8(canonicalJson(toJson(event))), event.hash});
    if (!added)
        return added.error();
    const QByteArray summary = summaryToJson(summarize(open.state, open.number));
    const auto head =
        m_connection.run(u"INSERT INTO head (run, seq, hash, summary) VALUES (?, ?, ?, ?) "
                         "ON CONFLICT (run) DO UPDATE SET seq = excluded.seq, "
                         "hash = excluded.hash, summary = excluded.summary"_s,
                         {open.number, event.seq, event.hash, QString::fromUtf8(summary)});
    if (!head)
        return head.error();
    return {};
}

Result<std::optional<RunEvent>> JournalDatabase::stored(const EventId &id)
{
    auto row =
        m_connection.run(u"SELECT event.seq, event.type, event.body, event.hash, run.id FROM event "
                         "JOIN run ON run.number = event.run WHERE event.id = ?"_s,
                         {id.value});
    if (!row)
        return row.error();
    if (!row->next())
        return std::optional<RunEvent>();
    const auto event = eventFromRow({.seq = row->value(0).toLongLong(),
                                     .id = id.value,
                                     .type = row->value(1).toString(),
                                     .body = row->value(2).toString().toUtf8(),
                                     .hash = row->value(3).toString()},
                                    RunId{row->value(4).toString()});
    if (!event)
        return event.error();
    return std::optional<RunEvent>(*event);
}

/// COMMIT failed, which does not mean that nothing was stored: after a failed sync the file is
/// opened afresh (SQLite then rolls an unfinished transaction back) and asked.
Result<RunEvent> JournalDatabase::settle(const RunEvent &event, const Error &commitError)
{
    m_connection.rollback();
    m_connection.close();
    m_open.reset();
    if (const auto opened = open(); !opened)
        return commitError;
    const auto found = stored(event.id);
    if (found && *found)
        return **found;
    return commitError;
}

Result<qint64> JournalDatabase::numberOf(const RunId &run)
{
    const auto number = m_connection.value(u"SELECT number FROM run WHERE id = ?"_s, {run.value});
    if (!number)
        return number.error();
    if (!number->isValid())
        return Error{.kind = Error::Kind::NotFound,
                     .message = u"There is no run %1 in this journal."_s.arg(run.value),
                     .detail = {}};
    return number->toLongLong();
}

Result<StoredRun> JournalDatabase::read(const RunId &run)
{
    if (const auto opened = open(); !opened)
        return opened.error();
    const Result<qint64> number = numberOf(run);
    if (!number)
        return number.error();
    return readStoredRun(m_connection, run, *number);
}

Result<QList<RunEvent>> JournalDatabase::load(const RunId &run)
{
    Result<StoredRun> stored = read(run);
    if (!stored)
        return stored.error();
    if (!stored->verdict.intact)
        return brokenRun(stored->number, stored->verdict);
    return stored->events;
}

} // namespace runsheet
