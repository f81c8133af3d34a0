// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/shellnames.h"
#include "run/event.h"

#include <QByteArray>
#include <QMap>
#include <QStringList>

namespace runsheet
{

/// Variables and working directory pass from command to command as they would in one terminal,
/// while each command stays a bash of its own that runs the approved bytes and nothing else: bash
/// reads a prelude first (BASH_ENV), which restores the variables, notes what it begins with and
/// sets an EXIT trap that notes what it ends with. A command that fails keeps the state it left;
/// functions and options do not pass on.

/// What a command did to the shell.
struct ShellStateChange
{
    QMap<QString, ShellVariable> changed;
    QStringList removed;
    QString workingDirectory; ///< empty when the shell did not come to its end

    bool operator==(const ShellStateChange &) const = default;
};

/// The prelude's text. It writes the files "state.before" and "state.after" into the folder.
/// `environment` are the names of the variables that bash begins with.
[[nodiscard]] QByteArray shellPrelude(const QString &folder,
                                      const QMap<QString, ShellVariable> &variables,
                                      const QStringList &environment);

/// From the content of the two files. Without a complete "after" there is no change to report.
[[nodiscard]] ShellStateChange shellStateChange(const QByteArray &before, const QByteArray &after);

} // namespace runsheet
