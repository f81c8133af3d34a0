// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "output/linedecoder.h"
#include "output/logindex.h"

#include <QDeadlineTimer>
#include <QFile>

#include <optional>

namespace runsheet
{

/// What a command printed in a line, and how much of it was left out.
struct LineText
{
    QString text;
    qint64 hiddenBytes = 0;
};

/// A log on disk, perhaps still being written: memory holds the index, the text stays in the file.
/// Not shared between threads. Every call reads a bounded number of bytes.
class LogFile
{
public:
    enum class Progress
    {
        CaughtUp, ///< everything that is in the file is in the index
        More, ///< the deadline came first
        Restarted, ///< the file became shorter: the index is empty and starts again
    };

    Result<void> open(const QString &path);
    void close();
    [[nodiscard]] bool isOpen() const { return m_file.isOpen(); }
    [[nodiscard]] QString path() const { return m_file.fileName(); }

    /// Reads on from where the index ends; at least one block, then until the deadline.
    Progress advance(QDeadlineTimer deadline);
    /// A reader elsewhere does the work of advance(): the next part of its index. Returns how many
    /// lines have come to stand before those known so far, which is 0 but once after showEnd().
    qint64 append(const LogIndex::Part &part);
    /// The index of the file's end stands in until append() has reached it from the beginning.
    void showEnd(const LogIndex &end);
    /// The index knows all lines before those at the end as well.
    [[nodiscard]] bool isWhole() const { return !m_whole.has_value(); }
    /// What advance() has read since the last call, for another one's append().
    [[nodiscard]] LogIndex::Part takePart() { return m_index.takePart(); }
    void restart(); ///< with an empty index
    [[nodiscard]] qint64 fileSize() const { return m_file.size(); }
    /// Whether the file is longer or shorter than the index knows.
    [[nodiscard]] bool hasChanged() const { return m_file.size() != m_index.size(); }

    [[nodiscard]] const LogIndex &index() const { return m_index; }
    [[nodiscard]] qint64 lineCount() const { return m_index.lineCount(); }
    /// Fewer bytes than asked for at the end of the file or when it cannot be read.
    [[nodiscard]] QByteArray read(qint64 offset, qint64 count) const;
    /// The same into a buffer that is kept: getting memory for it each time is as dear as reading.
    void readInto(QByteArray &buffer, qint64 offset, qint64 count) const;
    /// The line for display, with the colours that lines before it left switched on. That is looked
    /// for at most 128 lines back, from a fixed grid: what a line looks like depends on the file
    /// only. Of a longer line than maxBytes that much is shown.
    [[nodiscard]] DecodedLine line(qint64 line, qint64 maxBytes = kShownLineBytes) const;
    /// Its text, without looking for colours and without notes about escape sequences or about what
    /// is hidden.
    [[nodiscard]] QString text(qint64 line) const;
    /// The same of more than what is shown of a long line: all of it up to maxBytes, and where it
    /// writes over itself up to as much of that as is quickly decoded.
    [[nodiscard]] LineText longText(qint64 line, qint64 maxBytes) const;

private:
    /// A line without its end, cut to what is shown: the last state of a long progress line, the
    /// beginning of any other.
    struct Shown
    {
        QByteArrayView bytes;
        qint64 hidden = 0;
    };

    /// Valid until the next call.
    [[nodiscard]] Shown shownPart(qint64 line, qint64 maxBytes) const;
    [[nodiscard]] TextStyle styleBefore(qint64 line) const;
    /// As read(), from memory where that holds it. Valid until the next call.
    [[nodiscard]] QByteArrayView near(qint64 offset, qint64 count) const;

    mutable QFile m_file; // reading moves its position
    LogIndex m_index; // of what is shown
    std::optional<LogIndex> m_whole; // while that is the end alone
    QByteArray m_buffer;
    // What lies around the line asked for last. A frame asks for many lines beside each other, and
    // each call to the system waits for whoever is writing to the file.
    mutable QByteArray m_window;
    mutable qint64 m_windowStart = 0;
    /// The colours at a line start, from which those of the next lines are soon known.
    struct KnownStyle
    {
        qint64 from = -1; ///< where they were looked for from
        qint64 at = 0;
        TextStyle style;
    };
    mutable KnownStyle m_style;
};

} // namespace runsheet
