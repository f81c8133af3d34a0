// SPDX-License-Identifier: Apache-2.0
#include "runbook/readonly.h"

#include "runbook/shelltools.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kLongest = 4'000; ///< what only looks is short

QRegularExpression anyCase(const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption);
}

QSet<QString> wordsOf(QLatin1StringView text)
{
    const QStringList words = QString(text).simplified().split(u' ');
    return {words.begin(), words.end()};
}

/// A call of anything else may do anything.
bool callsOnlyReaders(const QString &statement)
{
    static const QSet<QString> kReaders = wordsOf(R"(
        count sum min max avg coalesce nullif round now age extract date_trunc to_char lower upper length abs
        greatest least version current_database array_agg string_agg bool_and bool_or row_number rank
        pg_size_pretty pg_relation_size pg_total_relation_size pg_database_size pg_table_size pg_indexes_size
        pg_is_in_recovery pg_last_xact_replay_timestamp pg_last_wal_receive_lsn pg_last_wal_replay_lsn
        pg_current_wal_lsn pg_wal_lsn_diff pg_postmaster_start_time pg_blocking_pids pg_get_indexdef
        pg_get_constraintdef
        in exists any all as on using values and or not when then else from where select join lateral cast by
        having filter over union except intersect with recursive materialized)"_L1);
    static const QRegularExpression kCall(u"(\\w+)\\s*\\("_s);
    for (auto it = kCall.globalMatch(statement); it.hasNext();) {
        if (!kReaders.contains(it.next().captured(1).toLower()))
            return false;
    }
    return true;
}

bool statementReads(const QString &statement)
{
    static const QRegularExpression kMeta(
        u"^\\\\(?:d\\S*|l\\+?|x|timing|conninfo|encoding)(?:\\s+[\\w.*\"]+)?$"_s);
    static const QRegularExpression kReads =
        anyCase(u"^(?:select|show|table|values|with|explain)\\b"_s);
    static const QRegularExpression kWrites = anyCase(
        u"\\b(?:insert|update|delete|merge|into|create|alter|drop|truncate|call|do|copy|lock|"
        "nextval|setval|analyze|vacuum|refresh|grant|revoke|set|reset|notify|listen|share|execute|"
        "prepare|comment|security|reindex|cluster)\\b"_s);
    if (kMeta.match(statement).hasMatch())
        return true;
    return kReads.match(statement).hasMatch() && !kWrites.match(statement).hasMatch()
        && callsOnlyReaders(statement);
}

bool sqlReads(const QString &text)
{
    // In one pass, for each of them may hold what looks like the beginning of another.
    static const QRegularExpression kNoWords(u"--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"[^\"]*\""_s,
                                             QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression kUnclear(u"\\$\\w*\\$|\\\\g|\\\\['\"]"_s);
    if (kUnclear.match(text).hasMatch())
        return false;
    QString plain = text;
    plain.replace(kNoWords, u" "_s);
    static const QRegularExpression kMetaLine(u"^(\\s*\\\\[^\\n;]*)$"_s,
                                              QRegularExpression::MultilineOption);
    plain.replace(kMetaLine, u"\\1;"_s);
    bool any = false;
    for (const QString &statement : plain.split(u';')) {
        if (statement.trimmed().isEmpty())
            continue;
        any = true;
        if (!statementReads(statement.simplified()))
            return false;
    }
    return any;
}

/// Every statement stands in quotes behind -c, as it is: nothing is put in by the shell.
bool psqlReads(const QString &arguments)
{
    static const QRegularExpression kCommand(
        u"(?:^|\\s)(?:-[A-Za-z]*c|--command)[= ]?\\s*(?:\"([^\"]*)\"|'([^']*)')"_s);
    static const QRegularExpression kFiles(
        u"(?:^|\\s)(?:-\\w*[foLv]|--(?:file|output|log-file|variable|set)\\b)"_s);
    QString rest = arguments;
    bool any = false;
    for (auto it = kCommand.globalMatch(arguments); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString sql = match.captured(match.lastCapturedIndex());
        if (match.lastCapturedIndex() == 1 && (sql.contains(u'$') || sql.contains(u'\\')))
            return false;
        if (!sqlReads(sql))
            return false;
        any = true;
        rest.remove(match.captured());
    }
    static const QRegularExpression kStop(u"(?:^|\\s)-v\\s+ON_ERROR_STOP=\\S+"_s);
    return any && !kFiles.match(rest.remove(kStop)).hasMatch();
}

struct Reader
{
    QLatin1StringView programs; ///< with spaces around
    const char *needs; ///< pattern of the arguments
    const char *forbids; ///< another, never matched when empty
};

constexpr std::array kReaders{
    Reader{" ls cat head grep egrep zgrep zcat wc uniq cut tr df du ps pgrep uptime free whoami id "
           "pwd stat file which ss netstat dig nslookup sha256sum md5sum diff cmp true pg_isready "
           "pg_verifybackup lsof "_L1,
           "", ""},
    Reader{" sort "_L1, "", "-o|--output"},
    Reader{" date "_L1, "", "-s|--set"},
    Reader{" hostname "_L1, "^$", ""},
    Reader{" journalctl "_L1, "", "--vacuum|--rotate|--flush|-f\\b|--follow"},
    Reader{" kubectl oc "_L1,
           "^(?:get|describe|logs|top|version|cluster-info|rollout (?:status|history))\\b", ""},
    Reader{" docker podman "_L1, "^(?:ps|logs|images|inspect|version|info)\\b", ""},
    Reader{" git "_L1, "^(?:status|log|diff|show|rev-parse|describe)\\b", "--output"},
    Reader{" systemctl "_L1, "^(?:status|is-active|is-enabled|list-units|show)\\b", ""},
    Reader{" sqitch "_L1, "^(?:status|log|plan|verify)\\b", ""},
    Reader{" alembic "_L1, "^(?:current|history|heads)\\b", ""},
    Reader{" dbmate "_L1, "^status\\b", ""},
    Reader{" knex "_L1, "^migrate:(?:status|list)\\b", ""},
    Reader{" rails rake "_L1, "^db:(?:migrate:status|version)$", ""},
    Reader{" flyway "_L1, "^(?:info|validate)$", ""},
    Reader{" pg_restore "_L1, "^(?:-l|--list)\\s", "\\s-[df]|--dbname|--file"},
    Reader{" curl "_L1,
           "/(?:health|healthz|ready|readyz|live|livez|ping|version|status)[\\w/]*[\"']?$",
           "-X|--request|-d|--data|-F|--form|-T|--upload|--json|-o|-O|--output|-K|--config"},
};

bool programReads(const CommandLine &line)
{
    if (line.program == u"psql")
        return psqlReads(line.arguments);
    const auto *it = std::ranges::find_if(kReaders, [&](const Reader &reader) {
        return QString(reader.programs).contains(u' ' + line.program + u' ');
    });
    if (it == kReaders.end() || line.program.isEmpty())
        return false;
    const QRegularExpression forbids(u"(?:^|\\s)(?:%1)"_s.arg(QLatin1StringView(it->forbids)));
    return QRegularExpression(QLatin1StringView(it->needs)).match(line.arguments).hasMatch()
        && (*it->forbids == '\0' || !forbids.match(line.arguments).hasMatch());
}

/// At what ends a simple command, outside quotes. Nothing when a quote is left open.
QStringList simpleCommands(const QString &text)
{
    QStringList commands{QString()};
    QChar quote;
    for (const QChar c : text) {
        if (quote.isNull() && (c == u'\n' || c == u';' || c == u'|' || c == u'&')) {
            commands += QString();
            continue;
        }
        if (quote.isNull() && (c == u'"' || c == u'\''))
            quote = c;
        else if (c == quote)
            quote = QChar();
        commands.last() += c;
    }
    return quote.isNull() ? commands : QStringList();
}

bool shellReads(const QString &text)
{
    static const QRegularExpression kComment(u"^\\s*#.*$"_s, QRegularExpression::MultilineOption);
    static const QRegularExpression kHarmless(u"(?:\\d|&)?>\\s*/dev/null|\\d?>&\\d"_s);
    static const QRegularExpression kUnclear(u"\\$\\(|`|<\\(|<<|>|\\bxargs\\b|[{}()]"_s);
    QString plain = QString(text).remove(kComment).replace(u"\\\n"_s, u" "_s).remove(kHarmless);
    static const QRegularExpression kAnywhere(u"\\$\\(|`|\\\\[\"']|\\s#"_s);
    if (kUnclear.match(withoutQuotedText(plain)).hasMatch() || kAnywhere.match(plain).hasMatch())
        return false;
    bool any = false;
    for (const QString &command : simpleCommands(plain)) {
        if (command.trimmed().isEmpty())
            continue;
        any = true;
        if (!programReads(commandLineOf(command)))
            return false;
    }
    return any;
}

} // namespace

bool changesNothing(const Command &command)
{
    if (command.interactive || command.text.size() > kLongest)
        return false;
    return command.language == CommandLanguage::Sql ? sqlReads(command.text)
                                                    : shellReads(command.text);
}

} // namespace runsheet
