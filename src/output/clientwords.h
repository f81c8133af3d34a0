// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// Where a log ends with the server telling the client that it ended the statement: its words. What
/// stands further up, or came some seconds before the end of a command that ran for `ranMs`, was
/// followed by other work and says nothing. Empty when there are none.
[[nodiscard]] QString clientWordsIn(const QString &fileName, qint64 ranMs = -1);

} // namespace runsheet
