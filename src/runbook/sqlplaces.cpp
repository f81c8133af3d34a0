// SPDX-License-Identifier: Apache-2.0
#include "runbook/sqlplaces.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// After these a name stands, not a value.
constexpr std::array kBeforeNames{
    "TABLE"_L1, "FROM"_L1,    "JOIN"_L1,   "INTO"_L1,         "UPDATE"_L1,   "INDEX"_L1,
    "VIEW"_L1,  "SCHEMA"_L1,  "ROLE"_L1,   "DATABASE"_L1,     "USER"_L1,     "COLUMN"_L1,
    "ON"_L1,    "TO"_L1,      "VACUUM"_L1, "ANALYZE"_L1,      "ONLY"_L1,     "SEQUENCE"_L1,
    "BY"_L1,    "TRIGGER"_L1, "EXISTS"_L1, "CONCURRENTLY"_L1, "FUNCTION"_L1, "CONSTRAINT"_L1,
};

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

class Scanner
{
public:
    explicit Scanner(const QString &text)
        : m_text(text)
    {
    }

    QList<SqlQuoting> run(const QList<TextHole> &holes)
    {
        QList<SqlQuoting> places;
        for (const TextHole &hole : holes) {
            while (m_at < hole.start)
                step();
            places += m_inside == SqlQuoting::None ? bare(hole) : m_inside;
            m_at = std::max(m_at, hole.start + hole.length);
        }
        return places;
    }

private:
    [[nodiscard]] QChar at(qsizetype index) const
    {
        return index >= 0 && index < m_text.size() ? m_text.at(index) : QChar();
    }
    [[nodiscard]] bool ahead(QStringView what) const
    {
        return QStringView(m_text).mid(m_at).startsWith(what);
    }
    void enter(SqlQuoting inside, QStringView end, qsizetype length)
    {
        m_inside = inside;
        m_end = end.toString();
        m_at += length;
    }

    [[nodiscard]] SqlQuoting bare(const TextHole &hole) const
    {
        if (isWordCharacter(at(hole.start - 1)) || isWordCharacter(at(hole.start + hole.length)))
            return m_meta ? SqlQuoting::Meta : SqlQuoting::Word;
        if (m_meta)
            return SqlQuoting::Meta;
        const QString before = QStringView(m_text).left(hole.start).toString().trimmed();
        const QString word =
            before.mid(before.lastIndexOf(QRegularExpression(u"[^A-Za-z_]"_s)) + 1).toUpper();
        static const QRegularExpression kDistinctFrom(u"\\bdistinct\\s+from$"_s,
                                                      QRegularExpression::CaseInsensitiveOption);
        const bool dotted = at(hole.start - 1) == u'.' || at(hole.start + hole.length) == u'.';
        const bool named = std::ranges::find(kBeforeNames, word) != kBeforeNames.end()
            && !kDistinctFrom.match(before).hasMatch(); // compares two values
        return dotted || named ? SqlQuoting::Name : SqlQuoting::None;
    }

    void step()
    {
        if (m_inside == SqlQuoting::None)
            return openStep();
        if (m_inside == SqlQuoting::Escaped && at(m_at) == u'\\')
            m_at += 2;
        else if (m_end == "*/"_L1 && ahead(u"/*"))
            skipNested();
        else if (ahead(m_end))
            close();
        else
            ++m_at;
    }
    void skipNested()
    {
        ++m_depth;
        m_at += 2;
    }
    void close()
    {
        m_at += m_end.size();
        if (m_depth > 0)
            --m_depth;
        else
            m_inside = SqlQuoting::None;
        m_meta = m_meta && m_end != "\n"_L1;
    }

    void openStep()
    {
        static const QRegularExpression kDollar(u"\\G\\$(?:[A-Za-z_]\\w*)?\\$"_s);
        const QChar c = at(m_at);
        if (c == u'\'')
            return enter(textKind(), u"'", 1);
        if (c == u'"')
            return enter(SqlQuoting::Quoted, u"\"", 1);
        if (ahead(u"--") && !m_meta)
            return enter(SqlQuoting::Comment, u"\n", 2);
        if (ahead(u"/*") && !m_meta)
            return enter(SqlQuoting::Comment, u"*/", 2);
        if (c == u'$' && !m_meta) {
            const auto tag = kDollar.match(m_text, m_at);
            if (tag.hasMatch())
                return enter(SqlQuoting::Dollar, tag.capturedView(), tag.capturedLength());
        }
        m_meta = c == u'\\' || (m_meta && c != u'\n');
        ++m_at;
    }
    [[nodiscard]] SqlQuoting textKind() const
    {
        if (m_meta)
            return SqlQuoting::MetaText;
        const QChar before = at(m_at - 1);
        const bool escapes = before == u'E' || before == u'e'
            || (before == u'&' && (at(m_at - 2) == u'U' || at(m_at - 2) == u'u'));
        const qsizetype prefix = before == u'&' ? 3 : 2;
        return escapes && !isWordCharacter(at(m_at - prefix)) ? SqlQuoting::Escaped
                                                              : SqlQuoting::Text;
    }

    const QString &m_text;
    qsizetype m_at = 0;
    SqlQuoting m_inside = SqlQuoting::None;
    QString m_end; ///< what ends it
    int m_depth = 0; ///< of comments within the comment
    bool m_meta = false; ///< on a line of psql's own
};

} // namespace

QList<SqlQuoting> sqlPlaces(const QString &text, const QList<TextHole> &holes)
{
    return Scanner(text).run(holes);
}

} // namespace runsheet
