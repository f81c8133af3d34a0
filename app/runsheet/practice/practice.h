// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "environment/environment.h"

#include <QString>
#include <QStringList>

namespace runsheet
{

/// A throw-away PostgreSQL server with a small shop in it and traffic on it, ready to be migrated.
struct Practice
{
    QString folder;
    Environment environment; ///< "practice", teal, with the variables the practice runbook uses
    QString runbookFile; ///< resource of the library runsheet_runbooks
    bool reused = false; ///< it was there before, with whatever was done to it

    bool operator==(const Practice &) const = default;
};

struct PracticeOptions
{
    QString folder; ///< made when missing; never one that holds anything else
    QStringList binFolders; ///< where to look for a PostgreSQL server, in this order

    /// $RUNSHEET_PRACTICE, else /tmp/runsheet-practice-<uid>: short, because the path of a unix
    /// socket is at most 107 bytes, and open to the account that runs the server.
    [[nodiscard]] static PracticeOptions standard();
};

/// Gives the practice environment that runs, or starts it, or makes it first: about three seconds,
/// and a fraction of one when it runs. Traffic that ended is started again. Two calls at once, also
/// from two processes, give the same environment. It outlives this process.
///
/// Blocks for a bounded time: call it from a worker thread, never from the GUI thread.
[[nodiscard]] Result<Practice>
startPractice(const PracticeOptions &options = PracticeOptions::standard());

/// Ends traffic and server and removes the folder. False when there was nothing to stop. Blocks
/// like startPractice().
[[nodiscard]] Result<bool>
stopPractice(const PracticeOptions &options = PracticeOptions::standard());

} // namespace runsheet
