// SPDX-License-Identifier: Apache-2.0
#include "runbook/placeholders.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Nobody writes a longer name; what is longer is data, and nothing that a form could ask for.
constexpr qsizetype kLongestName = 100;

/// Cheap test before the expressions: most lines hold none of these. One pass, for every command of
/// every runbook goes through it.
bool mayHoldPlaceholder(QStringView text)
{
    const auto next = [text](qsizetype i) { return i < text.size() ? text.at(i) : QChar(); };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        switch (c.unicode()) {
        case u'<':
            return true;
        case u'{':
        case u'X':
        case u'x':
            if (next(i + 1) == c)
                return true;
            break;
        case u'Y':
            if (next(i + 1) == u'Y' || next(i + 1) == u'O')
                return true;
            break;
        case u'_':
        case u'-':
            if (next(i + 1) == u'T' || next(i + 1) == u'D' || (c == u'_' && next(i + 1) == c))
                return true;
            break;
        case u'[':
        case u'=':
        case u' ':
            if (next(i + 1).isUpper() && next(i + 2).isUpper())
                return true;
            break;
        case u'y':
            if (text.mid(i).startsWith(u"your"))
                return true;
            break;
        default:
            break;
        }
    }
    return false;
}

const QRegularExpression &pattern()
{
    static const QRegularExpression kPattern(
        // <backup-id>, <resource group>: no space next to the brackets, so `a <b >c` is none
        u"(?<angle>(?<!<)<[A-Za-z](?:[\\w .:/|-]*[\\w.])?>)"
        // {{NAME}}, but not a Go template {{.Names}} or {{range .items}}
        "|\\{\\{ ?[A-Za-z]\\w* ?\\}\\}"
        // XXXXX_migration, i-xxxxxxxx; 2025-01-XX is no command
        "|(?<![A-Za-z0-9])(?:X{3,40}|x{4,40})(?![A-Za-z0-9])"
        "|YYYY[-_/]?MM[-_/]?DD(?:[-_T]?HH[-_:]?MM(?:[-_:]?SS)?)?"
        // your-database, YOUR_API_KEY, but not $YOUR_VARIABLE or ${YOUR_VARIABLE}
        "|(?<![\\w${-])(?:your|YOUR)[-_][A-Za-z][\\w-]*"
        // ____ alone, [DATABASE NAME]
        "|(?<![\\w$])_{4,}(?!\\w)"
        "|(?<![\\w$\\]])\\[[A-Z]{2,}(?:[_ -][A-Z]+)+\\]"
        // --cluster CLUSTER_NAME, --region=REGION; not `--env NAME`, which names a variable
        "|(?<= |^)--(?!env\\b|build-arg\\b|lock-mode\\b)[a-z][\\w-]*[= ]"
        "(?<value>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|ACCOUNT|CLUSTER|DATABASE|HOSTNAME|NAMESPACE|"
        "PROJECT|REGION"
        "|TIMESTAMP|USERNAME)(?![\\w=(])"
        // backup_TIMESTAMP.dump
        "|(?<=[a-z0-9][_-])(?<date>TIMESTAMP|DATE)(?=\\.|$)"_s);
    return kPattern;
}

/// What was captured without the option in front of it.
QString writtenIn(const QRegularExpressionMatch &match)
{
    for (const QString &group : {u"value"_s, u"date"_s}) {
        if (QString part = match.captured(group); !part.isEmpty())
            return part;
    }
    return match.captured();
}

bool isTypeName(const QString &name)
{
    static const QRegularExpression kType(
        u"^(?:[A-Z]\\w?|int\\d*|uint\\d*|bigint|string|String|str|bool|boolean|char|float|double|number|any|unknown|void|byte|T\\w*)$"_s);
    return kType.match(name).hasMatch();
}

/// Promise<User>, vector<int>: a type with its argument.
bool isGeneric(const QString &line, const QRegularExpressionMatch &match)
{
    static const QRegularExpression kTypeBefore(
        u"\\b(?:[A-Z][a-z]\\w*|vector|map|list|set|array|optional)$"_s);
    const QString before = line.left(match.capturedStart());
    if (before.isEmpty() || !before.back().isLetterOrNumber())
        return false;
    return isTypeName(match.captured().mid(1).chopped(1)) || kTypeBefore.match(before).hasMatch();
}

/// `sort <in -o x>out`, `cat <dump.sql>copy`, `cat <file |sort>out`, `cat <in 2>&1`: a file that is
/// read and one that is written.
bool isRedirection(const QString &line, const QRegularExpressionMatch &match)
{
    static const QRegularExpression kPiped(u" \\||\\| | \\d>$"_s);
    static const QRegularExpression kFileName(u"^<[\\w./-]+\\.[a-z]{2,4}>$"_s);
    const QString found = match.captured();
    if (kPiped.match(found).hasMatch())
        return true;
    const QChar next = match.capturedEnd() < line.size() ? line.at(match.capturedEnd()) : QChar();
    const bool joined = next.isLetterOrNumber() || next == u'/' || next == u'~' || next == u'&';
    return joined && (found.contains(u' ') || kFileName.match(found).hasMatch());
}

/// `WHERE a <b AND c> d`.
bool isComparison(const QString &found)
{
    static const QRegularExpression kWords(u" (?:AND|OR|THEN|WHERE) "_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return kWords.match(found).hasMatch();
}

/// <name> with </name> somewhere behind it is XML or HTML.
bool isTag(const QString &text, const QString &found)
{
    return text.contains(u"</"_s + found.mid(1).section(u' ', 0, 0).remove(u'>') + u'>');
}

bool isSyntax(const QString &text, const QString &line, const QRegularExpressionMatch &match)
{
    const QString found = match.captured(u"angle"_s);
    return !found.isEmpty()
        && (isGeneric(line, match) || isRedirection(line, match) || isComparison(found)
            || isTag(text, found));
}

/// The same letters as a program's own format, not something to fill in.
bool isFormat(const QString &line, const QString &found)
{
    if (found.startsWith(u"YYYY"))
        return line.contains(u"to_char"_s, Qt::CaseInsensitive)
            || line.contains(u"to_date"_s, Qt::CaseInsensitive)
            || line.contains(u"to_timestamp"_s, Qt::CaseInsensitive);
    return found.startsWith(u"XXX") && line.contains(u"mktemp");
}

} // namespace

QList<TextHole> placeholderPlaces(const QString &text, CommandLanguage language)
{
    QList<TextHole> places;
    if (!mayHoldPlaceholder(text))
        return places;
    const QString comment = language == CommandLanguage::Sql ? u"--"_s : u"#"_s;
    qsizetype lineStart = 0;
    for (const QString &line : text.split(u'\n')) {
        const qsizetype start = lineStart;
        lineStart += line.size() + 1;
        if (!mayHoldPlaceholder(line) || line.trimmed().startsWith(comment))
            continue;
        for (const QRegularExpressionMatch &match : pattern().globalMatch(line)) {
            const QString written = writtenIn(match);
            // An option may stand in front of it, so it is at the end of the match.
            if (written.size() <= kLongestName && !isFormat(line, written)
                && !isSyntax(text, line, match))
                places += {.start = start + match.capturedEnd() - written.size(),
                           .length = written.size(),
                           .name = written};
        }
    }
    return places;
}

QStringList findPlaceholders(const QString &text, CommandLanguage language)
{
    QStringList found;
    for (const TextHole &place : placeholderPlaces(text, language)) {
        if (!found.contains(place.name))
            found.append(place.name);
    }
    return found;
}

} // namespace runsheet
