// SPDX-License-Identifier: Apache-2.0
// Whether a command is one transaction on the server.
#include "run/serververdict.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Where the quoted text or comment that begins at `at` ends; `at` itself when none begins there.
qsizetype skipped(const QString &sql, qsizetype at)
{
    static const QRegularExpression kSkipped(
        u"\\G(?:--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(\\$\\w*\\$).*?\\1)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = kSkipped.match(sql, at);
    return match.hasMatch() ? match.capturedEnd() : at;
}

/// Statements without comments, first words in upper case; quoted text stands as ''.
QStringList statementsOf(const QString &sql)
{
    QStringList statements{QString()};
    for (qsizetype at = 0; at < sql.size();) {
        const qsizetype end = skipped(sql, at);
        if (end > at) {
            const bool comment = sql.at(at) == u'-' || sql.at(at) == u'/';
            statements.last() += comment ? u" "_s : u"''"_s;
            at = end;
        } else if (sql.at(at) == u';') {
            statements += QString();
            ++at;
        } else {
            statements.last() += sql.at(at++);
        }
    }
    for (QString &statement : statements)
        statement = statement.simplified().toUpper();
    statements.removeAll(QString());
    return statements;
}

bool beginsWith(const QString &statement, const QStringList &words)
{
    return std::ranges::any_of(words, [&](const QString &word) {
        return statement == word || statement.startsWith(word + u' ');
    });
}

/// One statement, or one block from BEGIN to COMMIT.
bool isOnePiece(const QString &sql)
{
    // What a meta-command brings in is not looked at; but most only tell psql how to print.
    static const QRegularExpression kMeta(u"^[ \\t]*\\\\(\\w+|!)[^\\n]*$"_s,
                                          QRegularExpression::MultilineOption);
    static const QStringList kHarmless{u"set"_s,      u"timing"_s, u"echo"_s,    u"pset"_s,
                                       u"conninfo"_s, u"x"_s,      u"encoding"_s};
    for (auto it = kMeta.globalMatch(sql); it.hasNext();) {
        if (!kHarmless.contains(it.next().captured(1)))
            return false;
    }
    QStringList statements = statementsOf(QString(sql).remove(kMeta));
    statements.removeIf([](const QString &one) {
        return beginsWith(one, {u"SET"_s, u"RESET"_s, u"SHOW"_s});
    });
    // A procedure or a block of code may commit on its way; so do those that go over many tables.
    const QStringList severals{u"CALL"_s,    u"DO"_s,      u"VACUUM"_s,
                               u"REINDEX"_s, u"CLUSTER"_s, u"ANALYZE"_s};
    // A backslash that is left is a meta-command behind a statement, such as \gexec.
    if (std::ranges::any_of(statements, [&](const QString &one) {
            return beginsWith(one, severals) || one.contains(u'\\');
        }))
        return false;
    if (statements.size() == 1)
        return true;
    const QStringList begins{u"BEGIN"_s, u"START TRANSACTION"_s};
    const QStringList ends{u"COMMIT"_s, u"END"_s};
    const auto isControl = [&](const QString &one) {
        return beginsWith(one, begins + ends + QStringList{u"ROLLBACK"_s, u"ABORT"_s});
    };
    return statements.size() > 1 && beginsWith(statements.constFirst(), begins)
        && beginsWith(statements.constLast(), ends)
        && std::ranges::count_if(statements, isControl) == 2;
}

/// CONCURRENTLY is done in several transactions, which is what lets others write meanwhile; only
/// refreshing a view is not.
bool isDoneInSteps(const QString &sql)
{
    return std::ranges::any_of(statementsOf(sql), [](const QString &one) {
        return one.contains(u" CONCURRENTLY"_s) && !beginsWith(one, {u"REFRESH"_s});
    });
}

/// Of psql with one -c, and nothing else on the line that could reach a server.
std::optional<QString> sqlOfPsql(const QString &text)
{
    static const QRegularExpression kComment(u"^\\s*#[^\\n]*$"_s,
                                             QRegularExpression::MultilineOption);
    static const QRegularExpression kPsql(
        u"^(?:exec\\s+)?(?:env(?:\\s+-\\S+)*\\s+)?(?:[A-Z_]+=\\S+\\s+)*psql\\b(?:(?!\\s-c|\\s--"
        u"command)[^'\";|&\\n])*"
        u"(?:\\s-c\\s*|\\s--command[= ])(['\"])((?:(?!\\1).)*)\\1[^'\";|&\\n]*$"_s,
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = kPsql.match(QString(text).remove(kComment).trimmed());
    const bool another =
        match.captured(0).count(u" -c"_s) > 1 || match.captured(0).contains(u" -f"_s);
    // What the shell fills in between double quotes may be more than one statement.
    static const QRegularExpression kFilledIn(u"(?<!\\\\)[$`]"_s);
    const bool isWhole = match.captured(1) == u"'" || !match.captured(2).contains(kFilledIn);
    if (!match.hasMatch() || another || !isWhole)
        return std::nullopt;
    return match.captured(2);
}

/// All that the command does on the server, when it is one piece.
std::optional<QString> onePiece(CommandLanguage language, const QString &text)
{
    const std::optional<QString> sql =
        language == CommandLanguage::Sql ? std::optional(text) : sqlOfPsql(text);
    return sql && isOnePiece(*sql) ? sql : std::nullopt;
}

} // namespace

QString createdIndex(CommandLanguage language, const QString &text)
{
    static const QRegularExpression kCreate(
        u"\\bcreate\\s+(?:unique\\s+)?index\\s+(?:concurrently\\s+)?(?!concurrently\\b)([a-z_][a-z0-9_$]*)\\s+on\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = kCreate.match(text);
    return match.hasMatch() && onePiece(language, text) ? match.captured(1).toLower() : QString();
}

bool isOneTransaction(CommandLanguage language, const QString &text)
{
    const std::optional<QString> sql = onePiece(language, text);
    return sql && !isDoneInSteps(*sql);
}

} // namespace runsheet
