// SPDX-License-Identifier: Apache-2.0
#include "runbook/sqlsyntax.h"

#include <QRegularExpression>
#include <QStringView>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Walks over SQL and reports what is left open at the end.
class SqlScanner
{
public:
    explicit SqlScanner(QStringView text)
        : m_text(text)
    {
    }

    /// False when a quote or comment is still open at the end.
    bool run()
    {
        while (m_at < m_text.size()) {
            if (!step())
                return false;
        }
        return true;
    }
    [[nodiscard]] bool endsAfterSemicolon() const { return m_last == u';' || m_last.isNull(); }

private:
    bool step()
    {
        const QChar c = m_text.at(m_at);
        if (m_text.mid(m_at).startsWith(u"--"))
            return skipPast(u"\n", true);
        if (m_text.mid(m_at).startsWith(u"/*"))
            return skipPast(u"*/", false);
        if (c == u'\'' || c == u'"')
            return skipQuoted(c);
        if (c == u'$')
            return skipDollarQuoted();
        if (!c.isSpace())
            m_last = c;
        ++m_at;
        return true;
    }

    bool skipPast(QStringView end, bool endOfTextToo)
    {
        const qsizetype found = m_text.indexOf(end, m_at + 1);
        m_at = found < 0 ? m_text.size() : found + end.size();
        return found >= 0 || endOfTextToo;
    }

    bool skipQuoted(QChar quote)
    {
        const qsizetype found = m_text.indexOf(quote, m_at + 1);
        m_last = quote;
        m_at = found < 0 ? m_text.size() : found + 1;
        return found >= 0;
    }

    bool skipDollarQuoted()
    {
        qsizetype end = m_at + 1;
        while (end < m_text.size() && (m_text.at(end).isLetterOrNumber() || m_text.at(end) == u'_'))
            ++end;
        m_last = u'$';
        if (end >= m_text.size() || m_text.at(end) != u'$') {
            m_at = end; // a parameter such as $1
            return true;
        }
        const QStringView tag = m_text.mid(m_at, end - m_at + 1);
        const qsizetype found = m_text.indexOf(tag, end + 1);
        m_at = found < 0 ? m_text.size() : found + tag.size();
        return found >= 0;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    QChar m_last; ///< last character that means something
};

bool endsWithMetaCommand(const QString &text)
{
    const QString last = text.section(u'\n', -1).trimmed();
    return last.startsWith(u'\\') || last.endsWith(u"\\gexec") || last.endsWith(u"\\watch");
}

} // namespace

bool isCompleteSql(const QString &text)
{
    SqlScanner scanner(text);
    return scanner.run() && (scanner.endsAfterSemicolon() || endsWithMetaCommand(text.trimmed()));
}

bool dependsOnSession(const QString &text)
{
    static const QRegularExpression kSession(
        u"(^|;)\\s*(BEGIN|START\\s+TRANSACTION|SAVEPOINT|SET|RESET|LOCK|PREPARE|DECLARE|LISTEN"
        "|CREATE\\s+(LOCAL\\s+|GLOBAL\\s+)?TEMP(ORARY)?|SELECT\\s+(set_config|pg_(try_)?advisory_"
        "lock)"
        "|\\\\(set|gset|timing|connect|c|o|pset|if))\\b"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
    return kSession.match(text).hasMatch();
}

} // namespace runsheet
