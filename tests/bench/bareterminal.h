// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace runsheet::bench
{

/// Runs the command on a pseudo-terminal and writes what it prints, unchanged, to the file: the
/// floor for anything that stands between a command and its log. False when it went wrong.
[[nodiscard]] bool drainTerminal(const QStringList &command, const QString &file);

} // namespace runsheet::bench
