// SPDX-License-Identifier: Apache-2.0
#include "output/logsearch.h"

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr qint64 kSearchBlock = 256 * 1024; // fits the second-level cache

qsizetype orEnd(qsizetype at, QByteArrayView bytes)
{
    return at < 0 ? bytes.size() : at;
}

/// Whether what is seen can differ from the bytes of this line.
bool isRewritten(QByteArrayView line)
{
    const qsizetype overwritten = line.indexOf('\r');
    return line.contains('\x1b') || line.contains('\b')
        || (overwritten >= 0 && overwritten + 2 < line.size());
}

} // namespace

LogSearch::LogSearch(std::unique_ptr<LineMatcher> matcher)
    : m_matcher(std::move(matcher))
{
}

void LogSearch::restart()
{
    m_lines.clear();
    m_position = m_searchedSize = 0;
    m_decodedLine = -1;
}

bool LogSearch::advance(const LogFile &log, QDeadlineTimer deadline)
{
    const qint64 size = log.index().size();
    if (size < m_searchedSize)
        restart();
    while (m_searchedSize < size && !m_lines.isCapped()) {
        log.readInto(m_buffer, m_position, std::min(kSearchBlock, size - m_position));
        const QByteArrayView bytes = m_buffer;
        if (bytes.isEmpty())
            return false;
        forgetUnfinished(log.index());
        searchBlock(log, bytes, m_position);
        m_searchedSize = m_position + bytes.size();
        const qsizetype lastLine = bytes.lastIndexOf('\n') + 1;
        const bool isGiant = bytes.size() - lastLine > kShownLineBytes && lastLine == 0;
        m_position += isGiant ? std::max<qint64>(1, bytes.size() - m_matcher->reach()) : lastLine;
        if (m_searchedSize < size && deadline.hasExpired())
            return true;
    }
    return false;
}

void LogSearch::searchBlock(const LogFile &log, QByteArrayView bytes, qint64 offset)
{
    const LogIndex &index = log.index();
    qsizetype hit = -1;
    qsizetype escape = -1;
    for (qsizetype at = 0; at < bytes.size() && !m_lines.isCapped();) {
        if (hit < at)
            hit = orEnd(m_matcher->find(bytes, at), bytes);
        if (escape < at)
            escape = orEnd(bytes.indexOf('\x1b', at), bytes);
        const qsizetype found = std::min(hit, escape);
        if (found == bytes.size())
            return;
        const qint64 line = index.lineAt(offset + found);
        const qint64 start = std::max(index.lineStart(line) - offset, qint64{0});
        const qint64 stop = std::min(index.lineEnd(line) - offset, qint64{bytes.size()});
        if (matches(log, line, bytes.sliced(start, stop - start), hit < stop))
            m_lines.append(line);
        at = stop;
    }
}

/// bytes: the part of the line that is in the block; holds a hit or an escape sequence, or both.
bool LogSearch::matches(const LogFile &log, qint64 line, QByteArrayView bytes, bool hasHit)
{
    if (log.index().lineEnd(line) - log.index().lineStart(line) <= kShownLineBytes)
        return (hasHit && !isRewritten(bytes)) || matchesAsShown(log, line);
    const bool isNew = m_decodedLine != line; // a long line comes in many blocks
    m_decodedLine = line;
    return hasHit || (isNew && matchesAsShown(log, line));
}

bool LogSearch::matchesAsShown(const LogFile &log, qint64 line) const
{
    return m_matcher->find(log.text(line).toUtf8(), 0) >= 0;
}

/// What the unfinished line said before may have been overwritten since.
void LogSearch::forgetUnfinished(const LogIndex &index)
{
    const qint64 line = index.lineAt(m_position);
    if (index.lineStart(line) == m_position)
        m_lines.remove(line);
}

} // namespace runsheet
