// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/environment.h"

namespace runsheet
{

/// The environments a runbook may be carried out on: environments.yaml beside it, then the one in
/// the configuration folder; without a runbook the latter alone. The first of a name wins. A file
/// that cannot be read is an Error that names its line.
[[nodiscard]] Result<QList<Environment>> environmentsFor(const QString &runbookFile);
/// environments.yaml in the configuration folder; it need not be there.
[[nodiscard]] QString ownEnvironmentFile();

/// The text of environments.yaml with one more environment at its beginning; all else, comments
/// included, stays as it is. An error when the text is broken, holds the name already or is written
/// in a way that nothing can be added to (the message then says what to write where).
[[nodiscard]] Result<QByteArray> withEnvironment(const QByteArray &yaml, const QString &fileName,
                                                 const Environment &environment);

/// Adds it to the file, which is made when it is not there, as are its folders. On any error the
/// file is as it was.
[[nodiscard]] Result<void> addEnvironment(const QString &fileName, const Environment &environment);

} // namespace runsheet
