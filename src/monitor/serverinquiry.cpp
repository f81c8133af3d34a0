// SPDX-License-Identifier: Apache-2.0
#include "monitor/serverinquiry.h"

#include "base/text.h"
#include "monitor/connectmessages.h"
#include "monitor/doorknock.h"
#include "monitor/inquirer.h"
#include "monitor/serversession.h"
#include "monitor/socketguard.h"
#include "monitor/stopqueries.h"

#include <QRegularExpression>

#include <algorithm>
#include <thread>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using std::chrono::milliseconds;

constexpr milliseconds kConnectPatience{3000};
// A session that was asked to stop takes a moment.
constexpr milliseconds kStopPatience{2000};
constexpr milliseconds kStopPause{50};

QString text(const pqxx::field &field)
{
    return field.is_null() ? QString() : QString::fromUtf8(field.c_str());
}

qint64 number(const pqxx::field &field, qint64 whenNull)
{
    return field.is_null() ? whenNull : field.as<qint64>();
}

TransactionFate::Fate fateFrom(const QString &word)
{
    if (word == "committed"_L1)
        return TransactionFate::Fate::Committed;
    if (word == "aborted"_L1)
        return TransactionFate::Fate::Aborted;
    return word == "in progress"_L1 ? TransactionFate::Fate::InProgress
                                    : TransactionFate::Fate::Unknown;
}

/// First line of a statement, without the password that it sets: it goes into a journal.
QString maskedQuery(const QString &query)
{
    static const QRegularExpression kPassword(u"(password\\s*=?\\s*)'[^']*'?"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    return firstLine(query).replace(kPassword, u"\\1'••••••••'"_s);
}

bool isYes(const QString &value)
{
    return !value.isEmpty() && value != "f"_L1 && value != "0"_L1
        && value.compare("false"_L1, Qt::CaseInsensitive) != 0
        && value.compare("no"_L1, Qt::CaseInsensitive) != 0;
}

QList<ServerBackend> backendsOf(Inquirer &server, const QString &applicationName)
{
    QList<ServerBackend> backends;
    for (const pqxx::row &row : server.askFor(stopqueries::kBackends, applicationName)) {
        backends.append({.pid = number(row[0], 0),
                         .user = text(row[1]),
                         .database = text(row[7]),
                         .state = text(row[2]),
                         .wait = text(row[3]),
                         .query = maskedQuery(text(row[4])),
                         .ageMs = number(row[5], -1),
                         .transaction = number(row[6], 0)});
    }
    return backends;
}

/// What the server answered, session by session.
QStringList act(Inquirer &server, const ServerInquiry &inquiry)
{
    const bool terminates = inquiry.action == ServerInquiry::Action::Terminate;
    const QString function = terminates ? u"pg_terminate_backend"_s : u"pg_cancel_backend"_s;
    QStringList answers;
    try {
        const pqxx::result rows = server.askFor(
            terminates ? stopqueries::kTerminate : stopqueries::kCancel, inquiry.applicationName);
        for (const pqxx::row &row : rows)
            answers += u"%1(%2): %3"_s.arg(function, text(row[0]),
                                           row[1].as<bool>() ? u"sent"_s : u"no such session"_s);
    } catch (const pqxx::sql_error &error) {
        return {u"%1: %2"_s.arg(function, firstLine(QString::fromUtf8(error.what())))};
    }
    return answers.isEmpty() ? QStringList{function + u": there was no session to ask"_s} : answers;
}

/// Until what was asked has had its effect, for a moment. A server tells nobody when a session of
/// its has stopped, so it is asked again; this thread has nothing else to do.
QList<ServerBackend> backendsAfter(Inquirer &server, const ServerInquiry &inquiry)
{
    const auto isDone = [&](const QList<ServerBackend> &backends) {
        return inquiry.action == ServerInquiry::Action::Terminate
            ? backends.isEmpty()
            : std::ranges::none_of(backends, [](const ServerBackend &backend) {
                  return backend.state == "active"_L1;
              });
    };
    QList<ServerBackend> backends = backendsOf(server, inquiry.applicationName);
    const auto deadline = std::chrono::steady_clock::now() + kStopPatience;
    while (!isDone(backends) && !server.isCancelled()
           && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(kStopPause);
        backends = backendsOf(server, inquiry.applicationName);
    }
    return backends;
}

void askFates(Inquirer &server, const ServerInquiry &inquiry, ServerFindings &findings)
{
    QList<qint64> wanted = inquiry.transactions;
    for (const ServerBackend &backend : findings.backends) {
        if (backend.transaction > 0 && !wanted.contains(backend.transaction))
            wanted += backend.transaction;
    }
    std::ranges::sort(wanted);
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    constexpr qsizetype kMost = 20; // a backfill has thousands; the newest tell
    for (const qint64 transaction : wanted.last(std::min(kMost, wanted.size()))) {
        TransactionFate fate{.transaction = transaction};
        try {
            const pqxx::result rows = server.askFor(stopqueries::kTransactionFate, transaction);
            fate.fate = fateFrom(text(rows[0][0]));
        } catch (const pqxx::sql_error &) { // NOLINT(bugprone-empty-catch): a standby cannot tell
        }
        findings.transactions += fate;
    }
}

bool askRecovered(Inquirer &server, const ServerInquiry &inquiry)
{
    const pqxx::result rows = server.askFor(stopqueries::kRecovered, inquiry.sinceMs);
    return !rows.empty() && !rows[0][0].is_null() && rows[0][0].as<bool>();
}

/// `database`: which the server was connected to; empty: the environment's.
void askLeftovers(Inquirer &server, const ServerInquiry &inquiry, const QString &database,
                  ServerFindings &findings)
{
    for (const pqxx::row &row : server.ask(stopqueries::kInvalidIndexes))
        findings.invalidIndexes.append({.name = text(row[0]),
                                        .plainName = text(row[1]),
                                        .table = text(row[2]),
                                        .database = database});
    for (const pqxx::row &row : server.ask(stopqueries::kHalfDetached))
        findings.halfDetached.append({.table = text(row[0]),
                                      .partition = text(row[1]),
                                      .plainName = text(row[2]),
                                      .database = database});
    for (const pqxx::row &row : server.askFor(stopqueries::kPrepared, inquiry.sinceMs))
        findings.prepared.append({.gid = text(row[0]),
                                  .transaction = number(row[1], 0),
                                  .ageMs = number(row[2], -1),
                                  .database = database});
}

void askCreatedIndex(Inquirer &server, const ServerInquiry &inquiry, const QString &database,
                     ServerFindings &findings)
{
    if (inquiry.createsIndex.isEmpty())
        return;
    const pqxx::result rows = server.askFor(stopqueries::kCreatedIndex, inquiry.createsIndex);
    if (rows.size() > 1)
        return;
    const bool isThere = !rows.empty();
    findings.createdIndex = CreatedIndex{.name = isThere ? text(rows[0][1]) : inquiry.createsIndex,
                                         .isThere = isThere,
                                         .isValid = isThere && rows[0][0].as<bool>(),
                                         .transaction = isThere ? number(rows[0][2], 0) : 0,
                                         .database = database};
}

void askCheck(Inquirer &server, const ServerInquiry &inquiry, ServerFindings &findings)
{
    if (inquiry.checkQuery.isEmpty())
        return;
    CheckAnswer answer;
    try {
        const pqxx::result rows = server.askOne(inquiry.checkQuery.toStdString());
        if (!rows.empty() && rows.columns() > 0)
            answer.value = firstLine(text(rows[0][0]));
        answer.done = isYes(answer.value);
    } catch (const pqxx::sql_error &error) {
        answer.problem = firstLine(QString::fromUtf8(error.what()));
    }
    findings.check = answer;
}

void askHistory(Inquirer &server, const ServerInquiry &inquiry, const QString &database,
                ServerFindings &findings)
{
    for (const stopqueries::HistoryTable &known : stopqueries::kHistoryTables) {
        if (!inquiry.commandText.contains(known.tool))
            continue;
        const pqxx::result there = server.askFor(stopqueries::kTableIsThere, QString(known.table));
        if (!there[0][0].as<bool>())
            continue;
        try {
            const QString sql = QString::fromUtf8(stopqueries::kHistory)
                                    .replace("%1"_L1, known.entry)
                                    .replace("%2"_L1, known.table)
                                    .replace("%3"_L1, known.condition)
                                    .replace("%4"_L1, known.time)
                                    .replace("%5"_L1, QString::number(inquiry.sinceMs));
            HistoryEntries found{
                .table = QString(known.table), .entries = {}, .database = database};
            for (const pqxx::row &row : server.ask(sql.toStdString()))
                found.entries += text(row[0]);
            findings.history += found;
        } catch (const pqxx::sql_error &) { // NOLINT(bugprone-empty-catch): locked, or not ours
                                            // to read; then it decides nothing
        }
    }
}

ServerFindings unreachable(const MonitorStatus &status)
{
    return {.problem = status.message, .detail = status.detail};
}

void noteDatabases(ServerFindings &findings)
{
    for (const ServerBackend &backend : findings.backends) {
        if (!findings.databases.contains(backend.database))
            findings.databases += backend.database;
    }
}

/// What the command has done is told by tables, which nobody reads while it may hold them.
bool mayReadTables(const ServerInquiry &inquiry, const ServerFindings &findings)
{
    return inquiry.wantsHistory && std::ranges::none_of(findings.backends, &ServerBackend::isBusy);
}

void ask(Inquirer &server, const ServerInquiry &inquiry, ServerFindings &findings)
{
    if (inquiry.action != ServerInquiry::Action::None) {
        // What they had written shows only while they live.
        findings.backends = backendsOf(server, inquiry.applicationName);
        noteDatabases(findings);
        askFates(server, inquiry, findings);
        const QList<TransactionFate> before = std::exchange(findings.transactions, {});
        findings.actions = act(server, inquiry);
        findings.backends = backendsAfter(server, inquiry);
        ServerInquiry after = inquiry;
        for (const TransactionFate &fate : before)
            after.transactions += fate.transaction;
        askFates(server, after, findings);
    } else {
        findings.backends = backendsOf(server, inquiry.applicationName);
        askFates(server, inquiry, findings);
    }
    noteDatabases(findings);
    findings.recovered = askRecovered(server, inquiry);
    askLeftovers(server, inquiry, {}, findings);
    askCreatedIndex(server, inquiry, {}, findings);
    if (mayReadTables(inquiry, findings)) {
        askCheck(server, inquiry, findings);
        askHistory(server, inquiry, {}, findings);
    }
}

/// An index that the command creates is where it was seen working, and nowhere else.
void askElsewhere(const ServerInquiry &inquiry, const QString &database, SocketGuard &guard,
                  ServerFindings &findings)
{
    Connection connection = inquiry.connection;
    connection.database = database;
    const QByteArray conninfo = monitorConninfo(connection, inquiry.password);
    findings.createdIndex.reset();
    if (const auto failure = knock(conninfo, kConnectPatience, guard)) {
        // Without libpq's words about the socket, which come first.
        const QString words = firstLine(failure->text).section(u"FATAL:"_s, -1).trimmed();
        findings.unseen.append({.name = database, .problem = words});
        return;
    }
    try {
        Inquirer server(conninfo, guard);
        askLeftovers(server, inquiry, database, findings);
        askCreatedIndex(server, inquiry, database, findings);
        if (mayReadTables(inquiry, findings))
            askHistory(server, inquiry, database, findings);
    } catch (const std::exception &exception) {
        findings.unseen.append(
            {.name = database, .problem = firstLine(QString::fromUtf8(exception.what()))});
    }
}

} // namespace

ServerFindings inquire(const ServerInquiry &inquiry, SocketGuard &guard)
{
    const QByteArray conninfo = monitorConninfo(inquiry.connection, inquiry.password);
    if (const auto failure = knock(conninfo, kConnectPatience, guard))
        return unreachable(statusOf(*failure));
    ServerFindings findings;
    findings.databases = inquiry.databases;
    try {
        Inquirer server(conninfo, guard);
        ask(server, inquiry, findings);
    } catch (const std::exception &exception) {
        findings.problem = lostStatus(inquiry.connection.displayName(), {}).message;
        findings.detail = firstLine(QString::fromUtf8(exception.what()));
        return findings;
    }
    QStringList elsewhere = findings.databases;
    elsewhere.removeAll(QString());
    for (const QString &database : elsewhere)
        askElsewhere(inquiry, database, guard, findings);
    return findings;
}

bool takesOptions(const Connection &connection, const QString &password, const QString &options,
                  SocketGuard &guard)
{
    const QByteArray conninfo = monitorConninfo(connection, password);
    return !knock(conninfo + " options='" + options.toUtf8() + '\'', kConnectPatience, guard);
}

} // namespace runsheet
