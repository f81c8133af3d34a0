// SPDX-License-Identifier: Apache-2.0
#include "runbook/shellvariables.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

bool isNameStart(QChar c)
{
    return c == u'_' || (c.unicode() < 0x80 && c.isLetter());
}

bool isNamePart(QChar c)
{
    return c == u'_' || (c.unicode() < 0x80 && c.isLetterOrNumber());
}

/// Walks over shell text as bash would expand it, far enough to know which names it reads.
class VariableScanner
{
public:
    explicit VariableScanner(const QString &text)
        : m_text(text)
    {
    }

    QStringList run()
    {
        while (m_at < m_text.size())
            step();
        return m_names;
    }

private:
    struct Body
    {
        QString end;
        bool quoted = false; ///< nothing in it is expanded
    };

    void step()
    {
        const QChar c = m_text.at(m_at);
        if (c == u'\\')
            m_at += 2;
        else if (c == u'\'' && !m_inDouble)
            skipPast(u"'"_s, m_at + 1);
        else if (c == u'#' && !m_inDouble && standsAlone())
            skipPast(u"\n"_s, m_at);
        else if (c == u'$')
            dollar();
        else if (c == u'<' && !m_inDouble && m_text.mid(m_at, 2) == u"<<")
            hereDocument();
        else {
            m_inDouble = (c == u'"') != m_inDouble;
            ++m_at;
        }
        while (!m_bodies.isEmpty() && m_at <= m_text.size() && m_text.at(m_at - 1) == u'\n')
            readBody();
    }

    [[nodiscard]] bool standsAlone() const
    {
        return m_at == 0 || m_text.at(m_at - 1).isSpace() || m_text.at(m_at - 1) == u';';
    }

    /// Up to the newline for a comment, which step() has to see.
    void skipPast(const QString &end, qsizetype from)
    {
        const qsizetype found = m_text.indexOf(end, from);
        m_at = found < 0 ? m_text.size() : found + 1;
    }

    void skipEscapedQuote()
    {
        for (++m_at; m_at < m_text.size() && m_text.at(m_at) != u'\''; ++m_at)
            m_at += m_text.at(m_at) == u'\\' ? 1 : 0;
        ++m_at;
    }

    [[nodiscard]] QString nameAt(qsizetype from) const
    {
        qsizetype end = from;
        if (end < m_text.size() && isNameStart(m_text.at(end)))
            while (end < m_text.size() && isNamePart(m_text.at(end)))
                ++end;
        return m_text.mid(from, end - from);
    }

    void dollar()
    {
        ++m_at;
        if (m_at >= m_text.size())
            return;
        if (m_text.at(m_at) == u'\'' && !m_inDouble) {
            skipEscapedQuote();
        } else if (m_text.at(m_at) == u'{') {
            ++m_at;
            while (m_at < m_text.size() && (m_text.at(m_at) == u'#' || m_text.at(m_at) == u'!'))
                ++m_at;
            const QString name = nameAt(m_at);
            m_at += name.size();
            if (!hasDefault())
                add(name);
        } else {
            const QString name = nameAt(m_at);
            m_at += name.size();
            add(name);
        }
    }

    /// ":-", "-", ":=", "=", ":+" and "+" all say what to do without a value.
    [[nodiscard]] bool hasDefault() const
    {
        const QString rest = m_text.mid(m_at, 2);
        const QChar sign = rest.startsWith(u':') ? rest.back()
            : rest.isEmpty()                     ? QChar()
                                                 : rest.front();
        return sign == u'-' || sign == u'=' || sign == u'+';
    }

    void hereDocument()
    {
        static const QRegularExpression kStart(u"\\G<<(-?)\\s*(['\"\\\\]?)(\\w+)['\"]?"_s);
        const auto match = kStart.match(m_text, m_at);
        if (!match.hasMatch()) {
            m_at += 2;
            return;
        }
        m_at = match.capturedEnd();
        m_bodies.append({match.captured(3), !match.captured(2).isEmpty()});
    }

    void readBody()
    {
        const Body body = m_bodies.takeFirst();
        const qsizetype end = endOf(body);
        const bool wasInDouble = std::exchange(m_inDouble, true); // quotes mean nothing in a body
        while (!body.quoted && m_at < end) {
            if (m_text.at(m_at) == u'$')
                dollar();
            else
                m_at += m_text.at(m_at) == u'\\' ? 2 : 1;
        }
        m_inDouble = wasInDouble;
        m_at = end;
    }

    [[nodiscard]] qsizetype endOf(const Body &body) const
    {
        for (qsizetype at = m_at; at < m_text.size();) {
            qsizetype lineEnd = m_text.indexOf(u'\n', at);
            lineEnd = lineEnd < 0 ? m_text.size() : lineEnd;
            if (m_text.mid(at, lineEnd - at).trimmed() == body.end)
                return lineEnd;
            at = lineEnd + 1;
        }
        return m_text.size();
    }

    void add(const QString &name)
    {
        if (!name.isEmpty() && !m_names.contains(name))
            m_names << name;
    }

    const QString &m_text;
    qsizetype m_at = 0;
    bool m_inDouble = false;
    QList<Body> m_bodies; ///< here-documents that begin on the next line
    QStringList m_names;
};

bool isShellsOwn(const QString &name)
{
    static const QSet<QString> kOwn{
        u"HOME"_s,         u"PWD"_s,           u"OLDPWD"_s,   u"PATH"_s,     u"USER"_s,
        u"LOGNAME"_s,      u"SHELL"_s,         u"HOSTNAME"_s, u"UID"_s,      u"EUID"_s,
        u"PPID"_s,         u"RANDOM"_s,        u"SRANDOM"_s,  u"SECONDS"_s,  u"LINENO"_s,
        u"IFS"_s,          u"REPLY"_s,         u"OPTARG"_s,   u"OPTIND"_s,   u"PIPESTATUS"_s,
        u"FUNCNAME"_s,     u"SHLVL"_s,         u"TERM"_s,     u"LANG"_s,     u"TMPDIR"_s,
        u"OSTYPE"_s,       u"HOSTTYPE"_s,      u"MACHTYPE"_s, u"COLUMNS"_s,  u"LINES"_s,
        u"EPOCHSECONDS"_s, u"EPOCHREALTIME"_s, u"GROUPS"_s,   u"DIRSTACK"_s, u"EDITOR"_s,
        u"PAGER"_s,        u"SHELLOPTS"_s,     u"COPROC"_s,   u"MAPFILE"_s};
    return kOwn.contains(name) || name.startsWith(u"BASH") || name.startsWith(u"LC_")
        || name == u"_";
}

/// NAME=…, export NAME=…, for NAME in, read NAME, printf -v NAME, mapfile NAME.
QSet<QString> namesSetBy(const QString &text)
{
    // Only where a command may begin: an argument such as NAME=$NAME sets nothing.
    static const QRegularExpression kAssignments(
        u"(?:^|[;&|({`]|\\b(?:do|then|else|export|declare|local|readonly|typeset)\\b(?:[ "
        u"\\t]+-\\w+)*)[ \\t]*"
        "((?:[A-Za-z_]\\w*(?:\\[[^\\]]*\\])?\\+?=(?:\"[^\"]*\"|'[^']*'|\\$\\([^)]*\\)|[^\\s;&|\"'])*+[ \\t]*)+)"_s,
        QRegularExpression::MultilineOption);
    static const QRegularExpression kName(u"(?:^|\\s)([A-Za-z_]\\w*)(?:\\[[^\\]]*\\])?\\+?="_s);
    static const QRegularExpression kOther(
        u"\\bfor\\s+([A-Za-z_]\\w*)\\b|\\bprintf\\s+-v\\s+([A-Za-z_]\\w*)"
        "|\\$\\{([A-Za-z_]\\w*):?=|\\bgetopts\\s+\\S+\\s+([A-Za-z_]\\w*)"_s);
    static const QRegularExpression kRead(
        u"\\b(?:read|mapfile|readarray)\\b((?:\\s+-[A-Za-z]+(?:\\s+(?:\"[^\"]*\"|'[^']*'|\\d+))?)*)((?:\\s+[A-Za-z_]\\w*)+)"_s);
    QSet<QString> names;
    for (const QRegularExpressionMatch &match : kAssignments.globalMatch(text)) {
        const QString assignments = match.captured(1);
        for (const QRegularExpressionMatch &name : kName.globalMatch(assignments))
            names.insert(name.captured(1));
    }
    for (const QRegularExpressionMatch &match : kOther.globalMatch(text))
        names.insert(match.captured(match.lastCapturedIndex()));
    if (text.contains(u"read") || text.contains(u"mapfile")) {
        for (const QRegularExpressionMatch &match : kRead.globalMatch(text)) {
            for (const QString &name : match.captured(2).simplified().split(u' '))
                names.insert(name);
        }
    }
    return names;
}

} // namespace

QStringList variablesReadBy(const QString &shell)
{
    if (!shell.contains(u'$'))
        return {};
    QStringList names = VariableScanner(shell).run();
    names.removeIf(isShellsOwn);
    if (names.isEmpty())
        return names;
    const QSet<QString> own = namesSetBy(shell);
    names.removeIf([&own](const QString &name) { return own.contains(name); });
    return names;
}

} // namespace runsheet
