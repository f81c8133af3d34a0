// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/anchoredlines.h"
#include "output/toolrules.h"

#include <QString>

#include <atomic>
#include <optional>

namespace runsheet
{

/// What a migration tool says in the output of a command.
struct ToolReport
{
    QString tool; ///< "Alembic"; empty: none was recognised
    QString migration; ///< the last that it named
    int done = 0; ///< migrations, as far as it says
    int total = 0; ///< 0: it does not say
    bool open = false; ///< that migration has begun, and nothing says that it is through
    QString
        failure; ///< the first line that gives the reason, since it last said that all went well
    QString success; ///< the last line that says so, unless a failure came after it

    bool operator==(const ToolReport &) const = default;
};

/// Reads output as it comes, in pieces of any size, by the table in toolrules.h. Looks closer only
/// at lines that hold one of its words. Any thread, one at a time.
class ToolScan
{
public:
    ToolScan();
    void add(QByteArrayView bytes);
    /// With the line that is not at its end yet.
    [[nodiscard]] ToolReport report() const;

private:
    struct Tally
    {
        ToolReport report;
        int started = 0;
        int finished = 0;
        QString failedAt; ///< the migration of the failure
        bool reasonMissing = false; ///< so far only a headline says that it failed
        bool takenBack = false;
        bool claimed = false; ///< the last of them, by a tool that says so of failed ones too
        int planned = 0;
        int applied = 0;
        int pending = 0;
    };

    static void readLine(const QString &line, Tally &tally);
    static void take(const ToolRule &rule, const QString &line, const QString &found, Tally &tally);
    static void noteFailure(ToolSays says, const QString &line, Tally &tally);
    [[nodiscard]] static ToolReport concluded(Tally tally);

    AnchoredLines m_lines;
    Tally m_tally;
};

/// Reads a whole log. Nothing when it cannot be read or `cancelled` becomes true.
[[nodiscard]] std::optional<ToolReport> scanFile(const QString &file,
                                                 const std::atomic_bool &cancelled);

/// How a command ended, for comparing it with what its tool says.
struct ToolEnding
{
    bool succeeded = false; ///< exit code 0
    QString words; ///< "exit 3"

    bool operator==(const ToolEnding &) const = default;
};

/// In words, when the text and the ending do not go together; the ending is what counts.
[[nodiscard]] QString contradictionOf(const ToolReport &report, const ToolEnding &ending);

/// With the migration counted that was still open when the command succeeded: some tools say only
/// when one begins.
[[nodiscard]] ToolReport settled(ToolReport report, const ToolEnding &ending);

} // namespace runsheet
