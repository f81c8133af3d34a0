// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QTextStream>

namespace runsheet
{

/// `runsheet check FILE…`: says what each runbook holds and what is wrong with it. With `json`, an
/// array with an object per file. Answers with the exit code: 0 fine, 1 a warning or an error was
/// found, 2 a file cannot be read or none was named.
[[nodiscard]] int runCheck(const QStringList &files, bool json, QTextStream &out, QTextStream &err);

} // namespace runsheet
