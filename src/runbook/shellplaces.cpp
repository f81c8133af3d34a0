// SPDX-License-Identifier: Apache-2.0
#include "runbook/shellplaces.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// What the scanner is inside of.
enum class Inside
{
    Code,
    Group, ///< (…) and $(…)
    Arithmetic, ///< ((…)) and $((…)), where << shifts
    Backtick,
    Brace, ///< ${…}
    BraceInQuotes,
    Single,
    Double,
    Ansi,
    Comment,
    Heredoc,
    RawHeredoc
};

struct Frame
{
    Inside inside = Inside::Code;
    qsizetype start = 0;
    QString delimiter; ///< of a heredoc
    bool dash = false; ///< <<-: tabs before the delimiter do not count
};

ShellQuoting quotingOf(Inside inside)
{
    switch (inside) {
    case Inside::Code:
    case Inside::Group:
    case Inside::Arithmetic:
    case Inside::Backtick:
    case Inside::Brace:
        return ShellQuoting::None;
    case Inside::BraceInQuotes:
        return ShellQuoting::Braced;
    case Inside::Single:
        return ShellQuoting::Single;
    case Inside::Double:
        return ShellQuoting::Double;
    case Inside::Ansi:
        return ShellQuoting::Ansi;
    case Inside::Comment:
        return ShellQuoting::Comment;
    case Inside::Heredoc:
        return ShellQuoting::Heredoc;
    case Inside::RawHeredoc:
        return ShellQuoting::RawHeredoc;
    }
    return ShellQuoting::None;
}

class Scanner
{
public:
    explicit Scanner(const QString &text)
        : m_text(text)
    {
    }

    QList<ShellPlace> run(const QList<TextHole> &holes)
    {
        QList<ShellPlace> places;
        for (const TextHole &hole : holes) {
            while (m_at < hole.start)
                step();
            places += place();
            m_at = std::max(m_at, hole.start + hole.length);
        }
        return places;
    }

private:
    [[nodiscard]] QChar at(qsizetype index) const
    {
        return index < m_text.size() ? m_text.at(index) : QChar();
    }
    [[nodiscard]] bool ahead(QLatin1StringView what) const
    {
        return QStringView(m_text).mid(m_at).startsWith(what);
    }
    void enter(Inside inside, qsizetype length)
    {
        m_at += length;
        m_frames.append({.inside = inside, .start = m_at, .delimiter = {}});
    }
    void leave(qsizetype length = 1)
    {
        m_at += length;
        if (m_frames.size() > 1)
            m_frames.removeLast();
    }
    [[nodiscard]] bool isIn(Inside inside) const { return m_frames.constLast().inside == inside; }

    [[nodiscard]] ShellPlace place() const
    {
        const Frame &frame = m_frames.constLast();
        const auto backticks = std::ranges::count(m_frames, Inside::Backtick, &Frame::inside);
        const bool here = frame.inside == Inside::Heredoc || frame.inside == Inside::RawHeredoc;
        const qsizetype line = m_text.lastIndexOf(u'\n', std::max<qsizetype>(0, m_at - 1)) + 1;
        return {.quoting = quotingOf(frame.inside),
                .backticks = static_cast<int>(backticks),
                .quoteStart = here ? line : frame.start,
                .delimiter = frame.delimiter};
    }

    void step()
    {
        switch (m_frames.constLast().inside) {
        case Inside::Single:
            return at(m_at) == u'\'' ? leave() : skip();
        case Inside::Comment:
            return at(m_at) == u'\n' ? leave(0) : skip();
        case Inside::Ansi:
            return at(m_at) == u'\\' ? skip(2) : at(m_at) == u'\'' ? leave() : skip();
        case Inside::RawHeredoc:
            return endsHeredoc() ? leaveHeredoc() : skip();
        case Inside::Heredoc:
            return endsHeredoc() ? leaveHeredoc() : quotedStep();
        case Inside::Double:
        case Inside::BraceInQuotes:
            return quotedStep();
        case Inside::Code:
        case Inside::Group:
        case Inside::Arithmetic:
        case Inside::Backtick:
        case Inside::Brace:
            return codeStep();
        }
    }
    void skip(qsizetype length = 1) { m_at += length; }

    /// Within "…", ${…} in it, and a heredoc: only backslash, $ and ` have a meaning.
    void quotedStep()
    {
        const QChar c = at(m_at);
        if (c == u'\\')
            skip(2);
        else if ((c == u'"' && isIn(Inside::Double)) || (c == u'}' && isIn(Inside::BraceInQuotes)))
            leave();
        else if (c == u'"' && isIn(Inside::BraceInQuotes))
            enter(Inside::Double, 1);
        else if (!expansion(Inside::BraceInQuotes))
            skip();
    }

    /// $((…)), $(…), ${…} and `…`, which are code wherever they are expanded.
    bool expansion(Inside brace)
    {
        if (ahead("$(("_L1))
            enter(Inside::Arithmetic, 3);
        else if (ahead("$("_L1))
            enter(Inside::Group, 2);
        else if (ahead("${"_L1))
            enter(brace, 2);
        else if (at(m_at) == u'`' && isIn(Inside::Backtick))
            leave();
        else if (at(m_at) == u'`')
            enter(Inside::Backtick, 1);
        else
            return false;
        return true;
    }

    void codeStep()
    {
        if (at(m_at) == u'\\')
            skip(2);
        else if (at(m_at) == u'\'')
            enter(Inside::Single, 1);
        else if (at(m_at) == u'"')
            enter(Inside::Double, 1);
        else if (ahead("$'"_L1))
            enter(Inside::Ansi, 2);
        else if (expansion(Inside::Brace) || grouping())
            return;
        else if (at(m_at) == u'#' && startsWord() && !isIn(Inside::Brace))
            enter(Inside::Comment, 1);
        else if (ahead("<<<"_L1))
            skip(3);
        else if (ahead("<<"_L1) && !isShift())
            readHeredoc();
        else if (at(m_at) == u'\n')
            newLine();
        else
            skip();
    }

    bool grouping()
    {
        if (ahead("(("_L1))
            enter(Inside::Arithmetic, 2);
        else if (at(m_at) == u'(')
            enter(Inside::Group, 1);
        else if (ahead("))"_L1) && isIn(Inside::Arithmetic))
            leave(2);
        // "((" may also have been two groups.
        else if ((at(m_at) == u')' && (isIn(Inside::Group) || isIn(Inside::Arithmetic)))
                 || (at(m_at) == u'}' && isIn(Inside::Brace)))
            leave();
        else
            return false;
        return true;
    }

    [[nodiscard]] bool isShift() const
    {
        return std::ranges::find(m_frames, Inside::Arithmetic, &Frame::inside) != m_frames.end();
    }
    [[nodiscard]] bool startsWord() const
    {
        const QChar before = m_at == 0 ? u'\n' : m_text.at(m_at - 1);
        return before.isSpace() || QStringView(u";|&()").contains(before);
    }

    /// << and its delimiter; the text starts on the next line.
    void readHeredoc()
    {
        Frame heredoc{.inside = Inside::Heredoc, .start = 0, .delimiter = {}};
        skip(2);
        heredoc.dash = at(m_at) == u'-';
        if (heredoc.dash)
            skip();
        while (at(m_at) == u' ' || at(m_at) == u'\t')
            skip();
        while (m_at < m_text.size() && !at(m_at).isSpace()
               && !QStringView(u";|&()<>").contains(at(m_at))) {
            const bool quotes = QStringView(u"'\"\\").contains(at(m_at));
            if (quotes)
                heredoc.inside = Inside::RawHeredoc;
            else
                heredoc.delimiter += at(m_at);
            skip();
        }
        if (!heredoc.delimiter.isEmpty())
            m_announced.append(heredoc);
    }

    void newLine()
    {
        skip();
        if (m_announced.isEmpty())
            return;
        m_frames.append(m_announced.takeFirst());
        m_frames.last().start = m_at;
    }

    [[nodiscard]] bool endsHeredoc() const
    {
        if (m_at > 0 && m_text.at(m_at - 1) != u'\n')
            return false;
        QStringView line = QStringView(m_text).mid(m_at);
        if (const qsizetype end = line.indexOf(u'\n'); end >= 0)
            line = line.left(end);
        const Frame &frame = m_frames.constLast();
        while (frame.dash && line.startsWith(u'\t'))
            line = line.mid(1);
        return line == frame.delimiter;
    }
    /// At the end of the delimiter's line, whose line break belongs to the code again.
    void leaveHeredoc()
    {
        const qsizetype end = m_text.indexOf(u'\n', m_at);
        leave(end < 0 ? m_text.size() - m_at : end - m_at);
    }

    const QString &m_text;
    qsizetype m_at = 0;
    QList<Frame> m_frames{Frame{}};
    QList<Frame> m_announced; ///< heredocs whose text starts on the next line
};

} // namespace

QList<ShellPlace> shellPlaces(const QString &text, const QList<TextHole> &holes)
{
    return Scanner(text).run(holes);
}

} // namespace runsheet
