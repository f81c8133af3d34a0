// SPDX-License-Identifier: Apache-2.0
#include "runbook/expectationmatch.h"

#include "runbook/jsonmatch.h"

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Steps of the comparison that are kept to find the way back; one byte each.
constexpr qsizetype kMaxCells = 8'000'000;

/// A line of the expectation, cut at its ellipses.
struct Pattern
{
    QString line;
    QStringList parts; ///< more than one: anything may stand between them
    QString bare; ///< without the ellipses, which may also stand for nothing

    [[nodiscard]] bool isAnyLines() const
    {
        return parts.size() == 2 && parts.at(0).isEmpty() && parts.at(1).isEmpty();
    }
    [[nodiscard]] bool accepts(const QString &actual) const
    {
        if (parts.size() < 2 || actual == bare)
            return actual == bare;
        const QString &last = parts.constLast();
        if (!actual.startsWith(parts.constFirst())
            || actual.size() < parts.constFirst().size() + last.size())
            return false;
        qsizetype at = parts.constFirst().size();
        for (qsizetype i = 1; i + 1 < parts.size(); ++i) {
            const qsizetype found = actual.indexOf(parts.at(i), at);
            if (found < 0)
                return false;
            at = found + parts.at(i).size();
        }
        return actual.size() - last.size() >= at && actual.endsWith(last);
    }
};

Pattern patternOf(const QString &line)
{
    Pattern pattern{.line = line, .parts = {}, .bare = {}};
    pattern.parts = QString(line).replace(u"..."_s, u"…"_s).split(u'…');
    pattern.bare = pattern.parts.join(u' ').simplified();
    return pattern;
}

QStringList folded(const QStringList &lines)
{
    QStringList out;
    for (const QString &line : lines) {
        if (QString one = line.simplified(); !one.isEmpty())
            out += std::move(one);
    }
    return out;
}

/// The cheapest way from the expectation to the output, as an edit distance in which a line of
/// dots costs nothing.
class Alignment
{
public:
    Alignment(const QList<Pattern> &expected, const QStringList &actual)
        : m_expected(expected)
        , m_actual(actual)
        , m_width(static_cast<size_t>(actual.size()) + 1)
        , m_moves(m_width * (static_cast<size_t>(expected.size()) + 1))
    {
        fill();
    }

    [[nodiscard]] QList<MatchLine> lines() const
    {
        QList<MatchLine> out;
        qsizetype row = m_expected.size();
        qsizetype column = m_actual.size();
        while (row > 0 || column > 0) {
            const Move move = m_moves[cell(row, column)];
            const bool down = move != Move::Extra && move != Move::Absorb;
            const bool along = move != Move::Missing && move != Move::Empty;
            if (move != Move::Empty)
                out += lineFor(move, row, column);
            row -= down ? 1 : 0;
            column -= along ? 1 : 0;
        }
        std::reverse(out.begin(), out.end());
        return out;
    }

private:
    enum class Move : quint8
    {
        Same,
        Change,
        Missing,
        Extra,
        Absorb, ///< one more line for the dots
        Empty ///< the dots are done with
    };

    [[nodiscard]] size_t cell(qsizetype row, qsizetype column) const
    {
        return static_cast<size_t>(row) * m_width + static_cast<size_t>(column);
    }

    void fill()
    {
        std::vector<int> above(m_width);
        for (size_t column = 1; column < m_width; ++column) {
            above[column] = static_cast<int>(column);
            m_moves[column] = Move::Extra;
        }
        for (qsizetype row = 1; row <= m_expected.size(); ++row)
            above = nextRow(row, above);
    }

    [[nodiscard]] std::vector<int> nextRow(qsizetype row, const std::vector<int> &above)
    {
        const Pattern &pattern = m_expected.at(row - 1);
        const bool any = pattern.isAnyLines();
        std::vector<int> here(m_width);
        here[0] = above[0] + (any ? 0 : 1);
        m_moves[cell(row, 0)] = any ? Move::Empty : Move::Missing;
        for (size_t column = 1; column < m_width; ++column) {
            Move &move = m_moves[cell(row, static_cast<qsizetype>(column))];
            if (any) {
                const bool absorbs = here[column - 1] <= above[column];
                here[column] = absorbs ? here[column - 1] : above[column];
                move = absorbs ? Move::Absorb : Move::Empty;
                continue;
            }
            const bool same = pattern.accepts(m_actual.at(static_cast<qsizetype>(column) - 1));
            here[column] = above[column - 1] + (same ? 0 : 1);
            move = same ? Move::Same : Move::Change;
            if (above[column] + 1 < here[column]) {
                here[column] = above[column] + 1;
                move = Move::Missing;
            }
            if (here[column - 1] + 1 < here[column]) {
                here[column] = here[column - 1] + 1;
                move = Move::Extra;
            }
        }
        return here;
    }

    [[nodiscard]] MatchLine lineFor(Move move, qsizetype row, qsizetype column) const
    {
        const QString expected = row > 0 ? m_expected.at(row - 1).line : QString();
        const QString actual = column > 0 ? m_actual.at(column - 1) : QString();
        switch (move) {
        case Move::Same:
        case Move::Absorb:
            return {.kind = MatchLine::Kind::Same, .expected = expected, .actual = actual};
        case Move::Change:
            return {.kind = MatchLine::Kind::Changed, .expected = expected, .actual = actual};
        case Move::Missing:
        case Move::Empty:
            return {.kind = MatchLine::Kind::Missing, .expected = expected, .actual = {}};
        case Move::Extra:
            return {.kind = MatchLine::Kind::Extra, .expected = {}, .actual = actual};
        }
        return {};
    }

    const QList<Pattern> &m_expected;
    const QStringList &m_actual;
    size_t m_width;
    std::vector<Move> m_moves;
};

ExpectationMatch matchLines(const QString &text, const QStringList &output)
{
    ExpectationMatch match;
    QList<Pattern> patterns;
    for (const QString &line : folded(text.split(u'\n')).mid(0, kMaxComparedLines))
        patterns += patternOf(line);
    QStringList actual = folded(output);
    const qsizetype room =
        std::min(kMaxComparedLines, kMaxCells / std::max<qsizetype>(1, patterns.size() + 1));
    if (actual.size() > room) {
        actual = actual.mid(0, room);
        match.wasCut = true;
    }
    match.lines = Alignment(patterns, actual).lines();
    return match;
}

} // namespace

int ExpectationMatch::differences() const
{
    return static_cast<int>(std::ranges::count_if(
        lines, [](const MatchLine &line) { return line.kind != MatchLine::Kind::Same; }));
}

ExpectationMatch matchExpectation(const Expectation &expectation, const QStringList &output)
{
    if (expectation.info.section(u' ', 0, 0).compare("json"_L1, Qt::CaseInsensitive) == 0) {
        if (const auto json = matchJson(expectation.text, output.join(u'\n')))
            return *json;
    }
    return matchLines(expectation.text, output);
}

} // namespace runsheet
