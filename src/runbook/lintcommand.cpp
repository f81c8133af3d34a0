// SPDX-License-Identifier: Apache-2.0
#include "runbook/lint.h"

#include "runbook/shelltools.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Severity = Diagnostic::Severity;

/// What destroys something, and the words that say what.
struct Destroyer
{
    QRegularExpression pattern;
    QString effect;
};

QRegularExpression anyCase(const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption);
}

const auto &sqlDestroyers()
{
    static const std::array kDestroyers{
        Destroyer{
            anyCase(
                u"\\bDROP\\s+(?:TABLE|SCHEMA|DATABASE|MATERIALIZED\\s+VIEW|TABLESPACE|OWNED)\\b"_s),
            u"drops data for good"_s},
        Destroyer{
            anyCase(
                u"\\bALTER\\s+TABLE\\b[^;]*\\bDROP\\s+(?:COLUMN\\b|(?!CONSTRAINT|DEFAULT|NOT|EXPRESSION|IDENTITY)\\w+\\s*(?:;|,|$))"_s),
            u"drops a column with its data"_s},
        Destroyer{anyCase(u"\\bTRUNCATE\\s+(?!-)\\w"_s), u"empties a table"_s},
        Destroyer{
            anyCase(u"\\bDELETE\\s+FROM\\s+[\\w.\"]+(?:\\s+(?:AS\\s+)?\\w+)?\\s*(?:;|\"|'|$)"_s),
            u"deletes every row, for there is no WHERE"_s},
        Destroyer{anyCase(u"\\bUPDATE\\s+[\\w.\"]+\\s+SET\\b(?:(?!\\bWHERE\\b)[^;])*(?:;|$)"_s),
                  u"changes every row, for there is no WHERE"_s},
    };
    return kDestroyers;
}

const auto &shellDestroyers()
{
    static const std::array kDestroyers{
        Destroyer{QRegularExpression(u"\\brm\\s+(?:-\\w+\\s+)*-(?:\\w*[rR]\\w*|-recursive)\\b"_s),
                  u"deletes a folder with all that is in it"_s},
        Destroyer{QRegularExpression(u"\\brm\\s+(?:-\\w+\\s+)*[^|;&]*\\*"_s),
                  u"deletes whatever files fit"_s},
        Destroyer{QRegularExpression(u"\\bfind\\s[^|;&]*\\s-delete\\b"_s),
                  u"deletes whatever files it finds"_s},
        Destroyer{QRegularExpression(u"(?:^|[\\s;|&])(?:dropdb|dropuser)\\s"_s),
                  u"drops it for good"_s},
        Destroyer{
            QRegularExpression(
                u"\\b(?:kubectl|oc)\\s(?:[^|;&]*\\s)?delete\\s|\\bhelm\\s+(?:uninstall|delete)\\b"_s),
            u"deletes from the cluster"_s},
        Destroyer{QRegularExpression(u"\\b(?:terraform|tofu|pulumi)\\s(?:[^|;&]*\\s)?destroy\\b"_s),
                  u"destroys what it manages"_s},
        Destroyer{
            QRegularExpression(
                u"\\b(?:aws|az|gcloud|doctl|heroku|flyctl?)\\s[^|;&]*\\b(?:delete|destroy|terminate)\\b"_s),
            u"deletes in the cloud"_s},
        Destroyer{
            QRegularExpression(
                u"\\bdocker(?:-compose|\\s+compose)?\\s(?:[^|;&]*\\s)?(?:prune\\b|volume\\s+rm\\b|down\\s[^|;&]*(?:-v\\b|--volumes\\b))"_s),
            u"deletes volumes or images"_s},
        Destroyer{
            QRegularExpression(
                u"\\bgit\\s+(?:push\\s[^|;&]*(?:--force\\b(?!-)|-f\\b)|reset\\s+--hard\\b|clean\\s+-\\w*f)"_s),
            u"throws away what was committed or changed"_s},
        Destroyer{
            QRegularExpression(
                u"\\b(?:db\\s+reset\\b|migrate\\s+reset\\b|db:reset\\b|db:drop\\b|migrate:fresh\\b|migrate:reset\\b)"_s),
            u"empties the database"_s},
        Destroyer{
            QRegularExpression(
                u"\\bmkfs(?:\\.\\w+)?\\s|\\bdd\\s[^|;&]*\\bof=/dev/|\\bwipefs\\s|\\bshred\\s"_s),
            u"overwrites a disk or file"_s},
        Destroyer{QRegularExpression(u"\\b(?:FLUSHALL|FLUSHDB)\\b"_s,
                                     QRegularExpression::CaseInsensitiveOption),
                  u"empties the cache"_s},
        Destroyer{QRegularExpression(u"\\bpg_restore\\s[^|;&]*(?:--clean\\b|\\s-c\\b)"_s),
                  u"drops what is there before it restores"_s},
    };
    return kDestroyers;
}

/// The command without its comment lines, line for line.
QStringList linesOf(const Command &command)
{
    QStringList lines = command.text.split(u'\n');
    const QString comment = command.language == CommandLanguage::Sql ? u"--"_s : u"#"_s;
    for (QString &line : lines) {
        if (line.trimmed().startsWith(comment))
            line.clear();
    }
    return lines;
}

Diagnostic at(const Command &command, qsizetype line, const QString &code, const QString &message)
{
    return {Severity::Warning,
            code,
            message,
            {command.location.line + static_cast<int>(line), command.location.column}};
}

/// Of a program that is called; quoted text before it may go over lines.
qsizetype lineOf(const Command &command, const QString &program)
{
    const QStringList lines = linesOf(command);
    const auto it = std::ranges::find_if(
        lines, [&program](const QString &line) { return line.contains(program); });
    return it == lines.end() ? 0 : it - lines.begin();
}

template <typename Destroyers>
std::optional<Diagnostic> firstDestroyer(const Command &command, const QString &text,
                                         const Destroyers &destroyers)
{
    for (const Destroyer &destroyer : destroyers) {
        const QRegularExpressionMatch match = destroyer.pattern.match(text);
        if (match.hasMatch())
            return at(
                command, text.left(match.capturedStart()).count(u'\n'), u"destructive-command"_s,
                u"“%1” %2, and nobody is asked before. Add {confirm=true} behind the fence."_s.arg(
                    match.captured().simplified().left(60).trimmed(), destroyer.effect));
    }
    return std::nullopt;
}

void lintDestruction(const Command &command, const QString &text, QList<Diagnostic> &found)
{
    if (command.asksConfirmation())
        return;
    std::optional<Diagnostic> diagnostic;
    if (command.language == CommandLanguage::Shell)
        diagnostic = firstDestroyer(command, text, shellDestroyers());
    if (!diagnostic)
        diagnostic = firstDestroyer(command, text, sqlDestroyers());
    if (diagnostic)
        found.append(*diagnostic);
}

/// psql goes on after an error in a file, and says that all is well. One -c alone does not.
void lintPsql(const Command &command, const QString &bare, QList<Diagnostic> &found)
{
    if (!bare.contains(u"psql"))
        return;
    static const QRegularExpression kFromFile(
        u"(?:^|[\\s;&|(])psql\\b(?:[^|;&\\n]|\\\\\\n)*?(?:\\s-[A-Za-z]*f\\b|\\s--file\\b|<(?!\\()|("
        u"?:\\s-c\\s[^|;&]*){2})"
        "|\\|\\s*(?:sudo\\s[^|;&]*)?psql\\b"_s);
    const QRegularExpressionMatch match = kFromFile.match(bare);
    if (match.hasMatch())
        found.append(at(command, lineOf(command, u"psql"_s), u"psql-without-stop"_s,
                        u"psql goes on after an error and ends with success. Add -v "
                        u"ON_ERROR_STOP=1."_s));
}

void lintPipe(const Command &command, const QString &bare, QList<Diagnostic> &found)
{
    static const QRegularExpression kPipe(
        u"\\b(pg_dump|pg_dumpall|pg_basebackup|pg_restore|mysqldump|mongodump|tar)\\b"
        "(?:[^|;&\\n]|\\\\\\n)*\\|(?!\\|)\\s*(?:sudo\\s+)?([\\w./-]+)"_s);
    if (!bare.contains(u'|') || bare.contains(u"pipefail"))
        return;
    const QRegularExpressionMatch match = kPipe.match(bare);
    if (match.hasMatch())
        found.append(at(
            command, lineOf(command, match.captured(1)), u"pipe-hides-failure"_s,
            u"In a terminal the result is that of %2: a %1 that fails half-way looks "
            u"fine. Put “set -o pipefail” before it."_s.arg(match.captured(1), match.captured(2))));
}

/// The monitor sends a query as it stands.
void lintProbe(const Command &command, QList<Diagnostic> &found)
{
    if (command.attributes.value(u"probe"_s, u"false"_s) == u"false")
        return;
    if (command.language != CommandLanguage::Sql)
        found.append(at(command, 0, u"probe-without-query"_s,
                        u"Only an SQL query can be a probe; this is not watched. Put the query "
                        u"into a block of its own, marked sql."_s));
    else if (!command.placeholders.isEmpty())
        found.append(at(command, 0, u"probe-with-placeholder"_s,
                        u"A probe is sent as it stands, and this one has a placeholder; it is "
                        u"not watched. Write the value."_s));
}

} // namespace

QList<Diagnostic> lintCommand(const Command &command)
{
    const QString text = linesOf(command).join(u'\n');
    QList<Diagnostic> found;
    lintDestruction(command, text, found);
    lintProbe(command, found);
    if (command.language == CommandLanguage::Shell) {
        const QString bare = withoutQuotedText(text);
        if (!text.contains(u"ON_ERROR_STOP"))
            lintPsql(command, bare, found);
        lintPipe(command, bare, found);
    }
    return found;
}

} // namespace runsheet
