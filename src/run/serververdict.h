// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/serverfindings.h"
#include "run/state.h"

#include <optional>

namespace runsheet
{

/// What is known of an execution's work on the server beside what the server shows now.
struct ServerHistory
{
    QList<qint64> transactions; ///< seen in its sessions while it ran
    bool wasSeen = false; ///< in some session, whether it had written or not
    QStringList databases; ///< that these sessions were in; the environment's own is ""
    /// Whether the index that the command creates was there and valid when it was first looked at.
    std::optional<bool> indexWasReady;
};

/// What the findings mean for this execution, in words and with the evidence. Pure; never says more
/// than the server showed: without evidence the verdict is Unknown.
[[nodiscard]] ServerChecked serverVerdict(const RunState &state, const Execution &execution,
                                          const ServerHistory &history,
                                          const ServerFindings &findings);

/// Whether everything the command does on the server is one transaction: one statement, or one
/// block from BEGIN to COMMIT, as SQL or behind one psql -c.
[[nodiscard]] bool isOneTransaction(CommandLanguage language, const QString &text);

/// Name of the index that the command creates, when that is all it does and the name is a plain
/// one. Empty with IF NOT EXISTS: then it may have been there before.
[[nodiscard]] QString createdIndex(CommandLanguage language, const QString &text);

} // namespace runsheet
