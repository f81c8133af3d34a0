// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

#include <QList>
#include <QString>

namespace runsheet
{

/// One runbook on the start page.
struct RunbookCard
{
    QString title;
    QString subtitle; ///< what is in it, on one line
    int items = 0; ///< steps to sign
    QString file; ///< path, or resource path of a bundled one
    QList<Diagnostic> findings;

    bool operator==(const RunbookCard &) const = default;
};

/// What the start page shows.
struct StartContent
{
    QList<RunbookCard> runbooks;
    QList<RunSummary> runs; ///< newest first
    bool journalRead = true; ///< otherwise nothing is known of any run
    QString journalLine; ///< "Journal: SQLite on this computer · 41 runs · checked, intact"

    bool operator==(const StartContent &) const = default;
};

} // namespace runsheet
