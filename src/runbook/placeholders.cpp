// SPDX-License-Identifier: Apache-2.0
#include "runbook/placeholders.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Cheap test before the expressions: most lines hold none of these. One pass, for every command of
/// every runbook goes through it.
bool mayHoldPlaceholder(QStringView line)
{
    for (qsizetype i = 0; i < line.size(); ++i) {
        switch (line.at(i).unicode()) {
        case u'<':
            return true;
        case u'{':
        case u'X':
        case u'Y':
            if (i + 1 < line.size() && (line.at(i + 1) == line.at(i) || line.at(i + 1) == u'O'))
                return true;
            break;
        case u'y':
            if (line.mid(i).startsWith(u"your"))
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
        u"(?<!<)<[A-Za-z](?:[\\w .:/|-]*[\\w.])?>"
        // {{NAME}}, but not a Go template {{.Names}} or {{range .items}}
        "|\\{\\{ ?[A-Za-z]\\w* ?\\}\\}"
        // XXXXX_migration, 2025-01-XX is no command
        "|(?<![A-Za-z0-9])X{3,}(?![A-Za-z0-9])"
        "|YYYY[-_/]?MM[-_/]?DD(?:[-_T]?HH[-_:]?MM(?:[-_:]?SS)?)?"
        // your-database, YOUR_API_KEY, but not $YOUR_VARIABLE or ${YOUR_VARIABLE}
        "|(?<![\\w${-])(?:your|YOUR)[-_][A-Za-z][\\w-]*"_s);
    return kPattern;
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

QStringList findPlaceholders(const QString &text, CommandLanguage language)
{
    QStringList found;
    if (!mayHoldPlaceholder(text))
        return found;
    const QString comment = language == CommandLanguage::Sql ? u"--"_s : u"#"_s;
    for (const QString &line : text.split(u'\n')) {
        if (!mayHoldPlaceholder(line) || line.trimmed().startsWith(comment))
            continue;
        for (const QRegularExpressionMatch &match : pattern().globalMatch(line)) {
            const QString written = match.captured();
            if (!found.contains(written) && !isFormat(line, written))
                found.append(written);
        }
    }
    return found;
}

} // namespace runsheet
