// SPDX-License-Identifier: Apache-2.0
#include "output/logindex.h"

#include <algorithm>
#include <cstring>

namespace runsheet
{

namespace
{

constexpr qint64 kLinesPerBlock = 64;
constexpr qsizetype kLongestLength = 10; // 64 bits, seven a byte

} // namespace

LogIndex::LogIndex(qint64 start)
    : m_tail(start)
    , m_size(start)
{
}

LogIndex::Part LogIndex::takePart()
{
    const auto first = m_blocks.begin() + static_cast<std::ptrdiff_t>(m_takenBlocks);
    Part part{
        {first, m_blocks.end()}, m_lengths.sliced(m_takenLengths), m_complete, m_tail, m_size};
    m_takenBlocks = m_blocks.size();
    m_takenLengths = m_lengths.size();
    return part;
}

void LogIndex::append(const Part &part)
{
    m_blocks.insert(m_blocks.end(), part.blocks.begin(), part.blocks.end());
    m_lengths.append(part.lengths);
    m_complete = part.complete;
    m_tail = part.tail;
    m_size = part.size;
}

void LogIndex::append(QByteArrayView bytes)
{
    const char *const begin = bytes.data();
    const char *at = begin;
    const char *const end = begin + bytes.size();
    // No length takes more bytes than its line, but that of a line which began earlier.
    const qsizetype used = m_lengths.size();
    m_lengths.resize(used + bytes.size() + kLongestLength);
    char *length = m_lengths.data() + used;
    while (at < end) {
        const void *found = std::memchr(at, '\n', static_cast<size_t>(end - at));
        if (!found)
            break;
        at = static_cast<const char *>(found) + 1;
        length = addLine(m_size + (at - begin) - m_tail, length);
    }
    m_lengths.truncate(length - m_lengths.constData());
    m_size += bytes.size();
}

void LogIndex::clear()
{
    *this = LogIndex();
}

char *LogIndex::addLine(qint64 length, char *place)
{
    if (m_complete % kLinesPerBlock == 0)
        m_blocks.push_back({m_tail, place - m_lengths.constData()});
    auto rest = static_cast<quint64>(length);
    for (; rest >= 0x80; rest >>= 7)
        *place++ = static_cast<char>((rest & 0x7f) | 0x80);
    *place++ = static_cast<char>(rest);
    m_tail += length;
    ++m_complete;
    return place;
}

qint64 LogIndex::lengthAt(qint64 &position) const
{
    quint64 length = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<quint8>(m_lengths.at(position++));
        length |= static_cast<quint64>(byte & 0x7f) << shift;
        if (byte < 0x80)
            return static_cast<qint64>(length);
    }
}

LogIndex::Span LogIndex::lineSpan(qint64 line) const
{
    Q_ASSERT(line >= 0 && line <= lineCount());
    if (line >= m_complete)
        return line == m_complete ? Span{m_tail, m_size - m_tail} : Span{m_size, 0};
    const Block &block = m_blocks[static_cast<size_t>(line / kLinesPerBlock)];
    qint64 offset = block.offset;
    qint64 position = block.lengths;
    for (qint64 skip = line % kLinesPerBlock; skip > 0; --skip)
        offset += lengthAt(position);
    return {offset, lengthAt(position)};
}

qint64 LogIndex::lineStart(qint64 line) const
{
    return lineSpan(line).start;
}

qint64 LogIndex::lineEnd(qint64 line) const
{
    const auto [start, length] = lineSpan(line);
    return start + length;
}

qint64 LogIndex::lineAt(qint64 offset) const
{
    Q_ASSERT(offset >= 0 && offset < m_size);
    if (offset >= m_tail)
        return m_complete;
    const auto after =
        std::upper_bound(m_blocks.begin(), m_blocks.end(), offset,
                         [](qint64 value, const Block &block) { return value < block.offset; });
    const Block &block = *std::prev(after);
    qint64 line = (std::prev(after) - m_blocks.begin()) * kLinesPerBlock;
    qint64 position = block.lengths;
    for (qint64 end = block.offset + lengthAt(position); end <= offset; end += lengthAt(position))
        ++line;
    return line;
}

qint64 LogIndex::memoryUsed() const
{
    return m_lengths.capacity() + static_cast<qint64>(m_blocks.capacity() * sizeof(Block));
}

} // namespace runsheet
