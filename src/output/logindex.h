// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace runsheet
{

/// Where the lines of a growing file start, without the text.
///
/// A line is what ends in '\n'; bytes after the last one are a line of their own. Every 64th start
/// is kept whole and the lengths between as LEB128 numbers: about 1.3 bytes per line of usual
/// length, so a million lines cost less than 2 MB and any line is found in at most 64 small steps.
class LogIndex
{
    struct Block
    {
        qint64 offset = 0; ///< where its first line starts in the file
        qint64 lengths = 0; ///< where its lengths start in m_lengths
    };

public:
    /// start: where in the file the first line starts that is wanted. Offsets stay the file's.
    explicit LogIndex(qint64 start = 0);

    /// The next bytes of the file, in order.
    void append(QByteArrayView bytes);
    void clear();

    [[nodiscard]] qint64 size() const { return m_size; } ///< bytes appended
    [[nodiscard]] qint64 lineCount() const { return m_complete + (m_size > m_tail ? 1 : 0); }
    [[nodiscard]] qint64 completeLines() const { return m_complete; } ///< those with their '\n'

    /// Offset of the line's first byte. line = lineCount() gives size().
    [[nodiscard]] qint64 lineStart(qint64 line) const;
    /// Offset just after the line, its '\n' included.
    [[nodiscard]] qint64 lineEnd(qint64 line) const;
    struct Span
    {
        qint64 start = 0;
        qint64 length = 0; ///< with the '\n'
    };
    /// lineStart() and the way to lineEnd() in one walk.
    [[nodiscard]] Span lineSpan(qint64 line) const;
    /// The line that holds the byte at offset, which must be within the file.
    [[nodiscard]] qint64 lineAt(qint64 offset) const;
    [[nodiscard]] qint64 memoryUsed() const;

    /// What one index knows and a copy of it does not.
    struct Part
    {
        std::vector<Block> blocks;
        QByteArray lengths;
        qint64 complete = 0;
        qint64 tail = 0;
        qint64 size = 0;
    };
    /// Since the last call.
    [[nodiscard]] Part takePart();
    /// The next part that takePart() gave.
    void append(const Part &part);

private:
    /// Writes the length to the place and returns the next place.
    char *addLine(qint64 length, char *place);
    [[nodiscard]] qint64 lengthAt(qint64 &position) const;

    std::vector<Block> m_blocks;
    QByteArray m_lengths; // grows by realloc, which moves pages instead of copying them
    qint64 m_complete = 0;
    qint64 m_tail = 0;
    qint64 m_size = 0;
    size_t m_takenBlocks = 0;
    qsizetype m_takenLengths = 0;
};

} // namespace runsheet
