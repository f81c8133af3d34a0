// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QTextStream>

namespace runsheet
{

struct CheckRequest
{
    QStringList files;
    bool json = false;
    QString phaseRules; ///< a team's own rules; no such file, no such rules
    bool looksAtComputer = true; ///< look for programs, and ask shellcheck
};

/// `runsheet check FILE…`: says what each runbook holds, what is wrong with it and what could be
/// better. With `json`, an array with an object per file. Answers with the exit code: 0 fine, 1 a
/// warning or an error was found, 2 a file cannot be read or none was named.
[[nodiscard]] int runCheck(const CheckRequest &request, QTextStream &out, QTextStream &err);

} // namespace runsheet
