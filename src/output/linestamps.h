// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/logfile.h"
#include "output/logtiming.h"

#include <QDateTime>

namespace runsheet
{

/// What stands in front of each line of a log.
enum class StampKind
{
    Off,
    Absolute, ///< "02:08:23.114", UTC
    SinceStart, ///< "+00:12:01.250"
    SincePrevious, ///< "+0.187": since the line before began
};

/// "off", "absolute", "since-start", "since-previous": for a file of settings.
[[nodiscard]] QString stampWord(StampKind kind);
/// Off for a word that is none of them.
[[nodiscard]] StampKind stampKindOf(const QString &word);

/// The times of the lines of one log as a person reads them.
class LineStamps
{
public:
    /// started: of the command; may be unknown, then there is no absolute time.
    void open(const QString &timingFile, const QDateTime &started);
    void close();
    void setKind(StampKind kind) { m_kind = kind; }
    [[nodiscard]] StampKind kind() const { return m_kind; }

    /// Columns of the longest text; 0 when there is nothing to show.
    [[nodiscard]] int columns();
    /// When the line began; empty when nobody noted it.
    [[nodiscard]] QString textFor(const LogFile &log, qint64 line);

private:
    LogTiming m_timing;
    QDateTime m_started;
    StampKind m_kind = StampKind::Off;
};

} // namespace runsheet
