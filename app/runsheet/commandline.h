// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"

#include <QString>
#include <QStringList>
#include <QTextStream>

namespace runsheet
{

/// Exit codes of every sub-command.
enum ExitCode
{
    Fine = 0,
    Findings = 1, ///< findings, a broken record, or a run that did not succeed
    Usage = 2, ///< wrong usage or something unreadable
};

/// Says in the sub-command's name what went wrong; answers Usage.
inline int complain(QTextStream &err, QStringView command, const QString &message)
{
    err << "runsheet " << command << ": " << message << '\n';
    return Usage;
}

/// A sub-command that needs no window. `arguments` are those after its name.
struct SubCommand
{
    QStringView name;
    int (*run)(const QStringList &arguments, const Paths &paths, QTextStream &out,
               QTextStream &err);
    bool readsRuns = true; ///< out of the data folder
};

/// A data folder that is missing holds no runs; one that cannot be entered must not look the same.
[[nodiscard]] Result<void> checkDataFolder(const Paths &paths);

[[nodiscard]] QString helpText();
/// The sub-command of that name, or nullptr: then the argument is a runbook.
[[nodiscard]] const SubCommand *findSubCommand(const QString &name);

} // namespace runsheet
