// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/foundlines.h"
#include "output/linematcher.h"
#include "output/logfile.h"

#include <memory>

namespace runsheet
{

/// The numbers of the lines that match, found piece by piece in a log that may grow meanwhile.
///
/// The bytes are searched as they are, at memory speed. Only a line with an escape sequence or an
/// overwritten part is decoded, so that matches are what a person sees. Beyond the part of a long
/// line that is shown the bytes count. The unfinished last line is searched anew when it grows.
class LogSearch
{
public:
    explicit LogSearch(std::unique_ptr<LineMatcher> matcher);

    /// Searches what the log's index knows by now, until the deadline. True when there is more to
    /// do.
    bool advance(const LogFile &log, QDeadlineTimer deadline);
    void restart();

    [[nodiscard]] const FoundLines &lines() const { return m_lines; }
    /// What lines() has become since the last call.
    [[nodiscard]] FoundLines::Change takeChange() { return m_lines.takeChange(); }

private:
    void searchBlock(const LogFile &log, QByteArrayView bytes, qint64 offset);
    [[nodiscard]] bool matches(const LogFile &log, qint64 line, QByteArrayView bytes, bool hasHit);
    [[nodiscard]] bool matchesAsShown(const LogFile &log, qint64 line) const;
    void forgetUnfinished(const LogIndex &index);

    std::unique_ptr<LineMatcher> m_matcher;
    QByteArray m_buffer;
    FoundLines m_lines;
    qint64 m_position = 0; // all before it is done
    qint64 m_searchedSize = 0;
    qint64 m_decodedLine = -1; // its escape sequences have been looked at
};

} // namespace runsheet
