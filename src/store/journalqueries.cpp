// SPDX-License-Identifier: Apache-2.0
// What is asked of the journal across runs: lists, look-ups, approvals.
#include "base/clock.h"
#include "store/journaldatabase.h"
#include "store/storedevents.h"
#include "store/summaryjson.h"

#include <QFileInfo>
#include <QSqlError>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Shorter beginnings of a run id are refused: they would fit by accident.
constexpr qsizetype kShortestPrefix = 4;

Error noSuchRun(const QString &text)
{
    return {.kind = Error::Kind::NotFound,
            .message =
                u"There is no run “%1”. “runsheet runs” lists them; give a number or the first "
                "characters of an id."_s.arg(text),
            .detail = {}};
}

QString basisText(const RunEvent &approval, qint64 number)
{
    return u"run %1, %2, %3"_s.arg(number).arg(toIsoUtc(approval.at), approval.actor.name);
}

} // namespace

Result<RunId> JournalDatabase::find(const QString &numberOrPrefix)
{
    if (!QFileInfo::exists(m_paths.journal()))
        return noSuchRun(numberOrPrefix); // looking for a run makes no journal
    if (const auto opened = open(); !opened)
        return opened.error();
    bool isNumber = false;
    const qint64 number = numberOrPrefix.toLongLong(&isNumber);
    if (isNumber) {
        const auto id = m_connection.value(u"SELECT id FROM run WHERE number = ?"_s, {number});
        if (!id)
            return id.error();
        if (id->isValid())
            return RunId{id->toString()};
    }
    if (numberOrPrefix.size() < kShortestPrefix)
        return noSuchRun(numberOrPrefix);
    auto ids = m_connection.run(u"SELECT id FROM run WHERE substr(id, 1, ?) = ? LIMIT 2"_s,
                                {numberOrPrefix.size(), numberOrPrefix.toLower()});
    if (!ids)
        return ids.error();
    if (!ids->next())
        return noSuchRun(numberOrPrefix);
    const RunId found{ids->value(0).toString()};
    if (ids->next())
        return Error{.kind = Error::Kind::Invalid,
                     .message = u"More than one run begins with “%1”. Give more of its id."_s.arg(
                         numberOrPrefix),
                     .detail = {}};
    return found;
}

Result<QList<RunEvent>> JournalDatabase::loadAfter(const RunId &run, qint64 seq)
{
    if (const auto opened = open(); !opened)
        return opened.error();
    const auto last =
        m_connection.value(u"SELECT head.seq FROM run JOIN head ON head.run = run.number "
                           "WHERE run.id = ?"_s,
                           {run.value});
    if (!last)
        return last.error();
    if (last->toLongLong() <= seq)
        return QList<RunEvent>();
    Result<QList<RunEvent>> events = load(run);
    if (events)
        events->remove(0, std::min<qsizetype>(seq, events->size()));
    return events;
}

Result<QList<RunSummary>> JournalDatabase::list()
{
    if (const auto opened = open(); !opened)
        return opened.error();
    auto rows =
        m_connection.run(u"SELECT run.id, run.number, run.created_at, head.summary, head.hash = "
                         u"(SELECT hash FROM event "
                         "WHERE event.run = run.number ORDER BY seq DESC LIMIT 1) FROM run "
                         "LEFT JOIN head ON head.run = run.number ORDER BY run.number DESC"_s);
    if (!rows)
        return rows.error();
    QList<RunSummary> runs;
    while (rows->next()) {
        const RunId id{rows->value(0).toString()};
        std::optional<RunSummary> summary;
        if (rows->value(4).toBool())
            summary = summaryFromJson(rows->value(3).toString().toUtf8());
        if (!summary || summary->id != id) {
            const Result<RunSummary> rebuilt = rebuildSummary(id);
            summary = rebuilt ? *rebuilt : RunSummary{.id = id};
        }
        summary->number = rows->value(1).toLongLong();
        if (!summary->createdAt.isValid())
            summary->createdAt = fromIsoUtc(rows->value(2).toString());
        runs += *std::move(summary);
    }
    if (rows->lastError().isValid())
        return Error{
            .kind = Error::Kind::Corrupt,
            .message = u"The list of runs in %1 could not be read."_s.arg(m_connection.fileName()),
            .detail = rows->lastError().databaseText()};
    return runs;
}

Result<RunSummary> JournalDatabase::rebuildSummary(const RunId &run)
{
    const Result<StoredRun> stored = read(run);
    if (!stored)
        return stored.error();
    return summarize(replay(stored->events), stored->number);
}

Result<QString> JournalDatabase::findApproval(const QString &runbookSha256)
{
    if (const auto opened = open(); !opened)
        return opened.error();
    auto rows =
        m_connection.run(u"SELECT event.seq, event.id, event.type, event.body, event.hash, run.id, "
                         u"run.number FROM event "
                         "JOIN run ON run.number = event.run WHERE event.type = 'runbook.approved' "
                         "ORDER BY event.run DESC, event.seq DESC"_s);
    if (!rows)
        return rows.error();
    while (rows->next()) {
        const auto event = eventFromRow({.seq = rows->value(0).toLongLong(),
                                         .id = rows->value(1).toString(),
                                         .type = rows->value(2).toString(),
                                         .body = rows->value(3).toString().toUtf8(),
                                         .hash = rows->value(4).toString()},
                                        RunId{rows->value(5).toString()});
        // An approval that does not match its hash approves nothing.
        if (!event || eventHash(*event) != event->hash)
            continue;
        // One that no person made, or that rests on an earlier one, is not a person's word.
        const auto *approval = std::get_if<RunbookApproved>(&event->body);
        if (approval != nullptr && approval->runbookSha256 == runbookSha256 && !event->unattended
            && approval->basis.isEmpty())
            return basisText(*event, rows->value(6).toLongLong());
    }
    return QString();
}

} // namespace runsheet
