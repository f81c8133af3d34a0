// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// Where a log ends with the server telling the client that it ended the statement: its words. What
/// stands further up was followed by other work and says nothing. Empty when there are none.
[[nodiscard]] QString clientWordsIn(const QString &fileName);

/// First line of a statement, without the password that it sets: it goes into a journal.
[[nodiscard]] QString maskedQuery(const QString &query);

} // namespace runsheet
