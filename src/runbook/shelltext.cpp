// SPDX-License-Identifier: Apache-2.0
#include "runbook/shelltext.h"

#include "runbook/shelltools.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

bool isComment(const QString &trimmed)
{
    return trimmed.startsWith(u'#');
}

QString firstCommandLine(const QString &piece)
{
    for (const QString &line : piece.split(u'\n')) {
        QString trimmed = line.trimmed();
        if (!trimmed.isEmpty() && !isComment(trimmed) && !trimmed.startsWith(u"--"))
            return trimmed;
    }
    return {};
}

bool beginsStatement(const QString &line)
{
    // Upper case needs no more than its first words; no shell command looks like that.
    static const QRegularExpression kUpper(
        u"^(?:SELECT\\s|INSERT\\s+INTO\\s|UPDATE\\s+\\S+\\s+SET\\s|DELETE\\s+FROM\\s|WITH\\s+\\w+"
        u"\\s+AS\\b"
        "|(?:ALTER|CREATE|DROP)\\s+(?:OR\\s|UNIQUE\\s|[A-Z]+\\s+\\S)|TRUNCATE\\s|REINDEX\\s|"
        "EXPLAIN\\s"
        "|(?:BEGIN|COMMIT|ROLLBACK|VACUUM|ANALYZE|CHECKPOINT)\\b[^a-z]*;|VACUUM\\s|ANALYZE\\s|"
        "GRANT\\s"
        "|REVOKE\\s|SHOW\\s+\\w+\\s*;|SET\\s+\\w+\\s*(?:=|TO)\\s|LOCK\\s+TABLE\\s|CALL\\s+\\w+\\s*\\()"_s);
    static const QRegularExpression kLower(
        u"^(?:select\\s+(?!\\w+\\s+in\\b).*|insert\\s+into\\s.*|update\\s+\\S+\\s+set\\s.*"
        "|delete\\s+from\\s.*|(?:alter|create|drop)\\s+(?:table|index|view|role|user|database|"
        "schema|extension|sequence|type|function|policy|trigger)\\s.*)"_s);
    return kUpper.match(line).hasMatch() || kLower.match(line).hasMatch();
}

bool holdsShellSigns(const QString &line)
{
    static const QRegularExpression kSigns(
        u"[$|=`<>\"'/\\\\&;~*{}]|(?:^|\\s)-{1,2}\\w|\\w\\.\\w"_s);
    return kSigns.match(line).hasMatch();
}

/// "1. Stop it", "- Check", "CPU: 8+ cores", "Stop the migration (Ctrl+C)", or a whole sentence in
/// lower case without anything that shell is made of.
bool isProse(const QString &line)
{
    static const QRegularExpression kItem(u"^(?:\\d{1,2}[.)]\\s+|[-*•☐☑✓✔✅]\\s+)\\S"_s);
    static const QRegularExpression kCapital(
        u"^\\p{Lu}[\\p{Ll}’']*(?:/\\p{Lu}\\p{Ll}*)?(?:[:,]?\\s+[\\p{L}\\d(\"“]|:$)"
        "|^\\p{Lu}[\\p{L} /]{0,30}:\\s"_s);
    static const QRegularExpression kSentence(u"^\\p{Ll}+(?:\\s+[\\p{L}\\d,’']+){3,}[.!]$"_s);
    if (kItem.match(line).hasMatch())
        return true;
    if (kCapital.match(line).hasMatch())
        return !line.startsWith(u"Rscript") && !line.section(u' ', 0, 0).contains(u'=');
    return kSentence.match(line).hasMatch() && !isWellKnownTool(line.section(u' ', 0, 0));
}

/// A cheap look before the expressions: nearly every line begins with a program's name.
bool mayBeNoShell(const QString &line)
{
    static const QString kStarts =
        u"siudac"_s; // select, insert, update, drop, delete, alter, create
    const QChar first = line.isEmpty() ? QChar() : line.front();
    return !first.isLower() || first.unicode() >= 0x80 || kStarts.contains(first)
        || line.endsWith(u'.') || line.endsWith(u'!');
}

bool hasShellPrompt(const QString &block)
{
    static const QRegularExpression kPrompt(u"^\\s*\\$ [\\w./~]"_s,
                                            QRegularExpression::MultilineOption);
    return kPrompt.match(block).hasMatch();
}

/// What programs print about themselves begins with their name too: "npm ERR!", "psql (15.3)",
/// "git version 2.39.2".
bool isMessage(const QString &arguments)
{
    static const QRegularExpression kMessage(
        u"^(?:[A-Z]{3,}[!:]?(?:\\s|$)|\\(|version v?\\d|v?\\d+\\.\\d)"_s);
    return kMessage.match(arguments).hasMatch();
}

bool isSentence(const QString &line)
{
    return (line.endsWith(u'.') && !line.endsWith(u" .") && !line.endsWith(u"..")
            && !line.endsWith(u"/."))
        || line.endsWith(u':') || line.endsWith(u'!') || line.endsWith(u'?');
}

bool isKeywordLine(const QString &line)
{
    static const QRegularExpression kKeywords(
        u"^(?:(?:for|while|until|if)\\b.*;\\s*(?:do|then)$|(?:do|done|then|else|fi|esac|\\}|\\))\\b"
        "|[\\w-]+\\s*\\(\\)\\s*\\{?$)"_s);
    return kKeywords.match(line).hasMatch();
}

bool isAssignment(const QString &line)
{
    static const QRegularExpression kAssignment(u"^[A-Za-z_]\\w*=\\S*$"_s);
    return kAssignment.match(line).hasMatch();
}

bool beginsLikeCommand(const QString &line)
{
    const CommandLine parts = commandLineOf(line);
    if (isSentence(line) || isMessage(parts.arguments))
        return false;
    if (isWellKnownTool(parts.program))
        return true;
    if (isWordAndTool(parts.program))
        return holdsShellSigns(parts.arguments);
    return line.startsWith(u"./") && line.size() > 2;
}

bool goesOn(const QString &line)
{
    return line.endsWith(u'\\') || line.endsWith(u'|') || line.endsWith(u"&&");
}

} // namespace

ShellReading readingOf(const QString &piece)
{
    const QString line = firstCommandLine(piece);
    if (!mayBeNoShell(line))
        return ShellReading::Shell;
    if (beginsStatement(line))
        return ShellReading::Sql;
    return isProse(line) ? ShellReading::Prose : ShellReading::Shell;
}

bool readsAsShell(const QString &block)
{
    if (hasShellPrompt(block))
        return true;
    bool found = false;
    bool continued = false;
    for (const QString &line : block.split(u'\n')) {
        const QString trimmed = line.trimmed();
        if (trimmed.isEmpty() || (!continued && isComment(trimmed)))
            continue;
        if (!continued && !isKeywordLine(trimmed) && !isAssignment(trimmed)) {
            if (!beginsLikeCommand(trimmed))
                return false;
            found = true;
            if (trimmed.contains(u"<<"))
                return true; // what follows is the here-document
        }
        continued = goesOn(trimmed);
    }
    return found;
}

} // namespace runsheet
