// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/texthole.h"

#include <QList>

namespace runsheet
{

/// How PostgreSQL and psql read what is put into a hole.
enum class SqlQuoting
{
    None,
    Name, ///< none, where a name of a table, schema, role … stands
    Word, ///< part of a longer word: users_XXXXX
    Text, ///< '…'
    Escaped, ///< E'…'
    Quoted, ///< "…"
    Dollar, ///< $tag$…$tag$
    Meta, ///< unquoted on a line of psql's own: \i <file>
    MetaText, ///< '…' on such a line
    Comment
};

/// One per hole; the holes are in order and do not overlap.
[[nodiscard]] QList<SqlQuoting> sqlPlaces(const QString &text, const QList<TextHole> &holes);

} // namespace runsheet
