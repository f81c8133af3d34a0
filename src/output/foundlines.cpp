// SPDX-License-Identifier: Apache-2.0
#include "output/foundlines.h"

#include <algorithm>

namespace runsheet
{

qint64 FoundLines::lineAt(qint64 match) const
{
    return m_lines.at(static_cast<size_t>(match));
}

std::optional<qint64> FoundLines::firstAfter(qint64 line) const
{
    const auto found = std::upper_bound(m_lines.begin(), m_lines.end(), line);
    if (found == m_lines.end())
        return std::nullopt;
    return found - m_lines.begin();
}

std::optional<qint64> FoundLines::lastBefore(qint64 line) const
{
    const auto found = std::lower_bound(m_lines.begin(), m_lines.end(), line);
    if (found == m_lines.begin())
        return std::nullopt;
    return found - m_lines.begin() - 1;
}

void FoundLines::append(qint64 line)
{
    const auto number = static_cast<quint32>(line);
    if (m_lines.empty() || m_lines.back() < number)
        m_lines.push_back(number);
}

void FoundLines::remove(qint64 line)
{
    if (m_lines.empty() || m_lines.back() != line)
        return;
    m_lines.pop_back();
    m_told = std::min(m_told, m_lines.size());
}

void FoundLines::clear()
{
    m_lines.clear();
    m_told = 0;
}

bool FoundLines::Change::isEmptyFor(qint64 count) const
{
    return added.empty() && static_cast<qint64>(kept) == count;
}

FoundLines::Change FoundLines::takeChange()
{
    const auto first = m_lines.begin() + static_cast<std::ptrdiff_t>(m_told);
    Change change{m_told, {first, m_lines.end()}};
    m_told = m_lines.size();
    return change;
}

void FoundLines::apply(const Change &change)
{
    m_lines.resize(std::min(change.kept, m_lines.size()));
    m_lines.insert(m_lines.end(), change.added.begin(), change.added.end());
}

} // namespace runsheet
