// SPDX-License-Identifier: Apache-2.0
#include "run/serververdict.h"

#include "base/text.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Fate = TransactionFate::Fate;

/// Everything that a verdict is made from.
struct Case
{
    const Execution &execution;
    const ServerFindings &findings;
    QList<qint64> transactions;
    bool wasSeen = false;
    bool isOne = false; ///< one transaction is all the command does
};

struct Said
{
    ServerVerdict verdict = ServerVerdict::Unknown;
    QString finding;
    QString advice;
};

const QString kRest = u" What it had committed before stays."_s;

bool mentions(const QString &text, const QString &word)
{
    const QRegularExpression whole(
        u"(?<![\\w$])%1(?![\\w$])"_s.arg(QRegularExpression::escape(word)),
        QRegularExpression::CaseInsensitiveOption);
    return whole.match(text).hasMatch();
}

/// "pid 4242 (shop), active for 3 min 12 s, waits for Lock: relation: ALTER TABLE …"
QString lineOf(const ServerBackend &backend)
{
    QString line = u"pid %1 (%2)"_s.arg(backend.pid).arg(backend.user);
    line += u", "_s + (backend.state.isEmpty() ? u"state hidden"_s : backend.state);
    if (backend.ageMs >= 0)
        line += u" for "_s + formatDuration(std::chrono::milliseconds(backend.ageMs));
    if (!backend.wait.isEmpty())
        line += u", waits for "_s + backend.wait;
    if (backend.transaction > 0)
        line += u", transaction %1"_s.arg(backend.transaction);
    return backend.query.isEmpty() ? line : line + u": "_s + backend.query;
}

QString fateWord(Fate fate)
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

/// Of the newest transaction that was seen.
std::optional<TransactionFate> lastFate(const Case &given)
{
    const QList<TransactionFate> &fates = given.findings.transactions;
    const auto last = std::ranges::max_element(fates, {}, &TransactionFate::transaction);
    return last == fates.end() ? std::nullopt : std::optional(*last);
}

std::optional<Said> whenUnreachable(const Case &given)
{
    if (given.findings.problem.isEmpty())
        return std::nullopt;
    return Said{.verdict = ServerVerdict::Unknown,
                .finding =
                    u"What became of it on the server is not known: "_s + given.findings.problem,
                .advice = {}};
}

std::optional<Said> whenWorking(const Case &given)
{
    const QList<ServerBackend> &backends = given.findings.backends;
    if (backends.isEmpty())
        return std::nullopt;
    const ServerBackend &first = backends.constFirst();
    const bool idle = first.state.startsWith("idle"_L1);
    QString text = u"Still on the server: "_s + lineOf(first) + u'.';
    if (backends.size() > 1)
        text += u" It has %1 there."_s.arg(countOf(backends.size(), u"session"_s));
    if (!given.execution.isOpen())
        text += idle ? u" The command itself has ended."_s
                     : u" The command itself has ended; that did not stop its statement."_s;
    if (first.state.isEmpty())
        text += u" Our role may not see more: GRANT pg_monitor to it."_s;
    return Said{.verdict = ServerVerdict::Running, .finding = text, .advice = {}};
}

/// What became of it is asked when it has ended.
std::optional<Said> whenOpen(const Case &given)
{
    if (!given.execution.isOpen())
        return std::nullopt;
    return Said{.verdict = ServerVerdict::None,
                .finding = u"The command runs, and no session with its name is on the server at "
                           "the moment."_s,
                .advice = {}};
}

std::optional<Said> whenPrepared(const Case &given)
{
    for (const PreparedTransaction &prepared : given.findings.prepared) {
        QString quoted = prepared.gid;
        quoted.replace(u'\'', u"''"_s);
        if (!given.transactions.contains(prepared.transaction)
            && !given.execution.text.contains(u'\'' + quoted + u'\''))
            continue;
        return Said{.verdict = ServerVerdict::PreparedLeft,
                    .finding =
                        u"It left the prepared transaction “%1”, which keeps its locks until "
                        "somebody commits it or rolls it back."_s.arg(prepared.gid),
                    .advice = u"ROLLBACK PREPARED '%1';"_s.arg(quoted)};
    }
    return std::nullopt;
}

bool isOurs(const Case &given, const InvalidIndex &index)
{
    const QString &text = given.execution.text;
    return mentions(text, index.plainName)
        || (mentions(text, u"concurrently"_s) && mentions(text, index.table));
}

std::optional<Said> whenIndexIsInvalid(const Case &given)
{
    QStringList names;
    QStringList drops;
    for (const InvalidIndex &index : given.findings.invalidIndexes) {
        if (!isOurs(given, index))
            continue;
        names += index.name;
        drops += u"DROP INDEX CONCURRENTLY %1;"_s.arg(index.name);
    }
    if (names.isEmpty())
        return std::nullopt;
    return Said{.verdict = ServerVerdict::InvalidIndex,
                .finding = u"It left the invalid index %1 behind: no query uses it and every write "
                           "pays for it. Drop it before you try again."_s.arg(names.join(u", "_s)),
                .advice = drops.join(u'\n')};
}

std::optional<Said> byCreatedIndex(const Case &given)
{
    const std::optional<CreatedIndex> &index = given.findings.createdIndex;
    if (!index || (index->isThere && !index->isValid))
        return std::nullopt;
    const QString text = index->isThere ? u"Committed: the index “%1” is there and valid."_s
                                        : u"Rolled back: there is no index “%1”."_s;
    return Said{.verdict = index->isThere ? ServerVerdict::Committed : ServerVerdict::RolledBack,
                .finding = text.arg(index->name),
                .advice = {}};
}

std::optional<Said> byCheck(const Case &given)
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
    return Said{.verdict = ServerVerdict::LastRolledBack, .finding = text + kRest, .advice = {}};
}

std::optional<Said> byHistory(const Case &given)
{
    const std::optional<TransactionFate> last = lastFate(given);
    const bool brokeOff =
        !given.findings.clientWords.isEmpty() || (last && last->fate == Fate::Aborted);
    for (const HistoryEntries &history : given.findings.history) {
        if (history.entries.isEmpty())
            continue;
        const QString entries = history.entries.join(u", "_s);
        if (brokeOff)
            return Said{.verdict = ServerVerdict::LastRolledBack,
                        .finding = u"What it was doing when it ended was rolled back. Committed "
                                   "before that, as %1 tells: %2."_s.arg(history.table, entries),
                        .advice = {}};
        return Said{.verdict = ServerVerdict::Committed,
                    .finding = u"Committed, as %1 tells: since the command began it got %2."_s.arg(
                        history.table, entries),
                    .advice = {}};
    }
    return std::nullopt;
}

Said rolledBack(const Case &given, const QString &how)
{
    if (given.isOne)
        return {.verdict = ServerVerdict::RolledBack,
                .finding = u"Rolled back: "_s + how,
                .advice = {}};
    return {.verdict = ServerVerdict::LastRolledBack,
            .finding = u"What it was doing when it ended was rolled back: "_s + how + kRest,
            .advice = {}};
}

std::optional<Said> byTransactions(const Case &given)
{
    const std::optional<TransactionFate> last = lastFate(given);
    if (last && last->fate == Fate::Aborted)
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
    if (!last)
        return std::nullopt;
    return Said{.verdict = ServerVerdict::Unknown,
                .finding = u"Nothing of it runs on the server. Its last transaction that was seen, "
                           "%1, is %2; whether all its work was done is not known. Look at the "
                           "data."_s.arg(last->transaction)
                               .arg(fateWord(last->fate)),
                .advice = {}};
}

std::optional<Said> whenNothingIsKnown(const Case &given)
{
    if (given.wasSeen)
        return Said{.verdict = ServerVerdict::Unknown,
                    .finding = u"Nothing of it runs on the server any more. It was seen there and "
                               "had written nothing by then; whether it did later is not known. "
                               "Look at the data."_s,
                    .advice = {}};
    return Said{.verdict = ServerVerdict::None,
                .finding = u"No session with the command's name is on the server, and none was "
                           "seen while it ran."_s,
                .advice = {}};
}

using Decider = std::optional<Said> (*)(const Case &);
/// The first that has something to say.
constexpr std::array<Decider, 10> kDeciders{
    whenUnreachable, whenWorking, whenOpen,       whenPrepared,   whenIndexIsInvalid,
    byCheck,         byHistory,   byTransactions, byCreatedIndex, whenNothingIsKnown,
};

QStringList evidenceOf(const Case &given)
{
    const ServerFindings &findings = given.findings;
    QStringList lines = findings.actions;
    if (!findings.detail.isEmpty())
        lines += findings.detail;
    for (const ServerBackend &backend : findings.backends)
        lines += u"pg_stat_activity: "_s + lineOf(backend);
    for (const TransactionFate &fate : findings.transactions)
        lines += u"txid_status(%1): %2"_s.arg(fate.transaction).arg(fateWord(fate.fate));
    for (const InvalidIndex &index : findings.invalidIndexes)
        lines += u"pg_index: %1 on %2 is not valid%3"_s.arg(
            index.name, index.table,
            isOurs(given, index) ? QString() : u" (not known to be this command's)"_s);
    if (findings.createdIndex)
        lines +=
            u"pg_index: “%1” %2"_s.arg(findings.createdIndex->name,
                                       !findings.createdIndex->isThere      ? u"is not there"_s
                                           : findings.createdIndex->isValid ? u"is valid"_s
                                                                            : u"is not valid"_s);
    for (const PreparedTransaction &prepared : findings.prepared)
        lines += u"pg_prepared_xacts: “%1”, transaction %2"_s.arg(prepared.gid)
                     .arg(prepared.transaction);
    if (findings.check)
        lines += u"check query: "_s
            + (findings.check->problem.isEmpty() ? findings.check->value : findings.check->problem);
    for (const HistoryEntries &history : findings.history)
        lines += history.table + u": "_s
            + (history.entries.isEmpty() ? u"nothing new"_s : history.entries.join(u", "_s));
    if (!findings.clientWords.isEmpty())
        lines += u"log: "_s + findings.clientWords;
    return lines;
}

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
    const bool wasThere = execution.server && execution.server->verdict == ServerVerdict::Running;
    const Case given{
        .execution = execution,
        .findings = findings,
        .transactions = allTransactions(execution, history, findings),
        .wasSeen = history.wasSeen || wasThere || !execution.transactions.isEmpty(),
        .isOne = isOneTransaction(command == nullptr ? CommandLanguage::Shell : command->language,
                                  execution.text),
    };
    Said said;
    for (const Decider decide : kDeciders) {
        if (const std::optional<Said> found = decide(given)) {
            said = *found;
            break;
        }
    }
    return {.execution = execution.id,
            .verdict = said.verdict,
            .finding = said.finding,
            .evidence = evidenceOf(given),
            .advice = said.advice,
            .backends = findings.backends,
            .transactions = given.transactions};
}

} // namespace runsheet
