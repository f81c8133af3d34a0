// SPDX-License-Identifier: Apache-2.0
#include "run/serververdict.h"

#include "base/text.h"
#include "run/servercase.h"
#include "run/workedin.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Fate = TransactionFate::Fate;

struct Said
{
    ServerVerdict verdict = ServerVerdict::Unknown;
    QString finding;
    QString advice;
};

const QString kRest = u" What it had committed before stays."_s;

std::optional<Said> whenUnreachable(const ServerCase &given)
{
    if (given.findings.problem.isEmpty())
        return std::nullopt;
    return Said{.verdict = ServerVerdict::Unknown,
                .finding =
                    u"What became of it on the server is not known: "_s + given.findings.problem,
                .advice = {}};
}

std::optional<Said> whenWorking(const ServerCase &given)
{
    // One that is only connected does nothing; while the command runs that is told all the same.
    const QList<ServerBackend> &backends = given.findings.backends;
    if (backends.isEmpty() || (!given.execution.isOpen() && !given.isBusy()))
        return std::nullopt;
    const ServerBackend &first = *std::ranges::max_element(backends, {}, &ServerBackend::isBusy);
    QString text = u"Still on the server: "_s + describe(first) + u'.';
    if (backends.size() > 1)
        text += u" It has %1 there."_s.arg(countOf(backends.size(), u"session"_s));
    if (!given.execution.isOpen())
        text += first.isIdleInTransaction()
            ? u" The command itself has ended."_s
            : u" The command itself has ended; that did not stop its statement."_s;
    if (first.state.isEmpty())
        text += u" Our role may not see more: GRANT pg_monitor to it."_s;
    return Said{.verdict = ServerVerdict::Running, .finding = text, .advice = {}};
}

/// What became of it is asked when it has ended.
std::optional<Said> whenOpen(const ServerCase &given)
{
    if (!given.execution.isOpen())
        return std::nullopt;
    return Said{.verdict = ServerVerdict::None,
                .finding = u"The command runs, and no session with its name is on the server at "
                           "the moment."_s,
                .advice = {}};
}

/// What is to be copied says where it belongs.
QString inItsDatabase(const QString &database, const QString &sql)
{
    return database.isEmpty() ? sql : sql + u" --"_s + placeOf(database);
}

std::optional<Said> whenPrepared(const ServerCase &given)
{
    for (const PreparedTransaction &prepared : given.findings.prepared) {
        if (!given.isOurs(prepared))
            continue;
        return Said{
            .verdict = ServerVerdict::PreparedLeft,
            .finding =
                u"It left the prepared transaction “%1”%2, which keeps its locks until somebody "
                "commits it or rolls it back."_s.arg(prepared.gid, placeOf(prepared.database)),
            .advice = inItsDatabase(
                prepared.database,
                u"ROLLBACK PREPARED '%1'; -- or, where all of it was prepared: COMMIT "
                "PREPARED '%1';"_s.arg(QString(prepared.gid).replace(u'\'', u"''"_s)))};
    }
    return std::nullopt;
}

std::optional<Said> whenIndexIsInvalid(const ServerCase &given)
{
    QStringList names;
    QStringList drops;
    for (const InvalidIndex &index : given.findings.invalidIndexes) {
        if (!given.isOurs(index))
            continue;
        names += index.name + placeOf(index.database);
        drops += inItsDatabase(index.database, u"DROP INDEX CONCURRENTLY %1;"_s.arg(index.name));
    }
    if (names.isEmpty())
        return std::nullopt;
    return Said{.verdict = ServerVerdict::InvalidIndex,
                .finding = u"The invalid index %1 is there: no query uses it and every write pays "
                           "for it. Drop it before you try again."_s.arg(names.join(u", "_s)),
                .advice = drops.join(u'\n')};
}

std::optional<Said> whenHalfDetached(const ServerCase &given)
{
    for (const HalfDetached &one : given.findings.halfDetached) {
        if (!given.isOurs(one))
            continue;
        return Said{
            .verdict = ServerVerdict::LastRolledBack,
            .finding = u"%1 is half detached from %2%3: the first of its two steps is committed, "
                       "and queries of the table leave it out. Finish it."_s.arg(
                           one.partition, one.table, placeOf(one.database)),
            .advice = inItsDatabase(
                one.database,
                u"ALTER TABLE %1 DETACH PARTITION %2 FINALIZE;"_s.arg(one.table, one.partition))};
    }
    return std::nullopt;
}

std::optional<Said> byCheck(const ServerCase &given)
{
    const std::optional<CheckAnswer> &check = given.findings.check;
    if (!check || !check->problem.isEmpty())
        return std::nullopt;
    if (check->done)
        return Said{.verdict = ServerVerdict::Committed,
                    .finding = u"Done and committed: the runbook's check query answers “%1”."_s.arg(
                        check->value),
                    .advice = {}};
    const QString text = u"Not done: the runbook's check query answers “%1”."_s.arg(
        check->value.isEmpty() ? u"nothing"_s : check->value);
    if (given.isOne)
        return Said{.verdict = ServerVerdict::RolledBack, .finding = text, .advice = {}};
    if (given.brokeOff())
        return Said{.verdict = ServerVerdict::LastRolledBack,
                    .finding = text
                        + u" The last statement that the log tells of was rolled back."_s + kRest,
                    .advice = {}};
    return Said{.verdict = ServerVerdict::NotDone, .finding = text + kRest, .advice = {}};
}

std::optional<Said> byHistory(const ServerCase &given)
{
    for (const HistoryEntries &history : given.findings.history) {
        if (history.entries.isEmpty())
            continue;
        const QString entries = history.entries.join(u", "_s);
        const QString table = history.table + placeOf(history.database);
        if (given.brokeOff())
            return Said{.verdict = ServerVerdict::LastRolledBack,
                        .finding = u"The last statement that the log tells of was rolled back. "
                                   "Committed, as %1 tells: %2."_s.arg(table, entries),
                        .advice = {}};
        const std::optional<TransactionFate> last = given.lastFate();
        if (last && last->fate == Fate::Aborted)
            return Said{.verdict = ServerVerdict::LastRolledBack,
                        .finding = u"The last of its transactions that was seen, %1, was rolled "
                                   "back. Committed, as %2 tells: %3."_s.arg(last->transaction)
                                       .arg(table, entries),
                        .advice = {}};
        return Said{.verdict = ServerVerdict::Committed,
                    .finding = u"Committed, as %1 tells: since the command began it got %2."_s.arg(
                        table, entries),
                    .advice = {}};
    }
    return std::nullopt;
}

Said rolledBack(const ServerCase &given, const QString &how)
{
    if (given.isOne)
        return {.verdict = ServerVerdict::RolledBack,
                .finding = u"Rolled back: "_s + how,
                .advice = {}};
    return {.verdict = ServerVerdict::LastRolledBack,
            .finding =
                u"The last statement that the log tells of was rolled back: "_s + how + kRest,
            .advice = {}};
}

std::optional<Said> byTransactions(const ServerCase &given)
{
    const std::optional<TransactionFate> last = given.lastFate();
    if (!given.isOne && given.createdIndex() != nullptr)
        return std::nullopt; // of the several, the index tells more
    if (last && last->fate == Fate::Aborted && given.isOne)
        return rolledBack(given, u"the server says so of transaction %1."_s.arg(last->transaction));
    // The server's own words to the client are about the statement that was the last.
    if (!given.findings.clientWords.isEmpty())
        return rolledBack(given,
                          u"the server told the client “%1”."_s.arg(given.findings.clientWords));
    if (last && last->fate == Fate::Committed && given.isOne)
        return Said{.verdict = ServerVerdict::Committed,
                    .finding = u"Committed, although the command did not end well: the server says "
                               "so of transaction %1."_s.arg(last->transaction),
                    .advice = {}};
    if (given.findings.recovered && given.wasSeen)
        return Said{.verdict = ServerVerdict::Unknown,
                    .finding = u"The server recovered from a crash after the command began. What "
                               "was not committed by then is gone; what was, is not known. Look at "
                               "the data."_s,
                    .advice = {}};
    if (!last)
        return std::nullopt;
    return Said{.verdict = ServerVerdict::Unknown,
                .finding = u"Nothing of it runs on the server. Its last transaction that was seen, "
                           "%1, is %2; whether all its work was done is not known. Look at the "
                           "data."_s.arg(last->transaction)
                               .arg(describe(last->fate)),
                .advice = {}};
}

/// There and valid it says something only when it was not so before, or was written by one of the
/// command's own transactions.
std::optional<Said> byCreatedIndex(const ServerCase &given)
{
    const CreatedIndex *index = given.createdIndex();
    if (index == nullptr || (index->isThere && !index->isValid))
        return std::nullopt;
    if (!index->isThere)
        return Said{.verdict = ServerVerdict::RolledBack,
                    .finding = u"Rolled back: there is no index “%1”%2."_s.arg(
                        index->name, placeOf(index->database)),
                    .advice = {}};
    // Before the command only the environment's own database was looked into.
    const std::optional<bool> wasReady =
        index->database.isEmpty() ? given.indexWasReady : std::nullopt;
    if (wasReady == false || given.transactions.contains(index->transaction))
        return Said{.verdict = ServerVerdict::Committed,
                    .finding = u"Committed: the index “%1”%2 is there and valid."_s.arg(
                        index->name, placeOf(index->database)),
                    .advice = {}};
    if (wasReady)
        return Said{.verdict = ServerVerdict::NotDone,
                    .finding = u"Not done by this command: the index “%1” was there and valid when "
                               "it began."_s.arg(index->name),
                    .advice = {}};
    return Said{.verdict = ServerVerdict::Unknown,
                .finding =
                    u"The index “%1”%2 is there and valid; whether this command made it, or it "
                    "was there before, is not known."_s.arg(index->name, placeOf(index->database)),
                .advice = {}};
}

std::optional<Said> whenNothingIsKnown(const ServerCase &given)
{
    if (given.wasSeen)
        return Said{.verdict = ServerVerdict::Unknown,
                    .finding = u"Nothing of it runs on the server any more. It was seen there, "
                               "but never in a transaction that wrote; one may have come and gone "
                               "between two looks. Look at the data."_s,
                    .advice = {}};
    return Said{.verdict = ServerVerdict::None,
                .finding = u"No session with the command's name is on the server, and none was "
                           "seen while this window looked on."_s,
                .advice = {}};
}

QString databasesToLookInto(const QList<UnseenDatabase> &unseen)
{
    QString words;
    for (const UnseenDatabase &one : unseen)
        words += u" It worked in the database “%1”, which could not be looked into (%2): see there "
                 "for what it has left."_s.arg(one.name, one.problem);
    return words;
}

using Decider = std::optional<Said> (*)(const ServerCase &);
/// The first that has something to say.
constexpr std::array<Decider, 11> kDeciders{
    whenUnreachable,    whenWorking, whenOpen,  whenPrepared,   whenIndexIsInvalid,
    whenHalfDetached,   byCheck,     byHistory, byTransactions, byCreatedIndex,
    whenNothingIsKnown,
};

QList<qint64> allTransactions(const Execution &execution, const ServerHistory &history,
                              const ServerFindings &findings)
{
    QList<qint64> all = execution.transactions + history.transactions;
    for (const ServerBackend &backend : findings.backends) {
        if (backend.transaction > 0)
            all += backend.transaction;
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace

ServerChecked serverVerdict(const RunState &state, const Execution &execution,
                            const ServerHistory &history, const ServerFindings &findings)
{
    const Command *command = state.commandOf(execution);
    const CommandLanguage language =
        command == nullptr ? CommandLanguage::Shell : command->language;
    const ServerCase given{
        .execution = execution,
        .findings = findings,
        .transactions = allTransactions(execution, history, findings),
        .wasSeen = history.wasSeen || execution.wasOnServer || !execution.transactions.isEmpty(),
        .isOne = isOneTransaction(language, execution.text),
        .index = createdIndex(language, execution.text),
        .indexWasReady = history.indexWasReady,
        .workedIn = databaseWorkedIn(state, execution, language, findings.databases),
    };
    Said said;
    for (const Decider decide : kDeciders) {
        if (const std::optional<Said> found = decide(given)) {
            said = *found;
            break;
        }
    }
    if (!execution.isOpen() && !findings.backends.isEmpty() && !given.isBusy())
        said.finding += u" It is still connected with %1, idle."_s.arg(
            countOf(findings.backends.size(), u"session"_s));
    if (!execution.isOpen())
        said.finding += databasesToLookInto(findings.unseen);
    return {.execution = execution.id,
            .verdict = said.verdict,
            .finding = said.finding,
            .evidence = evidenceOf(given),
            .advice = said.advice,
            .backends = findings.backends,
            .transactions = given.transactions};
}

} // namespace runsheet
