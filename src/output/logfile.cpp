// SPDX-License-Identifier: Apache-2.0
#include "output/logfile.h"

#include "output/colouredline.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kReadBlock = 256 * 1024; // fits the second-level cache
constexpr qint64 kStyleGrid = 64;
constexpr qint64 kStyleBytes = 64 * 1024; // looked through for colours before a line
constexpr qint64 kTerminalBytes = 512 * 1024; // of a line that a cursor writes, cell by cell
constexpr qint64 kWindow =
    4 * kStyleBytes; // kept in memory: a quarter before the line, the rest on

qsizetype withoutLineEnd(QByteArrayView bytes)
{
    qsizetype length = bytes.size();
    if (length > 0 && bytes[length - 1] == '\n')
        --length;
    while (length > 0 && bytes[length - 1] == '\r')
        --length;
    return length;
}

TextStyle styleAfterLines(QByteArrayView lines, TextStyle style)
{
    qsizetype at = lines.indexOf('\x1b');
    while (at >= 0) {
        const qsizetype lineEnd = lines.indexOf('\n', at);
        const qsizetype stop = lineEnd < 0 ? lines.size() : lineEnd;
        style = styleAfter(lines.sliced(at, stop - at), style);
        at = lines.indexOf('\x1b', stop);
    }
    return style;
}

} // namespace

Result<void> LogFile::open(const QString &path)
{
    close();
    m_file.setFileName(path);
    if (m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    const auto message = QCoreApplication::translate(
        "runsheet::LogFile",
        "The log cannot be read: %1. Check that the file is there and that you may read it.");
    return Error{m_file.exists() ? Error::Kind::Unreadable : Error::Kind::NotFound,
                 message.arg(path), m_file.errorString()};
}

void LogFile::close()
{
    m_file.close();
    restart();
}

void LogFile::restart()
{
    m_index.clear();
    m_whole.reset();
    m_window.clear();
    m_style = {};
}

void LogFile::showEnd(const LogIndex &end)
{
    m_index = end;
    m_whole.emplace();
}

qint64 LogFile::append(const LogIndex::Part &part)
{
    if (!m_whole) {
        m_index.append(part);
        return 0;
    }
    m_whole->append(part);
    if (m_whole->size() < m_index.size())
        return 0;
    const qint64 before = m_whole->lineAt(m_index.lineStart(0));
    m_style = {};
    m_index = *std::exchange(m_whole, std::nullopt);
    return before;
}

LogFile::Progress LogFile::advance(QDeadlineTimer deadline)
{
    if (m_file.size() < m_index.size()) {
        restart();
        return Progress::Restarted;
    }
    m_buffer.resize(kReadBlock);
    do {
        if (!m_file.seek(m_index.size()))
            return Progress::CaughtUp;
        const qint64 count = m_file.read(m_buffer.data(), kReadBlock);
        if (count > 0)
            m_index.append(QByteArrayView(m_buffer.constData(), count));
        if (count < kReadBlock)
            return Progress::CaughtUp;
    } while (!deadline.hasExpired());
    return Progress::More;
}

QByteArray LogFile::read(qint64 offset, qint64 count) const
{
    QByteArray bytes;
    readInto(bytes, offset, count);
    return bytes;
}

void LogFile::readInto(QByteArray &buffer, qint64 offset, qint64 count) const
{
    buffer.resize(count);
    const qint64 got = m_file.seek(offset) ? m_file.read(buffer.data(), count) : 0;
    buffer.truncate(std::max<qint64>(got, 0));
}

QByteArrayView LogFile::near(qint64 offset, qint64 count) const
{
    const qint64 windowEnd = m_windowStart + m_window.size();
    if (offset < m_windowStart || offset + count > windowEnd) {
        m_windowStart = std::max<qint64>(0, offset - kStyleBytes);
        m_window = read(m_windowStart, std::max(kWindow, kStyleBytes + count));
    }
    const qint64 at = std::min(offset - m_windowStart, qint64{m_window.size()});
    return QByteArrayView(m_window).sliced(at, std::min(count, m_window.size() - at));
}

DecodedLine LogFile::line(qint64 line, qint64 maxBytes) const
{
    const TextStyle style = styleBefore(line);
    const Shown shown = shownPart(line, maxBytes);
    return decodeLine(shown.bytes, style, shown.hidden, maxBytes);
}

QString LogFile::text(qint64 line) const
{
    return decodeText(shownPart(line, kShownLineBytes).bytes);
}

LineText LogFile::longText(qint64 line, qint64 maxBytes) const
{
    Shown shown = shownPart(line, kShownLineBytes); // short, or the last state of a progress line
    if (shown.hidden == 0 || maxBytes <= kShownLineBytes)
        return {decodeText(shown.bytes), shown.hidden};
    shown = shownPart(line, maxBytes);
    if (auto text = textOfColouredLine(shown.bytes))
        return {*std::move(text), shown.hidden};
    shown = shownPart(line, std::min(maxBytes, kTerminalBytes));
    return {decodeText(shown.bytes), shown.hidden};
}

LogFile::Shown LogFile::shownPart(qint64 line, qint64 maxBytes) const
{
    const auto [start, length] = m_index.lineSpan(line);
    QByteArrayView head = near(start, std::min(length, maxBytes + 2));
    if (head.size() == length) {
        head.truncate(withoutLineEnd(head));
        if (head.size() <= maxBytes)
            return {head, 0};
    }
    QByteArrayView last = near(std::max(start, start + length - maxBytes), maxBytes);
    last.truncate(withoutLineEnd(last));
    const qsizetype overwritten = last.indexOf('\r');
    if (overwritten >= 0)
        return {last.sliced(overwritten + 1), 0};
    const qint64 lineEnd = maxBytes - last.size();
    head = near(start, maxBytes + 1); // the other end of a long line may have taken its place
    head.truncate(wholeUtf8Length(head, maxBytes));
    return {head, length - lineEnd - head.size()};
}

/// From the beginning of a cell of the file on, and of a grid of lines: lines that are asked for
/// one after the other then go on where the one before ended.
TextStyle LogFile::styleBefore(qint64 line) const
{
    const qint64 first = std::max<qint64>(0, (line / kStyleGrid - 1) * kStyleGrid);
    const qint64 end = m_index.lineStart(line);
    const qint64 cell = (end / kStyleBytes - 1) * kStyleBytes;
    const qint64 from = std::max(m_index.lineStart(first), cell);
    if (m_style.from != from || m_style.at > end)
        m_style = {from, from, {}};
    if (m_style.at < end)
        m_style.style = styleAfterLines(near(m_style.at, end - m_style.at), m_style.style);
    m_style.at = end;
    return m_style.style;
}

} // namespace runsheet
