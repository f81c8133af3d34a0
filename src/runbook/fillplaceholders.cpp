// SPDX-License-Identifier: Apache-2.0
#include "runbook/fillplaceholders.h"

#include "base/secrets.h"
#include "runbook/placeholders.h"
#include "runbook/shellplaces.h"
#include "runbook/sqlplaces.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

Error refusal(const QString &message)
{
    return {.kind = Error::Kind::Invalid, .message = message, .detail = {}};
}

QString escaped(const QString &value, QStringView special)
{
    QString out;
    for (const QChar c : value) {
        if (special.contains(c))
            out += u'\\';
        out += c;
    }
    return out;
}

QString doubled(QString value, QChar quote)
{
    return value.replace(quote, QString(2, quote));
}

bool isPlainWord(const QString &value)
{
    static const QRegularExpression kPlain(u"^[A-Za-z0-9_@%+:,./-]+$"_s);
    return kPlain.match(value).hasMatch();
}

QString shellText(const QString &value, ShellQuoting quoting)
{
    switch (quoting) {
    case ShellQuoting::None:
        return isPlainWord(value) ? value
                                  : u'\'' + QString(value).replace(u'\'', u"'\\''"_s) + u'\'';
    case ShellQuoting::Single:
        return QString(value).replace(u'\'', u"'\\''"_s);
    case ShellQuoting::Double:
        return escaped(value, u"\\\"$`");
    case ShellQuoting::Braced:
        // A lone ' or } would end it; quotes of its own keep both, and are taken away.
        return isPlainWord(value) ? value : u'"' + escaped(value, u"\\\"$`") + u'"';
    case ShellQuoting::Heredoc:
        return escaped(value, u"\\$`");
    case ShellQuoting::Ansi:
        return escaped(value, u"\\'");
    case ShellQuoting::RawHeredoc:
    case ShellQuoting::Comment:
        return value;
    }
    return {};
}

/// What reads the variable there.
Result<QString> shellReference(const TextHole &hole, const QString &variable, ShellQuoting quoting)
{
    switch (quoting) {
    case ShellQuoting::None:
        return u"\"$%1\""_s.arg(variable);
    case ShellQuoting::Single:
        return u"'\"$%1\"'"_s.arg(variable);
    case ShellQuoting::Ansi:
        return u"'\"$%1\"$'"_s.arg(variable);
    case ShellQuoting::Double:
    case ShellQuoting::Braced:
    case ShellQuoting::Heredoc:
        return u"${%1}"_s.arg(variable);
    case ShellQuoting::Comment:
        return hole.name;
    case ShellQuoting::RawHeredoc:
        break;
    }
    return refusal(u"%1 is a secret and stands in a heredoc that expands nothing. Let the runbook "
                   "read it from a variable."_s.arg(hole.name));
}

Result<QString> sqlText(const TextHole &hole, const QString &value, SqlQuoting quoting)
{
    static const QRegularExpression kWord(u"^[A-Za-z0-9_]+$"_s);
    static const QRegularExpression kName(
        u"^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*$"_s);
    switch (quoting) {
    case SqlQuoting::None:
        return u'\'' + doubled(value, u'\'') + u'\'';
    case SqlQuoting::Name:
        return kName.match(value).hasMatch() ? value : u'"' + doubled(value, u'"') + u'"';
    case SqlQuoting::Text:
        return doubled(value, u'\'');
    case SqlQuoting::Escaped:
    case SqlQuoting::MetaText:
        return doubled(escaped(value, u"\\"), u'\'');
    case SqlQuoting::Meta:
        return isPlainWord(value) ? value : u'\'' + doubled(escaped(value, u"\\"), u'\'') + u'\'';
    case SqlQuoting::Quoted:
        return doubled(value, u'"');
    case SqlQuoting::Comment:
        if (!value.contains("*/"_L1) && !value.contains("/*"_L1))
            return value;
        break;
    case SqlQuoting::Word:
        if (kWord.match(value).hasMatch())
            return value;
        return refusal(u"%1 is part of a name there, so its value can hold letters, digits and _ "
                       "alone."_s.arg(hole.name));
    case SqlQuoting::Dollar:
        if (!value.contains(u'$'))
            return value;
        break;
    }
    return refusal(u"The value of %1 would end the text around it. Choose another value, or change "
                   "the runbook."_s.arg(hole.name));
}

/// The quotes of another language within the quotes of the shell, which is not known here:
/// psql -c "… '<name>'".
QString innerQuote(const QString &text, const ShellPlace &place, qsizetype at)
{
    const QStringView before = QStringView(text).mid(place.quoteStart, at - place.quoteStart);
    const bool isQuoted =
        place.quoting != ShellQuoting::None && place.quoting != ShellQuoting::Comment;
    for (const QChar quote : {u'\'', u'"'}) {
        if (isQuoted && before.count(quote) % 2 == 1)
            return quote;
    }
    return {};
}

/// Puts one value after the other into the text.
class Filler
{
public:
    Filler(const Command &command, const QMap<QString, QString> &answers)
        : m_command(command)
        , m_answers(answers)
        , m_holes(placeholderPlaces(command.text, command.language))
    {
        if (command.language == CommandLanguage::Sql)
            m_sql = sqlPlaces(command.text, m_holes);
        else
            m_shell = shellPlaces(command.text, m_holes);
    }

    Result<FilledCommand> run()
    {
        qsizetype at = 0;
        for (qsizetype i = 0; i < m_holes.size(); ++i) {
            const TextHole &hole = m_holes.at(i);
            m_filled.text += QStringView(m_command.text).mid(at, hole.start - at);
            const Result<QString> put = replacement(i);
            if (!put)
                return put.error();
            m_filled.text += *put;
            at = hole.start + hole.length;
        }
        m_filled.text += QStringView(m_command.text).mid(at);
        for (const QString &placeholder : m_command.placeholders) {
            if (m_answers.value(placeholder).isEmpty())
                m_filled.open += placeholder;
        }
        return m_filled;
    }

private:
    Result<QString> replacement(qsizetype index)
    {
        const TextHole &hole = m_holes.at(index);
        const QString value = m_answers.value(hole.name);
        if (value.isEmpty())
            return hole.name;
        if (std::ranges::any_of(value,
                                [](QChar c) { return c.category() == QChar::Other_Control; }))
            return refusal(u"The value of %1 holds a line break or another control character, "
                           "which is not filled in. Give it on one line."_s.arg(hole.name));
        if (isSecretAnswer(hole.name, value))
            return secret(index, value);
        if (m_command.language == CommandLanguage::Sql)
            return sqlText(hole, value, m_sql.at(index));
        return shell(hole, m_shell.at(index), value);
    }

    Result<QString> secret(qsizetype index, const QString &value)
    {
        const TextHole &hole = m_holes.at(index);
        if (m_command.language == CommandLanguage::Sql)
            return refusal(u"%1 is a secret, and secrets are not written into SQL. Let a shell "
                           "command of the runbook read it from a variable."_s.arg(hole.name));
        const QString variable = u"RUNSHEET_"_s + variableNameOf(hole.name);
        m_filled.secrets.insert(variable, value);
        return shellReference(hole, variable, m_shell.at(index).quoting);
    }

    Result<QString> shell(const TextHole &hole, const ShellPlace &place, const QString &value)
    {
        const bool raw =
            place.quoting == ShellQuoting::RawHeredoc || place.quoting == ShellQuoting::Comment;
        const QChar before = hole.start > 0 ? m_command.text.at(hole.start - 1) : u'\n';
        if (before == u'\\' && !raw && place.quoting != ShellQuoting::Single)
            return refusal(u"%1 stands behind a backslash, where no value can be filled in. Change "
                           "the runbook."_s.arg(hole.name));
        if (!place.delimiter.isEmpty() && value.trimmed() == place.delimiter)
            return refusal(u"“%1” would end the heredoc in which %2 stands. Choose another "
                           "value."_s.arg(value, hole.name));
        warn(hole, place, value);
        QString text = shellText(value, place.quoting);
        for (int level = 0; level < place.backticks && !raw; ++level)
            text = escaped(text, u"\\$`");
        return text;
    }

    void warn(const TextHole &hole, const ShellPlace &place, const QString &value)
    {
        const QString inner = innerQuote(m_command.text, place, hole.start);
        if (!inner.isEmpty() && (value.contains(inner) || value.contains(u'\\')))
            m_filled.warnings +=
                u"%1 stands in quotes within quotes, and its value holds %2. Look whether the "
                "program that reads it takes it so."_s.arg(hole.name,
                                                           value.contains(inner) ? inner : u"\\"_s);
        const bool startsWord = hole.start == 0 || m_command.text.at(hole.start - 1).isSpace();
        if (place.quoting == ShellQuoting::None && startsWord && value.startsWith(u'-'))
            m_filled.warnings +=
                u"The value of %1 begins with “-”: the program may read it as an option."_s.arg(
                    hole.name);
    }

    const Command &m_command;
    const QMap<QString, QString> &m_answers;
    QList<TextHole> m_holes;
    QList<ShellPlace> m_shell; ///< one per hole, for shell
    QList<SqlQuoting> m_sql; ///< one per hole, for SQL
    FilledCommand m_filled;
};

} // namespace

Result<FilledCommand> fillPlaceholders(const Command &command,
                                       const QMap<QString, QString> &answers)
{
    return Filler(command, answers).run();
}

QString variableNameOf(const QString &placeholder)
{
    static const QRegularExpression kOther(u"[^A-Za-z0-9]+"_s);
    QStringList words = placeholder.toUpper().split(kOther, Qt::SkipEmptyParts);
    if (words.size() > 1 && words.constFirst() == "YOUR"_L1)
        words.removeFirst();
    return words.join(u'_');
}

bool isSecretAnswer(const QString &placeholder, const QString &value)
{
    return isSecretName(variableNameOf(placeholder)) || holdsPassword(value);
}

} // namespace runsheet
