// SPDX-License-Identifier: Apache-2.0
#include "output/patternset.h"

#include <algorithm>

namespace runsheet
{

namespace
{

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Upper and lower case of a letter share their low five bits.
size_t blockOf(char first, char second)
{
    return static_cast<size_t>((first & 31) << 5 | (second & 31));
}

bool startsWithFolded(QByteArrayView bytes, QByteArrayView pattern)
{
    return bytes.size() >= pattern.size()
        && std::equal(pattern.begin(), pattern.end(), bytes.begin(),
                      [](char wanted, char found) { return wanted == lower(found); });
}

bool shorter(const QByteArray &a, const QByteArray &b)
{
    return a.size() < b.size();
}

} // namespace

PatternSet::PatternSet(QList<QByteArray> patterns)
    : m_patterns(std::move(patterns))
{
    Q_ASSERT(!m_patterns.isEmpty());
    m_shortest = std::min_element(m_patterns.begin(), m_patterns.end(), shorter)->size();
    Q_ASSERT(m_shortest >= 2);
    m_shift.fill(static_cast<quint8>(std::min<qsizetype>(m_shortest - 1, 255)));
    for (qsizetype index = 0; index < m_patterns.size(); ++index) {
        const QByteArray &pattern = m_patterns[index];
        m_beginning[blockOf(pattern[0], pattern[1])] += index;
        for (qsizetype at = 1; at < m_shortest; ++at) {
            quint8 &shift = m_shift[blockOf(pattern[at - 1], pattern[at])];
            shift = static_cast<quint8>(std::min<qsizetype>(shift, m_shortest - 1 - at));
        }
    }
}

PatternSet::Match PatternSet::find(QByteArrayView bytes, qsizetype from) const
{
    for (qsizetype end = from + m_shortest - 1; end < bytes.size();) {
        const quint8 shift = m_shift[blockOf(bytes[end - 1], bytes[end])];
        if (shift > 0) {
            end += shift;
            continue;
        }
        const qsizetype at = end - m_shortest + 1;
        const qsizetype pattern = patternAt(bytes, at);
        if (pattern >= 0)
            return {at, pattern};
        ++end;
    }
    return {};
}

qsizetype PatternSet::longest() const
{
    return std::max_element(m_patterns.begin(), m_patterns.end(), shorter)->size();
}

qsizetype PatternSet::patternAt(QByteArrayView bytes, qsizetype at) const
{
    for (const qsizetype index : m_beginning[blockOf(bytes[at], bytes[at + 1])])
        if (startsWithFolded(bytes.sliced(at), m_patterns[index]))
            return index;
    return -1;
}

} // namespace runsheet
