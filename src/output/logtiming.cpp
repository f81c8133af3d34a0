// SPDX-License-Identifier: Apache-2.0
#include "output/logtiming.h"

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr qint64 kBlock = 8192; // bytes of the file kept read, about 400 stamps
constexpr qint64 kLongestLine = 64;

std::optional<LogTiming::Stamp> parse(QByteArrayView line)
{
    const qsizetype blank = line.indexOf(' ');
    bool isOffset = false;
    bool isTime = false;
    if (blank < 0)
        return std::nullopt;
    const qint64 offset = line.first(blank).toLongLong(&isOffset);
    const qint64 micros = line.sliced(blank + 1).toLongLong(&isTime);
    if (!isOffset || !isTime)
        return std::nullopt;
    return LogTiming::Stamp{offset, std::chrono::microseconds(micros)};
}

} // namespace

void LogTiming::open(const QString &file)
{
    close();
    m_file.setFileName(file);
}

void LogTiming::close()
{
    m_file.close();
    m_file.setFileName({});
    m_block.clear();
    m_blockSize = -1;
}

bool LogTiming::isOpen()
{
    return m_file.isOpen()
        || (!m_file.fileName().isEmpty() && m_file.exists()
            && m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered));
}

bool LogTiming::isAvailable()
{
    return isOpen() && m_file.size() > 0;
}

std::optional<std::chrono::microseconds> LogTiming::timeAt(qint64 offset)
{
    const auto next = after(offset);
    if (next == m_block.begin())
        return std::nullopt;
    return std::prev(next)->time;
}

std::optional<qint64> LogTiming::nextAfter(qint64 offset)
{
    const auto next = after(offset);
    if (next == m_block.end())
        return std::nullopt;
    return next->offset;
}

/// The first stamp beyond the offset, with the one before it in the block as well.
std::vector<LogTiming::Stamp>::const_iterator LogTiming::after(qint64 offset)
{
    if (isOpen() && !holds(offset, m_file.size()))
        load(offset, m_file.size());
    return std::upper_bound(
        m_block.cbegin(), m_block.cend(), offset,
        [](qint64 wanted, const Stamp &stamp) { return wanted < stamp.offset; });
}

bool LogTiming::holds(qint64 offset, qint64 size) const
{
    if (m_block.empty() || offset < m_block.front().offset)
        return false;
    return offset < m_block.back().offset || m_blockSize == size;
}

/// Halves the file until one block is left: the stamp before the offset is in it.
void LogTiming::load(qint64 offset, qint64 size)
{
    qint64 low = 0;
    qint64 high = size;
    while (high - low > kBlock) {
        const qint64 middle = low + (high - low) / 2;
        const auto stamps = read(middle, middle + 2 * kLongestLine);
        if (stamps.empty() || stamps.front().offset > offset)
            high = middle;
        else
            low = middle;
    }
    const qint64 end = high + 2 * kLongestLine;
    m_block = read(low, end);
    m_blockSize = end >= size ? size : -1;
}

/// The stamps whose lines start after `from` (at it, where that is the start) and end before `to`.
std::vector<LogTiming::Stamp> LogTiming::read(qint64 from, qint64 to)
{
    std::vector<Stamp> stamps;
    if (!m_file.seek(from))
        return stamps;
    const QByteArray bytes = m_file.read(to - from);
    qsizetype at = from == 0 ? 0 : bytes.indexOf('\n') + 1;
    for (qsizetype end = bytes.indexOf('\n', at); end >= 0; end = bytes.indexOf('\n', at)) {
        if (const auto stamp = parse(QByteArrayView(bytes).sliced(at, end - at)))
            stamps.push_back(*stamp);
        at = end + 1;
    }
    return stamps;
}

} // namespace runsheet
