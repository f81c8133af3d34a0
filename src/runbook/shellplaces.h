// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/texthole.h"

#include <QList>
#include <QString>

namespace runsheet
{

/// How bash reads what is put into a hole.
enum class ShellQuoting
{
    None,
    Single, ///< '…'
    Double, ///< "…"
    Ansi, ///< $'…'
    Braced, ///< ${…} within "…": a } ends it
    Heredoc, ///< expanded as in "…"
    RawHeredoc, ///< of a quoted delimiter: nothing is expanded
    Comment
};

struct ShellPlace
{
    ShellQuoting quoting = ShellQuoting::None;
    int backticks = 0; ///< levels of `…` around it; each takes one backslash away
    qsizetype quoteStart = 0; ///< first character within the quotes, or of the heredoc's line
    QString delimiter; ///< of the heredoc

    bool operator==(const ShellPlace &) const = default;
};

/// One place per hole. The holes are in order and do not overlap; what is in them is not read as
/// shell, for `<name>` would be two redirections.
[[nodiscard]] QList<ShellPlace> shellPlaces(const QString &text, const QList<TextHole> &holes);

} // namespace runsheet
