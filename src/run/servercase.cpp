// SPDX-License-Identifier: Apache-2.0
// What the server showed of a command, and what of it is the command's.
#include "run/servercase.h"

#include "base/text.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Fate = TransactionFate::Fate;

bool mentions(const QString &text, const QString &word)
{
    const QRegularExpression whole(
        u"(?<![\\w$])%1(?![\\w$])"_s.arg(QRegularExpression::escape(word)),
        QRegularExpression::CaseInsensitiveOption);
    return whole.match(text).hasMatch();
}

/// What a rebuilding without locks calls the index that it works on.
bool isRebuilt(const QString &index)
{
    static const QRegularExpression kRebuilt(u"_cc(?:new|old)\\d*$"_s);
    return kRebuilt.match(index).hasMatch();
}

} // namespace

std::optional<TransactionFate> ServerCase::lastFate() const
{
    const QList<TransactionFate> &fates = findings.transactions;
    const auto last = std::ranges::max_element(fates, {}, &TransactionFate::transaction);
    return last == fates.end() || findings.recovered ? std::nullopt : std::optional(*last);
}

bool ServerCase::brokeOff() const
{
    // Of several, others may have come after the last one that was seen.
    const std::optional<TransactionFate> last = lastFate();
    return !findings.clientWords.isEmpty() || (isOne && last && last->fate == Fate::Aborted);
}

const CreatedIndex *ServerCase::createdIndex() const
{
    const std::optional<CreatedIndex> &found = findings.createdIndex;
    return found && workedIn == found->database ? &*found : nullptr;
}

bool ServerCase::isBusy() const
{
    return std::ranges::any_of(findings.backends, &ServerBackend::isBusy);
}

/// Another person's index may be in the middle of its building, which not every role can see. So
/// its name counts; without one, what it would be called by the server.
bool ServerCase::isOurs(const InvalidIndex &invalid) const
{
    const QString &text = execution.text;
    if (!index.isEmpty() && workedIn && workedIn != invalid.database)
        return false;
    if (mentions(text, invalid.plainName))
        return true;
    if (!index.isEmpty() || !mentions(text, u"concurrently"_s) || !mentions(text, invalid.table))
        return false;
    return mentions(text, u"reindex"_s) ? isRebuilt(invalid.plainName)
                                        : invalid.plainName.startsWith(invalid.table + u'_');
}

bool ServerCase::isOurs(const PreparedTransaction &prepared) const
{
    QString quoted = prepared.gid;
    quoted.replace(u'\'', u"''"_s);
    return transactions.contains(prepared.transaction)
        || execution.text.contains(u'\'' + quoted + u'\'');
}

bool ServerCase::isOurs(const HalfDetached &partition) const
{
    return mentions(execution.text, u"detach"_s) && mentions(execution.text, partition.plainName);
}

QString describe(const ServerBackend &backend)
{
    QString line = u"pid %1 (%2)"_s.arg(backend.pid).arg(backend.user) + placeOf(backend.database);
    line += u", "_s + (backend.state.isEmpty() ? u"state hidden"_s : backend.state);
    if (backend.ageMs >= 0)
        line += u" for "_s + formatDuration(std::chrono::milliseconds(backend.ageMs));
    if (!backend.wait.isEmpty())
        line += u", waits for "_s + backend.wait;
    if (backend.transaction > 0)
        line += u", transaction %1"_s.arg(backend.transaction);
    return backend.query.isEmpty() ? line : line + u": "_s + backend.query;
}

QString describe(Fate fate)
{
    switch (fate) {
    case Fate::InProgress:
        return u"in progress"_s;
    case Fate::Committed:
        return u"committed"_s;
    case Fate::Aborted:
        return u"rolled back"_s;
    case Fate::Unknown:
        return u"too long ago for the server to tell"_s;
    }
    return {};
}

QString placeOf(const QString &database)
{
    return database.isEmpty() ? QString() : u" in the database “%1”"_s.arg(database);
}

QStringList evidenceOf(const ServerCase &given)
{
    const ServerFindings &findings = given.findings;
    QStringList lines = findings.actions;
    if (!findings.detail.isEmpty())
        lines += findings.detail;
    for (const ServerBackend &backend : findings.backends)
        lines += u"pg_stat_activity: "_s + describe(backend);
    if (findings.recovered)
        lines += u"the server recovered from a crash after the command began"_s;
    for (const TransactionFate &fate : findings.transactions)
        lines += u"txid_status(%1): %2"_s.arg(fate.transaction).arg(describe(fate.fate));
    for (const InvalidIndex &index : findings.invalidIndexes)
        lines += u"pg_index: %1 on %2%3 is not valid%4"_s.arg(
            index.name, index.table, placeOf(index.database),
            given.isOurs(index) ? QString() : u" (not known to be this command's)"_s);
    for (const HalfDetached &one : findings.halfDetached)
        lines += u"pg_inherits: %1 is half detached from %2%3%4"_s.arg(
            one.partition, one.table, placeOf(one.database),
            given.isOurs(one) ? QString() : u" (not known to be this command's)"_s);
    if (const CreatedIndex *index = given.createdIndex())
        lines += u"pg_index: “%1”%2 %3"_s.arg(index->name, placeOf(index->database),
                                              !index->isThere      ? u"is not there"_s
                                                  : index->isValid ? u"is valid"_s
                                                                   : u"is not valid"_s);
    for (const PreparedTransaction &prepared : findings.prepared)
        lines += u"pg_prepared_xacts: “%1”%2, transaction %3"_s
                     .arg(prepared.gid, placeOf(prepared.database))
                     .arg(prepared.transaction);
    if (findings.check)
        lines += u"check query: "_s
            + (findings.check->problem.isEmpty() ? findings.check->value : findings.check->problem);
    for (const HistoryEntries &history : findings.history)
        lines += history.table + placeOf(history.database) + u": "_s
            + (history.entries.isEmpty() ? u"nothing new"_s : history.entries.join(u", "_s));
    for (const UnseenDatabase &unseen : findings.unseen)
        lines += u"not looked into%1: %2"_s.arg(placeOf(unseen.name), unseen.problem);
    if (!findings.clientWords.isEmpty())
        lines += u"log: "_s + findings.clientWords;
    return lines;
}

} // namespace runsheet
