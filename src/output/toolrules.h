// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <span>

namespace runsheet
{

/// What a line of a migration tool says. Captures: the first that holds something is the name of a
/// migration or a number.
enum class ToolSays
{
    Seen, ///< that it is this tool
    Starts, ///< a migration begins
    Finishes, ///< a migration is through
    Claims, ///< a migration is through, unless a failure follows
    FinishesMany, ///< that many are, said at the end
    Plans, ///< that many will be carried out
    Lists, ///< this one will be
    IsAt, ///< the database is at this one
    Applied, ///< this one is in the database
    Pending, ///< this one is not
    AppliedMany, ///< that many are
    PendingMany, ///< that many are not
    TakesBack, ///< after a failure it undoes what went before; what follows is no progress
    Succeeds, ///< all went well
    Fails,
    Headline, ///< that something failed, a migration that it names perhaps; the next line that
              ///< fails gives the reason
};

/// One kind of line. Add a tool by adding its lines here, and a sample to
/// tests/output/tst_toolscan.cpp.
struct ToolRule
{
    QLatin1StringView tool; ///< empty: of whichever tool was recognised before
    ToolSays says = ToolSays::Seen;
    QLatin1StringView
        anchor; ///< letters that stand in every such line, lower case, at least four bytes of UTF-8
    QStringView pattern; ///< of one line, without colours
};

[[nodiscard]] std::span<const ToolRule> toolRules();

} // namespace runsheet
