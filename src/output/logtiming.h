// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>

#include <chrono>
#include <optional>
#include <vector>

namespace runsheet
{

/// When the bytes of a log came: the file "timing" beside it, lines of "offset microseconds" in
/// rising order, the time counted from the start of the command. What has no line of its own came
/// within 10 ms of the line before.
///
/// Looks up what is asked for in the file, so that a log of days costs no memory and no waiting.
class LogTiming
{
public:
    struct Stamp
    {
        qint64 offset = 0; ///< of the first byte that came then
        std::chrono::microseconds time{};

        bool operator==(const Stamp &) const = default;
    };

    /// The file need not exist, or not yet.
    void open(const QString &file);
    void close();

    /// When the byte at the offset came; nothing when nobody noted it.
    [[nodiscard]] std::optional<std::chrono::microseconds> timeAt(qint64 offset);
    /// Where the bytes begin that came next after those at the offset.
    [[nodiscard]] std::optional<qint64> nextAfter(qint64 offset);
    [[nodiscard]] bool isAvailable(); ///< there is at least one stamp

private:
    [[nodiscard]] bool isOpen();
    [[nodiscard]] std::vector<Stamp>::const_iterator after(qint64 offset);
    [[nodiscard]] bool holds(qint64 offset, qint64 size) const;
    void load(qint64 offset, qint64 size);
    [[nodiscard]] std::vector<Stamp> read(qint64 from, qint64 to);

    QFile m_file;
    std::vector<Stamp> m_block; // those around the place asked for last
    qint64 m_blockSize = -1; // of the file, when the block reached its end
};

} // namespace runsheet
